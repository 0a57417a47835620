"""A vehicle that was hidden and comes out where it was going is still the same vehicle.

The tracker's filter finds it again while its box still overlaps the place where it is expected.
After a second behind a bus it often does not: then a new track begins beside that place.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from detection_worker.boxes import Box
from detection_worker.tracking.tracks import TrackPoint

LONGEST_S = 2.0
"""How long it may have been hidden: a bus at 30 km/h passes a car in less."""

LOOKED_BACK_S, LEAST_S = 1.0, 0.3
"""How much of the way before says how fast it went, and the least that says anything."""

SLACK_SIZES, SLACK_SHARE = 0.4, 0.25
"""How far from the expected place it may be: in sizes of its box (root of its area), and in
shares of the way that it went unseen, because drivers brake and steer."""

MOST_GROWTH = 2.0
"""How many times larger or smaller its box may be: what comes out is half hidden at first."""

LEAST_WAY_SIZES = 0.5
"""What went less in the time before stands; that is found by its overlap."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A track that is not seen now: its id and the end of its path."""

    id: int
    path: Sequence[TrackPoint]


def heir_of(lost: Iterable[Lost], at: datetime, box: Box) -> int | None:
    """The id of the lost vehicle that a new box most likely is; None where it is none of them."""
    fits = [(_miss(one.path, at, box), one.id) for one in lost]
    miss, number = min(fits, default=(math.inf, 0))
    return number if miss <= 1.0 else None


def _miss(path: Sequence[TrackPoint], at: datetime, box: Box) -> float:
    """How far the box is from where the path leads, in what is allowed; infinity for no way."""
    end = path[-1]
    unseen_s = (at - end.at).total_seconds()
    way = [p for p in path if (end.at - p.at).total_seconds() <= LOOKED_BACK_S]
    lasted_s = (end.at - way[0].at).total_seconds()
    if end.box_xyxy is None or not 0 < unseen_s <= LONGEST_S or lasted_s < LEAST_S:
        return math.inf
    size, now = _size(end.box_xyxy), _size(box)
    dx, dy = (end.x_px - way[0].x_px) / lasted_s, (end.y_px - way[0].y_px) / lasted_s
    if math.hypot(dx, dy) * lasted_s < LEAST_WAY_SIZES * size:
        return math.inf
    if not 1 / MOST_GROWTH <= now / size <= MOST_GROWTH:
        return math.inf
    away = math.dist(
        ((box[0] + box[2]) / 2, box[3]), (end.x_px + dx * unseen_s, end.y_px + dy * unseen_s)
    )
    return away / (SLACK_SIZES * size + SLACK_SHARE * math.hypot(dx, dy) * unseen_s)


def _size(box: Box) -> float:
    return math.sqrt(max((box[2] - box[0]) * (box[3] - box[1]), 1.0))
