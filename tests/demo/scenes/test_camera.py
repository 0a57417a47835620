import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.scenes.picture.camera import CameraModel

MAST = CameraModel((10.0, -5.0, 8.0), 30.0, 20.0, 0.9, (640, 360))


def test_the_optical_axis_meets_the_ground_in_the_middle_of_the_picture() -> None:
    reach = 8.0 / np.tan(np.radians(20.0))
    point = (10.0 + reach * np.sin(np.radians(30)), -5.0 + reach * np.cos(np.radians(30)))
    assert MAST.fractions([point])[0] == pytest.approx((0.5, 0.5))


def test_what_is_higher_is_higher_in_the_picture_and_what_is_to_the_east_is_to_the_right() -> None:
    north = CameraModel((0.0, 0.0, 8.0), 0.0, 15.0, 0.9, (640, 360))
    (low, high, east), depth = north.project([(0, 30, 0), (0, 30, 2), (3, 30, 0)])
    assert high[1] < low[1]
    assert east[0] > low[0]
    assert (depth > 0).all()


@given(st.floats(-20, 20), st.floats(5, 120))
def test_ground_points_come_back_from_the_picture(aside: float, ahead: float) -> None:
    turn = np.radians(30.0)
    x = 10 + ahead * np.sin(turn) + aside * np.cos(turn)
    y = -5 + ahead * np.cos(turn) - aside * np.sin(turn)
    back = MAST.ground(MAST.fractions([(x, y)]))
    assert back[0] == pytest.approx((x, y), abs=1e-6)


def test_there_is_no_ground_in_the_sky() -> None:
    assert np.isnan(MAST.ground([(0.5, -0.2)])).all()


def test_a_polygon_around_the_camera_is_cut_to_what_is_in_the_picture() -> None:
    outline = MAST.outline([(-500, -500), (500, -500), (500, 500), (-500, 500)])
    assert len(outline) >= 4
    assert all(0 <= part <= 1 for point in outline for part in point)


def test_a_polygon_behind_the_camera_is_not_in_the_picture() -> None:
    assert MAST.outline([(0, -100), (10, -100), (10, -90)]) == ()
