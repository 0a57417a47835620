"""A worker's port that speaks the contract, serves one picture and remembers who asked."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from socket import socket
from threading import Thread
from time import sleep

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

KEY = "the-key-of-this-installation"
JPEG = b"\xff\xd8\xff\xe0 a picture \xff\xd9"
BOUNDARY = "multipart/x-mixed-replace; boundary=frame"


@dataclass
class FakeWorker:
    """Where it listens, and what it was asked."""

    url: str
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
    listener = socket()
    listener.bind(("127.0.0.1", 0))
    worker = FakeWorker(f"http://127.0.0.1:{listener.getsockname()[1]}")
    server = uvicorn.Server(
        uvicorn.Config(_application(worker), log_config=None, ws="websockets-sansio")
    )
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        sleep(0.01)
    yield worker
    server.should_exit = True
    thread.join(10)
    listener.close()
