"""Passenger cars as faces, from a few measures. See ``meshes`` for how faces are given."""

import math
from dataclasses import dataclass

from demo.scenes.things.meshes import (
    Corner,
    Face,
    Mesh,
    mirrored,
    outward,
    plate_faces,
    wheels,
)


@dataclass(frozen=True, slots=True)
class CarShape:
    """Measures of a car in metres; y values run from the tail (negative) to the nose."""

    length: float
    width: float
    height: float
    screen: tuple[float, float]
    rear: tuple[float, float]
    nose: float = 0.76
    belt: float = 0.95
    tail: float = 0.92
    clear: float = 0.28
    wheel: float = 0.33


def car(shape: CarShape, *extras: Face) -> Mesh:
    """A passenger car, with what is put on top of it."""
    faces = [*_under(shape.length, shape.width), *_car_body(shape), *_car_ends(shape)]
    half = shape.width / 2
    axles = (shape.length * 0.5 - 0.85, -shape.length * 0.5 + 0.85)
    faces += wheels(half, axles, shape.wheel)
    faces += [*_cabin(shape), *extras]
    return Mesh(tuple(faces), shape.length, shape.width, shape.height)


def _under(length: float, width: float) -> list[Face]:
    """The dark ground under a vehicle."""
    x, y = width / 2 - 0.03, length / 2 - 0.1
    return [Face("under", ((-x, -y, 0.01), (x, -y, 0.01), (x, y, 0.01), (-x, y, 0.01)))]


def _car_body(s: CarShape) -> list[Face]:
    x, mid = s.width / 2, 0.62
    nose_y, tail_y = s.length / 2 - NOSE_CUT_M[1], TAIL_CUT_M[1] - s.length / 2
    high = [
        (x, tail_y, mid),
        (x, nose_y, mid),
        (x, nose_y, s.nose),
        (x, s.screen[0], s.belt),
        (x, s.rear[0], s.belt),
        (x, tail_y, s.tail),
    ]
    return [
        *mirrored("low", _quad_y(x, tail_y, nose_y, s.clear, mid)),
        *mirrored("paint", high),
        *mirrored("trim", _quad_y(x, tail_y, nose_y, s.clear, s.clear + 0.1)),
        *mirrored("seam", _quad_y(x + 0.003, 0.1, 0.13, s.clear + 0.1, s.belt - 0.02)),
        _lid(s, nose_y, s.length / 2, NOSE_CUT_M[0], s.nose, 0.06, s.screen[0]),
        _lid(s, tail_y, -s.length / 2, TAIL_CUT_M[0], s.tail, 0.04, s.rear[0]),
    ]


def _lid(
    s: CarShape, turn_y: float, end_y: float, cut: float, high: float, drop: float, glass_y: float
) -> Face:
    """Bonnet or boot lid: from the glass to the end, between the cut corners."""
    x = s.width / 2
    right: list[Corner] = [
        (x, turn_y, high),
        (x - cut, end_y, high - drop),
    ]
    left = [(-a, y, z) for a, y, z in reversed(right)]
    return outward("paint", [*right, *left, (-x, glass_y, s.belt), (x, glass_y, s.belt)])


def _car_ends(s: CarShape) -> list[Face]:
    front, back = s.length / 2, -s.length / 2
    nose, tail = s.nose - 0.06, s.tail - 0.04
    return [
        *_end(s, front, NOSE_CUT_M, nose, s.nose),
        outward("grille", _quad_x(-0.42, 0.42, front + 0.01, 0.52, nose - 0.05)),
        *_lamps("lamp", s.width / 2 - NOSE_CUT_M[0], front, nose - 0.03, (0.38, 0.14)),
        *_end(s, back, TAIL_CUT_M, tail, s.tail),
        *_lamps("tail", s.width / 2 - TAIL_CUT_M[0], back, tail - 0.06, (0.34, 0.18)),
        *plate_faces(front + 0.02, 0.44, back - 0.02, 0.62),
    ]


NOSE_CUT_M, TAIL_CUT_M = (0.2, 0.28), (0.15, 0.22)
"""How much of the corners of a car is cut off: aside and along."""


