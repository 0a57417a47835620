"""Signs at one place stand around the most important of them, so that none hides another."""

import math
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

STEP_PX = 25.0
"""Signs are 17 to 28 px wide: beside each other they touch at most by their rims."""

SAME_PLACE_M = 150.0
"""Six pixels of a map that shows a whole town: a button at a school's door and the school's
camera are at one place there, and where they have room 25 px aside mislead nobody."""

METRES_PER_DEGREE = 111_320.0


def fan_out(signs: Sequence[dict[str, Any]]) -> None:
    """Move signs aside that stand where a later one does; the last is the most important.

    Those alike at one and the same place, as a camera's are that finds something again and
    again, stay one above the other: a swarm of them would hide the street.
    """
    seen: dict[tuple[Any, ...], list[int] | None] = {}
    taken: list[tuple[tuple[float, float], Iterator[list[int]]]] = []
    for sign in reversed(signs):
        alike = (sign["sign"], *sign["place"])
        if alike not in seen:
            seen[alike] = _beside(_metres(*sign["place"]), taken)
        if (beside := seen[alike]) is not None:
            sign["beside"] = beside


def _beside(
    place: tuple[float, float], taken: list[tuple[tuple[float, float], Iterator[list[int]]]]
) -> list[int] | None:
    """Where a sign goes that stands at a place that is taken; None for a place of its own."""
    for middle, around in taken:
        if math.dist(place, middle) < SAME_PLACE_M:
            return next(around)
    taken.append((place, _around()))
    return None


def _metres(longitude: float, latitude: float) -> tuple[float, float]:
    east = longitude * METRES_PER_DEGREE * math.cos(math.radians(latitude))
    return east, latitude * METRES_PER_DEGREE


def _around() -> Iterator[list[int]]:
    """Six places around the middle, from the right on clockwise, then twelve, then eighteen."""
    for ring in count(1):
        for number in range(6 * ring):
            angle = 2 * math.pi * number / (6 * ring)
            away = STEP_PX * ring
            yield [round(away * math.cos(angle)), round(away * math.sin(angle))]
