"""Bodies of vehicles as flat faces, in metres from the middle of their footprint.

x to the right, y ahead, z up. Faces are listed so that later ones lie on earlier ones; which of
them show is decided by the side they face.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from demo.scenes.picture.camera import Floats

Corner = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Face:
    """A flat convex face; ``paint`` names what it is made of."""

    paint: str
    corners: tuple[Corner, ...]


@dataclass(frozen=True, eq=False)
class Mesh:
    """All faces of a body."""

    faces: tuple[Face, ...]
    length_m: float
    width_m: float
    height_m: float

    @cached_property
    def points(self) -> Floats:
        """The corners of all faces, one after the other (N, 3)."""
        return np.array([corner for face in self.faces for corner in face.corners])

    @cached_property
    def bulk(self) -> Floats:
        """The corners of what throws a shadow, each once (N, 3)."""
        solid = [
            face.corners for face in self.faces if face.paint in ("paint", "low", "roof", "cab")
        ]
        return np.array(sorted({corner for corners in solid for corner in corners}))

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where each face's corners are in ``points``."""
        ends = np.cumsum([len(face.corners) for face in self.faces])
        return [
            (int(end) - len(face.corners), int(end))
            for end, face in zip(ends, self.faces, strict=True)
        ]

    @cached_property
    def glowing(self) -> npt.NDArray[np.bool_]:
        """Which faces shine by themselves (F,): lamps and lanterns."""
        return np.array([face.paint in ("lamp", "sign", "tail") for face in self.faces])

    @cached_property
    def normals(self) -> Floats:
        """Outward directions of the faces (F, 3)."""
        return np.array([_normal(face.corners) for face in self.faces])

    @cached_property
    def offsets(self) -> npt.NDArray[np.float64]:
        """How far out each face's plane lies along its normal (F,)."""
        firsts = np.array([face.corners[0] for face in self.faces])
        return np.einsum("fi,fi->f", firsts, self.normals)


def outward(paint: str, corners: Sequence[Corner], inside: Corner = (0.0, 0.0, 0.6)) -> Face:
    """A face turned so that its normal points away from ``inside``."""
    turned = _normal(corners) @ (np.array(corners[0]) - np.array(inside)) < 0
    return Face(paint, tuple(reversed(corners)) if turned else tuple(corners))


def _normal(corners: Sequence[Corner]) -> Floats:
    """The direction that a face looks in (Newell's sum, which corners in line do not upset)."""
    points = np.array(corners)
    total = np.cross(points, np.roll(points, -1, axis=0)).sum(axis=0)
    return np.asarray(total / np.linalg.norm(total))


def mirrored(paint: str, corners: Sequence[Corner], inside: Corner = (0.0, 0.0, 0.6)) -> list[Face]:
    """A face on the right side and its twin on the left."""
    left = [(-x, y, z) for x, y, z in corners]
    return [outward(paint, corners, inside), outward(paint, left, inside)]


def wheels(half_width: float, axles: Sequence[float], radius: float) -> list[Face]:
    """Wheels on both sides: arch, tyre, rim."""
    faces: list[Face] = []
    turns = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    for y in axles:
        for paint, size, out in (("dark", 1.16, 0.0), ("tyre", 1.0, 0.01), ("rim", 0.62, 0.02)):
            ring = [
                (
                    half_width + out,
                    y + size * radius * float(np.cos(t)),
                    radius + size * radius * float(np.sin(t)),
                )
                for t in turns
            ]
            faces += mirrored(
                paint, [(x, y_, max(z, 0.004 * number)) for number, (x, y_, z) in enumerate(ring)]
            )
    return faces


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


def plate_faces(front: float, front_z: float, back: float, back_z: float) -> list[Face]:
    """Plates in front and behind: corners from the upper left one clockwise, as read."""
    x, z = 0.26, 0.056
    return [
        Face(
            "plate",
            (
                (x, front, front_z + z),
                (-x, front, front_z + z),
                (-x, front, front_z - z),
                (x, front, front_z - z),
            )[::-1],
        ),
        Face(
            "plate",
            (
                (-x, back, back_z + z),
                (x, back, back_z + z),
                (x, back, back_z - z),
                (-x, back, back_z - z),
            )[::-1],
        ),
    ]


def _cabin(s: CarShape) -> list[Face]:
    low, high, inside = s.width / 2 - 0.05, s.width / 2 - 0.24, (0.0, 0.0, 1.1)
    top = s.height
    (y0, y1), (y3, y2) = s.screen, s.rear

    def at(y_low: float, y_high: float, up: float) -> Corner:
        z = s.belt + (top - s.belt) * up
        return (low + (high - low) * up, y_low + (y_high - y_low) * up, z)

    side = [at(y0, y1, 0), at(y0, y1, 1), at(y3, y2, 1), at(y3, y2, 0)]
    faces = mirrored("paint", side, inside)
    split = (y1 + y2) / 2 + 0.05
    front_glass = [
        at(y0 - 0.2, y1 - 0.1, 0.06),
        at(y0 - 0.2, y1 - 0.1, 0.86),
        at(split + 0.05, split + 0.05, 0.86),
        at(split + 0.05, split + 0.05, 0.06),
    ]
    rear_glass = [
        at(split - 0.05, split - 0.05, 0.06),
        at(split - 0.05, split - 0.05, 0.86),
        at(y3 + 0.25, y2 + 0.12, 0.86),
        at(y3 + 0.25, y2 + 0.12, 0.06),
    ]
    faces += [
        *mirrored("glass", _out(front_glass), inside),
        *mirrored("glass", _out(rear_glass), inside),
    ]
    faces += [
        outward("paint", _span(low, y0, s.belt, high, y1, top), inside),
        outward(
            "screen",
            _span(low - 0.1, y0 + 0.02, s.belt + 0.03, high - 0.06, y1 + 0.02, top - 0.03),
            inside,
        ),
        outward("paint", _span(low, y3, s.belt, high, y2, top), inside),
        outward(
            "screen",
            _span(low - 0.14, y3 - 0.02, s.belt + 0.06, high - 0.08, y2 - 0.02, top - 0.05),
            inside,
        ),
        outward(
            "paint", [(high, y1, top), (high, y2, top), (-high, y2, top), (-high, y1, top)], inside
        ),
    ]
    mirror = [
        (low + 0.05, y0 - 0.28, s.belt),
        (low + 0.2, y0 - 0.28, s.belt),
        (low + 0.2, y0 - 0.28, s.belt + 0.13),
        (low + 0.05, y0 - 0.28, s.belt + 0.13),
    ]
    back = [(x, y, z) for x, y, z in mirror]
    return [
        *faces,
        *[Face("trim", face.corners[::way]) for face in mirrored("trim", back) for way in (1, -1)],
    ]


def _out(corners: list[Corner]) -> list[Corner]:
    return [(x + 0.006, y, z) for x, y, z in corners]


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
