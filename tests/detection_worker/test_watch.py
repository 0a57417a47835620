import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from data_access.domain.events import EventRecord, TrafficCount
from data_access.domain.feeds import FeedState, FeedStatus
from detection_worker.errors import DetectorError
from detection_worker.event_desk import EventChange
from detection_worker.frames import Frame
from detection_worker.named_detectors import OTHER_DETECTOR_FAILS, NamedDetectors
from detection_worker.pipeline import Journey, SeenPicture
from detection_worker.watch import Rate, Watch
from tests.detection_worker.watching import (
    PATIENCE_S,
    WhiteSquares,
    a_camera,
    a_closed_zone,
    open_test_feed,
    wait_until,
)


class Notes:
    """A recorder and an outbox that note what they are given."""

    def __init__(self) -> None:
        self.kept: dict[int, int] = {}
        self.captured_at: list[datetime] = []
        self.seen: dict[int, int] = {}
        self.forgotten: list[int] = []
        self.put_items: list[EventRecord | TrafficCount] = []

    def keep(self, frame: Frame) -> None:
        self.kept[frame.camera_id] = self.kept.get(frame.camera_id, 0) + 1
        self.captured_at.append(frame.captured_at)

    def see(self, frame: Frame, picture: SeenPicture) -> None:
        self.seen[frame.camera_id] = self.seen.get(frame.camera_id, 0) + 1

    def record(self, change: EventChange, frame: Frame, tracks: Any) -> EventRecord:
        return change.record

    def forget(self, camera_id: int) -> None:
        self.forgotten.append(camera_id)

    def put(self, item: EventRecord | TrafficCount) -> None:
        self.put_items.append(item)

    def events(self) -> list[EventRecord]:
        return [item for item in self.put_items if isinstance(item, EventRecord)]


class Watched:
    """A running watch with its detectors and notes."""

    def __init__(self) -> None:
        self.notes, self.detector = Notes(), WhiteSquares()
        self.other = WhiteSquares("other")
        self.detectors = NamedDetectors(self._open)
        journey = Journey(
            self.detector, {}, self.notes, self.notes, detectors=self.detectors, gated=False
        )
        self.ended: list[bool] = []
        self.watch = Watch(journey, self.notes, open_test_feed, lambda: self.ended.append(True))
        self.watch.start()

    def _open(self, name: str) -> WhiteSquares:
        if name != "other":
            raise DetectorError(f"There is no detector {name}.")
        return self.other

    def statuses(self) -> dict[int, FeedStatus]:
        return {one.camera_id: one for one in self.watch.statuses(datetime.now(UTC))}

    def state(self, camera_id: int) -> FeedState | None:
        status = self.statuses().get(camera_id)
        return status.state if status else None


@pytest.fixture
def watched() -> Iterator[Watched]:
    watched = Watched()
    yield watched
    watched.watch.stop(within_s=PATIENCE_S)


def test_cameras_are_watched_from_the_moment_they_are_named(watched: Watched) -> None:
    watched.watch.follow([a_camera(1)])
    wait_until(lambda: watched.detector.asked.get(1))
    watched.watch.follow([a_camera(1), a_camera(2)])
    wait_until(lambda: watched.detector.asked.get(2))
    assert watched.state(1) is watched.state(2) is FeedState.LIVE


def test_a_camera_that_is_no_longer_named_is_left(watched: Watched) -> None:
    watched.watch.follow([a_camera(1), a_camera(2)])
    wait_until(lambda: len(watched.detector.asked) == 2)
    watched.watch.follow([a_camera(2)])
    wait_until(lambda: watched.state(1) is None)
    assert watched.notes.forgotten == [1]
    asked = watched.detector.asked[2]
    wait_until(lambda: watched.detector.asked[2] > asked)


def test_a_broken_camera_says_why_and_slows_nobody(watched: Watched) -> None:
    watched.watch.follow([a_camera(1, "test://broken"), a_camera(2)])
    wait_until(lambda: watched.detector.asked.get(2, 0) > 5)
    status = watched.statuses()[1]
    assert (status.state, "does not answer" in status.reason) == (FeedState.OFFLINE, True)


