"""``WS /live/wall``: the pictures of many cameras on one connection.

The client sends ``{"cameras": [ids], "width": 320, "fps": 5}``, again at each change; the
worker sends, for each new picture, one binary message: the camera's id (uint32, big-endian),
when it was captured (milliseconds since 1970, uint64, big-endian), the JPEG.
"""

import asyncio
import json
import logging
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.websockets import WebSocket, WebSocketDisconnect

from detection_worker.live_pictures import LivePicture, LivePictures
from detection_worker.request_keys import KEY_HEADER, is_key

POLICY_VIOLATION = 1008
UNSUPPORTED = 1003
"""WebSocket close codes (RFC 6455)."""

MOST_CAMERAS = 64
WIDTH_PX = (80, 1920)
FPS = (1, 25)
"""What a client may wish for; numbers beyond are taken for the nearest of these."""

_log = logging.getLogger(__name__)

HEAD = struct.Struct(">IQ")


class BadWish(ValueError):
    """The client sent something that is no wish; the message says what one looks like."""


@dataclass(slots=True)
class Wall:
    """One client: what it wishes for and what it has been sent."""

    live: LivePictures
    socket: WebSocket
    cameras: tuple[int, ...] = ()
    width_px: int = 320
    fps: int = 5
    sent_at: dict[int, datetime] = field(default_factory=dict)
    wished: asyncio.Event = field(default_factory=asyncio.Event)

    async def take_wishes(self) -> None:
        """Follow what the client wishes for, until it goes."""
        while True:
            message = await self.socket.receive()
            if message["type"] == "websocket.disconnect":
                raise WebSocketDisconnect(message.get("code", 1000))
            self._wish(message.get("text") or "")
            self.wished.set()

    async def send_pictures(self) -> None:
        """Send what is new, camera after camera; ``send`` waits for a slow client."""
        await self.wished.wait()
        while True:
            began_s = asyncio.get_running_loop().time()
            for camera_id in self.cameras:
                await self._send_new(camera_id)
            spent_s = asyncio.get_running_loop().time() - began_s
            await asyncio.sleep(max(0.0, 1 / self.fps - spent_s))

    async def _send_new(self, camera_id: int) -> None:
        newest_at = self.live.captured_at(camera_id, True)
        if newest_at is None or newest_at == self.sent_at.get(camera_id):
            return
        picture = await run_in_threadpool(self.live.picture, camera_id, self.width_px, True)
        if picture is not None:
            self.sent_at[camera_id] = picture.captured_at
            await self.socket.send_bytes(_message(camera_id, picture))

    def _wish(self, message: str) -> None:
        try:
            wish = json.loads(message)
            cameras = tuple(int(camera) for camera in wish["cameras"])[:MOST_CAMERAS]
            width, fps = wish.get("width"), wish.get("fps")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise BadWish('Send {"cameras": [1, 2], "width": 320, "fps": 5}.') from None
        width_px = within(width, WIDTH_PX, usual=320)
        if width_px != self.width_px:
            self.sent_at.clear()
        self.sent_at = {camera: at for camera, at in self.sent_at.items() if camera in cameras}
        self.cameras, self.width_px = cameras, width_px
        self.fps = within(fps, FPS, usual=5)


def within(value: object, bounds: tuple[int, int], usual: int) -> int:
    """A number that came from outside, within ``bounds``; ``usual`` where it is none."""
    try:
        number = int(str(value))
    except ValueError:
        return usual
    return min(max(number, bounds[0]), bounds[1])


def make_wall(live: LivePictures, key: str) -> Callable[[WebSocket], Awaitable[None]]:
    """The endpoint of the wall, for who sends ``key``."""

    async def show_wall(socket: WebSocket) -> None:
        if not is_key(socket.headers.get(KEY_HEADER), key):
            await socket.close(POLICY_VIOLATION)
            return
        await socket.accept()
        await _until_it_goes(Wall(live, socket))

    return show_wall


async def _until_it_goes(wall: Wall) -> None:
    try:
        async with asyncio.TaskGroup() as both:
            both.create_task(wall.take_wishes())
            both.create_task(wall.send_pictures())
    except* BadWish as faults:
        await wall.socket.close(UNSUPPORTED, str(faults.exceptions[0]))
    except* WebSocketDisconnect:
        _log.debug("a wall of %d cameras was closed", len(wall.cameras))


def _message(camera_id: int, picture: LivePicture) -> bytes:
    return HEAD.pack(camera_id, round(picture.captured_at.timestamp() * 1000)) + picture.jpeg
