"""Metres from a picture, and calibrations that cannot be."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.domain.watch import Calibration, Point
from detection_worker.errors import CalibrationError
from detection_worker.ground_plane import GroundPlane

ROAD_M = ((0.0, 0.0), (7.0, 0.0), (7.0, 30.0), (0.0, 30.0))


def seen_from(height_m: float, tilt_deg: float, points_m: tuple[Point, ...]) -> tuple[Point, ...]:
    """Where a camera ``height_m`` above (3.5, -10), looking ahead and down, sees ground points."""
    tilt = np.radians(tilt_deg)
    out = []
    for x, y in points_m:
        right, ahead, down = x - 3.5, y + 10.0, height_m
        depth = ahead * np.cos(tilt) + down * np.sin(tilt)
        below = down * np.cos(tilt) - ahead * np.sin(tilt)
        out.append((0.5 + right / depth, 0.5 + below / depth))
    return tuple(out)


def a_plane(points_m: tuple[Point, ...] = ROAD_M) -> GroundPlane:
    return GroundPlane(Calibration(seen_from(8, 20, points_m), points_m))


@given(
    st.floats(4, 30), st.floats(10, 60), st.tuples(st.floats(0, 7), st.floats(0, 40))
)  # fmt: skip
def test_any_place_on_the_road_comes_back_in_metres(
    height_m: float, tilt_deg: float, place: Point
) -> None:
    plane = GroundPlane(Calibration(seen_from(height_m, tilt_deg, ROAD_M), ROAD_M))
    back = plane.to_metres(np.array(seen_from(height_m, tilt_deg, (place,))))
    assert back[0] == pytest.approx(place, abs=1e-3)


def test_more_points_average_the_pointing_errors_out() -> None:
    chance = np.random.default_rng(3)
    many = tuple((float(x), float(y)) for x in (0, 3.5, 7) for y in (0, 6, 12, 18, 24, 30))
    errors = []
    for points in (ROAD_M, many):
        worst = []
        for _ in range(20):
            noisy = np.array(seen_from(8, 20, points)) + chance.normal(0, 0.002, (len(points), 2))
            plane = GroundPlane(Calibration(tuple(map(tuple, noisy.tolist())), points))
            back = plane.to_metres(np.array(seen_from(8, 20, ((3.5, 20.0),))))[0]
            worst.append(float(np.hypot(*(back - (3.5, 20.0)))))
        errors.append(float(np.mean(worst)))
    assert errors[1] < 0.7 * errors[0]


def test_above_the_horizon_there_is_no_ground() -> None:
    assert np.isnan(a_plane().to_metres(np.array([[0.5, 0.01]]))).all()
    assert a_plane().error_m((0.5, 0.01)) == float("inf")


def test_the_error_grows_with_the_distance() -> None:
    near, far = seen_from(8, 20, ((3.5, 2.0), (3.5, 28.0)))
    plane = a_plane()
    assert 0 < plane.error_m(near) < plane.error_m(far) < 2.0


def test_the_area_of_a_zone_is_that_of_its_ground() -> None:
    assert a_plane().area_m2(seen_from(8, 20, ROAD_M)) == pytest.approx(210, rel=1e-6)


SQUARE = ((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9))


@pytest.mark.parametrize(
    ("picture", "ground", "sentence"),
    [
        (SQUARE[:3], ROAD_M[:3], "has 3 point pairs; it needs 4"),
        (SQUARE, ROAD_M[:3], "4 points in the picture and 3 on the ground"),
        (tuple((x, 0.5) for x in (0.1, 0.3, 0.6, 0.9)), ROAD_M, "on a line in the picture"),
        (((0.1, 0.5), (0.4, 0.5), (0.9, 0.5), (0.5, 0.9)), ROAD_M, "on a line in the picture"),
        (SQUARE, ((0, 0), (1, 1), (2, 2), (3, 3)), "on a line in the ground"),
        ((SQUARE[0], *SQUARE[:3]), ROAD_M, "on a line in the picture"),
        ((SQUARE[0],) * 4, ROAD_M, "too close together or too far apart in the picture"),
        (tuple((x * 1e-200, y * 1e-200) for x, y in SQUARE), ROAD_M, "apart in the picture"),
        (tuple((x * 320, y * 240) for x, y in SQUARE), ROAD_M, "apart in the picture"),
        (
            SQUARE,
            tuple((x * 1e300, y) for x, y in ROAD_M),
            "apart in the ground: check their units",
        ),
        (SQUARE, tuple((x * 1e-9, y * 1e-9) for x, y in ROAD_M), "apart in the ground"),
        ((*SQUARE[:3], (float("nan"), 0.5)), ROAD_M, "is no number"),
        (SQUARE, (ROAD_M[0], ROAD_M[2], ROAD_M[1], ROAD_M[3]), "one plane seen from one side"),
    ],
)
def test_a_calibration_that_makes_no_plane_is_refused(
    picture: tuple[Point, ...], ground: tuple[Point, ...], sentence: str
) -> None:
    with pytest.raises(CalibrationError, match=sentence):
        GroundPlane(Calibration(picture, ground))
