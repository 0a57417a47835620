"""How large the map is drawn, so that its first view fits: measured by the browser."""

import re
from pathlib import Path

import streamlit as st

Size = tuple[float, float]
"""Width and height in px."""

COOKIE = "qala_window"
WINDOW = re.compile(r"([0-9]{2,5})x([0-9]{2,5})")

USUAL: Size = (730.0, 640.0)
"""The map of an office screen (1366 x 768), until the browser has told."""

SCRIPT = Path(__file__).resolve().parent / "frontend" / "screen_size.js"
MENU_PX, MARGINS_PX, GAP_PX = 216, 40, 12
RAIL_PX, RAIL_BELOW_PX = 68, 1024
HEADER_PX, TOOLS_PX, CAMERA_PX = 44, 72, 296
MAP_PART = 2 / 3
NARROW_PART = 0.46
"""The measures of static/qala.css and components/situation.css."""

_measure = st.components.v2.component("qala_screen_size", js=SCRIPT.read_text("utf-8"))


def map_size(window: Size, *, with_camera: bool) -> Size:
    """The size of the map in a window of this size."""
    width, height = window
    if width < RAIL_BELOW_PX:
        return width - RAIL_PX - MARGINS_PX, height * NARROW_PART
    inside = width - MENU_PX - MARGINS_PX - GAP_PX
    below = HEADER_PX + TOOLS_PX + (CAMERA_PX if with_camera else 0)
    return inside * MAP_PART, height - below


def measured_size(*, with_camera: bool) -> Size:
    """The size of the map in this browser's window, known before the first picture of it."""
    known = known_window(str(st.context.cookies.get(COOKIE)))
    data = {"known": f"{known[0]},{known[1]}" if known else ""}
    told = _measure(key="screen_size", data=data, on_size_change=lambda: None).get("size")
    window = _told_window(told) or known
    if window is None:
        return USUAL
    return map_size((max(window[0], 320), max(window[1], 320)), with_camera=with_camera)


def known_window(cookie: str) -> tuple[int, int] | None:
    """The window as static/qala.js wrote it, ``1366x768``; None for anything else."""
    found = WINDOW.fullmatch(cookie)
    return (int(found[1]), int(found[2])) if found else None


def _told_window(told: object) -> Size | None:
    match told:
        case [int() | float() as width, int() | float() as height]:
            return width, height
        case _:
            return None
