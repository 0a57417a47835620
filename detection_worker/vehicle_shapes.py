"""Vehicles as a few corners, to know where the edges of their boxes come from.

The bottom edge of a box is not where a vehicle stands: seen from ahead it is the bumper, a hand
above the ground, farther off it is the tyres; seen from the side it is the nearer wheels. And a
box's middle wanders along the vehicle as it passes. Corners of a body that is fitted to the
boxes do not wander.
"""

from dataclasses import dataclass

import numpy as np

from detection_worker.least_squares import Floats


@dataclass(frozen=True, eq=False)
class VehicleShape:
    """Corners (K, 3) in parts of length, width and height, and the usual size.

    ``low`` (K,) are heights in metres that do not grow with the vehicle; ``usual_m`` is length,
    width, height, ``spread`` the deviations of their logarithms.
    """

    name: str
    corners: Floats
    low_m: Floats
    usual_m: tuple[float, float, float]
    spread: tuple[float, float, float]


def _mirrored(rows: list[tuple[float, float, float, float]]) -> tuple[Floats, Floats]:
    """Rows of (ahead, aside, up, low in metres) on both sides, as corners and lows."""
    both = np.array([row for x, y, z, low in rows for row in ((x, y, z, low), (x, -y, z, low))])
    return both[:, :3], both[:, 3]


_CAR = _mirrored(
    [
        (0.43, 0.47, 0, 0.0), (-0.43, 0.47, 0, 0.0),  # where tyres and their shade begin
        (0.5, 0.38, 0, 0.22), (-0.5, 0.40, 0, 0.25),  # bumpers
        (0.44, 0.5, 0, 0.25), (-0.45, 0.5, 0, 0.25),
        (0.5, 0.38, 0.46, 0), (0.44, 0.5, 0.48, 0),  # bonnet
        (-0.5, 0.40, 0.6, 0), (-0.45, 0.5, 0.6, 0),  # boot
        (0.2, 0.5, 0.62, 0), (-0.35, 0.5, 0.62, 0),  # belt
        (0.04, 0.37, 1.0, 0), (-0.25, 0.37, 1.0, 0),  # roof
    ]
)  # fmt: skip

_BOX = _mirrored(
    [
        (0.44, 0.48, 0, 0.0), (-0.44, 0.48, 0, 0.0),
        (0.5, 0.46, 0, 0.3), (-0.5, 0.46, 0, 0.4),
        (0.5, 0.5, 0.15, 0), (-0.5, 0.5, 0.15, 0),
        (0.47, 0.48, 0.96, 0), (-0.5, 0.5, 1.0, 0), (0.44, 0.5, 1.0, 0),
    ]
)  # fmt: skip

SHAPES: tuple[VehicleShape, ...] = (
    VehicleShape("car", *_CAR, usual_m=(4.4, 1.8, 1.5), spread=(0.09, 0.05, 0.09)),
    VehicleShape("van", *_BOX, usual_m=(5.8, 2.0, 2.4), spread=(0.15, 0.06, 0.12)),
    VehicleShape("large", *_BOX, usual_m=(10.0, 2.5, 3.1), spread=(0.3, 0.04, 0.12)),
)
"""Sizes as they are registered: cars of the classes B to E and off-roaders measure 3.9–4.9 ×
1.7–1.95 × 1.4–1.75 m, vans 5–7 m; lorries and buses may be 2.55 m wide (UNECE R.E.3)."""
