"""A worker's port that speaks the contract, serves one picture and remembers who asked."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from tests.support.serving import served

KEY = "the-key-of-this-installation"
JPEG = b"\xff\xd8\xff\xe0 a picture \xff\xd9"
NOT_WATCHED = 2
BOUNDARY = "multipart/x-mixed-replace; boundary=frame"


@dataclass
class FakeWorker:
    """Where it listens, and what it was asked."""

    url: str = ""
    asked: list[str] = field(default_factory=list)
    wishes: list[dict[str, object]] = field(default_factory=list)

    async def still(self, request: Request) -> Response:
        if request.headers.get("x-qala-key") != KEY:
            return Response(status_code=401)
        self.asked.append(f"{request.url.path}?{request.url.query}")
        if request.path_params["camera"] == NOT_WATCHED:
            return Response(status_code=404)
        return Response(JPEG, media_type="image/jpeg")

    async def stream(self, request: Request) -> Response:
        if request.headers.get("x-qala-key") != KEY:
            return Response(status_code=401)
        return StreamingResponse(three_frames(), headers={"content-type": BOUNDARY})

    async def wall(self, socket: WebSocket) -> None:
        if socket.headers.get("x-qala-key") != KEY:
            await socket.close(1008)
            return
        await socket.accept()
        try:
            while True:
                await self._show(socket, json.loads(await socket.receive_text()))
        except WebSocketDisconnect:
            self.asked.append("left")

    async def _show(self, socket: WebSocket, wish: dict[str, Any]) -> None:
        """One picture of each camera, and one that nobody asked for: it must not pass on."""
        self.wishes.append(wish)
        for camera in [6, *wish["cameras"]]:
            await socket.send_bytes(picture_of(camera))

    def application(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/live/{camera:int}.jpg", self.still),
                Route("/live/{camera:int}.mjpeg", self.stream),
                WebSocketRoute("/live/wall", self.wall),
            ]
        )


def picture_of(camera: int) -> bytes:
    return camera.to_bytes(4, "big") + (1_700_000_000_000).to_bytes(8, "big") + JPEG


async def three_frames() -> AsyncIterator[bytes]:
    for _ in range(3):
        yield b"--frame\r\nContent-Type: image/jpeg\r\n\r\n" + JPEG + b"\r\n"


@contextmanager
def fake_worker() -> Iterator[FakeWorker]:
    """A fake worker on a free port, for as long as the ``with`` lasts."""
    worker = FakeWorker()
    with served(worker.application()) as address:
        worker.url = f"http://{address}"
        yield worker
