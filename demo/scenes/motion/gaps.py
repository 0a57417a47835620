"""Who breaks a rule finds a gap between those who keep it: nobody drives through anybody."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from demo.scenes.motion.cast import RATE_HZ, Mover, Trip
from demo.scenes.picture.camera import Floats

Room = tuple[float, float]
"""How far others must be, in metres: ahead or behind, and to either side."""

CROSSING, CROSSING_M = 0.4, 8.0
"""Who goes across (from this sine of the angle on) must be this far to either side: half a bus."""


def in_a_gap(
    trip: Trip, others: Sequence[Mover], period_s: float, begins_s: Iterable[float], room: Room
) -> Trip | None:
    """The same trip at the first of the moments at which nobody is in its way; None if none is."""
    everywhere = _positions(others, period_s)
    since = np.arange(0.0, trip.lasts_s, 1 / RATE_HZ)
    position, yaw = trip.path.at(np.interp(since, trip.times_s, trip.along_m))
    for begin_s in begins_s:
        ticks = np.round((begin_s + since) * RATE_HZ).astype(int) % everywhere.shape[1]
        if _is_free(everywhere[:, ticks], position[:, :2], yaw, room):
            return replace(trip, begins_s=begin_s)
    return None


def _is_free(others: Floats, here: Floats, yaw: Floats, room: Room) -> bool:
    """Whether none of ``others`` (movers, moments, 3) comes close to ``here`` (moments, 2)."""
    apart = others[..., :2] - here
    heading = np.column_stack([np.sin(yaw), np.cos(yaw)])
    ahead = np.abs((apart * heading).sum(axis=2))
    aside = np.abs(apart[..., 0] * heading[:, 1] - apart[..., 1] * heading[:, 0])
    is_crossing = np.abs(np.sin(others[..., 2] - yaw)) > CROSSING
    return not bool(
        ((ahead < room[0]) & (aside < np.where(is_crossing, CROSSING_M, room[1]))).any()
    )


def _positions(movers: Sequence[Mover], period_s: float) -> Floats:
    """x, y and heading at each tenth of a second, (movers, ticks, 3); NaN for who is away.

    People have no heading: they are as short as they are wide.
    """
    clock_s = np.arange(round(period_s * RATE_HZ)) / RATE_HZ
    table = np.full((len(movers), len(clock_s), 3), np.nan)
    for row, mover in enumerate(movers):
        trip = mover.trip
        since = np.mod(clock_s - trip.begins_s, period_s)
        here = since <= trip.lasts_s
        along = np.interp(since[here], trip.times_s, trip.along_m)
        position, yaw = trip.path.at(along)
        turned = np.full_like(yaw, np.nan) if mover.look.label == "person" else yaw
        table[row, here] = np.column_stack([position[:, :2], turned])
    return table
