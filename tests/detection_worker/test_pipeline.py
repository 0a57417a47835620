"""The journey of a frame, from the slot to the outbox."""

import gc
import itertools
import tracemalloc
from dataclasses import replace
from datetime import timedelta

import pytest

from data_access.domain.watch import Calibration, WatchedCamera, Zone
from detection_worker.event_desk import Change
from detection_worker.frames import Image, Picture
from detection_worker.pipeline import Journey
from tests.detection_worker.items import NOON
from tests.detection_worker.journeys import (
    CLOSED,
    LINE,
    WH,
    WHOLE,
    RememberingOutbox,
    RememberingRecorder,
    SquareDetector,
    a_camera,
    a_frame,
)


class City:
    """A journey with its ends."""

    def __init__(self, *cameras: WatchedCamera, **options: object) -> None:
        self.detector = SquareDetector()
        self.recorder, self.outbox = RememberingRecorder(), RememberingOutbox()
        self.off: list[tuple[int, str, str]] = []
        self.journey = Journey(
            self.detector,
            {camera.id: camera for camera in cameras},
            self.recorder,
            self.outbox,
            on_rule_off=lambda *words: self.off.append(words),
            **options,  # type: ignore[arg-type]
        )


class Unseen:
    """A picture that notes that its colours were asked for."""

    encoded = None

    def __init__(self, inner: Picture) -> None:
        self._inner, self.asked = inner, False
        self.wh, self.brightness = inner.wh, inner.brightness

    @property
    def bgr(self) -> Image:
        self.asked = True
        return self._inner.bgr


@pytest.mark.parametrize("cameras", [1, 3])
def test_colours_are_made_only_of_pictures_that_the_detector_looks_at(cameras: int) -> None:
    city = City(*(a_camera(number, CLOSED, LINE) for number in range(1, cameras + 1)))
    for number in range(20):
        place = (100 + 9 * number, 100) if number < 5 else (140, 100)
        frames = [a_frame(number, place, camera_id=one) for one in range(1, cameras + 1)]
        unseen = [Unseen(frame.picture) for frame in frames]
        city.journey.step(
            [replace(frame, picture=one) for frame, one in zip(frames, unseen, strict=True)]
        )
        assert [one.asked for one in unseen] == [number <= 5] * cameras


def test_somebody_in_a_closed_yard_is_an_event_from_first_to_last_sight() -> None:
    city = City(a_camera(1, CLOSED))
    for number in range(60):
        place = (20 + number, 100) if 10 <= number < 30 else None
        city.journey.step([a_frame(number, place)])
    opened, closed = city.outbox.events
    assert opened.id == closed.id
    assert opened.ended_at is None
    # the second sight makes a track: the first one could be a fault
    assert closed.started_at == NOON + timedelta(seconds=1.1)
    assert closed.ended_at == NOON + timedelta(seconds=2.9)
    assert closed.facts["zone"] == "yard"
    assert [change.change for change, _ in city.recorder.recorded] == [Change.OPENED, Change.CLOSED]


def test_crossings_are_counted_by_the_minute_and_are_no_events() -> None:
    city = City(a_camera(1, LINE))
    for number in range(30):
        city.journey.step([a_frame(number, (100, 5 * number))])
    assert city.outbox.counts == []
    city.journey.step([a_frame(601, None)])
    (count,) = city.outbox.counts
    assert (count.minute_at, count.zone_id, count.label) == (NOON, 2, "person")
    assert (count.direction, count.count) == ("forward", 1)
    assert city.outbox.events == []


def test_cameras_are_looked_at_in_one_batch_and_keep_their_own_ids() -> None:
    city = City(a_camera(1), a_camera(2))
    for number in range(3):
        frames = [a_frame(number, (100 + number, 100), camera_id=camera) for camera in (1, 2)]
        city.journey.step(frames)
    assert city.detector.asked == [[1, 2]] * 3
    last = city.recorder.seen[-2:]
    assert [[track.id for track in picture.tracks] for _, picture in last] == [[1], [1]]


