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
