"""The speed of a vehicle from its boxes: a body on the road is fitted to all of them at once.

Unknowns are where it is in the middle of the time, which way it heads, its speed, how that and
the heading change, and its size. What is seen are the four edges of each box. The regression
gives the speed with its deviation; how the calibration's own uncertainty moves the speed is
carried through (Gauss' law of propagation).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from detection_worker.least_squares import Floats, Residuals, Solution, solve
from detection_worker.road_camera import RoadCamera, project
from detection_worker.vehicle_shapes import SHAPES, VehicleShape

EDGE_SD = 0.012
"""How far an edge of a detector's box is off, as a part of the box: one to two percent for the
usual models on boxes that overlap the truth by 90 %."""

TOP_TRUST = 3.0
"""The upper edge counts as so many times less sure than the others: roofs are of all forms, and
a body whose roof does not fit must not pull the speed."""

LEAST_EDGE_SD = 0.0005
"""And never less than this part of the picture's width: a pixel of a full HD picture."""

EASE = 2.0
"""Residuals beyond so many deviations count less (Huber): a box that was cut off behind a
pole, or that swallowed a neighbour."""

GAIN_SD_MS2 = 1.2
"""Drivers' accelerations in flowing traffic: 95 % stay below 2.4 m/s²."""

BEND_SD = 0.004
"""Curvature of ways, 1/m: a bend of 250 m radius."""

GROUND_SD_M = 0.05
"""How far above or below the ground the lowest edge of a vehicle may really be seen."""

_STEPS = np.array([1e-3, 1e-3, 1e-4, 1e-3, 1e-3, 1e-5, 1e-4, 1e-4, 1e-4])
SPEED, LENGTH = 3, 6


@dataclass(frozen=True, eq=False)
class BoxPath:
    """Boxes over time: seconds (N,), picture fractions xyxy (N, 4), which edges count (N, 4)."""

    at_s: Floats
    boxes: Floats
    whole: Floats


@dataclass(frozen=True, slots=True)
class Motion:
    """What the boxes say: speed and its deviation in m/s, and how well the body explains them.

    ``misfit`` is the residuals' deviation in units of the expected one.
    """

    speed_ms: float
    deviation_ms: float
    misfit: float
    shape: str


def measure(path: BoxPath, camera: RoadCamera, first: Floats, jitter_s: float) -> Motion:
    """The motion that explains the boxes best; ``first`` is a guess (x, y, heading, speed)."""
    found = list(_fits(path, camera, first))
    costs = np.array([one.cost for one, _ in found])
    best, shape = found[int(costs.argmin())]
    likely = np.exp(-(costs - costs.min()) / 2 / _inflation(best, path))
    speeds = np.array([one.unknowns[SPEED] for one, _ in found])
    speed = float(speeds @ likely / likely.sum())
    apart = float(likely @ (speeds - speed) ** 2 / likely.sum())
    variance = apart + _variance(best, path, camera, shape, jitter_s)
    return Motion(
        abs(speed),
        float(np.sqrt(variance)),
        _misfit(best, path),
        shape.name,
    )


def edges(
    unknowns: Floats, camera: Floats, at_s: Floats, shape: VehicleShape, view: tuple[float, float]
) -> Floats:
    """Boxes (M, N, 4) of a body by its unknowns (M, 9), seen by cameras (M, 8) or one (8,).

    ``view`` is the picture's aspect and +1 where heights are positive upwards.
    """
    aspect, up = view
    x, y, heading, speed, gain, bend = (unknowns[:, n, None] for n in range(6))
    gone = speed * at_s + gain * at_s**2 / 2
    chord, turned = heading + bend * gone / 2, (heading + bend * gone)[..., None]
    at_x = (x + gone * np.cos(chord))[..., None]
    at_y = (y + gone * np.sin(chord))[..., None]
    ahead, aside, high = np.moveaxis(shape.corners * np.exp(unknowns[:, None, 6:9]), -1, 0)
    ahead, aside, high = ahead[:, None], aside[:, None], (high + shape.low_m)[:, None]
    cosine, sine = np.cos(turned), np.sin(turned)
    corners = np.empty((*turned.shape[:2], len(shape.corners), 3))
    corners[..., 0] = at_x + ahead * cosine - aside * sine
    corners[..., 1] = at_y + ahead * sine + aside * cosine
    corners[..., 2] = up * high
    flat = corners.reshape(len(corners), -1, 3)
    seen = project(camera, flat, aspect).reshape(*corners.shape[:3], 2)
    return np.concatenate([seen.min(axis=2), seen.max(axis=2)], axis=-1)


