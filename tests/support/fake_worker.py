"""A worker's port that speaks the contract, serves one picture and remembers who asked."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from tests.support.serving import served

KEY = "the-key-of-this-installation"
JPEG = b"\xff\xd8\xff\xe0 a picture \xff\xd9"
BOUNDARY = "multipart/x-mixed-replace; boundary=frame"


@dataclass
class FakeWorker:
    """Where it listens, and what it was asked."""

    url: str = ""
    asked: list[str] = field(default_factory=list)
    wishes: list[dict[str, object]] = field(default_factory=list)


def picture_of(camera: int) -> bytes:
    return camera.to_bytes(4, "big") + (1_700_000_000_000).to_bytes(8, "big") + JPEG


def _application(worker: FakeWorker) -> Starlette:
    async def still(request: Request) -> Response:
        if request.headers.get("x-qala-key") != KEY:
            return Response(status_code=401)
        worker.asked.append(str(request.url.path) + "?" + str(request.url.query))
        if request.path_params["camera"] == 2:
            return Response(status_code=404)
        return Response(JPEG, media_type="image/jpeg")

    async def stream(request: Request) -> Response:
        async def frames() -> AsyncIterator[bytes]:
            for _ in range(3):
                yield b"--frame\r\nContent-Type: image/jpeg\r\n\r\n" + JPEG + b"\r\n"

        return StreamingResponse(frames(), headers={"content-type": BOUNDARY})

    async def wall(socket: WebSocket) -> None:
        if socket.headers.get("x-qala-key") != KEY:
            await socket.close(1008)
            return
        await socket.accept()
        try:
            while True:
                wish = json.loads(await socket.receive_text())
                worker.wishes.append(wish)
                # One camera that nobody asked for: the app must not pass it on.
                for camera in [6, *wish["cameras"]]:
                    await socket.send_bytes(picture_of(camera))
        except WebSocketDisconnect:
            worker.asked.append("left")

    return Starlette(
        routes=[
            Route("/live/{camera:int}.jpg", still),
            Route("/live/{camera:int}.mjpeg", stream),
            WebSocketRoute("/live/wall", wall),
        ]
    )


@contextmanager
def fake_worker() -> Iterator[FakeWorker]:
    """A fake worker on a free port, for as long as the ``with`` lasts."""
    worker = FakeWorker()
    with served(_application(worker)) as address:
        worker.url = f"http://{address}"
        yield worker
