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
    def plain(self) -> npt.NDArray[np.bool_]:
        """Which faces are seen from afar, too (F,)."""
        small = ("seam", "rim", "grille", "trim", "plate")
        return np.array([face.paint not in small for face in self.faces])

    @cached_property
    def normals(self) -> Floats:
        """Outward directions of the faces (F, 3)."""
        return np.array([_normal(face.corners) for face in self.faces])

    @cached_property
    def offsets(self) -> npt.NDArray[np.float64]:
        """How far out each face's plane lies along its normal (F,)."""
        firsts = np.array([face.corners[0] for face in self.faces])
        return np.asarray(np.einsum("fi,fi->f", firsts, self.normals))


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
