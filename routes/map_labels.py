"""Names on the map: districts from afar, streets from near, each where it can be read."""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from data_access.domain.words import Language, Names
from data_access.map_drawing import DrawnDistrict, DrawnStreet
from data_access.map_tiles import Tile, map_place
from routes.map_label_places import Disc, clear_place, tiles_around

MAIN_STREETS_FROM_ZOOM = 14
STREETS_FROM_ZOOM = 15
LANES_FROM_ZOOM = 16

FROM_ZOOM = {
    "main": MAIN_STREETS_FROM_ZOOM,
    "street": STREETS_FROM_ZOOM,
    "lane": LANES_FROM_ZOOM,
}

SHORTEST = 0.16
"""The part of a tile's width that a stretch of street must span to carry a name (about 80 px)."""


def labels(
    tile: Tile,
    districts: Iterable[DrawnDistrict],
    streets: Iterable[DrawnStreet],
    language: Language,
    discs: Sequence[Disc] = (),
) -> list[dict[str, Any]]:
    """The names that ``tile`` carries; those of districts stand beside ``discs``."""
    if tile.z < MAIN_STREETS_FROM_ZOOM:
        return list(_districts(tile, districts, language, discs))
    return list(_streets(tile, streets, language))


def _label(x: float, y: float, angle_deg: float, name: str, kind: str) -> dict[str, Any]:
    longitude = x * 360 - 180
    latitude = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y))))
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [round(longitude, 6), round(latitude, 6)]},
        "properties": {"n": name, "a": round(angle_deg, 1), "k": kind},
    }


def touching(tile: Tile, streets: Iterable[DrawnStreet]) -> Iterator[DrawnStreet]:
    """The streets of which a stretch lies within ``tile``."""
    for street in streets:
        places = [map_place(*point) for point in street.path]
        if any(_clip(tile, start, end) is not None for start, end in pairwise(places)):
            yield street


def _contains(tile: Tile, x: float, y: float) -> bool:
    west, north, east, south = tile.bounds
    return west <= x < east and north <= y < south


def _districts(
    tile: Tile, districts: Iterable[DrawnDistrict], language: Language, discs: Sequence[Disc]
) -> Iterator[dict[str, Any]]:
    for district in districts:
        places, name = _ring(district), district.name.in_language(language)
        x, y = clear_place(_middle(places), name, tile.z, discs, places)
        if _contains(tile, x, y):
            yield _label(x, y, 0.0, name, "district")


def crowded_tiles(districts: Iterable[DrawnDistrict], language: Language, zoom: int) -> set[Tile]:
    """The tiles whose clusters the names of districts keep away from."""
    found = set[Tile]()
    for district in districts if zoom < MAIN_STREETS_FROM_ZOOM else ():
        name = district.name.in_language(language)
        found |= tiles_around(_middle(_ring(district)), name, zoom)
    return found


def _ring(district: DrawnDistrict) -> list[tuple[float, float]]:
    return [map_place(*point) for point in district.ring]


def _middle(ring: list[tuple[float, float]]) -> tuple[float, float]:
    """The centre of gravity of a closed ring; of its corners where it has no area."""
    twice_area = moment_x = moment_y = 0.0
    for (x0, y0), (x1, y1) in pairwise(ring):
        part = x0 * y1 - x1 * y0
        twice_area += part
        moment_x += (x0 + x1) * part
        moment_y += (y0 + y1) * part
    if abs(twice_area) < 1e-18:
        return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    return moment_x / (3 * twice_area), moment_y / (3 * twice_area)


def _streets(
    tile: Tile, streets: Iterable[DrawnStreet], language: Language
) -> Iterator[dict[str, Any]]:
    named: set[Names] = set()
    for street in streets:
        if tile.z < FROM_ZOOM[street.street_class] or street.name in named:
            continue
        stretch = _longest_stretch(tile, [map_place(*point) for point in street.path])
        if stretch is not None:
            named.add(street.name)
            yield _label(*stretch, street.name.in_language(language), street.street_class)


def _longest_stretch(
    tile: Tile, path: list[tuple[float, float]]
) -> tuple[float, float, float] | None:
    """The middle and the angle of the longest straight part within ``tile``, if long enough."""
    width = 2.0**-tile.z
    best: tuple[float, float, float] | None = None
    longest = SHORTEST * width
    for start, end in pairwise(path):
        clipped = _clip(tile, start, end)
        if clipped is None:
            continue
        (x0, y0), (x1, y1) = clipped
        length = math.hypot(x1 - x0, y1 - y0)
        if length > longest:
            longest = length
            best = (
                (x0 + x1) / 2,
                (y0 + y1) / 2,
                _readable(math.degrees(math.atan2(y0 - y1, x1 - x0))),
            )
    return best


def _readable(angle_deg: float) -> float:
    """The same line's angle, read from left to right."""
    if angle_deg > 90:
        return angle_deg - 180
    return angle_deg + 180 if angle_deg <= -90 else angle_deg


def _clip(
    tile: Tile, start: tuple[float, float], end: tuple[float, float]
) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """The part of a line within ``tile`` (Liang and Barsky 1984)."""
    west, north, east, south = tile.bounds
    dx, dy = end[0] - start[0], end[1] - start[1]
    enters, leaves = 0.0, 1.0
    for step, room in (
        (-dx, start[0] - west), (dx, east - start[0]),
        (-dy, start[1] - north), (dy, south - start[1]),
    ):  # fmt: skip
        if step == 0:
            if room < 0:
                return None
        elif step < 0:
            enters = max(enters, room / step)
        else:
            leaves = min(leaves, room / step)
    if enters >= leaves:
        return None
    return (
        (start[0] + enters * dx, start[1] + enters * dy),
        (start[0] + leaves * dx, start[1] + leaves * dy),
    )