def test_every_frame_is_kept_and_only_as_many_analysed_as_wanted(watched: Watched) -> None:
    watched.watch.follow([a_camera(1, analysed_fps=5.0)])
    wait_until(lambda: watched.notes.kept.get(1, 0) >= 50)
    watched.watch.stop(within_s=PATIENCE_S)
    passed_s = (watched.notes.captured_at[-1] - watched.notes.captured_at[0]).total_seconds()
    assert watched.detector.asked[1] <= passed_s * 5.0 + 1
    assert watched.detector.asked[1] < watched.notes.kept[1]


def test_changed_zones_are_taken_over_without_a_break(watched: Watched) -> None:
    camera = a_camera(1)
    watched.watch.follow([camera])
    wait_until(lambda: watched.detector.asked.get(1))
    since_at = watched.statuses()[1].since_at
    watched.watch.follow([replace(camera, zones=(a_closed_zone(),))])
    wait_until(watched.notes.events)
    assert watched.notes.events()[0].kind == "intrusion"
    assert watched.statuses()[1].since_at == since_at
    assert watched.notes.forgotten == []


def test_another_feed_address_opens_the_feed_anew(watched: Watched) -> None:
    watched.watch.follow([a_camera(1, "test://broken")])
    wait_until(lambda: watched.state(1) is FeedState.OFFLINE)
    watched.watch.follow([a_camera(1, "test://moving?now")])
    wait_until(lambda: watched.detector.asked.get(1))
    assert watched.state(1) is FeedState.LIVE


def test_a_camera_may_have_a_detector_of_its_own(watched: Watched) -> None:
    watched.watch.follow([a_camera(1), a_camera(2, detector="other")])
    wait_until(lambda: watched.detector.asked.get(1) and watched.other.asked.get(2))
    assert 2 not in watched.detector.asked and 1 not in watched.other.asked
    assert watched.statuses()[2].detector == "other"


def test_where_its_own_detector_cannot_work_the_usual_one_looks(watched: Watched) -> None:
    watched.watch.follow([a_camera(1, detector="missing")])
    wait_until(lambda: watched.detector.asked.get(1))
    assert watched.detectors.trouble == OTHER_DETECTOR_FAILS


def test_events_that_are_open_are_closed_when_the_watch_stops(watched: Watched) -> None:
    watched.watch.follow([a_camera(1, zones=(a_closed_zone(),))])
    wait_until(watched.notes.events)
    watched.watch.stop(within_s=PATIENCE_S)
    last = watched.notes.events()[-1]
    assert last.ended_at is not None and last.id == watched.notes.events()[0].id


def test_a_detector_that_breaks_ends_the_watch_and_says_with_what(watched: Watched) -> None:
    watched.detector.fails = True
    watched.watch.follow([a_camera(1)])
    wait_until(lambda: watched.ended)
    assert str(watched.watch.failure) == "the detector broke"


def test_a_rate_is_taken_over_two_seconds() -> None:
    rate = Rate()
    assert [rate.of(count, now_s) for count, now_s in ((0, 10.0), (5, 11.0), (20, 12.0))] == [
        0.0, 0.0, 10.0,
    ]  # fmt: skip
    assert rate.of(25, 13.0) == 10.0


def test_a_computer_that_is_too_slow_looks_at_all_cameras_less_often() -> None:
    """Six cameras ask for sixty pictures a second of a detector that can do twenty."""

    class Slow(WhiteSquares):
        def detect(self, cameras: list[int], images: list[Any]) -> Any:
            time.sleep(0.05 * len(images))
            return super().detect(cameras, images)

    slow, notes = Slow(), Notes()
    watch = Watch(Journey(slow, {}, notes, notes), notes, open_test_feed)
    watch.start()
    watch.follow([a_camera(number) for number in range(1, 7)])
    wait_until(lambda: watch.analysed_share < 0.9)
    before = dict(slow.asked)
    wait_until(lambda: sum(slow.asked.values()) - sum(before.values()) >= 90)
    watch.stop(within_s=PATIENCE_S)
    seen = [slow.asked[number] - before[number] for number in range(1, 7)]
    assert min(seen) > 0.3 * max(seen), seen
    assert min(notes.kept.values()) > max(seen), "every picture is kept all the same"
