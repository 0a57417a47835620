"""Passenger cars as faces, from a few measures. See ``meshes`` for how faces are given."""

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
    x, front, back, mid = s.width / 2, s.length / 2, -s.length / 2, 0.62
    nose_y, tail_y = front - 0.28, back + 0.22
    low = [(x, tail_y, s.clear), (x, nose_y, s.clear), (x, nose_y, mid), (x, tail_y, mid)]
    high = [
        (x, tail_y, mid),
        (x, nose_y, mid),
        (x, nose_y, s.nose),
        (x, s.screen[0], s.belt),
        (x, s.rear[0], s.belt),
        (x, tail_y, s.tail),
    ]
    sill = [
        (x, tail_y, s.clear),
        (x, nose_y, s.clear),
        (x, nose_y, s.clear + 0.1),
        (x, tail_y, s.clear + 0.1),
    ]
    door = [
        (x + 0.003, 0.1, s.clear + 0.1),
        (x + 0.003, 0.13, s.clear + 0.1),
        (x + 0.003, 0.13, s.belt - 0.02),
        (x + 0.003, 0.1, s.belt - 0.02),
    ]
    hood = [
        (x, nose_y, s.nose),
        (x - 0.2, front, s.nose - 0.06),
        (-x + 0.2, front, s.nose - 0.06),
        (-x, nose_y, s.nose),
        (-x, s.screen[0], s.belt),
        (x, s.screen[0], s.belt),
    ]
    boot = [
        (x, tail_y, s.tail),
        (x - 0.15, back, s.tail - 0.04),
        (-x + 0.15, back, s.tail - 0.04),
        (-x, tail_y, s.tail),
        (-x, s.rear[0], s.belt),
        (x, s.rear[0], s.belt),
    ]
    return [
        *mirrored("low", low),
        *mirrored("paint", high),
        *mirrored("trim", sill),
        *mirrored("seam", door),
        outward("paint", hood),
        outward("paint", boot),
    ]


def _car_ends(s: CarShape) -> list[Face]:
    x, front, back = s.width / 2, s.length / 2, -s.length / 2
    nx, tx = x - 0.2, x - 0.15
    nose, tail, clear = s.nose - 0.06, s.tail - 0.04, s.clear
    nose_y, tail_y = front - 0.28, back + 0.22
    faces = [
        *mirrored(
            "paint",
            [(x, nose_y, clear), (nx, front, clear), (nx, front, nose), (x, nose_y, s.nose)],
        ),
        *mirrored(
            "paint", [(x, tail_y, clear), (tx, back, clear), (tx, back, tail), (x, tail_y, s.tail)]
        ),
        outward("paint", _quad_x(-nx, nx, front, clear, nose)),
        outward("paint", _quad_x(-tx, tx, back, clear, tail)),
        outward("dark", _quad_x(-nx, nx, front + 0.01, clear, clear + 0.14)),
        outward("grille", _quad_x(-0.42, 0.42, front + 0.01, 0.52, nose - 0.05)),
        outward("dark", _quad_x(-tx, tx, back - 0.01, clear, clear + 0.16)),
    ]
    lamp = [
        (nx - 0.38, front + 0.012, nose - 0.17),
        (nx, front + 0.012, nose - 0.17),
        (nx, front + 0.012, nose - 0.03),
        (nx - 0.38, front + 0.012, nose - 0.03),
    ]
    side_lamp = [
        (nx, front + 0.005, nose - 0.16),
        (x - 0.06, front - 0.17, nose - 0.14),
        (x - 0.06, front - 0.17, nose - 0.01),
        (nx, front + 0.005, nose - 0.03),
    ]
    rear_lamp = [
        (tx - 0.34, back - 0.012, tail - 0.24),
        (tx, back - 0.012, tail - 0.24),
        (tx, back - 0.012, tail - 0.06),
        (tx - 0.34, back - 0.012, tail - 0.06),
    ]
    rear_side = [
        (tx, back - 0.005, tail - 0.24),
        (x - 0.03, back + 0.16, tail - 0.22),
        (x - 0.03, back + 0.16, tail - 0.03),
        (tx, back - 0.005, tail - 0.05),
    ]
    faces += [*mirrored("lamp", lamp), *mirrored("lamp", side_lamp)]
    faces += [*mirrored("tail", rear_lamp), *mirrored("tail", rear_side)]
    return [*faces, *plate_faces(front + 0.02, 0.44, back - 0.02, 0.62)]


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
