"""How large the map is drawn, so that its first view fits: measured by the browser."""

from pathlib import Path

import streamlit as st

Size = tuple[float, float]
"""Width and height in px."""

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
    """The size of the map in this browser's window."""
    told = _measure(key="screen_size", data={}, on_size_change=lambda: None).get("size")
    if not isinstance(told, list) or len(told) != 2:
        return USUAL
    width, height = told
    if not isinstance(width, int | float) or not isinstance(height, int | float):
        return USUAL
    return map_size((max(width, 320), max(height, 320)), with_camera=with_camera)
