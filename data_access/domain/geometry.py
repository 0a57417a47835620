"""Plane geometry of zones: what crosses, what encloses, and what makes no usable shape."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from math import dist

from data_access.domain.watch import Point, ZoneShape
from data_access.domain.words import N_

SMALLEST_AREA = 1e-5
"""Of the picture: a square of about 4 × 4 pixels in 1920 × 1080 encloses nothing that stands."""

SHORTEST_LINE = 1e-2
"""Of the picture's side: what moves jumps over a shorter line between two frames."""

ROUNDING = 4e-16
"""Of the two products of a turn: what rounding can make of them, (3 + 16ε)ε with ε = 2⁻⁵³
(Shewchuk, Adaptive Precision Floating-Point Arithmetic, 1997), rounded up."""

SMALLEST_PRODUCT = 1e-290
"""Products below lose digits, as floats do near 2e-308, or are 0 though no factor is."""


def point_in_polygon(point: Point, polygon: Sequence[Point]) -> bool:
    """Whether ``point`` is inside; of points on the edge, those of the left and top are."""
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in _edges(polygon):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def segments_cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether the segments a–b and c–d share a point, ends and overlaps included."""
    ab_c, ab_d = _turn(a, b, c), _turn(a, b, d)
    cd_a, cd_b = _turn(c, d, a), _turn(c, d, b)
    if ab_c * ab_d < 0 and cd_a * cd_b < 0:
        return True
    return any(
        turn == 0 and _within(start, end, point)
        for turn, start, end, point in (
            (ab_c, a, b, c), (ab_d, a, b, d), (cd_a, c, d, a), (cd_b, c, d, b)
        )
    )  # fmt: skip


def polygon_area(polygon: Sequence[Point]) -> float:
    """The area, never negative (the shoelace formula)."""
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in _edges(polygon))) / 2


def crosses_itself(points: Sequence[Point], closed: bool) -> bool:
    """Whether two stretches of the outline meet elsewhere than at a corner they share."""
    edges = list(_edges(points)) if closed else list(pairwise(points))
    last = len(edges) - 1
    for i, j in _near(edges):
        first, second = edges[i], edges[j]
        if j == i + 1:
            if _folds_back(first[0], first[1], second[1]):
                return True
        elif closed and (i, j) == (0, last):
            if _folds_back(second[0], second[1], first[1]):
                return True
        elif segments_cross(*first, *second):
            return True
    return False


def _near(edges: Sequence[tuple[Point, Point]]) -> Iterator[tuple[int, int]]:
    """Pairs of edges, the smaller number first, whose upright boxes touch.

    Others cannot meet; a boundary of thousands of points has few such pairs.
    """
    boxes = [
        (min(ax, bx), max(ax, bx), min(ay, by), max(ay, by), at)
        for at, ((ax, ay), (bx, by)) in enumerate(edges)
    ]
    reaching: list[tuple[float, float, float, float, int]] = []
    for box in sorted(boxes):
        left, _, low, high, at = box
        reaching = [one for one in reaching if one[1] >= left]
        for one in reaching:
            if one[2] <= high and one[3] >= low:
                yield min(at, one[4]), max(at, one[4])
        reaching.append(box)


def zone_fault(shape: ZoneShape, points: Sequence[Point]) -> str | None:
    """What makes a zone's points unusable, as a sentence with ``{name}``; None if nothing."""
    closed = shape is ZoneShape.POLYGON
    if not all(0 <= value <= 1 for point in points for value in point):
        return N_("The zone {name} leaves the picture. Keep its points between 0 and 1.")
    if len(set(points)) < len(points):
        return N_("The zone {name} has the same point twice. Remove one of them.")
    if len(points) < (3 if closed else 2):
        return N_("The zone {name} has too few points: an area needs three, a line two.")
    if crosses_itself(points, closed):
        return N_("The zone {name} crosses itself. Draw its points in order around it.")
    if closed and polygon_area(points) < SMALLEST_AREA:
        return N_("The zone {name} encloses nothing. Draw it larger.")
    if not closed and _length(points) < SHORTEST_LINE:
        return N_("The line {name} is too short to be crossed. Draw it longer.")
    return None


def _edges(polygon: Sequence[Point]) -> list[tuple[Point, Point]]:
    return list(zip(polygon, [*polygon[1:], polygon[0]], strict=True)) if polygon else []


def _turn(a: Point, b: Point, c: Point) -> int:
    """Which way one turns at b on the way from a to c: 1, -1, or 0 for straight on.

    Rounding must not answer: a–b–c and b–a–c would contradict each other. A value that could be
    the rounding's own is worked out again in whole fractions.
    """
    left, right = (b[0] - a[0]) * (c[1] - a[1]), (b[1] - a[1]) * (c[0] - a[0])
    turn = left - right
    if abs(turn) <= ROUNDING * (abs(left) + abs(right)) + SMALLEST_PRODUCT:
        return _exact_turn(a, b, c)
    return 1 if turn > 0 else -1


def _exact_turn(a: Point, b: Point, c: Point) -> int:
    (ax, ay), (bx, by), (cx, cy) = (tuple(map(Fraction, point)) for point in (a, b, c))
    turn = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    return (turn > 0) - (turn < 0)


def _within(a: Point, b: Point, point: Point) -> bool:
    """Whether a point on the line through a and b lies between them."""
    return min(a[0], b[0]) <= point[0] <= max(a[0], b[0]) and (
        min(a[1], b[1]) <= point[1] <= max(a[1], b[1])
    )


def _folds_back(a: Point, corner: Point, b: Point) -> bool:
    """Whether corner–b runs back along a–corner."""
    back = (a[0] - corner[0]) * (b[0] - corner[0]) + (a[1] - corner[1]) * (b[1] - corner[1])
    return _turn(a, corner, b) == 0 and back > 0


def _length(points: Sequence[Point]) -> float:
    return sum(dist(a, b) for a, b in pairwise(points))
