"""Live pictures over HTTP: a still, a stream of stills, and many cameras on one WebSocket.

Only new pictures are sent, and never one that waited: who takes them slowly sees fewer, not
older ones.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route, WebSocketRoute

from detection_worker.live_pictures import LivePicture, LivePictures
from detection_worker.live_wall import FPS, WIDTH_PX, make_wall, within
from detection_worker.request_keys import KEY_HEADER, is_key

BOUNDARY = "qala-picture"
NEVER_KEPT = {"Cache-Control": "no-store"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a viewer wants of one camera."""

    camera_id: int
    width_px: int
    boxes: bool
    fps: int


def make_routes(live: LivePictures, key: str) -> list[BaseRoute]:
    """The routes of live pictures, for who sends ``key``."""

    async def show_still(request: Request) -> Response:
        if not is_key(request.headers.get(KEY_HEADER), key):
            return _refusal(401, f"Send the worker's key in the header {KEY_HEADER}.")
        wish = _wish(request)
        picture = await run_in_threadpool(live.picture, wish.camera_id, wish.width_px, wish.boxes)
        if picture is None:
            return _no_picture(wish.camera_id)
        headers = {**NEVER_KEPT, "X-Captured-At": picture.captured_at.isoformat()}
        return Response(picture.jpeg, media_type="image/jpeg", headers=headers)

    async def show_stream(request: Request) -> Response:
        if not is_key(request.headers.get(KEY_HEADER), key):
            return _refusal(401, f"Send the worker's key in the header {KEY_HEADER}.")
        wish = _wish(request)
        if live.captured_at(wish.camera_id, wish.boxes) is None:
            return _no_picture(wish.camera_id)
        kind = f"multipart/x-mixed-replace; boundary={BOUNDARY}"
        return StreamingResponse(_parts(live, wish), media_type=kind, headers=NEVER_KEPT)

    return [
        WebSocketRoute("/live/wall", make_wall(live, key)),
        Route("/live/{camera_id:int}.jpg", show_still),
        Route("/live/{camera_id:int}.mjpeg", show_stream),
    ]


async def _parts(live: LivePictures, wish: Wish) -> AsyncIterator[bytes]:
    """The pictures as parts of a stream, until the camera is watched no more."""
    shown_at = None
    while (newest_at := live.captured_at(wish.camera_id, wish.boxes)) is not None:
        if newest_at != shown_at:
            picture = await run_in_threadpool(
                live.picture, wish.camera_id, wish.width_px, wish.boxes
            )
            if picture is not None:
                shown_at = picture.captured_at
                yield _part(picture)
        await asyncio.sleep(1 / wish.fps)


def _part(picture: LivePicture) -> bytes:
    head = (
        f"--{BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(picture.jpeg)}\r\n"
        f"X-Captured-At: {picture.captured_at.isoformat()}\r\n\r\n"
    )
    return head.encode() + picture.jpeg + b"\r\n"


def _wish(request: Request) -> Wish:
    query = request.query_params
    return Wish(
        camera_id=int(request.path_params["camera_id"]),
        width_px=within(query.get("width"), WIDTH_PX, usual=640),
        boxes=query.get("boxes", "1") not in ("0", "false"),
        fps=within(query.get("fps"), FPS, usual=10),
    )


def _no_picture(camera_id: int) -> Response:
    return _refusal(404, f"Camera {camera_id} has given this worker no picture yet.")


def _refusal(status: int, sentence: str) -> Response:
    return JSONResponse({"error": sentence}, status, NEVER_KEPT)
