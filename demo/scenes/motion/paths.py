"""Ways through a scene: lines with rounded corners, measured along themselves."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from demo.scenes.picture.camera import Floats

STEP_M = 0.25
"""Between two points of a way."""

COMFORTABLE_MS2 = 2.0
"""Sideways acceleration that drivers allow in a bend: Reymond et al. (2001) find 2–3 m/s²."""


@dataclass(frozen=True, eq=False)
class Path:
    """A way as points (N, 3) in metres, ``STEP_M`` apart."""

    points_m: Floats

    @cached_property
    def along_m(self) -> Floats:
        """Distance from the start at each point."""
        steps = np.linalg.norm(np.diff(self.points_m, axis=0), axis=1)
        return np.concatenate([[0.0], np.cumsum(steps)])

    @property
    def length_m(self) -> float:
        """From start to end."""
        return float(self.along_m[-1])

    @cached_property
    def yaw(self) -> Floats:
        """Compass direction at each point in radians, without leaps."""
        ahead = np.gradient(self.points_m[:, :2], axis=0)
        return np.unwrap(np.arctan2(ahead[:, 0], ahead[:, 1]))

    @cached_property
    def fastest_ms(self) -> Floats:
        """How fast a car can be at each point: slow in bends, and braking before them."""
        bend = np.abs(np.gradient(self.yaw, self.along_m))
        fastest = np.sqrt(COMFORTABLE_MS2 / np.maximum(bend, 1e-3))
        for number in range(len(fastest) - 2, -1, -1):
            step = self.along_m[number + 1] - self.along_m[number]
            fastest[number] = min(
                fastest[number], np.sqrt(fastest[number + 1] ** 2 + 2 * 1.6 * step)
            )
        return np.asarray(fastest)

    def at(self, along_m: Floats) -> tuple[Floats, Floats]:
        """Positions (N, 3) and compass directions (N,) at distances from the start."""
        position = [np.interp(along_m, self.along_m, axis) for axis in self.points_m.T]
        return np.column_stack(position), np.interp(along_m, self.along_m, self.yaw)


def path(*corners: tuple[float, ...], radius_m: float = 0.0) -> Path:
    """A way through corners (x, y) or (x, y, z), each rounded off by about ``radius_m``."""
    points = [np.array([*corner, 0.0][:3]) for corner in corners]
    line = [points[0]]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        line += _rounded(before, corner, after, radius_m)
    line.append(points[-1])
    return Path(_even(np.array(line)))


def _rounded(before: Floats, corner: Floats, after: Floats, radius_m: float) -> list[Floats]:
    back, ahead = before - corner, after - corner
    reach = min(radius_m, float(np.linalg.norm(back)) / 2, float(np.linalg.norm(ahead)) / 2)
    if reach < STEP_M:
        return [corner]
    start = corner + back / np.linalg.norm(back) * reach
    end = corner + ahead / np.linalg.norm(ahead) * reach
    shares = np.linspace(0, 1, max(4, int(reach / STEP_M)))
    return [(1 - t) ** 2 * start + 2 * t * (1 - t) * corner + t * t * end for t in shares]


def _even(line: Floats) -> Floats:
    """The same line with points ``STEP_M`` apart."""
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    count = max(3, round(along[-1] / STEP_M) + 1)
    return np.column_stack(
        [np.interp(np.linspace(0, along[-1], count), along, axis) for axis in line.T]
    )
