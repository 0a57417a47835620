"""The camera behind a calibration."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.domain.watch import Calibration
from demo.scenes.picture.camera import CameraModel
from detection_worker.ground_plane import GroundPlane
from tests.detection_worker.driving import CAMERA, CORNERS_M, MARKS_M, a_calibration


@settings(max_examples=20)
@given(st.floats(4, 20), st.floats(8, 35), st.floats(0.6, 2.2), st.floats(-25, 25))
def test_it_is_found_from_marks_on_the_road(
    height_m: float, tilt_deg: float, focal: float, yaw_deg: float
) -> None:
    true = CameraModel((-2.0, -8.0, height_m), yaw_deg, tilt_deg, focal, (1280, 720))
    found = GroundPlane(a_calibration(true)).camera(true.wh)
    assert found.height_m == pytest.approx(height_m, rel=0.02)
    assert np.exp(found.unknowns[0]) == pytest.approx(focal, rel=0.02)


def test_it_knows_where_things_above_the_ground_are_seen() -> None:
    found = GroundPlane(a_calibration()).camera(CAMERA.wh)
    places = np.array([[2.0, 20.0, 1.5], [-3.0, 50.0, 3.0]])
    assert found.project(places) == pytest.approx(np.array(CAMERA.fractions(places)), abs=1e-3)


def test_metres_that_are_mirrored_give_the_same_camera() -> None:
    exact = a_calibration()
    mirrored = tuple((-x, y) for x, y in exact.ground_m)
    found = GroundPlane(Calibration(exact.picture, mirrored)).camera(CAMERA.wh)
    assert found.height_m == pytest.approx(CAMERA.at_m[2], rel=0.02)
    assert found.up == -1.0
    above = found.project(np.array([[-2.0, 20.0, -1.5]]))
    assert above == pytest.approx(np.array(CAMERA.fractions([(2.0, 20.0, 1.5)])), abs=1e-3)


def test_a_lens_that_bends_is_seen_by_many_points() -> None:
    places = [(x, y) for y in range(6, 70, 4) for x in (-9.0, -3.6, 0.0, 3.6, 9.0)]
    seen = np.array(CAMERA.fractions(places))
    inside = ((seen > 0) & (seen < 1)).all(axis=1)
    aside = (seen - 0.5) / [1, CAMERA.wh[0] / CAMERA.wh[1]]
    bent = 0.5 + (seen - 0.5) * (1 - 0.08 * (aside**2).sum(axis=1))[:, None]
    pairs = [
        (tuple(p), q) for p, q, here in zip(bent.tolist(), places, inside, strict=True) if here
    ]
    calibration = Calibration(*(tuple(part) for part in zip(*pairs, strict=True)))
    found = GroundPlane(calibration).camera(CAMERA.wh)
    assert found.unknowns[7] == pytest.approx(-0.08, abs=0.02)
    assert found.height_m == pytest.approx(CAMERA.at_m[2], rel=0.03)


def test_few_points_leave_it_less_sure_than_many() -> None:
    few, many = (
        GroundPlane(a_calibration(marks=marks)).camera(CAMERA.wh) for marks in (CORNERS_M, MARKS_M)
    )
    assert np.trace(few.covariance) > 2 * np.trace(many.covariance)


def test_points_that_do_not_fit_leave_it_less_sure() -> None:
    good, poor = (GroundPlane(a_calibration(click=c)).camera(CAMERA.wh) for c in (0.0, 0.01))
    assert np.trace(poor.covariance) > 4 * np.trace(good.covariance)


def test_it_is_found_once_for_each_size_of_picture() -> None:
    plane = GroundPlane(a_calibration())
    assert plane.camera((1280, 720)) is plane.camera((1280, 720))