def _fits(
    path: BoxPath, camera: RoadCamera, first: Floats
) -> Iterator[tuple[Solution, VehicleShape]]:
    """The shapes in their order; larger ones are tried while the last one came out too short."""
    for shape in SHAPES:
        found = _fit(path, camera, shape, first)
        yield found, shape
        if found.unknowns[LENGTH] < np.log(shape.usual_m[0]) + shape.spread[0] / 2:
            return


def _fit(path: BoxPath, camera: RoadCamera, shape: VehicleShape, first: Floats) -> Solution:
    start = np.array([*first, 0.0, 0.0, *np.log(shape.usual_m)])
    return solve(_residuals(path, camera.unknowns, camera, shape), start, _STEPS)


def _residuals(
    path: BoxPath, unknowns: Floats, camera: RoadCamera, shape: VehicleShape
) -> Residuals:
    weights = path.whole / _edge_sd(path, camera.aspect)
    usual, spread = np.log(shape.usual_m), np.array(shape.spread)

    def residuals(tries: Floats) -> Floats:
        seen = edges(tries, unknowns, path.at_s, shape, (camera.aspect, camera.up))
        off = np.nan_to_num(seen - path.boxes, nan=10.0) * weights
        size = np.abs(off)
        eased = np.where(
            size > EASE, np.sign(off) * np.sqrt(EASE * np.maximum(2 * size - EASE, 0.0)), off
        )
        known = np.column_stack(
            [tries[:, 4] / GAIN_SD_MS2, tries[:, 5] / BEND_SD, (tries[:, 6:] - usual) / spread]
        )
        return np.hstack([eased.reshape(len(tries), -1), known])

    return residuals


def _eased(off: Floats) -> Floats:
    """Residuals whose squares grow only linearly from ``EASE`` on."""
    size = np.abs(off)
    slow = np.sqrt(EASE * np.maximum(2 * size - EASE, 0.0))
    return np.where(size > EASE, np.sign(off) * slow, off)


def _edge_sd(path: BoxPath, aspect: float) -> Floats:
    width, height = (path.boxes[:, 2:] - path.boxes[:, :2]).T
    x = np.maximum(EDGE_SD * width, LEAST_EDGE_SD)
    y = np.maximum(EDGE_SD * height, LEAST_EDGE_SD * aspect)
    return np.stack([x, TOP_TRUST * y, x, y], axis=1)


def _misfit(found: Solution, path: BoxPath) -> float:
    counted = path.whole.ravel() > 0
    own = found.residuals[: path.whole.size][counted]
    return float(np.sqrt(np.mean(own**2))) if len(own) else float("inf")


def _inflation(found: Solution, path: BoxPath) -> float:
    """How much less the residuals say than as many independent ones of the expected size.

    A box that is too long now is so in the next frame, too: with a correlation r from one to
    the next, N of them are worth N · (1 - r) / (1 + r) (Bartlett).
    """
    own = found.residuals[: path.whole.size].reshape(-1, 4)
    power = float((own**2).sum())
    along = float((own[1:] * own[:-1]).sum())
    kept = min(max(along / power if power else 0.0, 0.0), 0.9)
    return max(_misfit(found, path) ** 2, 0.25) * (1 + kept) / (1 - kept)


def _variance(
    found: Solution, path: BoxPath, camera: RoadCamera, shape: VehicleShape, jitter_s: float
) -> float:
    """Of the speed in (m/s)²: the boxes', the clock's, the calibration's and the ground's."""
    speed = float(found.unknowns[SPEED])
    covariance = found.covariance
    boxes = covariance[SPEED, SPEED] * _inflation(found, path)
    clock = (speed * jitter_s) ** 2 / max(float(((path.at_s - path.at_s.mean()) ** 2).sum()), 1e-9)
    middle, ways = camera.variants()
    steps = np.vstack([middle + ways, middle - ways])
    rows = np.repeat(found.unknowns[None], len(steps), axis=0)
    seen = edges(rows, steps, path.at_s, shape, (camera.aspect, camera.up))
    count = len(ways)
    moved = (seen[:count] - seen[count:]) / 2 * (path.whole / _edge_sd(path, camera.aspect))
    pulls = moved.reshape(count, -1) @ found.jacobian[: path.whole.size]
    shifts = (pulls @ covariance)[:, SPEED]
    ground = speed * GROUND_SD_M / max(camera.height_m, 0.5)
    return float(boxes + clock + shifts @ shifts + ground**2)
