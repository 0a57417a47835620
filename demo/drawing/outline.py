"""The edge of a city, its districts and its water."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from demo.chance import Chance, Floats, chance
from demo.drawing.plane import Plane
from demo.drawing.polygons import cut, distances_to_path, rounded
from demo.plans import Ground, River

WAVES = 6
BORDER_BENDS = 3
"""How often a border between districts is halved and bent."""

BEND = 0.09
"""How far the middle of a border moves aside, as a share of its length, at most."""


def edge(ground: Ground, source: Chance) -> Floats:
    """The city's edge as a polygon: round, with bays."""
    turn = np.linspace(0, 2 * np.pi, 96, endpoint=False)
    radius = np.ones_like(turn)
    for wave in range(2, 2 + WAVES):
        swing = source.uniform(0.15, 0.4) / (wave + 2)
        radius += swing * np.cos(wave * turn + source.uniform(0, 2 * np.pi))
    around = np.stack([np.cos(turn) * ground.east_stretch, np.sin(turn)], -1)
    return around * (radius * ground.radius_m)[:, None]


def water(ground: Ground) -> list[tuple[Floats, float]]:
    """The courses of the rivers, rounded, each with its width."""
    return [(_course(ground, river), river.width_m) for river in ground.rivers]


def banks(course: Floats, width_m: float, source: Chance) -> Floats:
    """The river as a polygon: its course, made as wide as it is and a little uneven."""
    way = np.gradient(course, axis=0)
    aside = np.stack([-way[:, 1], way[:, 0]], -1) / np.hypot(*way.T)[:, None]
    half = width_m / 2 * source.uniform(0.8, 1.25, (2, len(course), 1))
    return np.concatenate([course + aside * half[0], (course - aside * half[1])[::-1]])


def district_cells(ground: Ground, plane: Plane, outline: Floats, seed: int) -> list[Floats]:
    """The districts' polygons: nearest to their middles, with bent borders that they share."""
    middles = np.array([plane.metres(one.latitude, one.longitude) for one in ground.districts])
    return [_bent(_cell(outline, middles, index), outline, seed) for index in range(len(middles))]


def _course(ground: Ground, river: River) -> Floats:
    points = np.array(river.course) * ground.radius_m * [ground.east_stretch, 1.0]
    return rounded(points, 3)


def _cell(outline: Floats, middles: Floats, index: int) -> Floats:
    cell = outline
    for other, middle in enumerate(middles):
        if other != index:
            cell = cut(cell, (middle + middles[index]) / 2, middle - middles[index])
    return cell


def _bent(cell: Floats, outline: Floats, seed: int) -> Floats:
    """The cell with its inner borders bent: the same for the district on the other side."""
    ends = np.roll(cell, -1, axis=0)
    closed = np.concatenate([outline, outline[:1]])
    at_edge = distances_to_path((cell + ends) / 2, closed) < 1.0
    return np.concatenate(
        [
            start[None] if outer else _border(start, end, seed)[:-1]
            for start, end, outer in zip(cell, ends, at_edge, strict=True)
        ]
    )


def _border(start: Floats, end: Floats, seed: int) -> Floats:
    """The way from start to end, bent by a chance that its two ends decide."""
    ends = sorted([_place(start), _place(end)])
    path = np.array([start, end])
    for turn in range(BORDER_BENDS):
        path = _halved(path, chance(seed, "border", *ends, turn), ends[0] == _place(start))
    return path


def _halved(path: Floats, source: Chance, forward: bool) -> Floats:
    way = path if forward else path[::-1]
    step = np.diff(way, axis=0)
    aside = np.stack([-step[:, 1], step[:, 0]], -1) * source.uniform(-BEND, BEND, (len(step), 1))
    middles = (way[:-1] + way[1:]) / 2 + aside
    bent = np.concatenate([np.stack([way[:-1], middles], 1).reshape(-1, 2), way[-1:]])
    return bent if forward else bent[::-1]


def _place(point: Sequence[float] | Floats) -> int:
    """A number for a place, the same for points less than a few centimetres apart."""
    return crc32(f"{point[0]:.0f} {point[1]:.0f}".encode())
