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
