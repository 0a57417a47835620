"""The cookies of Qala.

The session's is HttpOnly and SameSite=Lax. Lax, not Strict: a colleague's link opened from
a messenger must find its reader signed in. What changes anything is a POST, which Lax keeps
from other sites, and each such route checks the origin besides.
"""

from starlette.responses import Response

from data_access.domain.people import SESSION_COOKIE
from data_access.settings import Settings

FORM_COOKIE = "qala_form"
"""Pairs the sign-in form with the browser it was shown to: a hidden field must repeat it."""

YEAR_S = 365 * 24 * 3600


def keep_session(answer: Response, token: str, settings: Settings) -> None:
    """Give the browser a session; it lasts until the browser closes or the server ends it."""
    answer.set_cookie(
        SESSION_COOKIE, token, httponly=True, samesite="lax", secure=settings.secure_cookie
    )


def drop_session(answer: Response, settings: Settings) -> None:
    """Take the session from the browser."""
    answer.delete_cookie(
        SESSION_COOKIE, httponly=True, samesite="lax", secure=settings.secure_cookie
    )


def keep_preference(answer: Response, name: str, value: str, settings: Settings) -> None:
    """Remember a language or a theme for the sign-in page of this browser."""
    answer.set_cookie(
        f"qala_{name}",
        value,
        max_age=YEAR_S,
        httponly=True,
        samesite="lax",
        secure=settings.secure_cookie,
    )


def keep_form_key(answer: Response, key: str, settings: Settings) -> None:
    """Pair the browser with the form that it is shown."""
    answer.set_cookie(
        FORM_COOKIE, key, httponly=True, samesite="strict", secure=settings.secure_cookie
    )


def drop_form_key(answer: Response) -> None:
    """The form has done its work."""
    answer.delete_cookie(FORM_COOKIE)
