"""Arming rules with zones, and what happens when one fails."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from data_access.domain.watch import Schedule, Zone, ZoneShape
from detection_worker.rules import RULES
from detection_worker.rules.evaluation import arm, evaluate
from detection_worker.rules.rule import Rule
from detection_worker.rules.scene import Crossing, Finding, Scene
from tests.detection_worker.rules.scenes import WHOLE, a_scene, a_zone
from tests.detection_worker.tracking.sightings import a_track


@dataclass(frozen=True)
class Nothing:
    """A rule without settings."""


def finds(scene: Scene, zone: Zone, params: Nothing) -> Iterator[Finding | Crossing]:
    yield Finding("finds", "m", zone.id, (1,), 0.5, {})
    yield Crossing(zone.id, 1, "car", "forward", scene.at)


def fails(scene: Scene, zone: Zone, params: Nothing) -> Iterator[Finding]:
    yield Finding("fails", "m", zone.id, (1,), 0.5, {})
    raise ZeroDivisionError("no tracks to share among")


TWO = {
    "finds": Rule("finds", ZoneShape.POLYGON, Nothing, finds),
    "fails": Rule("fails", ZoneShape.POLYGON, Nothing, fails),
}
SCENE = a_scene(a_track([(100, 100)]))


def test_a_rule_that_fails_is_switched_off_and_reported_once_and_the_others_go_on() -> None:
    told: list[tuple[int, str, str]] = []
    rules = arm((a_zone("fails"), a_zone("finds"), replace(a_zone("fails"), id=8)), TWO)
    seen = [evaluate(SCENE, rules, lambda *words: told.append(words)) for _ in range(3)]
    assert [len(one.findings) for one in seen] == [1, 1, 1]
    assert [len(one.crossings) for one in seen] == [1, 1, 1]
    assert [words[:2] for words in told] == [(1, "fails")]
    assert "ZeroDivisionError: no tracks to share among" in rules.off["fails"]


def test_a_rule_sleeps_outside_its_schedule() -> None:
    never = Schedule(frozenset())
    rules = arm((a_zone("finds", schedule=never),), TWO)
    assert evaluate(SCENE, rules, lambda *words: None).findings == []


@pytest.mark.parametrize(
    ("zone", "sentence"),
    [
        (a_zone("levitation"), "no rule “levitation”; choose one of"),
        (a_zone("crowd", peeple=3), "no setting “peeple”; it has people"),
        (a_zone("crowd", people="many"), "people = 'many' does not fit; write it like 10"),
        (a_zone("crowd", people=True), "people = True does not fit"),
        (a_zone("crowd", people=2.5), "people = 2.5 does not fit"),
        (a_zone("crowd", hold_s=float("nan")), "hold_s = nan does not fit"),
        (a_zone("wrong_way", toward=[1]), "does not fit; write it like"),
        (a_zone("intrusion", labels=[1]), "does not fit"),
        (a_zone("line_count", WHOLE), "wants a line, not a polygon; draw it again"),
        (a_zone("crowd", ((0.0, 0.0), (1.0, 1.0), (1.0, 0.0), (0.0, 1.0))), "crosses itself"),
    ],
)
def test_a_zone_that_cannot_be_is_left_out_with_a_sentence(zone: Zone, sentence: str) -> None:
    rules = arm((zone, a_zone("crowd")), RULES)
    assert len(rules.armed) == 1
    assert sentence in rules.off[zone.rule]
    assert "gate" in rules.off[zone.rule]


def test_params_of_a_zone_come_over_the_defaults_and_stay_frozen() -> None:
    params = RULES["wrong_way"].params_of(a_zone("wrong_way", toward=[0, -1], window_s=3))
    assert (params.toward, params.window_s, params.least_distance_m) == ((0, -1), 3, 4.0)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_can_be_tried_over_the_whole_picture_with_its_defaults(rule: Rule) -> None:
    rules = arm((rule.usual_zone(1),), RULES)
    assert rules.off == {}
    evaluate(SCENE, rules, lambda *words: None)
    assert rules.off == {}


def test_a_paused_rule_is_off_with_its_reason_and_the_others_are_armed() -> None:
    paused = {"finds": "paused: 4 of 20 confirmed, 80 % wanted"}
    rules = arm((a_zone("finds"), a_zone("fails")), TWO, paused)
    assert [one.rule.id for one in rules.armed] == ["fails"]
    assert rules.off == {"finds": "finds is paused: 4 of 20 confirmed, 80 % wanted."}


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("red_light", "needs its stop line drawn as a zone, and a signal"),
        ("bus_lane", "needs the bus lane drawn as a zone; over the whole picture it finds nothing"),
        ("collision", "needs a calibrated camera"),
        ("crowd", None),
        ("no_stopping", None),
    ],
)
def test_a_rule_that_cannot_do_without_a_drawing_says_so(rule: str, wanted: str | None) -> None:
    said = RULES[rule].wants((RULES[rule].usual_zone(1),), is_calibrated=False)
    assert (said is None) if wanted is None else (said is not None and wanted in said)


def test_over_the_whole_picture_a_rule_that_needs_a_drawing_finds_nothing() -> None:
    car = a_track([(500, 480 - 15 * n) for n in range(30)])
    for zone, expected in ((RULES["bus_lane"].usual_zone(1), 0), (a_zone("bus_lane"), 1)):
        seen = evaluate(a_scene(car), arm((zone,), RULES), lambda *words: None)
        assert len(seen.findings) == expected


def test_a_word_that_a_setting_does_not_know_is_refused_with_those_it_knows() -> None:
    line = a_zone("red_light", ((0.1, 0.5), (0.9, 0.5)), direction="sideways")
    sentence = arm((line,), RULES).off["red_light"]
    assert "write it like 'forward' or 'backward' or 'both'" in sentence
