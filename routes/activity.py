"""``POST /session/active``: the browser says that its viewer has touched something.

What keeps a session alive is the viewer's own hand (a press, a key, the wheel), reported at
most once a minute by static/qala.js. The screens' own refreshing does not count, or a wall
left alone would never sign out.
"""

from datetime import UTC, datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from data_access.domain.people import SESSION_COOKIE
from data_access.viewers import viewer_of
from routes.access import Access
from routes.origin import require_same_origin


def make_routes(access: Access) -> list[BaseRoute]:
    """The one route of this module."""

    async def note_activity(request: Request) -> Response:
        require_same_origin(request)
        token = request.cookies.get(SESSION_COOKIE, "")
        now = datetime.now(UTC)
        if await access.ask(viewer_of, access.database, token, now, active=True) is None:
            access.forget(token)
            raise HTTPException(401)
        return Response(status_code=204)

    return [Route("/session/active", note_activity, methods=["POST"])]
