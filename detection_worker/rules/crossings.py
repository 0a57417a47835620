"""How a path crosses a line that may have corners."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from data_access.domain.geometry import segments_cross
from data_access.domain.watch import Point
from detection_worker.rules.geometry import beyond
from detection_worker.tracking.tracks import TrackPoint

Path = tuple[TrackPoint, ...]
Stretch = tuple[Point, Point]


class Direction(StrEnum):
    """Which way a line is crossed; forward is down for a line drawn from left to right."""

    FORWARD = "forward"
    BACKWARD = "backward"
    BOTH = "both"

    @property
    def sides(self) -> tuple[int, ...]:
        """The sides that one may come to: 1 is that of the line's normal, -1 the other."""
        return {"forward": (1,), "backward": (-1,), "both": (1, -1)}[self.value]


@dataclass(frozen=True, slots=True)
class LineCrossing:
    """A crossing, from the last point clear of the line before it to the first one after it.

    ``side`` is where it led to. ``at`` is when the line itself was passed: between ``near``,
    the last point on the old side, and ``far``, the next one.
    """

    before: TrackPoint
    near: TrackPoint
    far: TrackPoint
    after: TrackPoint
    side: int
    at: datetime
    stretch: Stretch


def last_crossing(
    path: Path, stretches: Sequence[Stretch], margin_px: float, direction: Direction
) -> LineCrossing | None:
    """The newest crossing in one of the directions, if the path has not come back since.

    ``margin_px`` is half the width of the band around the line in which a jittering point
    belongs to neither side.
    """
    found = [
        crossing
        for stretch in stretches
        for crossing in _crossings(path, stretch, margin_px)
    ]  # fmt: skip
    newest = max(found, key=lambda crossing: crossing.at, default=None)
    return newest if newest is not None and newest.side in direction.sides else None


def beyond_px(point: TrackPoint, crossing: LineCrossing) -> float:
    """How far a point is behind the line that was crossed; negative before it."""
    return crossing.side * beyond((point.x_px, point.y_px), crossing.stretch)


def side_of(point: TrackPoint, stretch: Stretch, margin_px: float) -> int:
    """1 on the side of the line's normal, -1 on the other, 0 within ``margin_px`` of it."""
    distance = beyond((point.x_px, point.y_px), stretch)
    return 0 if abs(distance) <= margin_px else (1 if distance > 0 else -1)


def between_ends(before: TrackPoint, after: TrackPoint, stretch: Stretch) -> bool:
    """Whether the straight way between two points meets the stretch itself."""
    return segments_cross((before.x_px, before.y_px), (after.x_px, after.y_px), *stretch)


def _crossings(path: Path, stretch: Stretch, margin_px: float) -> Iterator[LineCrossing]:
    clear = [index for index, point in enumerate(path) if side_of(point, stretch, margin_px)]
    for first, last in pairwise(clear):
        side = side_of(path[last], stretch, margin_px)
        if side_of(path[first], stretch, margin_px) != side and between_ends(
            path[first], path[last], stretch
        ):
            yield _crossing(path[first : last + 1], stretch, side)


def _crossing(way: Path, stretch: Stretch, side: int) -> LineCrossing:
    depths = [side * beyond((point.x_px, point.y_px), stretch) for point in way]
    near = max(index for index, depth in enumerate(depths) if depth <= 0)
    share = -depths[near] / ((depths[near + 1] - depths[near]) or 1.0)
    at = way[near].at + (way[near + 1].at - way[near].at) * share
    return LineCrossing(way[0], way[near], way[near + 1], way[-1], side, at, stretch)
