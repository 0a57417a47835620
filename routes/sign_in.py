"""``/login`` and ``/logout``: the way in, in three languages, and the way out."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from data_access.domain.people import SESSION_COOKIE
from data_access.errors import DatabaseError, SignInRefused
from data_access.language import translator
from data_access.settings import Settings
from data_access.viewers import SignedIn, remember, sign_in, sign_out
from routes.access import Access
from routes.cookies import (
    FORM_COOKIE,
    drop_form_key,
    drop_session,
    keep_form_key,
    keep_preference,
    keep_session,
)
from routes.measures import SIGN_INS
from routes.origin import own_address, require_same_origin
from routes.reader import language_of
from routes.sign_in_page import SignInPage, page_of


@dataclass(frozen=True, slots=True)
class SignIn:
    """The three answers of this module."""

    access: Access
    soon: Sequence[str] = ()

    async def show_form(self, request: Request) -> Response:
        """The sign-in page, or straight on for who is signed in already."""
        wanted = own_address(request.query_params.get("next", "/"), self.access)
        page = replace(page_of(request, wanted), soon=self.soon)
        try:
            if await self.access.viewer(request) is not None:
                return RedirectResponse(wanted, 303)
        except DatabaseError as error:
            page = _refused(page, error)
        answer = _shown(page, request, 200, self.access.settings)
        if language_of(request.query_params.get("language")) is not None:
            keep_preference(answer, "language", page.language, self.access.settings)
        return answer

    async def let_in(self, request: Request) -> Response:
        """A session and the way on for the right password, else the page with the reason."""
        form = await request.form()
        _require_own_form(request, str(form.get("form", "")))
        wanted = own_address(str(form.get("next", "/")), self.access)
        page = replace(page_of(request, wanted), login=str(form.get("login", ""))[:200])
        password = str(form.get("password", ""))
        try:
            signed = await _signed_in(self.access, request, page.login, password)
        except SignInRefused as refused:
            return self._not_in(page, request, refused, 401)
        except DatabaseError as error:
            return self._not_in(page, request, error, 503)
        SIGN_INS.labels("let_in").inc()
        return await _welcome(self.access, request, signed, wanted)

    async def let_out(self, request: Request) -> Response:
        """End the session, here and on the server."""
        require_same_origin(request)
        token = request.cookies.get(SESSION_COOKIE)
        if token:
            await self.access.ask(sign_out, self.access.database, token)
            self.access.forget(token)
        answer = RedirectResponse("/login", 303, {"Cache-Control": "no-store"})
        drop_session(answer, self.access.settings)
        return answer

    def _not_in(
        self,
        page: SignInPage,
        request: Request,
        error: SignInRefused | DatabaseError,
        status: int,
    ) -> Response:
        SIGN_INS.labels("refused" if status == 401 else "failed").inc()
        return _shown(_refused(page, error), request, status, self.access.settings)


def make_routes(access: Access, soon: Sequence[str] = ()) -> list[BaseRoute]:
    """The routes of signing in and out; ``soon`` is what the browser may fetch meanwhile."""
    way = SignIn(access, soon)
    return [
        Route("/login", way.show_form, methods=["GET"]),
        Route("/login", way.let_in, methods=["POST"]),
        Route("/logout", way.let_out, methods=["POST"]),
    ]


async def _signed_in(access: Access, request: Request, login: str, password: str) -> SignedIn:
    address = request.client.host if request.client else None
    browser = request.headers.get("user-agent", "")[:300]
    now = datetime.now(UTC)
    return await access.ask_at_the_door(
        sign_in, access.database, login, password, now, address, browser
    )


async def _welcome(access: Access, request: Request, signed: SignedIn, wanted: str) -> Response:
    """Into the screen, with the language that was chosen on the way in."""
    chosen = language_of(request.cookies.get("qala_language"))
    if chosen is not None and chosen != signed.viewer.language:
        await access.ask(remember, access.database, signed.viewer.id, chosen)
    answer = RedirectResponse(wanted, 303, {"Cache-Control": "no-store"})
    keep_session(answer, signed.token, access.settings)
    keep_preference(answer, "theme", signed.viewer.theme, access.settings)
    drop_form_key(answer)
    return answer


def _refused(page: SignInPage, error: SignInRefused | DatabaseError) -> SignInPage:
    return replace(page, refusal=error.in_words(translator(page.language)))


def _require_own_form(request: Request, repeated: str) -> None:
    """The form must be the one we showed to this browser."""
    require_same_origin(request)
    shown = request.cookies.get(FORM_COOKIE, "")
    if not shown or not secrets.compare_digest(shown.encode(), repeated.encode()):
        raise HTTPException(403)


def _shown(page: SignInPage, request: Request, status: int, settings: Settings) -> Response:
    form_key = request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(24)
    answer = HTMLResponse(page.html(form_key), status, {"Cache-Control": "no-store"})
    keep_form_key(answer, form_key, settings)
    return answer
