"""``/login`` and ``/logout``: the way in, in three languages, and the way out."""

import secrets
from dataclasses import replace
from datetime import UTC, datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from data_access.domain.people import SESSION_COOKIE
from data_access.errors import DatabaseError, SignInRefused
from data_access.language import translator
from data_access.viewers import SignedIn, remember, sign_in, sign_out
from routes.access import Access
from routes.cookies import drop_session, keep_preference, keep_session
from routes.measures import SIGN_INS
from routes.origin import own_address, require_same_origin
from routes.reader import language_of
from routes.sign_in_page import SignInPage, page_of

FORM_COOKIE = "qala_form"
"""Pairs a form with the browser it was shown to: a hidden field must repeat it."""


def make_routes(access: Access) -> list[BaseRoute]:
    """The routes of signing in and out."""

    async def show_form(request: Request) -> Response:
        wanted = own_address(request.query_params.get("next", "/"), access)
        try:
            if await access.viewer(request) is not None:
                return RedirectResponse(wanted, 303)
            page = page_of(request, wanted)
        except DatabaseError as error:
            page = page_of(request, wanted)
            page = replace(page, refusal=error.in_words(translator(page.language)))
        return _with_language(_shown(page, request, 200), request, page, access)

    async def let_in(request: Request) -> Response:
        form = await request.form()
        _require_own_form(request, str(form.get("form", "")))
        wanted = own_address(str(form.get("next", "/")), access)
        page = replace(page_of(request, wanted), login=str(form.get("login", ""))[:200])
        try:
            signed = await _signed_in(access, request, page.login, str(form.get("password", "")))
        except SignInRefused as refused:
            SIGN_INS.labels("refused").inc()
            return _shown(_refused(page, refused), request, 401)
        except DatabaseError as error:
            SIGN_INS.labels("failed").inc()
            return _shown(_refused(page, error), request, 503)
        SIGN_INS.labels("let_in").inc()
        return await _welcome(access, request, signed, wanted)

    async def let_out(request: Request) -> Response:
        require_same_origin(request)
        token = request.cookies.get(SESSION_COOKIE)
        if token:
            await access.ask(sign_out, access.database, token)
            access.forget(token)
        answer = RedirectResponse("/login", 303, {"Cache-Control": "no-store"})
        drop_session(answer, access.settings)
        return answer

    return [
        Route("/login", show_form, methods=["GET"]),
        Route("/login", let_in, methods=["POST"]),
        Route("/logout", let_out, methods=["POST"]),
    ]


async def _signed_in(access: Access, request: Request, login: str, password: str) -> SignedIn:
    address = request.client.host if request.client else None
    browser = request.headers.get("user-agent", "")[:300]
    now = datetime.now(UTC)
    return await access.ask(sign_in, access.database, login, password, now, address, browser)


async def _welcome(access: Access, request: Request, signed: SignedIn, wanted: str) -> Response:
    """Into the screen, with the language that was chosen on the way in."""
    chosen = language_of(request.cookies.get("qala_language"))
    if chosen is not None and chosen != signed.viewer.language:
        await access.ask(remember, access.database, signed.viewer.id, chosen)
    answer = RedirectResponse(wanted, 303, {"Cache-Control": "no-store"})
    keep_session(answer, signed.token, access.settings)
    keep_preference(answer, "theme", signed.viewer.theme, access.settings)
    answer.delete_cookie(FORM_COOKIE)
    return answer


def _refused(page: SignInPage, error: SignInRefused | DatabaseError) -> SignInPage:
    return replace(page, refusal=error.in_words(translator(page.language)))


def _require_own_form(request: Request, repeated: str) -> None:
    """The form must be the one we showed to this browser."""
    require_same_origin(request)
    shown = request.cookies.get(FORM_COOKIE, "")
    if not shown or not secrets.compare_digest(shown.encode(), repeated.encode()):
        raise HTTPException(403)


def _shown(page: SignInPage, request: Request, status: int) -> Response:
    form_key = request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(24)
    answer = HTMLResponse(page.html(form_key), status, {"Cache-Control": "no-store"})
    answer.set_cookie(FORM_COOKIE, form_key, httponly=True, samesite="strict")
    return answer


def _with_language(
    answer: Response, request: Request, page: SignInPage, access: Access
) -> Response:
    """Remember the language pressed on the sign-in page."""
    if language_of(request.query_params.get("language")) is not None:
        keep_preference(answer, "language", page.language, access.settings)
    return answer
