"""``POST /preferences``: the language and the theme, chosen in the header and remembered."""

from urllib.parse import urlsplit

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from data_access.domain.people import SESSION_COOKIE, Viewer
from data_access.domain.words import Language
from data_access.viewers import remember
from routes.access import Access
from routes.cookies import keep_preference
from routes.origin import own_address, require_same_origin

CHOICES: dict[str, frozenset[str]] = {
    "language": frozenset(str(language) for language in Language),
    "theme": frozenset({"dark", "light"}),
}


def chosen(form: FormData) -> dict[str, str]:
    """The known choices in a form; 400 for a value that is none of ours."""
    choices = {name: str(form[name]) for name in CHOICES if name in form}
    if not choices or any(value not in CHOICES[name] for name, value in choices.items()):
        raise HTTPException(400)
    return choices


def keep(access: Access, viewer: Viewer, choices: dict[str, str]) -> None:
    """Remember the choices in the viewer's row."""
    language = Language(choices["language"]) if "language" in choices else None
    remember(access.database, viewer.id, language, choices.get("theme"))


def make_routes(access: Access) -> list[BaseRoute]:
    """The one route of this module."""

    async def keep_choice(request: Request) -> Response:
        require_same_origin(request)
        viewer = await access.require(request)
        choices = chosen(await request.form())
        await access.ask(keep, access, viewer, choices)
        access.forget(request.cookies[SESSION_COOKIE])
        answer = RedirectResponse(own_address(_came_from(request), access), 303)
        for name, value in choices.items():
            keep_preference(answer, name, value, access.settings)
        return answer

    return [Route("/preferences", keep_choice, methods=["POST"])]


def _came_from(request: Request) -> str:
    """The screen a form was sent from, by the browser's ``Referer``."""
    referer = urlsplit(request.headers.get("referer", ""))
    return referer.path + (f"?{referer.query}" if referer.query else "")
