"""Wrong way, as a table of ways; the allowed direction is down the picture."""

import pytest

from detection_worker.rules.scene import Finding
from detection_worker.rules.wrong_way import Params, evaluate
from tests.detection_worker.rules.scenes import LEFT_HALF, WHOLE, a_scene, a_zone
from tests.detection_worker.tracking.sightings import a_track

Places = list[tuple[float, float]]

UP = [(300.0, 450.0 - 10 * n) for n in range(25)]
DOWN = UP[::-1]


def found(places: Places, label: str = "car", points: tuple = WHOLE, metres: Places | None = None, **params: object) -> list[Finding]:  # fmt: skip
    track = a_track(places, label=label, metres=metres)
    chosen = {"toward": (0.0, 1.0)} | params
    return list(evaluate(a_scene(track), a_zone("wrong_way", points), Params(**chosen)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("what", "places", "expected"),
    [
        ("drives against it", UP, 1),
        ("drives with it", DOWN, 0),
        ("crosses it at a right angle", [(200 + 10 * n, 250) for n in range(25)], 0),
        ("changes its lane", [(300 + 4 * n, 200 + 10 * n) for n in range(25)], 0),
        ("drives up at a slant", [(300 + 4 * n, 450 - 10 * n) for n in range(25)], 1),
        ("stands and jitters", [(300, 250 + 9 * (-1) ** n) for n in range(25)], 0),
        ("rolls back a little", [(300, 250 - n) for n in range(25)], 0),
        ("is seen for half a second", UP[:5], 0),
        ("swaps its id with one behind it", [*DOWN[:12], *[(300, 200 + 10 * n) for n in range(6)]], 0),
        ("turns round at the end", [*DOWN[:20], *UP[5:12]], 0),
    ],
)  # fmt: skip
def test_a_car_that(what: str, places: Places, expected: int) -> None:
    assert len(found(places)) == expected


def test_people_may_walk_as_they_like() -> None:
    assert found(UP, label="person") == []


def test_outside_the_zone_nothing_is_said() -> None:
    assert found([(700, y) for _, y in UP], points=LEFT_HALF) == []


def test_without_a_direction_it_is_silent() -> None:
    assert found(UP, toward=(0.0, 0.0)) == []


def test_uncalibrated_the_facts_are_in_percent_of_the_picture() -> None:
    (finding,) = found(UP)
    assert finding.facts["distance_percent"] == pytest.approx(20 * 10 / 1118 * 100, abs=0.1)
    assert finding.facts["duration_s"] == 2.0
    assert "distance_m" not in finding.facts


def test_calibrated_the_facts_are_in_metres() -> None:
    (finding,) = found(UP, metres=[(0.0, 0.5 * n) for n in range(25)])
    assert finding.facts["distance_m"] == 10.0


def test_calibrated_a_way_of_a_few_metres_is_not_enough() -> None:
    assert found(UP, metres=[(0.0, 0.05 * n) for n in range(25)]) == []


def test_a_longer_way_makes_it_surer() -> None:
    short, long = found(UP, least_distance_percent=15), found(UP)
    assert short[0].confidence < long[0].confidence <= 1


def test_each_car_is_a_matter_of_its_own() -> None:
    scene = a_scene(a_track(UP, track_id=1), a_track(UP, track_id=2))
    matters = {one.matter for one in evaluate(scene, a_zone("wrong_way"), Params(toward=(0, 1)))}
    assert len(matters) == 2