def test_frames_of_one_camera_together_give_what_they_give_one_by_one() -> None:
    frames = [a_frame(number, (20 + 3 * number, 20 + 4 * number)) for number in range(40)]
    results = []
    for size in (1, 2, 7):
        city = City(a_camera(1, CLOSED, LINE))
        for start in range(0, len(frames), size):
            city.journey.step(frames[start : start + size])
        city.journey.finish()
        tracks = [picture.tracks for _, picture in city.recorder.seen]
        events = [(e.kind, e.started_at, e.ended_at, e.facts) for e in city.outbox.events]
        results.append((tracks, events, city.outbox.counts))
    assert results[0] == results[1] == results[2]


def test_a_still_picture_costs_no_inference_and_loses_no_track() -> None:
    city = City(a_camera(1))
    for number in range(30):
        city.journey.step([a_frame(number)])
    assert len(city.detector.asked) == 1
    figures = city.journey.figures(1)
    assert figures is not None
    assert (figures.analysed, figures.still) == (30, 29)
    assert [track.id for track in city.recorder.seen[-1][1].tracks] == [1]


def test_without_the_gate_every_frame_is_looked_at() -> None:
    city = City(a_camera(1), gated=False)
    for number in range(30):
        city.journey.step([a_frame(number)])
    assert len(city.detector.asked) == 30


def test_a_detector_that_remembers_sees_every_frame_and_is_told_when_a_camera_goes() -> None:
    remembering = SquareDetector(remembers=True)
    city = City(a_camera(1, detector="motion"), detectors={"motion": remembering})
    for number in range(10):
        city.journey.step([a_frame(number)])
    city.journey.leave(1)
    assert len(remembering.asked) == 10
    assert city.detector.asked == []
    assert remembering.forgotten == [1]


@pytest.mark.parametrize(("feed_fps", "expected"), [(25, 10), (10, 10), (30, 10), (5, 5), (12, 10)])
def test_no_more_frames_are_analysed_than_the_camera_asks_for(feed_fps: int, expected: int) -> None:
    city = City(a_camera(1, analysed_fps=10.0), gated=False)
    for number in range(10 * feed_fps):
        city.journey.step([a_frame(number, fps=feed_fps)])
    assert len(city.detector.asked) == pytest.approx(10 * expected, abs=2)
    assert len(city.recorder.seen) == 10 * feed_fps


@pytest.mark.parametrize("asked", [0.0, -5.0])
def test_a_camera_that_asks_for_no_frames_is_still_looked_at_now_and_then(asked: float) -> None:
    city = City(a_camera(1, analysed_fps=asked), gated=False)
    for number in range(60):
        city.journey.step([a_frame(number, fps=2)])
    assert len(city.detector.asked) == 3


def test_between_analysed_frames_the_last_boxes_are_shown() -> None:
    city = City(a_camera(1, analysed_fps=5.0), gated=False)
    for number in range(20):
        city.journey.step([a_frame(number, (100 + number, 100), fps=25)])
    assert all(picture.tracks for _, picture in city.recorder.seen[10:])


def test_a_picture_says_what_was_found_in_it_and_nothing_where_nobody_looked() -> None:
    city = City(a_camera(1, analysed_fps=5.0), gated=False)
    for number in range(20):
        city.journey.step([a_frame(number, (100 + number, 100), fps=10)])
    found = [picture.found for _, picture in city.recorder.seen]
    assert [one is not None for one in found] == [True, False] * 10
    assert {len(one) for one in found if one is not None} == {1}


def test_tracks_stand_on_the_ground_in_metres_where_calibrated() -> None:
    square = Calibration(WHOLE, ((0, 0), (32, 0), (32, 24), (0, 24)))
    city = City(a_camera(1, calibration=square))
    for number in range(2):
        city.journey.step([a_frame(number, (100, 100 + number))])
    point = city.recorder.seen[-1][1].tracks[0].path[-1]
    assert (point.x_m, point.y_m) == pytest.approx((12.0, 14.1), abs=1e-3)


