"""What is left behind: the rules as tables of scenes, without pictures."""

from dataclasses import replace
from datetime import timedelta

import pytest

from data_access.domain.explanations import explain
from data_access.domain.watch import Zone
from detection_worker.errors import RuleError
from detection_worker.event_desk import Change, EventDesk
from detection_worker.rules import RULES, abandoned_object, illegal_dump, overflowing_container
from detection_worker.rules.evaluation import arm, evaluate
from detection_worker.rules.scene import Fill, PlateGuess, Scene, Still
from tests.detection_worker.rules.scenes import LEFT_HALF, a_scene, a_zone
from tests.detection_worker.tracking.sightings import a_track

PASSER = a_track([(900.0, 300.0)], track_id=1)
BAG = (100.0, 300.0, 140.0, 340.0)


def lying(
    scene: Scene,
    for_s: float,
    alone_s: float,
    carrier: str | None = "person",
    box: tuple[float, float, float, float] = BAG,
    confidence: float = 0.9,
    unwatched_s: float = 0.0,
    upright: bool = False,
) -> Scene:
    """The scene with a thing that has lain and been alone for so long."""
    still = Still(
        id=7,
        box_xyxy=box,
        since_at=scene.at - timedelta(seconds=for_s),
        confidence=confidence,
        brought_by=3 if carrier else None,
        carrier=carrier,
        attended_at=scene.at - timedelta(seconds=alone_s),
        unwatched_s=unwatched_s,
        upright=upright,
    )
    return replace(scene, stills=(still,))


@pytest.mark.parametrize(
    ("for_s", "alone_s", "carrier", "expected"),
    [
        (9.0, 9.0, "person", 0),
        (30.0, 3.0, "person", 0),
        (12.0, 9.0, "person", 1),
        (12.0, 9.0, "vehicle", 1),
        (15.0, 15.0, None, 0),
        (25.0, 25.0, None, 1),
    ],
    ids=["put down", "owner beside it", "left", "from a car", "nobody seen", "nobody for long"],
)
def test_it_is_abandoned_once_it_lies_and_its_bringers_are_gone(
    for_s: float, alone_s: float, carrier: str | None, expected: int
) -> None:
    scene = lying(a_scene(PASSER), for_s, alone_s, carrier)
    zone = a_zone("abandoned_object")
    found = list(abandoned_object.evaluate(scene, zone, abandoned_object.Params()))
    assert len(found) == expected


@pytest.mark.parametrize(
    "box",
    [(700.0, 300.0, 740.0, 340.0), (10.0, 10.0, 12.0, 12.0), (0.0, 0.0, 380.0, 500.0)],
    ids=["beside the zone", "a speck", "a wall of light"],
)
def test_what_lies_elsewhere_or_has_no_size_of_a_thing_is_none(
    box: tuple[float, float, float, float],
) -> None:
    scene, zone = lying(a_scene(PASSER), 60, 60, box=box), a_zone("abandoned_object", LEFT_HALF)
    assert list(abandoned_object.evaluate(scene, zone, abandoned_object.Params())) == []


@pytest.mark.parametrize(
    ("unwatched_s", "expected"),
    [(0.0, 1), (10.0, 1), (15.0, 0), (20.0, 0)],
    ids=["all seen", "enough seen", "too little seen", "nothing seen"],
)
def test_only_time_in_which_people_could_be_followed_counts_as_alone(
    unwatched_s: float, expected: int
) -> None:
    scene = lying(a_scene(PASSER), 30, 20, unwatched_s=unwatched_s)
    zone = a_zone("abandoned_object")
    found = list(abandoned_object.evaluate(scene, zone, abandoned_object.Params()))
    assert len(found) == expected


@pytest.mark.parametrize(("alone_s", "orders"), [(90.0, 0), (290.0, 0), (310.0, 1)])
def test_what_has_the_outline_of_somebody_must_lie_far_longer(alone_s: float, orders: int) -> None:
    scene = lying(a_scene(PASSER), 400, alone_s, None, upright=True)
    zone = a_zone("illegal_dump")
    assert len(list(illegal_dump.evaluate(scene, zone, illegal_dump.Params()))) == orders


def test_what_may_be_light_is_not_said() -> None:
    scene = lying(a_scene(PASSER), 60, 60, confidence=0.5)
    zone = a_zone("abandoned_object")
    assert list(abandoned_object.evaluate(scene, zone, abandoned_object.Params())) == []


