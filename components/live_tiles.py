"""Live tiles: a widget that draws many cameras from one WebSocket, without a rerun."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import streamlit as st

from data_access.language import Translate

FRONTEND = Path(__file__).resolve().parent / "frontend"
WALL_PATH = "/live/wall"

PICTURES = {1: (960, 10), 2: (640, 8), 3: (480, 6), 4: (640, 8), 9: (480, 6), 16: (320, 4)}
"""Width in px and pictures a second by the number of tiles: what a wall's eyes can use."""

_widget = st.components.v2.component(
    "qala_live_tiles",
    js=(FRONTEND / "live_tiles.js").read_text("utf-8"),
    css=(FRONTEND / "live_tiles.css").read_text("utf-8"),
)


@dataclass(frozen=True, slots=True)
class LiveTile:
    """One tile; ``reason`` says why there may be no picture, ``active`` marks fresh events."""

    id: int
    name: str
    place: str
    state: str
    reason: str
    href: str
    active: bool = False


def build_tiles(
    tiles: Sequence[LiveTile], layout: int, now: datetime, _: Translate, *, keys: bool = False
) -> dict[str, Any]:
    """What the widget is given; the texts are in the viewer's language."""
    width_px, fps = PICTURES[layout]
    return {
        "path": WALL_PATH,
        "layout": layout,
        "width": width_px,
        "fps": fps,
        "keys": keys,
        "now_ms": int(now.timestamp() * 1000),
        "tiles": [asdict(tile) for tile in tiles],
        "text": _texts(_),
    }


def _texts(_: Translate) -> dict[str, str]:
    return {
        "label": _("Live pictures"),
        "now": _("now"),
        "seconds": _("{seconds} s old"),
        "minutes": _("{minutes} min old"),
        "waiting": _("Waiting for the first picture"),
        "stale": _("No new picture comes from this camera."),
        "away": _("The worker does not answer. The picture comes back by itself when it does."),
        "lost": _("The connection was lost. It is being made again."),
        "signed_out": _("You are no longer signed in. Load the page again."),
    }


def show_tiles(data: dict[str, Any], key: str, on_open: Callable[[int], None]) -> None:
    """Put the tiles on the screen; ``on_open`` gets the camera of the tile that is pressed."""
    opened = _widget(key=key, data=data, on_opened_change=lambda: None)["opened"]
    if isinstance(opened, int):
        on_open(opened)