def test_a_calibration_that_cannot_be_is_said_and_the_camera_still_watched() -> None:
    line = Calibration(((0, 0), (0.3, 0.3), (0.6, 0.6), (1, 1)), ((0, 0), (1, 0), (1, 1), (0, 1)))
    city = City(a_camera(1, calibration=line))
    city.journey.step([a_frame(0)])
    assert [words[:2] for words in city.off] == [(1, "calibration")]
    assert "on a line" in city.journey.rules_off(1)["calibration"]


def test_a_zone_that_cannot_be_is_said_and_the_others_work() -> None:
    city = City(a_camera(1, replace(CLOSED, rule="levitation"), CLOSED))
    for number in range(10):
        city.journey.step([a_frame(number, (20 + number, 100))])
    assert "no rule “levitation”" in city.journey.rules_off(1)["levitation"]
    assert len(city.outbox.events) == 1


def test_zones_change_without_a_break_in_the_tracks() -> None:
    city = City(a_camera(1))
    for number in range(10):
        city.journey.step([a_frame(number, (20 + number, 100))])
    city.journey.watch(a_camera(1, CLOSED))
    for number in range(10, 20):
        city.journey.step([a_frame(number, (20 + number, 100))])
    assert [event.track_ids for event in city.outbox.events] == [(1,)]


def test_a_stream_that_changes_its_size_starts_its_tracks_anew() -> None:
    city = City(a_camera(1))
    for number in range(10):
        wh = WH if number < 5 else (640, 480)
        city.journey.step([a_frame(number, (100 + number, 100), wh=wh)])
    assert [track.id for track in city.recorder.seen[4][1].tracks] == [1]
    assert [track.id for track in city.recorder.seen[-1][1].tracks] == [2]


def test_a_camera_that_is_left_closes_its_event_and_gives_its_counts() -> None:
    city = City(a_camera(1, CLOSED, LINE))
    for number in range(30):
        city.journey.step([a_frame(number, (100, 5 * number))])
    city.journey.leave(1)
    assert city.outbox.events[-1].ended_at == NOON + timedelta(seconds=2.9)
    assert sum(count.count for count in city.outbox.counts) == 1
    assert city.journey.figures(1) is None
    city.journey.leave(1)
    city.journey.step([a_frame(31)])


def test_frames_of_cameras_nobody_watches_are_left() -> None:
    city = City(a_camera(1))
    city.journey.step([a_frame(0, camera_id=9)])
    assert city.recorder.seen == []
    assert city.detector.asked == []


def test_the_latency_is_from_capture_to_outbox() -> None:
    city = City(a_camera(1), now=lambda: NOON + timedelta(seconds=0.25))
    city.journey.step([a_frame(0)])
    figures = city.journey.figures(1)
    assert figures is not None
    assert figures.latency_ms == pytest.approx(250)


def test_memory_stays_flat_while_people_come_and_go() -> None:
    yard = Zone(1, "yard", "intrusion", CLOSED.shape, WHOLE, {"hold_s": 0.0, "gap_s": 0.5})
    city = City(a_camera(1, yard, LINE))

    def watch(start: int) -> None:
        for number in range(start, start + 300):
            step = number % 30
            place = (20 + 4 * step, 30 + 4 * step) if step < 20 else None
            city.journey.step([a_frame(number, place)])
            city.recorder.seen.clear()
            city.recorder.recorded.clear()
        city.outbox.events.clear()
        city.outbox.counts.clear()
        city.detector.asked.clear()
        gc.collect()

    watch(0)
    tracemalloc.start()
    kept: list[int] = []
    for number in range(1, 5):
        watch(300 * number)
        kept.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    # What leaks grows each time; other threads of the test run take something now and then.
    assert min(after - before for before, after in itertools.pairwise(kept)) < 20_000
