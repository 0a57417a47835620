"""One visit of a fresh browser to a page with a map: what came, and when it was drawn."""

from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from time import perf_counter
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, CDPSession, Locator, Page

from benchmarks.map_cities import Served
from data_access.domain.people import SESSION_COOKIE

SIZE = {"width": 1366, "height": 768}
CANVAS = "[data-testid=stDeckGlJsonChart] canvas"

CAMERA_RGB = (76, 184, 212)
NEAR = 14
DRAWN_PX = 600
"""The map is drawn once so many of its pixels have the colour of cameras, or nearly."""

PATIENCE_S = 90.0
SETTLE_MS = 2500
PROGRAM = ("/static/", "/assets/", "/component/")
"""Files of the program itself: the same whatever the map shows, and kept by the browser."""

BINARY_FRAME = 2


@dataclass
class Received:
    """Bytes by what they belong to: ``program``, ``map`` tiles, ``socket``, ``other``."""

    addresses: dict[str, str] = field(default_factory=dict)
    bytes: Counter[str] = field(default_factory=Counter)

    def watch(self, session: CDPSession) -> None:
        """Count what the browser receives from now on, as it came over the wire.

        Frames of a WebSocket count with their payload, which is what they carry unpacked.
        """
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._loaded)
        session.on("Network.webSocketFrameReceived", self._framed)

    def _asked(self, told: dict[str, Any]) -> None:
        self.addresses[told["requestId"]] = told["request"]["url"]

    def _loaded(self, told: dict[str, Any]) -> None:
        path = "/" + self.addresses.get(told["requestId"], "").partition("://")[2].partition("/")[2]
        self.bytes[_kind(path)] += int(told["encodedDataLength"])

    def _framed(self, told: dict[str, Any]) -> None:
        frame = told["response"]
        carried = len(frame["payloadData"])
        self.bytes["socket"] += carried * 3 // 4 if frame["opcode"] == BINARY_FRAME else carried


def _kind(path: str) -> str:
    if path.startswith(PROGRAM):
        return "program"
    return "map" if path.startswith("/map/") else "other"


@dataclass(frozen=True)
class Visit:
    """What one visit cost: bytes by kind, and seconds until the map was drawn."""

    bytes: dict[str, int]
    drawn_s: float

    @property
    def page_bytes(self) -> int:
        """All but the program's own files: what the map makes the page weigh."""
        return sum(count for kind, count in self.bytes.items() if kind != "program")


def visit(browser: Browser, served: Served) -> Visit:
    """Open the page in a profile of its own; raises ``OSError`` where nothing is drawn."""
    context = browser.new_context(viewport=SIZE)  # type: ignore[arg-type]
    try:
        if served.cookie:
            cookie = {"name": SESSION_COOKIE, "value": served.cookie, "url": served.address}
            context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.new_page()
        received = Received()
        received.watch(context.new_cdp_session(page))
        began = perf_counter()
        page.goto(served.address, wait_until="commit")
        drawn_s = _drawn_s(page, began)
        page.wait_for_timeout(SETTLE_MS)
        return Visit(dict(received.bytes), drawn_s)
    finally:
        context.close()


def _drawn_s(page: Page, began: float) -> float:
    canvas = page.locator(CANVAS).first
    canvas.wait_for(state="attached", timeout=PATIENCE_S * 1000)
    while perf_counter() - began < PATIENCE_S:
        if _camera_pixels(canvas) >= DRAWN_PX:
            return perf_counter() - began
    raise OSError(f"no cameras were drawn at {page.url} within {PATIENCE_S:.0f} s")


def _camera_pixels(canvas: Locator) -> int:
    with Image.open(BytesIO(canvas.screenshot(timeout=PATIENCE_S * 1000))) as picture:
        pixels = np.asarray(picture.convert("RGB")).astype(int)
    return int((np.abs(pixels - CAMERA_RGB).max(axis=2) <= NEAR).sum())
