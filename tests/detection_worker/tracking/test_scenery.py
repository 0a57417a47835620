"""Things that were taken for people, and people who pass by them."""

import numpy as np
import pytest

from detection_worker.tracking.scenery import without_scenery
from detection_worker.tracking.strands import BOX, NUMBER, Look, Recording, Strand
from tests.detection_worker.tracking.sightings import a_box, detections

FPS, FRAMES = 10.0, 400
CONE = a_box(200, 210, 20, 26)


def recording(cone_in: range, frames: int = FRAMES) -> Recording:
    """A cone is found weakly in some frames while no track has it."""
    found, nothing = detections(("person", CONE, 0.15)), detections()
    return Recording(
        [
            Look(number, number / FPS, found if number in cone_in else nothing)
            for number in range(1, frames + 1)
        ]
    )


def passer_by(confidence_at_the_cone: float, label: str = "person") -> Strand:
    """Somebody walks up to the cone; from frame 100 to 119 the track stays with it."""
    way = [[number, *a_box(100 + number, 215, 30, 75), 0.8] for number in range(60, 100)]
    stays = [[number, *CONE, confidence_at_the_cone] for number in range(100, 120)]
    return Strand(1, label, np.array(way + stays, np.float64))


@pytest.mark.parametrize(
    ("case", "cone_in", "strand", "last"),
    [
        ("a cone is found all along", range(1, 400, 5), passer_by(0.2), 99),
        ("what is sure is somebody who stands there", range(1, 400, 5), passer_by(0.8), 119),
        ("it was found for a while only", range(1, 150, 2), passer_by(0.2), 119),
        ("it was found too seldom", range(1, 400, 25), passer_by(0.2), 119),
        ("nothing is found there without the track", range(0), passer_by(0.2), 119),
        ("a dog may lie there for hours", range(1, 400, 5), passer_by(0.2, "dog"), 119),
    ],
)
def test_a_track_that_stayed_with_a_thing_ends_where_it_came_to_it(
    case: str, cone_in: range, strand: Strand, last: int
) -> None:
    (rest,) = without_scenery([strand], recording(cone_in))
    assert (rest.rows[0, NUMBER], rest.rows[-1, NUMBER]) == (60, last), case


def test_of_a_short_recording_nobody_knows_what_is_a_thing() -> None:
    (rest,) = without_scenery([passer_by(0.2)], recording(range(1, 140, 2), frames=140))
    assert len(rest.rows) == 60


def test_a_track_that_was_nowhere_else_goes() -> None:
    strand = passer_by(0.2)
    alone = Strand(1, "person", strand.rows[np.all(strand.rows[:, BOX] == CONE, axis=1)])
    assert without_scenery([alone], recording(range(1, 400, 5))) == []


def test_no_tracks_and_no_frames_are_none() -> None:
    assert without_scenery([], Recording([])) == []
