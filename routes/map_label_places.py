"""Where the name of a district is readable: beside the clusters, not under them."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from data_access.domain.geometry import point_in_polygon
from data_access.map_tiles import Tile

Place = tuple[float, float]
"""Fractions of the world's width, as ``map_x`` and ``map_y``."""

TILE_PX = 512
SMALLEST_SCALE = 0.85
"""A tile is drawn at 0.7 to 1.4 of its size; most of the time not smaller than this."""

LETTER_PX, HALF_HEIGHT_PX = 8.2, 9.0
"""The semi-bold 15 px letters of the map's names, spaces among them."""

CLEAR_PX = 3.0
STEPS_PX = (8.0, 4.0)
REACH = (15, 20)
"""Steps tried to either side and up and down: 120 px and 80 px, beyond which a name would seem
to be that of something else."""


@dataclass(frozen=True, slots=True)
class Disc:
    """Something round on the map that hides what is under it."""

    place: Place
    radius_px: float


def clear_place(
    middle: Place, name: str, zoom: int, discs: Iterable[Disc], ring: Sequence[Place]
) -> Place:
    """The place nearest to ``middle`` where ``name`` touches no disc, within ``ring``.

    Where there is none, the one that touches them least.
    """
    px = TILE_PX * SMALLEST_SCALE * 2**zoom
    half = LETTER_PX * len(name) / 2, HALF_HEIGHT_PX
    near = [
        ((disc.place[0] - middle[0]) * px, (disc.place[1] - middle[1]) * px, disc.radius_px)
        for disc in discs
    ]
    best, widest = middle, -math.inf
    for x, y in _offsets():
        place = middle[0] + x / px, middle[1] + y / px
        free = min(
            (_free(x - left, y - top, half) - radius for left, top, radius in near),
            default=CLEAR_PX,
        )
        if free > widest and ((x, y) == (0, 0) or point_in_polygon(place, ring)):
            best, widest = place, free
            if free >= CLEAR_PX:
                break
    return best


def tiles_around(middle: Place, name: str, zoom: int) -> set[Tile]:
    """The tiles whose clusters may touch ``name`` wherever ``clear_place`` puts it."""
    px = TILE_PX * SMALLEST_SCALE * 2**zoom
    reach = REACH[0] * STEPS_PX[0] + LETTER_PX * len(name) / 2, REACH[1] * STEPS_PX[1] + TILE_PX / 8
    columns, rows = (_numbers(at, far / px, zoom) for at, far in zip(middle, reach, strict=True))
    return {Tile(zoom, x, y) for x, y in product(columns, rows)}


def _numbers(at: float, far: float, zoom: int) -> range:
    last = 2**zoom - 1
    first, end = math.floor((at - far) * 2**zoom), math.floor((at + far) * 2**zoom)
    return range(max(first, 0), min(end, last) + 1)


def _offsets() -> Iterator[Place]:
    """Steps from the middle in px, the nearest first."""
    across, down = (range(-steps, steps + 1) for steps in REACH)
    steps = ((x * STEPS_PX[0], y * STEPS_PX[1]) for x, y in product(across, down))
    return iter(sorted(steps, key=lambda step: math.hypot(*step)))


def _free(x: float, y: float, half: tuple[float, float]) -> float:
    """From a point to the edge of a rectangle around 0."""
    return math.hypot(max(abs(x) - half[0], 0), max(abs(y) - half[1], 0))
