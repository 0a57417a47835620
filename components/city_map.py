"""The map of the city as a deck.gl deck: the drawing, the cameras, what happens there.

The deck holds addresses, not cameras: the browser asks the tile route for what it shows, so
the page sends the same few kilobytes for a thousand cameras and for a hundred thousand.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pydeck as pdk

from components import map_layers
from components.look import palette
from components.map_fan import fan_out
from components.map_look import map_look, rgb
from data_access.map_drawing import Extent

Place = tuple[float, float]
"""Longitude and latitude in degrees."""

NEAREST_ZOOM, FARTHEST_ZOOM = 19.5, 7.0
CLOSEST_FIT = 16.0
MARGIN_PX, LEGEND_PX = 20, 34
FLIGHT_MS = 700


@dataclass(frozen=True, slots=True)
class View:
    """Where the map looks; a higher ``serial`` makes it go there again."""

    longitude: float
    latitude: float
    zoom: float
    serial: int = 0


@dataclass(frozen=True, slots=True)
class Sign:
    """Something on the map besides cameras; ``sign`` is a name of ``map_look.signs``."""

    id: str
    sign: str
    place: Place
    name: str
    note: str
    camera_id: int | None = None


@dataclass(frozen=True, slots=True)
class Press:
    """An SOS button that somebody has pressed, and the cameras nearest to it."""

    place: Place
    cameras: Sequence[Place] = ()


@dataclass(frozen=True, slots=True)
class MapContent:
    """What this viewer's map shows now.

    ``version`` is in the addresses of the tiles: another one makes the browser ask again.
    ``picks`` counts what has been pressed on the map.
    """

    version: str
    language: str
    cameras: bool = True
    programme: str = ""
    incidents: Sequence[Sign] = ()
    sos_buttons: Sequence[Sign] = ()
    units: Sequence[Sign] = ()
    chosen: Place | None = None
    press: Press | None = None
    picks: int = 0


def fitted(extent: Extent | None, centre: Place, zoom: float, size_px: tuple[float, float]) -> View:
    """The view that holds ``extent`` in a map of this size (width, height).

    Without cameras it is the city's own centre and zoom.
    """
    if extent is None:
        return View(*centre, zoom)
    middle = (extent.south + extent.north) / 2
    wide = max(extent.east - extent.west, 0.002)
    high = max(extent.north - extent.south, 0.002) / math.cos(math.radians(middle))
    width_px = max(size_px[0] - 2 * MARGIN_PX, 1)
    height_px = max(size_px[1] - 2 * MARGIN_PX - LEGEND_PX, 1)
    fits = min(math.log2(360 * width_px / (512 * wide)), math.log2(360 * height_px / (512 * high)))
    return View((extent.west + extent.east) / 2, middle, round(min(fits, CLOSEST_FIT), 2))


class CompactDeck(pdk.Deck):  # type: ignore[misc]  # pydeck has no types
    """A deck whose JSON has no spaces: it is sent again with each renewal of the screen."""

    def to_json(self) -> str:
        """The deck as deck.gl reads it."""
        return json.dumps(json.loads(super().to_json()), ensure_ascii=False, separators=(",", ":"))


def build_map(content: MapContent, view: View, theme: str, style: str | None = None) -> pdk.Deck:
    """The deck; ``style`` is the address of a MapLibre style that replaces the drawing.

    Without one there is no map provider at all: Streamlit would ask CARTO for a style.
    """
    look = map_look(theme)
    layers = [] if style else map_layers.drawing(look)
    if content.cameras:
        address = _tiles(content)
        layers.append(map_layers.cameras(address, look, theme, content.picks))
    if not style:
        layers.append(map_layers.labels(look, content.language))
    ground = {"map_provider": "maplibre", "map_style": style} if style else {"map_provider": None}
    return CompactDeck(
        layers=[*layers, *_signs(content, theme)],
        initial_view_state=_view_state(view),
        tooltip=_tooltip(theme),
        **ground,
    )


def _tiles(content: MapContent) -> str:
    programme = f"&programme={content.programme}" if content.programme else ""
    return f"/map/{{z}}/{{x}}/{{y}}.json?v={content.version}&l={content.language}{programme}"


def _view_state(view: View) -> pdk.ViewState:
    """The chart moves only where a number has changed: the serial changes each by nothing."""
    nudge = view.serial * 1e-9
    return pdk.ViewState(
        longitude=view.longitude + nudge,
        latitude=view.latitude + nudge,
        zoom=view.zoom + nudge,
        max_zoom=NEAREST_ZOOM,
        min_zoom=FARTHEST_ZOOM,
        transition_duration=FLIGHT_MS + view.serial % 2 if view.serial else 0,
    )


def _signs(content: MapContent, theme: str) -> list[pdk.Layer]:
    """What is above the cameras; the layer one can press is named anew after each press."""
    colours = palette(theme)
    signs = [
        _marked(sign, size)
        for size, signs in (
            (1.0, content.units), (1.0, content.incidents), (1.15, content.sos_buttons)
        )
        for sign in signs
    ]  # fmt: skip
    fan_out(signs)
    red = rgb(colours.urgent)
    layers = _links(content.press, red)
    if signs:
        layers.append(map_layers.signs(f"signs-{content.picks}", signs, theme))
    if content.chosen:
        layers.append(map_layers.ring("chosen", content.chosen, rgb(colours.text), 17))
    return [*layers, *_rings(content.press, red)]


def _links(press: Press | None, red: list[int]) -> list[pdk.Layer]:
    if press is None:
        return []
    return [map_layers.links("press-links", press.place, press.cameras, red)]


def _rings(press: Press | None, red: list[int]) -> list[pdk.Layer]:
    if press is None:
        return []
    return [
        map_layers.ring(f"press-{radius}", press.place, [*red, opacity], radius)
        for radius, opacity in ((26, 255), (38, 150), (52, 80))
    ]


def _marked(sign: Sign, size: float) -> dict[str, Any]:
    return {
        "id": sign.id,
        "camera": sign.camera_id,
        "sign": sign.sign,
        "size": size,
        "place": [round(sign.place[0], 6), round(sign.place[1], 6)],
        "name": sign.name,
        "note": sign.note,
    }


def _tooltip(theme: str) -> dict[str, Any]:
    colours = palette(theme)
    return {
        "html": "<b>{name}</b><br>{note}",
        "style": {
            "backgroundColor": colours.surface,
            "color": colours.text,
            "border": f"1px solid {colours.line}",
            "borderRadius": "6px",
            "padding": "6px 10px",
            "fontSize": "13px",
            "maxWidth": "280px",
            "lineHeight": "1.35",
        },
    }
