"""``WS /live/wall``: many cameras on one connection, each of them in the viewer's scope."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from starlette.exceptions import HTTPException
from starlette.websockets import WebSocket, WebSocketDisconnect
from websockets.exceptions import WebSocketException

from data_access.domain.people import LIVE_ROLES
from data_access.visibility import visible_cameras
from routes.access import TRUSTED_S, Access
from routes.worker import ClientConnection

POLICY_VIOLATION = 1008
UNSUPPORTED = 1003
TRY_AGAIN_LATER = 1013
"""WebSocket close codes (RFC 6455 and its registry)."""

HONEST_EVERY_S = 2 * TRUSTED_S
"""How often an open wall looks again whether it may still be seen."""

CAMERAS_MAX = 64
WIDTH_PX = (80, 1920)
FPS = (1, 25)
CAMERA_BYTES = 4
"""Each picture begins with the camera's number, four bytes, the highest first."""


class WorkerLeft(Exception):
    """The worker closed its side."""


class BadWish(Exception):
    """The browser sent something that is no wish for pictures."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the browser wants to see."""

    cameras: tuple[int, ...]
    width_px: int
    fps: int

    def as_message(self, allowed: frozenset[int]) -> str:
        """The same for the worker, without what the viewer may not see."""
        cameras = [camera for camera in self.cameras if camera in allowed]
        return json.dumps({"cameras": cameras, "width": self.width_px, "fps": self.fps})


def read_wish(message: str) -> Wish:
    """A wish from the browser's JSON; raises ``BadWish``."""
    try:
        wish = json.loads(message)
        cameras = tuple(int(camera) for camera in wish["cameras"])[:CAMERAS_MAX]
        return Wish(cameras, _within(wish, "width", WIDTH_PX), _within(wish, "fps", FPS))
    except (ValueError, KeyError, TypeError) as error:
        raise BadWish(message[:200]) from error


def _within(wish: dict[str, Any], name: str, bounds: tuple[int, int]) -> int:
    return min(max(int(wish[name]), bounds[0]), bounds[1])


@dataclass(slots=True)
class Wall:
    """One browser's wall: its wishes go to the worker, the worker's pictures to it."""

    access: Access
    browser: WebSocket
    worker: ClientConnection
    wish: Wish | None = None
    allowed: frozenset[int] = field(default_factory=frozenset)
    told: str = ""

    async def take_wishes(self) -> None:
        """Pass on what the browser wants, each time it wants something else."""
        while True:
            self.wish = read_wish(await self.browser.receive_text())
            await self.settle()

    async def settle(self) -> None:
        """Ask again what may be seen, and tell the worker; raises 401 or 403."""
        viewer = await self.access.require(self.browser, LIVE_ROLES)
        if self.wish is None:
            return
        wanted = frozenset(self.wish.cameras)
        self.allowed = await self.access.read_recent(viewer.scope, visible_cameras, wanted)
        message = self.wish.as_message(self.allowed)
        if message != self.told:
            await self.worker.send(message)
            self.told = message

    async def pass_pictures(self) -> None:
        """Pass on the worker's pictures; one of a camera that may not be seen is dropped."""
        async for picture in self.worker:
            if not isinstance(picture, bytes):
                continue
            if int.from_bytes(picture[:CAMERA_BYTES], "big") in self.allowed:
                await self.browser.send_bytes(picture)
        raise WorkerLeft

    async def stay_honest(self) -> None:
        """Look again at the session and the scope for as long as the wall is open."""
        while True:
            await asyncio.sleep(HONEST_EVERY_S)
            await self.settle()

    async def run(self) -> None:
        """Show the wall until one side goes; the first reason ends all three tasks."""
        async with asyncio.TaskGroup() as tasks:
            for part in (self.take_wishes, self.pass_pictures, self.stay_honest):
                tasks.create_task(part())


def make_wall(access: Access) -> Callable[[WebSocket], Awaitable[None]]:
    """The WebSocket endpoint of the wall."""

    async def show_wall(browser: WebSocket) -> None:
        try:
            await access.require(browser, LIVE_ROLES)
        except HTTPException:
            await browser.close(POLICY_VIOLATION)
            return
        await browser.accept()
        code = await _until_closed(access, browser)
        if code is not None:
            with suppress(WebSocketDisconnect):  # the browser may have left meanwhile
                await browser.close(code)

    return show_wall


async def _until_closed(access: Access, browser: WebSocket) -> int | None:
    """Run a wall; the code to close the browser's side with, ``None`` where it has gone."""
    code: int | None = TRY_AGAIN_LATER
    try:
        async with access.worker.socket("/live/wall") as connection:
            await Wall(access, browser, connection).run()
    except* WebSocketDisconnect:
        code = None
    except* HTTPException:
        code = POLICY_VIOLATION
    except* BadWish:
        code = UNSUPPORTED
    except* (WebSocketException, OSError, TimeoutError, WorkerLeft):
        code = TRY_AGAIN_LATER
    return code
