"""What no route takes below the addresses of our own: 404, where Streamlit would give its page."""

from collections.abc import Sequence

from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

from routes.errors import refusal
from routes.guard import OWN_FOLDERS, OWN_PATHS

FOLDERS = (*OWN_FOLDERS, "/assets/")
PATHS = (*(f"{folder}{{rest:path}}" for folder in FOLDERS), *sorted(OWN_PATHS))


class Nothing:
    """Answers 404, or 405 where one of ``routes`` is there for other kinds of request."""

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse one request."""
        there = any(route.matches(scope)[0] is Match.PARTIAL for route in self._routes)
        answer = refusal(HTTPConnection(scope), 405 if there else 404)
        await answer(scope, receive, send)


def make_routes(routes: Sequence[BaseRoute]) -> list[BaseRoute]:
    """The last routes of our own; ``routes`` are those before them."""
    nothing = Nothing(routes)
    return [Route(path, nothing) for path in PATHS]
