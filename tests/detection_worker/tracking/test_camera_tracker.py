"""Tracks from detections, at any frame rate."""

from datetime import timedelta
from itertools import pairwise

import numpy as np
import pytest

from detection_worker.detection.detections import Detections
from detection_worker.tracking.camera_tracker import CameraTracker
from detection_worker.tracking.tracks import Track
from tests.detection_worker.tracking.sightings import a_box, at, detections, nowhere


def see(tracker: CameraTracker, seconds: float, found: Detections) -> tuple[Track, ...]:
    return tracker.update(at(seconds), found, nowhere(found))


@pytest.mark.parametrize("fps", [5, 10, 25])
def test_a_passing_car_keeps_one_id_at_any_rate(fps: int) -> None:
    tracker, ids = CameraTracker(), set()
    for number in range(4 * fps):
        car = ("car", a_box(50 + 100 * number / fps, 200, width=80), 0.8)
        ids |= {track.id for track in see(tracker, number / fps, detections(car))}
    assert ids == {1}


def test_a_car_that_leaves_its_own_box_between_two_frames_is_followed_at_five_a_second() -> None:
    tracker, ids = CameraTracker(), set()
    for number in range(20):
        car = ("car", a_box(20 + 31 * number, 200, width=40), 0.8)
        ids |= {track.id for track in see(tracker, number / 5, detections(car))}
    assert ids == {1}


def test_ids_begin_at_one_and_count_up() -> None:
    tracker = CameraTracker()
    two = detections(("car", a_box(50, 100), 0.8), ("person", a_box(300, 100), 0.8))
    see(tracker, 0.0, two)
    assert [track.id for track in see(tracker, 0.1, two)] == [1, 2]


def test_a_single_sight_is_no_track_yet() -> None:
    assert see(CameraTracker(), 0.0, detections(("car", a_box(50, 100), 0.9))) == ()


def test_a_weak_detection_begins_no_track_but_carries_one_on() -> None:
    tracker = CameraTracker()
    for number in range(6):
        confidence = 0.8 if number < 3 else 0.2
        tracks = see(tracker, number / 10, detections(("car", a_box(50, 100), confidence)))
    assert [track.id for track in tracks] == [1]
    assert see(CameraTracker(), 0, detections(("car", a_box(50, 100), 0.2))) == ()


def test_a_track_survives_a_short_absence_and_not_a_long_one() -> None:
    tracker, car = CameraTracker(), detections(("car", a_box(50, 100), 0.8))
    for number in range(5):
        see(tracker, number / 10, car)
    see(tracker, 0.5, Detections.none())
    assert [track.id for track in see(tracker, 1.4, car)] == [1]
    see(tracker, 6.0, car)
    assert [track.id for track in see(tracker, 6.1, car)] == [2]


def test_the_class_is_what_most_sights_say() -> None:
    tracker = CameraTracker()
    for number, label in enumerate(["truck", "car", "car", "car", "truck", "car"]):
        tracks = see(tracker, number / 10, detections((label, a_box(50, 100), 0.8)))
    assert [track.label for track in tracks] == ["car"]


def test_a_rider_and_the_bicycle_below_keep_their_ids() -> None:
    tracker, seen = CameraTracker(), set()
    for number in range(20):
        x = 50 + 4 * number
        both = [("person", a_box(x, 100, 30, 60), 0.8), ("bicycle", a_box(x, 105, 34, 60), 0.8)]
        tracks = see(tracker, number / 10, detections(*(both if number % 2 else both[::-1])))
        seen |= {(track.id, track.label) for track in tracks}
    assert len(seen) == len({label for _, label in seen}) == 2


def test_the_path_ends_where_the_track_stands_now_in_pixels_and_metres() -> None:
    tracker = CameraTracker()
    for number in range(3):
        found = detections(("car", a_box(50 + number, 100), 0.8))
        tracks = tracker.update(at(number / 10), found, np.array([[number * 0.5, 7.0]]))
    last = tracks[0].path[-1]
    assert (last.at, last.x_px, last.y_px) == (at(0.2), 52.0, 100.0)
    assert (last.x_m, last.y_m) == (1.0, 7.0)


def test_an_unknown_place_on_the_ground_is_none() -> None:
    tracker = CameraTracker()
    see(tracker, 0.0, detections(("car", a_box(50, 100), 0.8)))
    (track,) = see(tracker, 0.1, detections(("car", a_box(50, 100), 0.8)))
    assert (track.path[-1].x_m, track.path[-1].y_m) == (None, None)


def test_a_clock_that_goes_back_loses_no_track() -> None:
    tracker, car = CameraTracker(), detections(("car", a_box(50, 100), 0.8))
    for number in range(5):
        see(tracker, 3600 + number / 10, car)
    (track,) = see(tracker, 10.0, car)
    assert (track.id, len(track.path)) == (1, 1)


def test_a_clock_that_stands_still_does_no_harm() -> None:
    tracker, car = CameraTracker(), detections(("car", a_box(50, 100), 0.8))
    tracks = [see(tracker, 1.0, car) for _ in range(5)]
    assert [track.id for track in tracks[-1]] == [1]
    assert len(tracks[-1][0].path) == 1


def test_after_a_restart_no_id_comes_twice() -> None:
    tracker, car = CameraTracker(), detections(("car", a_box(50, 100), 0.8))
    see(tracker, 0.0, car)
    see(tracker, 0.1, car)
    tracker.restart()
    see(tracker, 0.2, car)
    assert [track.id for track in see(tracker, 0.3, car)] == [2]


def test_memory_stays_bounded_while_thousands_pass() -> None:
    tracker = CameraTracker()
    for number in range(1500):
        found = detections(("car", a_box(50 + 300 * (number // 2 % 2), 100), 0.8))
        tracker.update(at(number * 2.0), found, nowhere(found))
        tracker.update(at(number * 2.0 + 0.1), found, nowhere(found))
    assert len(tracker._ids) < 200
    assert len(tracker._paths) < 20


def test_an_hour_old_path_is_thin_and_a_minute_long() -> None:
    tracker, car = CameraTracker(), detections(("car", a_box(50, 100), 0.8))
    for number in range(1200):
        tracks = see(tracker, number / 10, car)
    path = tracks[0].path
    assert path[-1].at - path[0].at <= timedelta(seconds=60)
    assert path[-1].at - path[0].at >= timedelta(seconds=59)
    assert len(path) <= 5 * 10 + 55 * 2 + 3
    assert all(before.at < after.at for before, after in pairwise(path))
