"""What rules draw on the picture of their evidence."""

from collections.abc import Sequence
from typing import Any

from data_access.domain.watch import Point
from detection_worker.rules.scene import Mark
from detection_worker.tracking.tracks import Track, TrackPoint


def box(track: Track, text: str = "", **facts: Any) -> Mark:
    """The outline of a track's box, with the track's number where nothing is said."""
    left, top, right, bottom = track.box_xyxy
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    return Mark(corners, text or str(track.id), closed=True, facts=facts)


def way(points: Sequence[TrackPoint], text: str = "", **facts: Any) -> Mark:
    """The way that was judged."""
    return Mark(tuple((point.x_px, point.y_px) for point in points), text, facts=facts)


def outline(points_px: Sequence[Point], text: str = "", closed: bool = True) -> Mark:
    """A zone or a line, in pixels."""
    return Mark(tuple(points_px), text, closed)


def spot(point: TrackPoint, text: str) -> Mark:
    """One place with a word on it."""
    return Mark(((point.x_px, point.y_px),), text)
