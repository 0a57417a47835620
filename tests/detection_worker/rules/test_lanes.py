"""Oncoming lane, solid line and bus lane, as tables of ways; ten pixels are a metre."""

import pytest

from detection_worker.rules import bus_lane, oncoming_lane, solid_line
from detection_worker.rules.crossings import Direction
from detection_worker.rules.scene import Finding
from tests.detection_worker.rules.scenes import a_zone
from tests.detection_worker.rules.tracks import Walker, judged, scenes

LANE = ((0.4, 0.0), (0.6, 0.0), (0.6, 1.0), (0.4, 1.0))  # 400–600 px, 20 m wide for the camera
HARDSHIPS = [
    {},
    {"fps": 5},
    {"jitter_px": 1.5},
    {"fps": 25, "jitter_px": 1.5},
    {"fps": 5, "jitter_px": 1.5, "hidden": [(2.2, 3.0)]},
]
NAMES = ["plain", "5 fps", "jitter", "25 fps and jitter", "5 fps, jitter, hidden"]
hardships = pytest.mark.parametrize("hardship", HARDSHIPS, ids=NAMES)
calibrations = pytest.mark.parametrize("calibrated", [False, True], ids=["pixels", "metres"])

Legs = list[tuple[float, float, float]]

UP: Legs = [(0, 500, 480), (6, 500, 40)]
DOWN: Legs = [(0, 500, 40), (6, 500, 480)]


def film(legs: Legs, calibrated: bool, fps: float = 10, **walker: object):  # type: ignore[no-untyped-def]
    return scenes([Walker(legs, **walker)], fps, calibrated=calibrated)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("what", "legs", "expected"),
    [
        ("drives along it the other way", UP, 1),
        ("drives as one does there", DOWN, 0),
        ("overtakes through it", [(0, 650, 480), (1, 580, 400), (4, 580, 160), (5, 650, 80)], 1),
        ("turns left across it", [(0, 700, 300), (1, 640, 280), (3, 380, 250)], 0),
        ("stands in it", [(0, 500, 300), (6, 500, 300)], 0),
        ("backs into a place", [(0, 500, 300), (2, 500, 280), (6, 500, 280)], 0),
        ("stays in its own lane", [(0, 650, 480), (6, 650, 40)], 0),
    ],
)
@hardships
@calibrations
def test_in_the_oncoming_lane_a_car_that(
    what: str, legs: Legs, expected: int, hardship: dict, calibrated: bool
) -> None:
    zone, params = a_zone("oncoming_lane", LANE), oncoming_lane.Params(toward=(0.0, 1.0))
    found = judged(oncoming_lane.evaluate, zone, params, film(legs, calibrated, **hardship))
    assert len(found) == expected


def test_without_a_direction_the_oncoming_lane_is_silent() -> None:
    zone = a_zone("oncoming_lane", LANE)
    assert judged(oncoming_lane.evaluate, zone, oncoming_lane.Params(), film(UP, False)) == []


SOLID = ((0.5, 0.05), (0.5, 0.95))


def over(legs: Legs, calibrated: bool = False, direction: str = "both", **walker: object) -> list[Finding]:  # fmt: skip
    params = solid_line.Params(direction=Direction(direction))
    drive = film(legs, calibrated, **walker)  # type: ignore[arg-type]
    return judged(solid_line.evaluate, a_zone("solid_line", SOLID), params, drive)


CHANGES: Legs = [(0, 470, 480), (2, 470, 340), (4, 530, 200), (6, 530, 60)]


@pytest.mark.parametrize(
    ("what", "legs", "expected"),
    [
        ("changes its lane over it", CHANGES, 1),
        ("changes back again", [(t, 1000 - x, y) for t, x, y in CHANGES], 1),
        ("drives beside it", [(0, 475, 480), (6, 475, 60)], 0),
        ("drives with a wheel on it", [(0, 494, 480), (6, 494, 60)], 0),
        ("swerves onto it and back", [(0, 475, 480), (2, 497, 340), (4, 475, 200), (6, 475, 60)], 0),
        ("stands beside it", [(0, 490, 300), (6, 490, 300)], 0),
        ("goes round its end", [(0, 470, 100), (1, 470, 15), (3, 530, 15), (5, 530, 200)], 0),
    ],
)  # fmt: skip
@hardships
def test_at_a_solid_line_a_car_that(
    what: str, legs: Legs, expected: int, hardship: dict
) -> None:  # fmt: skip
    assert len(over(legs, **hardship)) == expected


def test_at_five_frames_a_second_it_may_be_missed_in_every_second_one() -> None:
    missed = [(t / 10 + 0.1, t / 10 + 0.3) for t in range(0, 60, 4)]
    assert len(over(CHANGES, fps=5, hidden=missed)) == 1


def test_two_cars_that_swap_their_ids_for_two_frames_cross_nothing() -> None:
    swap: Legs = [(0, 470, 480), (2, 470, 340), (2.01, 540, 340), (2.2, 540, 330), (2.21, 470, 328), (6, 470, 60)]  # fmt: skip
    assert over(swap) == []


def test_a_line_may_be_crossed_from_its_dashed_side() -> None:
    assert [len(over(CHANGES, direction=way)) for way in ("forward", "backward")] == [0, 1]


def test_how_far_beyond_it_is_told_in_metres() -> None:
    (finding,) = over(CHANGES, calibrated=True)
    assert finding.facts["over_m"] == pytest.approx(3.0, abs=0.2)
    assert finding.facts["before_at"] < finding.facts["behind_at"]


BUS_LANE = ((0.6, 0.0), (0.7, 0.0), (0.7, 1.0), (0.6, 1.0))


@pytest.mark.parametrize(
    ("what", "legs", "label", "expected"),
    [
        ("drives along it", [(0, 650, 480), (6, 650, 40)], "car", 1),
        ("is a bus", [(0, 650, 480), (6, 650, 40)], "bus", 0),
        ("may be a bus", [(0, 650, 480), (6, 650, 40)], "vehicle_like", 0),
        ("crosses it to a yard", [(0, 500, 300), (3, 560, 200), (5, 900, 150)], "car", 0),
        ("turns right from it", [(0, 560, 480), (2, 650, 330), (3, 660, 260), (5, 900, 230)], "car", 0),
        ("drives beside it", [(0, 560, 480), (6, 560, 40)], "car", 0),
        ("stands in it", [(0, 650, 300), (6, 650, 300)], "car", 0),
        ("walks there", [(0, 650, 480), (6, 650, 40)], "person", 0),
    ],
)  # fmt: skip
@hardships
@calibrations
def test_at_a_bus_lane_what(
    what: str, legs: Legs, label: str, expected: int, hardship: dict, calibrated: bool
) -> None:
    drive = film(legs, calibrated, label=label, **hardship)
    found = judged(bus_lane.evaluate, a_zone("bus_lane", BUS_LANE), bus_lane.Params(), drive)
    assert len(found) == expected