def _end(
    s: CarShape, y: float, cut: tuple[float, float], top: float, side_top: float
) -> list[Face]:
    """The face at the end ``y`` of a car with its two cut corners and its bumper."""
    half, out = s.width / 2, math.copysign(1.0, y)
    narrow, turn_y = half - cut[0], y - out * cut[1]
    corner = [
        (half, turn_y, s.clear),
        (narrow, y, s.clear),
        (narrow, y, top),
        (half, turn_y, side_top),
    ]
    return [
        *mirrored("paint", corner),
        outward("paint", _quad_x(-narrow, narrow, y, s.clear, top)),
        outward("dark", _quad_x(-narrow, narrow, y + out * 0.01, s.clear, s.clear + 0.15)),
    ]


def _lamps(paint: str, edge: float, y: float, top: float, size: tuple[float, float]) -> list[Face]:
    """Lamps at an end, from ``edge`` inwards, drawn on around the corner."""
    out = math.copysign(1.0, y)
    low = top - size[1]
    around = [
        (edge, y + out * 0.005, low),
        (edge + 0.13, y - out * 0.17, low + 0.02),
        (edge + 0.13, y - out * 0.17, top + 0.02),
        (edge, y + out * 0.005, top),
    ]
    return [
        *mirrored(paint, _quad_x(edge - size[0], edge, y + out * 0.012, low, top)),
        *mirrored(paint, around),
    ]


INSIDE: Corner = (0.0, 0.0, 1.1)
"""A point inside every cabin."""


def _cabin(s: CarShape) -> list[Face]:
    low, high = s.width / 2 - 0.05, s.width / 2 - 0.24
    (y0, y1), (y3, y2), top = s.screen, s.rear, s.height
    front = _span(low, y0, s.belt, high, y1, top)
    front_glass = _span(low - 0.1, y0 + 0.02, s.belt + 0.03, high - 0.06, y1 + 0.02, top - 0.03)
    back = _span(low, y3, s.belt, high, y2, top)
    back_glass = _span(low - 0.14, y3 - 0.02, s.belt + 0.06, high - 0.08, y2 - 0.02, top - 0.05)
    roof = [(high, y1, top), (high, y2, top), (-high, y2, top), (-high, y1, top)]
    return [
        *_cabin_sides(s, low, high),
        outward("paint", front, INSIDE),
        outward("screen", front_glass, INSIDE),
        outward("paint", back, INSIDE),
        outward("screen", back_glass, INSIDE),
        outward("paint", roof, INSIDE),
        *mirrored("trim", _quad_y(low + 0.17, y0 - 0.42, y0 - 0.2, s.belt, s.belt + 0.13), INSIDE),
    ]


def _cabin_sides(s: CarShape, low: float, high: float) -> list[Face]:
    """Pillars and roof rails, with two windows between them on each side."""
    (y0, y1), (y3, y2) = s.screen, s.rear

    def at(y_low: float, y_high: float, up: float, out: float = 0.006) -> Corner:
        z = s.belt + (s.height - s.belt) * up
        return (low + (high - low) * up + out, y_low + (y_high - y_low) * up, z)

    def window(ahead: tuple[float, float], behind: tuple[float, float]) -> list[Corner]:
        return [at(*ahead, 0.06), at(*ahead, 0.86), at(*behind, 0.86), at(*behind, 0.06)]

    middle = (y1 + y2) / 2 + 0.05
    side = [at(y0, y1, 0, 0), at(y0, y1, 1, 0), at(y3, y2, 1, 0), at(y3, y2, 0, 0)]
    first = window((y0 - 0.2, y1 - 0.1), (middle + 0.05, middle + 0.05))
    second = window((middle - 0.05, middle - 0.05), (y3 + 0.25, y2 + 0.12))
    return [
        *mirrored("paint", side, INSIDE),
        *mirrored("glass", first, INSIDE),
        *mirrored("glass", second, INSIDE),
    ]


def _span(
    low: float, y_low: float, z_low: float, high: float, y_high: float, z_high: float
) -> list[Corner]:
    return [
        (low, y_low, z_low),
        (high, y_high, z_high),
        (-high, y_high, z_high),
        (-low, y_low, z_low),
    ]


def _quad_x(west: float, east: float, y: float, low: float, high: float) -> list[Corner]:
    return [(west, y, low), (east, y, low), (east, y, high), (west, y, high)]


def _quad_y(x: float, south: float, north: float, low: float, high: float) -> list[Corner]:
    return [(x, south, low), (x, north, low), (x, north, high), (x, south, high)]
