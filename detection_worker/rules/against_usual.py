"""Who drives where all others drive the other way: judged by the usual ways that were learnt."""

import math
from collections.abc import Sequence
from statistics import median_low
from typing import Any

from detection_worker.rules import movement
from detection_worker.rules.against import Judge, Way
from detection_worker.rules.scene import Scene
from detection_worker.rules.usual_ways import Others, UsualWays, steps
from detection_worker.tracking.tracks import Track

LEAST_STEPS = 3
"""Fewer places say nothing: opposite ways cross in one or two of them where both turn left."""

MOST_SAME = 0.1
"""Part of those who passed a place that may have gone the same way as an offender: one in ten is
another offender, or the same one under an earlier track id."""

LEAST_AGREEMENT = 0.8
"""Part of the places on the way at which it must be against the others."""


def usual_judge(scene: Scene, least_vehicles: int) -> Judge:
    """Judges by what at least so many vehicles did in the same places."""
    ways = scene.usual_ways

    def judge(track: Track, way: Way) -> dict[str, Any] | None:
        wrong = _wrong_places(track, way, ways, least_vehicles) if ways is not None else []
        if not wrong:
            return None
        return {
            "usual": median_low(others.opposite for others in wrong),
            "same": max(others.same for others in wrong),
        }

    return judge


def _wrong_places(track: Track, way: Way, ways: UsualWays, least_vehicles: int) -> Sequence[Others]:
    """Who else passed where it was against them; nobody where it was so too seldom.

    Nearly all vehicles are right, which shows after a few places: the others are not looked at.
    """
    left, top, right, bottom = track.box_xyxy
    places = [step for step, _ in steps(movement.in_pixels_of(way), ways.cell_px)]
    needed = max(LEAST_STEPS, math.ceil(LEAST_AGREEMENT * len(places)))
    wrong: list[Others] = []
    for seen, step in enumerate(places):
        if len(wrong) + len(places) - seen < needed:
            return []
        others = ways.others(track.id, step, (right - left, bottom - top))
        if _is_wrong(others, least_vehicles):
            wrong.append(others)
    return wrong if len(wrong) >= needed else []


def _is_wrong(others: Others, least_vehicles: int) -> bool:
    known = others.opposite >= least_vehicles
    return known and others.same <= MOST_SAME * (others.same + others.opposite)
