"""The road for measuring speeds: known speeds, marks in view of every camera."""

import numpy as np
import pytest

from demo.scenes.road import MARKS, POSES, Pass, road

PASSES = (Pass(40.0, True), Pass(90.0, False), Pass(120.0, True))


@pytest.mark.parametrize("name", POSES)
def test_every_camera_sees_its_marks(name: str) -> None:
    calibration = road(name, POSES[name], PASSES).calibration
    picture = np.array(calibration.picture)
    assert len(picture) == MARKS
    assert ((picture > 0) & (picture < 1)).all()


def test_vehicles_go_as_fast_as_they_are_told_to() -> None:
    cast = road("gantry", POSES["gantry"], PASSES).cast(1)
    for number, one in enumerate(PASSES):
        begins_s = cast.movers[number].trip.begins_s
        moments = [cast.at(begins_s + after_s) for after_s in (1.0, 2.0)]
        rows = [int(np.flatnonzero(moment.numbers == number)[0]) for moment in moments]
        places = [moment.at_m[row] for moment, row in zip(moments, rows, strict=True)]
        assert np.linalg.norm(places[1] - places[0]) * 3.6 == pytest.approx(one.speed_kmh, rel=1e-3)
        assert bool(places[1][1] > places[0][1]) is one.outbound


def test_those_of_one_carriageway_never_meet() -> None:
    scene = road("gantry", POSES["gantry"], (Pass(20.0, True), Pass(120.0, True)))
    for at_s in np.arange(0, scene.period_s, 0.5):
        assert len(scene.cast(1).at(float(at_s)).numbers) <= 1
