"""People on foot: a pace, a way, and places where they stop."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from demo.scenes.motion.cast import RATE_HZ, Trip
from demo.scenes.motion.paths import Path
from demo.scenes.picture.camera import Floats

USUAL_MS = 1.35
"""How fast people walk: Bohannon (1997) finds 1.3–1.4 m/s for adults at ease."""

Stop = tuple[float, float]
"""Where along the way, and for how many seconds."""


def walk(
    way: Path, begins_s: float, speed_ms: float = USUAL_MS, stops: Sequence[Stop] = ()
) -> Trip:
    """A walk at an even pace with stops, each of them at its metre of the way."""
    times, along = [0.0], [0.0]
    for at_m, wait_s in [*sorted(stops), (way.length_m, 0.0)]:
        times.append(times[-1] + (at_m - along[-1]) / speed_ms)
        along.append(at_m)
        if wait_s > 0:
            times.append(times[-1] + wait_s)
            along.append(at_m)
    return Trip(way, begins_s, np.array(times), np.array(along))


def amble(way: Path, begins_s: float, legs: Sequence[tuple[float, float]]) -> Trip:
    """A walk in legs: each until its metre of the way, at its own pace in m/s."""
    times, along = [0.0], [0.0]
    for until_m, speed_ms in legs:
        times.append(times[-1] + (until_m - along[-1]) / speed_ms)
        along.append(until_m)
    return Trip(way, begins_s, np.array(times), np.array(along))


def cross(
    way: Path,
    begins_s: float,
    kerb_m: float,
    open_until: Callable[[float], float],
    crossing_s: float,
    speed_ms: float = USUAL_MS,
) -> Trip:
    """A walk that waits at the kerb until the crossing stays open for ``crossing_s``.

    ``open_until`` says for a moment of the loop for how many seconds it is still open.
    """
    arrives_s = begins_s + kerb_m / speed_ms
    wait_s = 0.0
    while open_until(arrives_s + wait_s) < crossing_s:
        wait_s += 0.5
    return walk(way, begins_s, speed_ms, [(kerb_m, wait_s)] if wait_s else [])


def occupied(
    trips: Sequence[Trip], inside: Callable[[Floats], npt.NDArray[np.bool_]], period_s: float
) -> Callable[[float], bool]:
    """Whether anyone is at a place at a moment, or will be within the next second and a half.

    ``inside`` says which of positions (N, 3) lie in it.
    """
    taken = np.zeros(round(period_s * RATE_HZ), bool)
    for trip in trips:
        since = np.arange(0.0, trip.lasts_s, 1 / RATE_HZ)
        position, _ = trip.path.at(np.interp(since, trip.times_s, trip.along_m))
        ticks = np.round((since + trip.begins_s) * RATE_HZ).astype(int)
        for early in range(-15, 1):
            taken[(ticks[inside(position)] + early) % len(taken)] = True
    return lambda t_s: bool(taken[round(t_s * RATE_HZ) % len(taken)])
