"""Who stands where a detector has lost them is no thing, at any rate of pictures."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from detection_worker.frames import Image
from detection_worker.rules import abandoned_object
from detection_worker.rules.scene import Finding, Scene, Still
from detection_worker.rules.stills.stature import Statures
from detection_worker.rules.stills.stayed import Stayed
from detection_worker.rules.stills.watcher import StillsWatcher
from detection_worker.tracking.tracks import Track
from tests.detection_worker.rules.scenes import a_zone
from tests.detection_worker.rules.stills.minutes import (
    START,
    WH,
    Box,
    Walk,
    a_bag,
    a_body,
    played,
    walker,
)
from tests.detection_worker.tracking.sightings import a_track

OWNER = ("person", walker(4.0, 8.0, 2.0))
STANDS = walker(4.0, 8.0, 90.0)


def found(story: Sequence[tuple[float, tuple[Still, ...]]]) -> list[Finding]:
    """What the rule says over a story."""
    zone, params = a_zone("abandoned_object"), abandoned_object.Params()
    scenes = (Scene(1, START + timedelta(seconds=t_s), WH, (), stills=s) for t_s, s in story)
    return [one for scene in scenes for one in abandoned_object.evaluate(scene, zone, params)]


def a_bag_from_9(image: Image, t_s: float) -> None:
    if t_s >= 9:
        a_bag(image)


def stands(image: Image, t_s: float) -> None:
    """Somebody who comes and stays; as if painted once more, for the detector loses them."""
    if (box := STANDS(t_s)) is not None:
        a_body(image, box)


def lost_when_standing(t_s: float) -> Box | None:
    return STANDS(t_s) if t_s < 11 else None


def a_person(number: int, *places: tuple[float, float]) -> Track:
    """A track of somebody 40 px tall."""
    track = a_track(places, number, "person")
    x, y = places[-1]
    return replace(track, box_xyxy=(x - 7, y - 40, x + 7, y))


PASSERS: list[tuple[str, Walk]] = [
    ("person", walker(0.0, at, 0.0)) for at in (14, 19, 24, 29, 34, 39)
]


@pytest.mark.parametrize(
    ("fps", "is_found"), [(8.0, True), (5.0, True), (2.0, True), (1.0, False), (0.5, False)]
)
def test_a_bag_is_found_as_long_as_people_can_be_followed(fps: float, is_found: bool) -> None:
    eye = StillsWatcher()
    assert bool(found(played(36, a_bag_from_9, [OWNER], fps=fps, watcher=eye))) is is_found
    assert bool(eye.lacking()) is not is_found


@pytest.mark.parametrize("fps", [5.0, 2.0, 1.0, 0.5])
@pytest.mark.parametrize("label", ["person", "person_like"])
def test_who_came_and_was_not_seen_to_leave_stands_there(fps: float, label: str) -> None:
    story = played(50, stands, [(label, lost_when_standing)], fps=fps, drawn=0)
    assert found(story) == []


@pytest.mark.parametrize("fps", [5.0, 2.0, 1.0])
def test_who_was_never_seen_has_the_outline_of_those_who_were(fps: float) -> None:
    def beside(image: Image, t_s: float) -> None:
        if t_s >= 6:
            a_body(image, (214.0, 96.0, 230.0, 141.0))

    early = [("person", walker(0.0, at, 0.0)) for at in (4, 5)]
    assert found(played(50, beside, [*early, *PASSERS], fps=fps)) == []


def test_a_bag_stays_found_when_somebody_stops_beside_it_later() -> None:
    later = ("person", walker(34.0, 38.0, 60.0, x=112.0))
    story = played(60, a_bag_from_9, [OWNER, later])
    matters = {one.matter for one in found(story)}
    assert len(matters) == 1
    assert found([story[-1]]) != []


@pytest.mark.parametrize(
    ("then", "is_there"),
    [
        (None, True),
        (a_person(9, (100, 200), (100, 200)), True),
        (a_person(1, (300, 200), (400, 200)), False),
        (a_person(9, (302, 200), (400, 200)), False),
        (a_person(9, (600, 200), (400, 200)), True),
    ],
    ids=["lost", "somebody far off", "left", "left under a new name", "came from elsewhere"],
)
def test_who_stood_there_stays_until_seen_to_leave(then: Track | None, is_there: bool) -> None:
    place, stayed = (291.0, 158.0, 310.0, 202.0), Stayed()
    stayed.look((a_person(1, (300, 200), (300, 200)),), place)
    if then is not None:
        stayed.look((then,), place)
    assert stayed.are(place) is is_there


@pytest.mark.parametrize(
    ("box", "upper_columns", "expected"),
    [
        ((100, 60, 120, 100), 10, True),
        ((80, 60, 120, 100), 14, True),
        ((100, 84, 120, 100), 5, False),
        ((80, 60, 120, 100), 36, False),
        ((100, 360, 120, 400), 10, True),
    ],
    ids=["somebody", "with a shadow below", "a bag", "a heap", "in a row without sights"],
)
def test_people_are_told_by_height_and_narrow_shoulders(
    box: Box, upper_columns: int, expected: bool
) -> None:
    statures = Statures()
    people = tuple(a_person(number, (100 + 10 * number, 100)) for number in range(10))
    statures.note(people, 500)
    outline = np.zeros((40, 40), np.uint8)
    outline[20:] = 255
    outline[:20, :upper_columns] = 255
    assert statures.is_like_somebody(box, outline, 500) is expected


def test_where_nobody_was_seen_nobody_knows_how_tall_people_are() -> None:
    assert not Statures().is_like_somebody((0, 0, 10, 40), np.full((40, 8), 255, np.uint8), 500)
