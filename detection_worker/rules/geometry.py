"""Plane geometry of pictures: y grows downwards, everything is in pixels unless named else."""

import math
from collections.abc import Sequence

from data_access.domain.watch import Point


def in_pixels(points: Sequence[Point], frame_wh: tuple[int, int]) -> tuple[Point, ...]:
    """Picture fractions as pixels."""
    return tuple((x * frame_wh[0], y * frame_wh[1]) for x, y in points)


def beyond(point: Point, line: tuple[Point, Point]) -> float:
    """Distance from the line through two points, positive on the side of its normal.

    The normal is the line's direction turned by 90° clockwise as seen on the picture: for a
    line drawn from left to right it points down, towards the viewer.
    """
    (x1, y1), (x2, y2) = line
    cross = (x2 - x1) * (point[1] - y1) - (y2 - y1) * (point[0] - x1)
    return cross / (math.hypot(x2 - x1, y2 - y1) or 1.0)


def distance_to_outline(point: Point, polygon: Sequence[Point]) -> float:
    """From a point to the nearest place of a polygon's outline."""
    sides = zip(polygon, (*polygon[1:], polygon[0]), strict=True)
    return min(_distance_to_side(point, start, end) for start, end in sides)


def _distance_to_side(point: Point, start: Point, end: Point) -> float:
    along = (end[0] - start[0], end[1] - start[1])
    length = along[0] ** 2 + along[1] ** 2
    to_point = (point[0] - start[0], point[1] - start[1])
    share = (to_point[0] * along[0] + to_point[1] * along[1]) / length if length else 0.0
    share = min(1.0, max(0.0, share))
    return math.dist(to_point, (along[0] * share, along[1] * share))
