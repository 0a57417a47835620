"""Plates of the watch list become incidents."""

from dataclasses import replace

import pytest

from data_access.domain.explanations import explain
from detection_worker.rules import RULES, watch_listed_plate
from detection_worker.rules.scene import PlateGuess
from detection_worker.rules.watch_listed_plate import Params
from detection_worker.tracking.tracks import Track, TrackPoint
from tests.detection_worker.items import NOON
from tests.detection_worker.rules.scenes import LEFT_HALF, a_scene, a_zone

CAR = Track(4, "car", 0.9, (100, 200, 300, 400), (TrackPoint(NOON, 200, 400),))
WANTED = PlateGuess("123ABC02", 0.93, "KZ", "02", "stolen, case 118", "123ABC02")


def findings(guess: PlateGuess | None, points: tuple[tuple[float, float], ...] = LEFT_HALF):  # type: ignore[no-untyped-def]
    plates = {4: guess} if guess else {}
    scene = replace(a_scene(CAR), plates=plates)
    zone = a_zone("watch_listed_plate", points)
    return list(watch_listed_plate.evaluate(scene, zone, Params()))


def test_a_wanted_plate_is_found_with_the_reason() -> None:
    (finding,) = findings(WANTED)
    assert (finding.kind, finding.track_ids, finding.confidence) == (
        "watch_listed_plate", (4,), 0.93,
    )  # fmt: skip
    assert finding.facts == {
        "zone": "gate", "plate": "123ABC02", "reason": "stolen, case 118", "confidence_percent": 93,
    }  # fmt: skip
    assert explain(finding.kind, finding.facts, str) == (
        "A plate of the watch list was read: stolen, case 118. Confidence 93 %."
    )
    assert finding.marks[0].text == "123ABC02"


def test_a_plate_that_stands_there_with_another_zero_says_so() -> None:
    (finding,) = findings(replace(WANTED, text="DKOH7Z", wanted_as="DK0H7Z"))
    said = explain(finding.kind, finding.facts, str)
    assert said.startswith("DKOH7Z was read, and DK0H7Z is on the watch list")


@pytest.mark.parametrize(
    "guess",
    [None, replace(WANTED, wanted=""), replace(WANTED, confidence=0.45)],
    ids=["unread", "not listed", "unsure"],
)
def test_nothing_else_is_found(guess: PlateGuess | None) -> None:
    assert findings(guess) == []


def test_a_vehicle_outside_the_zone_is_not_found() -> None:
    assert findings(WANTED, ((0.5, 0.0), (1.0, 0.0), (1.0, 1.0), (0.5, 1.0))) == []


def test_plates_alone_are_no_event() -> None:
    rule = RULES["plates"]
    scene = replace(a_scene(CAR), plates={4: WANTED})
    assert list(rule.evaluate(scene, a_zone("plates"), rule.params())) == []
    assert rule.needs == ("plates",)
