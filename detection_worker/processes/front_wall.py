"""``WS /live/wall`` in front of many processes: one connection here, one to each that is needed."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any, Protocol

from starlette.websockets import WebSocket, WebSocketDisconnect
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from detection_worker.live_wall import MOST_CAMERAS, POLICY_VIOLATION, UNSUPPORTED, BadWish
from detection_worker.request_keys import KEY_HEADER, is_key

SETTLE_EVERY_S = 2.0
"""How often it is seen whether a process is new, or was started again."""


class _Process(Protocol):
    number: int
    port: int

    @property
    def runs(self) -> bool: ...


class _Fleet(Protocol):
    @property
    def processes(self) -> Sequence[_Process]: ...

    @property
    def watches(self) -> Mapping[int, int]: ...


@dataclass(slots=True)
class FrontWall:
    """One client's wall over all processes."""

    fleet: _Fleet
    key: str
    client: WebSocket
    tasks: asyncio.TaskGroup
    wish: dict[str, Any] = field(default_factory=dict)
    open: dict[int, tuple[ClientConnection, str]] = field(default_factory=dict)
    sending: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def take_wishes(self) -> None:
        """Follow what the client wishes for, until it goes."""
        while True:
            self.wish = _read(await self.client.receive_text())
            await self.settle()

    async def stay_settled(self) -> None:
        """Find cameras again whose process was started again."""
        while True:
            await asyncio.sleep(SETTLE_EVERY_S)
            await self.settle()

    async def settle(self) -> None:
        """Tell each process what is wished of it."""
        async with self.sending:
            for process in self.fleet.processes:
                await self._settle_one(process)

    async def _settle_one(self, process: _Process) -> None:
        watches = self.fleet.watches
        mine = [one for one in self.wish.get("cameras", ()) if watches.get(one) == process.number]
        if not process.runs or (not mine and process.number not in self.open):
            return
        message = json.dumps({**self.wish, "cameras": mine})
        try:
            connection, told = self.open.get(process.number) or await self._connect(process)
            if told != message:
                await connection.send(message)
                self.open[process.number] = (connection, message)
        except (OSError, TimeoutError, WebSocketException):
            self.open.pop(process.number, None)

    async def _connect(self, process: _Process) -> tuple[ClientConnection, str]:
        connection = await connect(
            f"ws://127.0.0.1:{process.port}/live/wall",
            additional_headers={KEY_HEADER: self.key},
            open_timeout=2,
            max_queue=4,
            proxy=None,
        )
        self.open[process.number] = (connection, "")
        self.tasks.create_task(self._pass_pictures(process.number, connection))
        return connection, ""

    async def _pass_pictures(self, number: int, connection: ClientConnection) -> None:
        try:
            async for picture in connection:
                if isinstance(picture, bytes):
                    await self.client.send_bytes(picture)
        except WebSocketException:
            pass  # the process died: `stay_settled` finds the next one
        finally:
            if self.open.get(number, (None,))[0] is connection:
                del self.open[number]
            await connection.close()


def make_wall(fleet: _Fleet, key: str) -> Callable[[WebSocket], Awaitable[None]]:
    """The endpoint of the wall, for who sends ``key``."""

    async def show_wall(client: WebSocket) -> None:
        if not is_key(client.headers.get(KEY_HEADER), key):
            await client.close(POLICY_VIOLATION)
            return
        await client.accept()
        async with AsyncExitStack() as after:
            await _until_it_goes(fleet, key, client, after)

    return show_wall


async def _until_it_goes(fleet: _Fleet, key: str, client: WebSocket, after: AsyncExitStack) -> None:
    try:
        async with asyncio.TaskGroup() as tasks:
            wall = FrontWall(fleet, key, client, tasks)
            tasks.create_task(wall.take_wishes())
            tasks.create_task(wall.stay_settled())
    except* BadWish as faults:
        after.push_async_callback(client.close, UNSUPPORTED, str(faults.exceptions[0]))
    except* (WebSocketDisconnect, RuntimeError):
        pass  # the client has gone, perhaps while a picture was being sent


def _read(message: str) -> dict[str, Any]:
    try:
        wish = json.loads(message)
        cameras = [int(camera) for camera in wish["cameras"]][:MOST_CAMERAS]
        return {**wish, "cameras": cameras}
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadWish('Send {"cameras": [1, 2], "width": 320, "fps": 5}.') from None
