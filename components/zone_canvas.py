"""Drawing on a camera's picture: a polygon or a line, and an arrow where one is wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from data_access.domain.watch import Point, ZoneShape
from data_access.language import Translate

FRONTEND = Path(__file__).resolve().parent / "frontend"
SCRIPTS = ("zone_names.js", "zone_canvas.js")
"""A widget is one script."""

WIDTH_PX = 1280

_widget = st.components.v2.component(
    "qala_zone_canvas",
    js="\n".join((FRONTEND / name).read_text("utf-8") for name in SCRIPTS),
    css=(FRONTEND / "zone_canvas.css").read_text("utf-8"),
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape on the picture, in fractions of it."""

    name: str
    shape: ZoneShape
    points: tuple[Point, ...]
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Drawing:
    """What was drawn: the points of the shape and, where one was wanted, the arrow's step."""

    points: tuple[Point, ...] = ()
    toward: Point = (0.0, 0.0)


def build_canvas(
    camera_id: int,
    shape: ZoneShape,
    begun: Drawing,
    others: Sequence[Shape],
    _: Translate,
    *,
    wants_arrow: bool = False,
    places: Sequence[Point] = (),
) -> dict[str, Any]:
    """What the widget is given; ``places`` are the points of the calibration, numbered."""
    return {
        "picture": f"/live/{camera_id}.jpg?boxes=0&width={WIDTH_PX}",
        "shape": str(shape),
        "points": [list(point) for point in begun.points],
        "toward": list(begun.toward),
        "wants_arrow": wants_arrow,
        "others": [
            {"name": one.name, "shape": str(one.shape), "points": one.points, "on": one.enabled}
            for one in others
        ],
        "places": [list(point) for point in places],
        "text": _texts(_),
    }


def _texts(_: Translate) -> dict[str, str]:
    return {
        "label": _("The camera's picture to draw on"),
        "draw_polygon": _("Click the corners one after the other; close it at the first one."),
        "draw_line": _("Click the points of the line; double-click the last one."),
        "draw_arrow": _("Drag an arrow in the direction that is allowed."),
        "drawn": _("Drag a point to move it."),
        "done": _("Finish"),
        "back": _("Back one point"),
        "anew": _("Draw anew"),
        "arrow": _("Direction"),
        "renew": _("New picture"),
        "no_picture": _(
            "There is no picture of this camera now. What you draw is kept all the same."
        ),
    }


def show_canvas(data: dict[str, Any], key: str) -> None:
    """Put the picture on the screen; ``drawing_on`` its key says what was drawn."""
    _widget(key=key, data=data, on_drawn_change=lambda: None)


def drawing_on(key: str) -> Drawing | None:
    """What was drawn on a canvas so far; None where nothing was."""
    state = st.session_state.get(key)
    return read_drawing(state.get("drawn")) if state else None


def read_drawing(drawn: object) -> Drawing | None:
    """What the browser says was drawn; None for what is no drawing."""
    if not isinstance(drawn, dict):
        return None
    points, toward = drawn.get("points"), _point(drawn.get("toward"))
    read = [_point(point) for point in points] if isinstance(points, list) else []
    if any(point is None for point in read):
        return None
    return Drawing(tuple(point for point in read if point is not None), toward or (0.0, 0.0))


def _point(pair: object) -> Point | None:
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        return None
    if not all(isinstance(value, int | float) and -1 <= value <= 1 for value in pair):
        return None
    return round(float(pair[0]), 4), round(float(pair[1]), 4)
