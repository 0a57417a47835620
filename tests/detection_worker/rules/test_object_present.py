"""Any class of any model: fire, a weapon, a phone, no belt."""

import pytest

from detection_worker.rules.object_present import Params, evaluate
from tests.detection_worker.rules.scenes import LEFT_HALF, a_scene, a_zone
from tests.detection_worker.rules.tracks import Walker, judged, scenes
from tests.detection_worker.tracking.sightings import a_track


@pytest.mark.parametrize(
    ("label", "wanted", "expected"),
    [
        ("fire", ("fire", "smoke"), 1),
        ("Fire", ("fire",), 1),
        ("no_belt", ("No belt",), 1),
        ("person", ("fire",), 0),
        ("person", (), 0),
        ("fire", (), 0),
    ],
)
def test_only_what_is_asked_for_is_found(label: str, wanted: tuple, expected: int) -> None:
    scene = a_scene(a_track([(100, 300)] * 3, label=label))
    zone = a_zone("object_present")
    assert len(list(evaluate(scene, zone, Params(labels=wanted)))) == expected


def test_smoke_above_the_zone_s_edge_is_in_it_by_its_middle_or_its_foot() -> None:
    zone, params = a_zone("object_present", LEFT_HALF), Params(labels=("smoke",))
    assert list(evaluate(a_scene(a_track([(300, 600)], label="smoke")), zone, params)) == []
    assert len(list(evaluate(a_scene(a_track([(300, 510)], label="smoke")), zone, params))) == 1


def test_an_unsure_sight_is_none() -> None:
    scene = a_scene(a_track([(100, 300)], label="fire", confidence=0.4))
    assert list(evaluate(scene, a_zone("object_present"), Params(labels=("fire",)))) == []


@pytest.mark.parametrize(("lasts_s", "expected"), [(0.6, 0), (3.0, 1)])
@pytest.mark.parametrize("fps", [5, 10, 25])
def test_it_must_be_seen_for_a_while(lasts_s: float, expected: int, fps: float) -> None:
    film = scenes([Walker([(0, 100, 300), (lasts_s, 110, 300)], label="fire")], fps)
    found = judged(evaluate, a_zone("object_present"), Params(labels=("fire",)), film)
    assert len(found) == expected


def test_two_of_a_class_are_one_matter_and_two_classes_are_two() -> None:
    scene = a_scene(
        a_track([(100, 300)], 1, "fire"), a_track([(200, 300)], 2, "fire", 0.9),
        a_track([(300, 300)], 3, "smoke"),
    )  # fmt: skip
    fire, smoke = evaluate(scene, a_zone("object_present"), Params(labels=("smoke", "fire")))
    assert (fire.facts["count"], fire.facts["confidence_percent"]) == (2, 90)
    assert fire.matter != smoke.matter
