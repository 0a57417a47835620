"""The tracks of a recording, from its frames to finished ones."""

import numpy as np

from detection_worker.frames import PlainPicture
from detection_worker.tracking.camera_tracker import CameraTracker
from detection_worker.tracking.kept_tracks import KeptTracks
from detection_worker.tracking.strands import NUMBER
from tests.detection_worker.tracking.sightings import a_box, at, detections, nowhere


def test_the_first_sight_which_was_no_track_yet_is_given_back() -> None:
    tracker, kept = CameraTracker(), KeptTracks()
    for number in range(1, 11):
        found = detections(("car", a_box(50 + 2 * number, 100), 0.8))
        tracks = tracker.update(at(number / 10), found, nowhere(found))
        kept.add(number, number / 10, found, tracks)
        assert bool(tracks) == (number > 1)
    (strand,) = kept.finished()
    assert strand.id == 1
    assert strand.rows[:, NUMBER].tolist() == list(range(1, 11))
    assert np.diff(strand.rows[:, 1]).round(3).tolist() == [2.0] * 9


def test_a_track_has_the_class_it_had_at_last() -> None:
    tracker, kept = CameraTracker(), KeptTracks()
    for number, label in enumerate(["truck", "truck", "car", "car", "car"], 1):
        found = detections((label, a_box(50, 100), 0.8))
        kept.add(number, number / 10, found, tracker.update(at(number / 10), found, nowhere(found)))
    assert [strand.label for strand in kept.finished()] == ["car"]


def test_somebody_who_comes_out_from_behind_a_post_is_named_as_before() -> None:
    tracker, kept = CameraTracker(), KeptTracks()
    image = np.full((240, 640, 3), (40, 40, 180), np.uint8)
    for number in range(1, 81):
        hidden = 31 <= number <= 50
        box = a_box(100 + 4 * number, 200, 30, 80)
        found = detections(*([] if hidden else [("person", box, 0.8)]))
        tracks = tracker.update(at(number / 10), found, nowhere(found))
        kept.add(number, number / 10, found, tracks, PlainPicture(image))
    (strand,) = kept.finished()
    assert (strand.id, strand.rows[0, NUMBER], strand.rows[-1, NUMBER]) == (1, 1, 80)
    assert [kept.name_at(2, 6.0), kept.name_at(1, 2.0), kept.name_at(7, 2.0)] == [1, 1, 7]
    assert kept.left_out == set()
