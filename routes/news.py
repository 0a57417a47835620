"""``WS /map/news``: a word to each screen when something happened in the city.

Only the word goes out, never what happened: the screens read that themselves, in their scope.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from data_access.shared_listener import listener_of
from routes.access import TRUSTED_S, Access

POLICY_VIOLATION = 1008
LISTENING_S = 1.0
"""The waiting thread looks up this often whether there still is a screen to tell."""

HONEST_EVERY_S = TRUSTED_S * 2
"""A screen's session is looked at again this often."""

MOST_OFTEN_S = 0.25
"""Several happenings within this time are one word."""


class NewsDesk:
    """Wakes all screens of this process together: one thread waits, however many they are."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._screens: set[asyncio.Event] = set()
        self._watch: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def screen(self) -> AsyncIterator[asyncio.Event]:
        """An event that is set with each piece of news, for as long as the screen is open."""
        happened = asyncio.Event()
        self._screens.add(happened)
        if self._watch is None or self._watch.done():
            self._watch = asyncio.create_task(self._wait_for_news())
        try:
            yield happened
        finally:
            self._screens.discard(happened)

    async def _wait_for_news(self) -> None:
        listener = listener_of(self._url)
        version = listener.version
        while self._screens:
            newer = await asyncio.to_thread(listener.wait_since, version, LISTENING_S)
            if newer != version:
                version = newer
                for happened in self._screens:
                    happened.set()


def make_routes(access: Access) -> list[BaseRoute]:
    """The one route of this module."""
    desk = NewsDesk(access.database.url)

    async def tell_news(browser: WebSocket) -> None:
        try:
            await access.require(browser)
        except HTTPException:
            await browser.close(POLICY_VIOLATION)
            return
        await browser.accept()
        async with desk.screen() as happened:
            await _until_closed(access, browser, happened)

    return [WebSocketRoute("/map/news", tell_news)]


async def _until_closed(access: Access, browser: WebSocket, happened: asyncio.Event) -> None:
    """Tell the news until the browser goes or its session ends."""
    signed_out = gone = False
    try:
        async with asyncio.TaskGroup() as tasks:
            for part in (_tell(browser, happened), _hear_out(browser), _stay(access, browser)):
                tasks.create_task(part)
    except* HTTPException:
        signed_out = True
    except* WebSocketDisconnect:
        gone = True
    if signed_out and not gone:
        await browser.close(POLICY_VIOLATION)


async def _tell(browser: WebSocket, happened: asyncio.Event) -> None:
    while True:
        await happened.wait()
        happened.clear()
        await browser.send_text("news")
        await asyncio.sleep(MOST_OFTEN_S)


async def _hear_out(browser: WebSocket) -> None:
    """The browser has nothing to say; what is waited for is that it goes."""
    while True:
        await browser.receive_text()


async def _stay(access: Access, browser: WebSocket) -> None:
    while True:
        await asyncio.sleep(HONEST_EVERY_S)
        await access.require(browser)
