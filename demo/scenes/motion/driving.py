"""Vehicles for a lane: what comes, when, and how fast each wants to go."""

from collections.abc import Callable

import numpy as np

from demo.scenes.motion.cast import Mover
from demo.scenes.motion.paths import Path
from demo.scenes.motion.traffic import Entry, Gate, drive
from demo.scenes.things.fleet import BODIES
from demo.scenes.things.looks import Chance, VehicleLook, random_vehicle

HEAVY_SLOWER = 0.86
"""Buses, lorries and vans go slower than cars by this factor."""


def vehicles(
    chance: Chance,
    way: Path,
    count: int,
    period_s: float,
    wish_kmh: tuple[float, float],
    *,
    window_s: tuple[float, float] | None = None,
    gates: tuple[Gate, ...] = (),
    look: Callable[[Chance], VehicleLook] = random_vehicle,
) -> list[Mover]:
    """``count`` vehicles on one way, coming in about evenly over ``window_s`` of the loop."""
    since_s, until_s = window_s or (0.0, period_s)
    spacing_s = (until_s - since_s) / count
    times = since_s + (np.arange(count) + chance.uniform(0, 0.65, count)) * spacing_s
    looks = [look(chance) for _ in range(count)]
    lane = [
        Entry(
            way,
            float(at_s % period_s),
            BODIES[one.body].length_m,
            wish(chance, one, wish_kmh),
            gates,
        )
        for one, at_s in zip(looks, times, strict=True)
    ]
    return [Mover(one, trip) for one, trip in zip(looks, drive(lane, period_s), strict=True)]


def wish(chance: Chance, look: VehicleLook, wish_kmh: tuple[float, float]) -> float:
    """How fast a vehicle wants to go."""
    speed_kmh = float(chance.uniform(*wish_kmh))
    return speed_kmh if look.label == "car" else speed_kmh * HEAVY_SLOWER