def test_an_abandoned_object_tells_its_numbers_and_marks_where_it_lies() -> None:
    scene, zone = lying(a_scene(PASSER), 31, 12), a_zone("abandoned_object")
    (finding,) = abandoned_object.evaluate(scene, zone, abandoned_object.Params())
    assert finding.track_ids == (3,)
    assert finding.marks[0].closed
    assert finding.marks[0].points_px[0] == BAG[:2]
    said = explain("abandoned_object", finding.facts, str)
    assert said == (
        "An object has lain for 31 s; nobody has been near it for 12 s. Brought by: a person."
    )


def test_a_dump_is_a_work_order_and_a_violation_with_one_reference() -> None:
    scene = replace(
        lying(a_scene(PASSER), 90, 40, "vehicle"),
        plates={3: PlateGuess("123ABC02", 0.9, "KZ", "02")},
    )
    order, fine = illegal_dump.evaluate(scene, a_zone("illegal_dump"), illegal_dump.Params())
    assert (order.kind, fine.kind) == ("illegal_dump", "littering")
    assert order.facts["reference"] == fine.facts["reference"]
    assert fine.facts["plate"] == "123ABC02"
    assert "a vehicle, 123ABC02" in explain("illegal_dump", order.facts, str)
    assert "1.5 min" in explain("littering", fine.facts, str)


def test_where_nobody_was_seen_to_bring_it_there_is_nobody_to_fine() -> None:
    scene = lying(a_scene(PASSER), 90, 90, None)
    (order,) = illegal_dump.evaluate(scene, a_zone("illegal_dump"), illegal_dump.Params())
    assert order.kind == "illegal_dump"
    assert "not seen" in explain("illegal_dump", order.facts, str)


def test_who_still_unloads_has_dumped_nothing_yet() -> None:
    scene = lying(a_scene(PASSER), 90, 5, "vehicle")
    zone = a_zone("illegal_dump")
    assert list(illegal_dump.evaluate(scene, zone, illegal_dump.Params())) == []


@pytest.mark.parametrize(("share", "expected"), [(0.1, 0), (0.34, 0), (0.35, 1), (0.9, 1)])
def test_a_container_overflows_from_its_share_on(share: float, expected: int) -> None:
    scene, zone = a_scene(PASSER), a_zone("overflowing_container")
    full = replace(scene, fills={zone.id: Fill(share, scene.at - timedelta(minutes=6))})
    found = list(overflowing_container.evaluate(full, zone, overflowing_container.Params()))
    assert len(found) == expected
    for finding in found:
        assert finding.hold_s == 300
        assert finding.facts["full_min"] == 6.0


def test_a_container_that_cannot_be_judged_says_nothing() -> None:
    zone = a_zone("overflowing_container")
    found = overflowing_container.evaluate(a_scene(PASSER), zone, overflowing_container.Params())
    assert list(found) == []


@pytest.mark.parametrize("reference", ["not base64!", "AAAA"])
def test_a_reference_that_is_no_picture_is_said_in_a_sentence(reference: str) -> None:
    zone: Zone = replace(a_zone("overflowing_container"), params={"reference": reference})
    with pytest.raises(RuleError, match="take it again while the container is empty"):
        RULES["overflowing_container"].params_of(zone)


def test_a_paused_littering_leaves_the_work_order() -> None:
    zone = a_zone("illegal_dump")
    armed = arm((zone,), RULES, {"littering": "paused: 4 of 20 confirmed, 80 % wanted"})
    scene = lying(a_scene(PASSER), 60.0, 60.0, "vehicle")
    seen = evaluate(scene, armed, lambda camera, rule, reason: None)
    assert [one.kind for one in seen.findings] == ["illegal_dump"]
    assert armed.off == {}


@pytest.mark.parametrize(
    ("by_s", "events"), [(4.0, 1), (30.0, 2)], ids=["comes by once more", "comes back to it"]
)
def test_a_bag_whose_owner_comes_by_is_not_left_twice(by_s: float, events: int) -> None:
    desk, opened = EventDesk(), 0
    zone, began = a_zone(rule="abandoned_object", points=LEFT_HALF), a_scene(PASSER)
    for second in range(60):
        attended_s = min(max(second - 12.0, 0.0), by_s)
        alone_s = float(second) if second < 12 else second - 12.0 - attended_s
        scene = replace(began, at=began.at + timedelta(seconds=second))
        scene = lying(scene, float(second), alone_s)
        found = list(abandoned_object.evaluate(scene, zone, abandoned_object.Params()))
        changes = desk.report(1, scene.at, found)
        opened += sum(change.change is Change.OPENED for change in changes)
    assert opened == events
