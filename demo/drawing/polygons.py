"""What is needed of plane geometry; polygons are (N, 2) metres, not closed."""

from itertools import pairwise

import numpy as np

from demo.chance import Flags, Floats


def contains(polygon: Floats, points: Floats) -> Flags:
    """Which of the (M, 2) points lie inside the polygon (even-odd rule)."""
    x, y = points[:, 0:1], points[:, 1:2]
    (ax, ay), (bx, by) = polygon.T, np.roll(polygon, -1, axis=0).T
    spans = (ay > y) != (by > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        at_x = ax + (y - ay) / (by - ay) * (bx - ax)
    crossed: Flags = np.count_nonzero(spans & (x < at_x), axis=1) % 2 == 1
    return crossed


def area(polygon: Floats) -> float:
    """Square metres, positive whichever way the polygon runs."""
    x, y = polygon.T
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)


def cut(polygon: Floats, at: Floats, normal: Floats) -> Floats:
    """The part of the polygon that ``normal`` points away from, through the point ``at``."""
    heights = (polygon - at) @ normal
    kept: list[Floats] = []
    for index, height in enumerate(heights):
        point, following = polygon[index], polygon[(index + 1) % len(polygon)]
        next_height = heights[(index + 1) % len(polygon)]
        if height <= 0:
            kept.append(point)
        if (height <= 0) != (next_height <= 0):
            kept.append(point + (following - point) * (height / (height - next_height)))
    return np.array(kept).reshape(-1, 2)


def simplified(path: Floats, tolerance_m: float) -> Floats:
    """The path without the points that lie within the tolerance of what remains."""
    if len(path) < 3:
        return path
    off = distances_to_segment(path[1:-1], path[0], path[-1])
    furthest = int(np.argmax(off))
    if off[furthest] <= tolerance_m:
        return path[[0, -1]]
    first = simplified(path[: furthest + 2], tolerance_m)
    return np.concatenate([first[:-1], simplified(path[furthest + 1 :], tolerance_m)])


def distances_to_segment(points: Floats, start: Floats, end: Floats) -> Floats:
    """Metres from each point to the segment."""
    way = end - start
    length = max(float(way @ way), 1e-9)
    along = np.clip((points - start) @ way / length, 0.0, 1.0)
    off: Floats = np.hypot(*(points - start - along[:, None] * way).T)
    return off


def distances_to_path(points: Floats, path: Floats) -> Floats:
    """Metres from each point to the nearest segment of the path."""
    nearest = np.full(len(points), np.inf)
    for start, end in pairwise(path):
        nearest = np.minimum(nearest, distances_to_segment(points, start, end))
    return nearest


def lengths(path: Floats) -> Floats:
    """Metres from the beginning of the path to each of its points."""
    return np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])


def rounded(path: Floats, times: int = 2) -> Floats:
    """The path with its corners cut (Chaikin), its ends kept."""
    for _ in range(times):
        near, far = path[:-1] * 0.75 + path[1:] * 0.25, path[:-1] * 0.25 + path[1:] * 0.75
        middle = np.stack([near, far], 1).reshape(-1, 2)
        path = np.concatenate([path[:1], middle[1:-1], path[-1:]])
    return path
