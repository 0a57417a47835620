"""``/live/{camera}.jpg`` and ``.mjpeg``: the worker's pictures, for who may see the camera."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route, WebSocketRoute

from data_access.domain.people import LIVE_ROLES, Viewer
from data_access.visibility import visible_cameras
from routes.access import Access
from routes.live_wall import make_wall
from routes.no_picture import no_picture

NEVER_KEPT = {"Cache-Control": "no-store"}
PASSED_ON = frozenset({"boxes", "width", "fps"})


@dataclass(frozen=True, slots=True)
class LivePictures:
    """The answers of this module, as the worker's port gives them."""

    access: Access

    async def show_still(self, request: Request) -> Response:
        """The newest picture of one camera."""
        viewer = await require_camera(self.access, request)
        client = self.access.worker.client
        try:
            answer = await client.get(_path(request, "jpg"), params=_wishes(request))
        except httpx.HTTPError:
            return no_picture(viewer)
        return _still(answer, viewer)

    async def show_stream(self, request: Request) -> Response:
        """The pictures of one camera, one after the other, for as long as they may be seen."""
        viewer = await require_camera(self.access, request)
        client = self.access.worker.client
        asked = client.build_request("GET", _path(request, "mjpeg"), params=_wishes(request))
        try:
            answer = await client.send(asked, stream=True)
        except httpx.HTTPError:
            return no_picture(viewer)
        if answer.status_code != 200:
            await answer.aclose()
            return no_picture(viewer)
        pictures = _while_allowed(self.access, request, answer)
        kind = answer.headers["content-type"]
        return StreamingResponse(pictures, headers={"Content-Type": kind, **NEVER_KEPT})


def make_routes(access: Access) -> list[BaseRoute]:
    """The routes of live pictures."""
    live = LivePictures(access)
    return [
        WebSocketRoute("/live/wall", make_wall(access)),
        Route("/live/{camera_id:int}.jpg", live.show_still, methods=["GET"]),
        Route("/live/{camera_id:int}.mjpeg", live.show_stream, methods=["GET"]),
    ]


async def require_camera(access: Access, request: Request) -> Viewer:
    """The viewer of a camera in their scope; a camera elsewhere does not exist (404)."""
    viewer = await access.require(request, LIVE_ROLES)
    wanted = frozenset({int(request.path_params["camera_id"])})
    if not await access.read_recent(viewer.scope, visible_cameras, wanted):
        raise HTTPException(404)
    return viewer


def _path(request: Request, suffix: str) -> str:
    return f"/live/{request.path_params['camera_id']}.{suffix}"


def _wishes(request: Request) -> dict[str, str]:
    return {name: text for name, text in request.query_params.items() if name in PASSED_ON}


def _still(answer: httpx.Response, viewer: Viewer) -> Response:
    if answer.status_code != 200:
        return no_picture(viewer)
    return Response(answer.content, media_type="image/jpeg", headers=NEVER_KEPT)


async def _while_allowed(
    access: Access, request: Request, answer: httpx.Response
) -> AsyncIterator[bytes]:
    """The worker's stream, until the session or the right to the camera ends."""
    try:
        async for part in answer.aiter_raw():
            yield part
            await require_camera(access, request)
    except (HTTPException, httpx.HTTPError):
        return
    finally:
        await answer.aclose()
