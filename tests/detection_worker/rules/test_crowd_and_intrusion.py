"""Crowds by number and density, and people where nobody should be."""

import pytest

from data_access.domain.watch import Calibration, Schedule
from detection_worker.ground_plane import GroundPlane
from detection_worker.rules import crowd, intrusion
from tests.detection_worker.rules.scenes import LEFT_HALF, a_scene, a_zone
from tests.detection_worker.rules.tracks import Walker, at, judged, scenes
from tests.detection_worker.tracking.sightings import a_track

SQUARE_OF_20_M = GroundPlane(
    Calibration(((0, 0), (1, 0), (1, 1), (0, 1)), ((0, 0), (20, 0), (20, 20), (0, 20)))
)


def people(count: int, x: float = 100.0, label: str = "person") -> list:
    return [a_track([(x + n, 300.0)], track_id=n + 1, label=label) for n in range(count)]


@pytest.mark.parametrize(("count", "expected"), [(9, 0), (10, 1), (30, 1)])
def test_it_is_a_crowd_from_the_limit_on(count: int, expected: int) -> None:
    scene = a_scene(*people(count))
    assert len(list(crowd.evaluate(scene, a_zone("crowd"), crowd.Params()))) == expected


def test_people_beside_the_zone_and_cars_in_it_do_not_count() -> None:
    scene = a_scene(*people(6), *people(6, x=700), *people(6, label="car"))
    zone = a_zone("crowd", LEFT_HALF)
    assert list(crowd.evaluate(scene, zone, crowd.Params(people=7))) == []
    (finding,) = crowd.evaluate(scene, zone, crowd.Params(people=6))
    assert finding.facts["people"] == 6
    assert len(finding.track_ids) == 6


def test_where_calibrated_the_density_is_told_and_may_decide() -> None:
    scene = a_scene(*people(8), ground=SQUARE_OF_20_M)
    zone = a_zone("crowd", LEFT_HALF)
    assert list(crowd.evaluate(scene, zone, crowd.Params())) == []
    (finding,) = crowd.evaluate(scene, zone, crowd.Params(density_per_m2=0.04))
    assert (finding.facts["area_m2"], finding.facts["density_per_m2"]) == (200, 0.04)


def test_without_calibration_density_decides_nothing() -> None:
    scene = a_scene(*people(8))
    assert list(crowd.evaluate(scene, a_zone("crowd"), crowd.Params(density_per_m2=0.001))) == []


def test_a_larger_crowd_is_surer() -> None:
    zone, params = a_zone("crowd"), crowd.Params()
    (few,) = crowd.evaluate(a_scene(*people(10)), zone, params)
    (many,) = crowd.evaluate(a_scene(*people(20)), zone, params)
    assert few.confidence < many.confidence <= 1


@pytest.mark.parametrize(("label", "expected"), [("person", 1), ("person_like", 1), ("car", 0)])
def test_only_people_intrude(label: str, expected: int) -> None:
    scene = a_scene(*people(1, label=label))
    assert len(list(intrusion.evaluate(scene, a_zone("intrusion"), intrusion.Params()))) == expected


def test_several_intruders_are_one_matter_with_the_closed_hours() -> None:
    zone = a_zone("intrusion", schedule=Schedule(from_min=22 * 60, to_min=6 * 60 + 30))
    (finding,) = intrusion.evaluate(a_scene(*people(3)), zone, intrusion.Params())
    assert finding.facts == {
        "zone": "gate", "people": 3, "from_clock": "22:00", "until_clock": "06:30",
    }  # fmt: skip


def test_other_classes_may_be_forbidden_too() -> None:
    scene = a_scene(*people(1, label="car"))
    params = intrusion.Params(labels=("car",))
    assert len(list(intrusion.evaluate(scene, a_zone("intrusion"), params))) == 1


WEIGHT = [(second, 200.0 + 5.0 * (second // 4 % 2), 300.0) for second in range(0, 21, 2)]


@pytest.mark.parametrize(
    ("what", "legs", "within_s", "expected"),
    [
        ("walks in", [(0, 20, 300), (5, 300, 300)], 2.0, 1),
        ("walks in and stands", [(0, 20, 300), (3, 200, 300), (60, 200, 300)], 60.0, 1),
        ("stands there already and shifts his weight", WEIGHT, 20.0, 1),
        ("is a road sign", [(0, 200, 300), (60, 200, 300)], 60.0, 0),
    ],
)
@pytest.mark.parametrize("jitter_px", [0.0, 1.0])
def test_an_intruder_who(
    what: str, legs: list, within_s: float, expected: int, jitter_px: float
) -> None:
    zone = a_zone("intrusion")
    film = scenes([Walker(legs, 1, "person", (20, 60), jitter_px)], zones=(zone,))
    seen = (scene for scene in film if scene.at <= at(within_s))
    assert len(judged(intrusion.evaluate, zone, intrusion.Params(), seen)) == expected


def test_who_is_seen_surely_need_not_move() -> None:
    zone = a_zone("intrusion")
    film = scenes(
        [Walker([(0, 200, 300), (5, 200, 300)], 1, "person", confidence=0.9)], zones=(zone,)
    )
    assert len(judged(intrusion.evaluate, zone, intrusion.Params(), film)) == 1
