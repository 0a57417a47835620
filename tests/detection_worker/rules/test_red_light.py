"""Red light and stop line, as a table of ways; the stop line is at y = 300, driven over upwards."""

import pytest

from detection_worker.rules import red_light, stop_line
from detection_worker.rules.crossings import Direction
from detection_worker.rules.scene import Finding
from tests.detection_worker.rules.scenes import a_scene, a_zone
from tests.detection_worker.rules.tracks import Walker, judged, phases, scenes
from tests.detection_worker.tracking.sightings import a_track

LINE = ((0.9, 0.6), (0.1, 0.6))  # from right to left: forward is up
OVER = [(0, 500, 480), (8, 500, 80)]  # passes y = 300 at 3.6 s
BACK = [(0, 500, 80), (8, 500, 480)]
WAITS = [(0, 500, 480), (3, 500, 320), (9, 500, 320), (12, 500, 100)]
CREEPS_OVER = [(0, 500, 480), (4, 500, 285), (10, 500, 285), (13, 500, 80)]
STOPS_ON_IT = [(0, 500, 480), (4, 500, 298), (10, 500, 298), (13, 500, 80)]

RED = phases((0, "green"), (1, "yellow"), (2, "red"))
JUST_RED = phases((0, "green"), (3.4, "red"))
YELLOW = phases((0, "green"), (2, "yellow"), (5, "red"))
TURNS_GREEN = phases((0, "red"), (4.1, "green"))
RED_THEN_GREEN = phases((0, "red"), (9, "green"))
GREEN_THEN_RED = phases((0, "green"), (5, "red"))
UNKNOWN = phases((0, "red"), (2, "unknown"))


def found(legs: list, signal: object, fps: float = 10, **walker: object) -> list[Finding]:
    zone, params = a_zone("red_light", LINE), red_light.Params()
    film = scenes([Walker(legs, **walker)], fps, signals=signal)  # type: ignore[arg-type]
    return judged(red_light.evaluate, zone, params, film)


def stood(legs: list, signal: object, fps: float = 10, **walker: object) -> list[Finding]:
    zone, params = a_zone("stop_line", LINE), stop_line.Params()
    film = scenes([Walker(legs, **walker)], fps, signals=signal)  # type: ignore[arg-type]
    return judged(stop_line.evaluate, zone, params, film)


@pytest.mark.parametrize(
    ("what", "legs", "signal", "expected"),
    [
        ("drives over at red", OVER, RED, 1),
        ("drives over at green", OVER, phases((0, "green")), 0),
        ("drives over at yellow", OVER, YELLOW, 0),
        ("drives over as it turns red", OVER, JUST_RED, 0),
        ("drives over at red that turns green behind it", OVER, TURNS_GREEN, 1),
        ("drives over while nobody can read the signal", OVER, UNKNOWN, 0),
        ("comes out of the crossroad at red", BACK, RED, 0),
        ("waits for green before the line", WAITS, RED_THEN_GREEN, 0),
        ("stops behind the line and goes at green", CREEPS_OVER, RED_THEN_GREEN, 0),
        ("stops on the line and goes at green", STOPS_ON_IT, RED_THEN_GREEN, 0),
        ("is beside the line", [(0, 950, 480), (8, 950, 80)], RED, 0),
        ("stood behind the line already", [(0, 500, 280), (8, 500, 80)], RED, 0),
    ],
)
@pytest.mark.parametrize(
    "hardship",
    [{}, {"fps": 5}, {"jitter_px": 2.0}, {"fps": 25, "jitter_px": 1.5}],
    ids=["plain", "5 fps", "jitter", "25 fps and jitter"],
)
def test_a_car_that(
    what: str, legs: list, signal: object, expected: int, hardship: dict[str, float]
) -> None:
    assert len(found(legs, signal, **hardship)) == expected


def test_a_car_that_is_hidden_while_it_crosses_is_found_at_red_all_the_time() -> None:
    assert len(found(OVER, RED, hidden=[(3.0, 4.2)])) == 1


def test_a_car_hidden_while_the_signal_changes_is_not_judged() -> None:
    assert found(OVER, phases((0, "green"), (3.3, "red")), hidden=[(3.0, 4.2)]) == []


def test_people_on_foot_are_no_matter_of_it() -> None:
    assert found(OVER, RED, label="person") == []


def test_two_moments_and_the_age_of_the_red_are_in_the_facts() -> None:
    (finding,) = found(OVER, RED)
    facts = finding.facts
    assert facts["red_s"] == pytest.approx(1.6, abs=0.15)
    assert facts["before_at"] < facts["crossed_at"] < facts["behind_at"]
    assert facts["red_since_at"] == "2026-05-04T07:00:02.000+00:00"
    assert finding.marks


def test_without_a_signal_both_rules_are_silent() -> None:
    scene = a_scene(a_track([(500, y) for y in range(480, 80, -10)]))
    zone = a_zone("red_light", LINE)
    assert list(red_light.evaluate(scene, zone, red_light.Params())) == []
    assert list(stop_line.evaluate(scene, zone, stop_line.Params())) == []


def test_of_two_signals_the_zone_must_name_its_own() -> None:
    def two(moment):  # type: ignore[no-untyped-def]
        return {**RED(moment), "other": phases((0, "green"))(moment)["main"]}

    film = list(scenes([Walker(OVER)], signals=two))
    zone = a_zone("red_light", LINE)
    for name, expected in (("", 0), ("main", 1), ("other", 0), ("third", 0)):
        params = red_light.Params(signal=name)
        assert len(judged(red_light.evaluate, zone, params, film)) == expected


def test_a_line_may_be_watched_in_both_directions() -> None:
    film = scenes([Walker(BACK)], signals=RED)
    params = red_light.Params(direction=Direction.BOTH)
    assert len(judged(red_light.evaluate, a_zone("red_light", LINE), params, film)) == 1


@pytest.mark.parametrize(
    ("what", "legs", "signal", "expected"),
    [
        ("creeps over at red and stands there", CREEPS_OVER, RED_THEN_GREEN, 1),
        ("waits before the line", WAITS, RED_THEN_GREEN, 0),
        ("stops on the line", STOPS_ON_IT, RED_THEN_GREEN, 0),
        ("drives on at red", OVER, RED, 0),
        ("crossed at green and is caught by a jam", CREEPS_OVER, GREEN_THEN_RED, 0),
        ("stands there while nobody can read the signal", CREEPS_OVER, UNKNOWN, 0),
        ("stands in the crossroad", [(0, 500, 480), (4, 500, 180), (9, 500, 180)], RED, 0),
    ],
)
@pytest.mark.parametrize("hardship", [{}, {"fps": 5}, {"jitter_px": 1.0}], ids=["plain", "5", "j"])
def test_a_car_at_the_stop_line_that(
    what: str, legs: list, signal: object, expected: int, hardship: dict[str, float]
) -> None:
    assert len(stood(legs, signal, **hardship)) == expected


def test_how_long_it_stood_is_told() -> None:
    (finding,) = stood(CREEPS_OVER, RED_THEN_GREEN)
    assert finding.facts["stood_s"] == pytest.approx(5, abs=0.6)
