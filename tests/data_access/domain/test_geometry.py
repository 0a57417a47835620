"""What crosses, what encloses, what makes no usable zone."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from data_access.domain.geometry import (
    crosses_itself,
    point_in_polygon,
    polygon_area,
    segments_cross,
    zone_fault,
)
from data_access.domain.watch import Point, ZoneShape

SQUARE: list[Point] = [(0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8)]
BOW: list[Point] = [(0.2, 0.2), (0.8, 0.8), (0.8, 0.2), (0.2, 0.8)]
HORSESHOE: list[Point] = [
    (0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.6, 0.9), (0.6, 0.4), (0.4, 0.4), (0.4, 0.9), (0.1, 0.9)
]  # fmt: skip
fractions = st.floats(0, 1, allow_nan=False, width=32)


@pytest.mark.parametrize(
    ("point", "inside"),
    [((0.5, 0.2), True), ((0.5, 0.7), False), ((0.2, 0.85), True), ((0.95, 0.5), False), ((0.75, 0.6), True)],
)  # fmt: skip
def test_a_point_between_the_arms_of_a_horseshoe_is_outside(point: Point, inside: bool) -> None:
    assert point_in_polygon(point, HORSESHOE) is inside
    assert point_in_polygon(point, HORSESHOE[::-1]) is inside


def test_neighbouring_zones_share_no_point_and_leave_none_between() -> None:
    left, right = (
        [(0.0, 0.0), (0.5, 0.0), (0.5, 1.0), (0.0, 1.0)],
        [(0.5, 0.0), (1.0, 0.0), (1.0, 1.0), (0.5, 1.0)],
    )
    for point in [(0.5, 0.3), (0.25, 0.0), (0.75, 0.0)]:
        assert point_in_polygon(point, left) + point_in_polygon(point, right) == 1


def test_nothing_is_inside_of_no_polygon() -> None:
    assert not point_in_polygon((0.5, 0.5), [])


@pytest.mark.parametrize(
    ("a", "b", "c", "d", "cross"),
    [
        ((0, 0), (1, 1), (0, 1), (1, 0), True),
        ((0, 0), (1, 0), (0, 1), (1, 1), False),
        ((0, 0), (1, 0), (0.5, 0), (0.5, 1), True),
        ((0, 0), (1, 0), (1, 0), (1, 1), True),
        ((0, 0), (0.4, 0), (0.6, 0), (1, 0), False),
        ((0, 0), (0.6, 0), (0.4, 0), (1, 0), True),
        ((0, 0), (1, 1), (0.6, 0.5), (1, 0), False),
    ],
)
def test_segments_cross_when_they_share_a_point(
    a: Point, b: Point, c: Point, d: Point, cross: bool
) -> None:
    assert segments_cross(a, b, c, d) is cross
    assert segments_cross(d, c, a, b) is cross


@example([(0.0, 2.0**-126), (1.0, 0.0), (1.0, 1.0), (2.0**-126, 0.0)])
@given(st.lists(st.tuples(fractions, fractions), min_size=4, max_size=4))
def test_crossing_does_not_depend_on_the_order_of_the_ends(points: list[Point]) -> None:
    a, b, c, d = points
    assert segments_cross(a, b, c, d) == segments_cross(b, a, d, c) == segments_cross(c, d, a, b)


def test_the_area_does_not_depend_on_the_direction() -> None:
    assert polygon_area(SQUARE) == pytest.approx(0.36) == polygon_area(SQUARE[::-1])


def test_a_bow_crosses_itself_and_a_horseshoe_does_not() -> None:
    assert crosses_itself(BOW, closed=True)
    assert not crosses_itself(HORSESHOE, closed=True)
    assert not crosses_itself(HORSESHOE, closed=False)


@pytest.mark.parametrize("turned", range(4))
def test_a_spike_that_runs_back_over_itself_crosses_itself(turned: int) -> None:
    spike = [(0.2, 0.2), (0.8, 0.2), (0.5, 0.2), (0.5, 0.8)]
    assert crosses_itself([*spike[turned:], *spike[:turned]], closed=True)


@pytest.mark.parametrize(
    ("shape", "points", "sentence"),
    [
        (ZoneShape.POLYGON, BOW, "crosses itself"),
        (ZoneShape.POLYGON, [(0.1, 0.1), (1.1, 0.1), (0.5, 0.9)], "leaves the picture"),
        (ZoneShape.POLYGON, [(0.1, -0.01), (0.9, 0.1), (0.5, 0.9)], "leaves the picture"),
        (ZoneShape.POLYGON, [(0.1, float("nan")), (0.9, 0.1), (0.5, 0.9)], "leaves the picture"),
        (ZoneShape.POLYGON, [(0.1, 0.1), (0.9, 0.1)], "too few points"),
        (ZoneShape.POLYGON, [], "too few points"),
        (ZoneShape.POLYGON, [*SQUARE, SQUARE[0]], "same point twice"),
        (ZoneShape.POLYGON, [(0.1, 0.1), (0.101, 0.1), (0.1, 0.101)], "encloses nothing"),
        (ZoneShape.POLYGON, [(0.1, 0.1), (0.5, 0.5), (0.9, 0.9)], "crosses itself"),
        (ZoneShape.LINE, [(0.1, 0.1)], "too few points"),
        (ZoneShape.LINE, [(0.1, 0.1), (0.101, 0.1)], "too short"),
        (ZoneShape.LINE, BOW, "crosses itself"),
    ],
)
def test_points_that_make_no_zone_are_explained(
    shape: ZoneShape, points: list[Point], sentence: str
) -> None:
    fault = zone_fault(shape, points)
    assert fault is not None
    assert sentence in fault


@pytest.mark.parametrize("points", [SQUARE, SQUARE[::-1], HORSESHOE, [(0, 0), (1, 0), (1, 1)]])
def test_points_that_enclose_something_are_a_zone(points: list[Point]) -> None:
    assert zone_fault(ZoneShape.POLYGON, points) is None


def test_two_points_are_a_line() -> None:
    assert zone_fault(ZoneShape.LINE, [(0.0, 0.5), (1.0, 0.5)]) is None
