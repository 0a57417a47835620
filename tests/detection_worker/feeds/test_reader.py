import itertools
import logging
import queue
import random
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from benchmarks.free_ports import free_port
from data_access.domain.feeds import FeedState
from data_access.domain.watch import WatchedCamera
from detection_worker.feeds import opener
from detection_worker.feeds.file import open_file
from detection_worker.feeds.reader import FeedReader, Pauses
from detection_worker.feeds.rtsp import open_rtsp
from detection_worker.feeds.source import (
    NO_FILE,
    OUR_FAULT,
    SILENT,
    UNREADABLE_STREAM,
    FeedUnreadable,
)
from detection_worker.feeds.stream import StreamFeed
from detection_worker.frames import AHEAD, Frame, FrameDesk, Picture, PlainPicture
from tests.detection_worker.feeds.footage import (
    PASSWORD,
    camera,
    hanging_server,
    picture,
    record,
    rtsp_server,
    tcp_server,
)

DEADLINE_S = 90.0
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Told:
    """The states that a reader told, to be waited for."""

    def __init__(self) -> None:
        self._states: queue.Queue[tuple[FeedState, str]] = queue.Queue()
        self.seen: list[tuple[FeedState, str]] = []

    def __call__(self, state: FeedState, reason: str) -> None:
        self._states.put((state, reason))

    def until(self, state: FeedState) -> str:
        while True:
            self.seen.append(self._states.get(timeout=DEADLINE_S))
            if self.seen[-1][0] is state:
                return self.seen[-1][1]


class Played:
    """A feed that gives what it is told to, then fails with ``failure`` or ends."""

    live = True

    def __init__(self, times: list[datetime], failure: Exception | None = None) -> None:
        self._times, self._failure = times, failure
        self.closed = threading.Event()

    def frames(self) -> Iterator[tuple[datetime, Picture]]:
        for number, at in enumerate(self._times):
            yield at, PlainPicture(picture(number % 250))
        if self._failure is not None:
            raise self._failure

    def close(self) -> None:
        self.closed.set()


class Waiting(Played):
    """A feed whose next frame never comes, until it is closed."""

    def frames(self) -> Iterator[tuple[datetime, Picture]]:
        yield from super().frames()
        assert self.closed.wait(DEADLINE_S)


Reading = Callable[..., FeedReader]


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def desk() -> FrameDesk:
    return FrameDesk()


@pytest.fixture
def reading(told: Told, desk: FrameDesk) -> Iterator[Reading]:
    readers: list[FeedReader] = []

    def read(watched: WatchedCamera, open_feed: object, live: bool = True, **more: object):  # type: ignore[no-untyped-def]
        slot = desk.slot(watched.id, live)
        pauses = Pauses(first_s=0.05, longest_s=0.2)
        reader = FeedReader(watched, open_feed, slot, told, pauses=pauses, **more)  # type: ignore[arg-type]
        readers.append(reader)
        reader.start()
        return reader

    yield read
    for reader in readers:
        assert reader.stop(wait_s=DEADLINE_S)


def taken(desk: FrameDesk, count: int) -> list[Frame]:
    frames: list[Frame] = []
    while len(frames) < count:
        found = desk.take(timeout_s=DEADLINE_S)
        assert found, "no frame came in time"
        frames += found
    return frames


def seconds(*numbers: float) -> list[datetime]:
    return [NOON + timedelta(seconds=number) for number in numbers]


def test_a_camera_goes_offline_with_its_server_and_comes_back_with_it(
    tmp_path: Path, reading: Reading, told: Told, desk: FrameDesk
) -> None:
    record(tmp_path / "live.mp4", [n / 10 for n in range(300)])
    port = free_port()
    feed_url = f"rtsp://operator:{PASSWORD}@127.0.0.1:{port}/live.mp4"
    with rtsp_server(tmp_path, port):
        reader = reading(camera(feed_url), opener())
        told.until(FeedState.LIVE)
        before = taken(desk, 3)
    reason = told.until(FeedState.OFFLINE)
    assert reason
    with rtsp_server(tmp_path, port):
        told.until(FeedState.LIVE)
        after = taken(desk, 3)
    assert before[-1].captured_at < after[0].captured_at
    assert before[-1].number < after[0].number
    assert reader.condition().width_px == 160


def test_a_camera_that_never_answers_goes_offline_and_is_tried_again(
    reading: Reading, told: Told
) -> None:
    with tcp_server() as port:
        feed_url = f"rtsp://u:{PASSWORD}@127.0.0.1:{port}/1"
        reader = reading(camera(feed_url), partial(open_rtsp, patience_s=0.3))
        told.until(FeedState.OFFLINE)
        assert told.seen[0][0] is FeedState.CONNECTING
        assert reader.stop(wait_s=DEADLINE_S)
        told.until(FeedState.OFF)


def test_no_password_reaches_a_state_or_the_log(
    reading: Reading, told: Told, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    feed_url = f"rtsp://operator:{PASSWORD}@127.0.0.1:{free_port()}/1?token={PASSWORD}"

    def fail(watched: WatchedCamera) -> Played:
        return Played(seconds(0), ValueError(f"cannot read {watched.feed_url}"))

    reading(camera(feed_url), opener())
    told.until(FeedState.OFFLINE)
    reading(camera(feed_url), fail)
    told.until(FeedState.BROKEN)
    assert "cannot read rtsp://127.0.0.1" in caplog.text
    assert PASSWORD not in caplog.text + str(told.seen)


def test_a_fault_of_our_own_breaks_one_feed_and_is_tried_again(
    reading: Reading, told: Told
) -> None:
    feeds = iter([Played(seconds(0), ZeroDivisionError()), Waiting(seconds(5))])
    reading(camera("x"), lambda _: next(feeds))
    assert told.until(FeedState.BROKEN) == OUR_FAULT
    assert told.until(FeedState.LIVE) == ""


def test_a_stream_of_garbage_is_shown_as_unreadable(reading: Reading, told: Told) -> None:
    reading(camera("x"), lambda _: Played([], FeedUnreadable("x", UNREADABLE_STREAM)))
    assert told.until(FeedState.BROKEN) == UNREADABLE_STREAM


def test_a_missing_recording_is_looked_for_again(
    tmp_path: Path, reading: Reading, told: Told
) -> None:
    reading(camera(tmp_path / "late.mp4"), opener())
    assert told.until(FeedState.OFFLINE) == NO_FILE
    record(tmp_path / "late.mp4")
    told.until(FeedState.LIVE)
    told.until(FeedState.ENDED)


def test_one_camera_that_hangs_holds_up_no_other(reading: Reading, desk: FrameDesk) -> None:
    hanging = Waiting([])
    reading(camera("hangs"), lambda _: hanging)
    reading(WatchedCamera(8, "B", "x"), lambda _: Waiting(seconds(0)))
    assert taken(desk, 1)[0].camera_id == 8


def test_an_analysis_gets_every_frame_and_then_the_end(
    tmp_path: Path, reading: Reading, told: Told, desk: FrameDesk
) -> None:
    path = record(tmp_path / "all.mp4")
    reader = reading(camera(path), partial(open_file, paced=False), live=False)
    frames: list[Frame] = []
    while True:
        over = reader.ended
        found = desk.take(timeout_s=0.05)
        frames += found
        if over and not found:
            break
    assert [frame.number for frame in frames] == list(range(1, 21))
    assert reader.condition().dropped == 0


def test_a_live_feed_drops_what_nobody_takes(reading: Reading, told: Told, desk: FrameDesk) -> None:
    reader = reading(camera("x"), lambda _: Played(seconds(*range(9))))
    told.until(FeedState.ENDED)
    assert [frame.number for frame in desk.take()] == [9]
    assert reader.condition().dropped == 8


def test_times_that_go_back_between_two_connections_still_go_on(
    reading: Reading, desk: FrameDesk, told: Told
) -> None:
    broken = FeedUnreadable("x", UNREADABLE_STREAM)
    feeds = iter([Played(seconds(0, 1, 2), broken), Played(seconds(-3600, -3599))])
    reading(camera("x"), lambda _: next(feeds), live=False)
    times = [frame.captured_at for frame in taken(desk, 5)]
    assert all(earlier < later for earlier, later in itertools.pairwise(times))
    assert (times[4] - times[3]).total_seconds() == pytest.approx(1.0)


def test_the_rate_is_that_of_the_captured_times(
    reading: Reading, desk: FrameDesk, told: Told
) -> None:
    feed = Waiting(seconds(*(n / 8 for n in range(20))))
    reader = reading(camera("x"), lambda _: feed, live=False)
    taken(desk, 20)
    assert reader.condition().fps == pytest.approx(8.0)


def test_ten_seconds_without_a_frame_are_a_stall(
    reading: Reading, desk: FrameDesk, told: Told
) -> None:
    now = [NOON]
    reader = reading(camera("x"), lambda _: Waiting(seconds(0)), now=lambda: now[0])
    taken(desk, 1)
    now[0] = NOON + timedelta(seconds=10)
    assert reader.condition().state is FeedState.LIVE
    now[0] = NOON + timedelta(seconds=11)
    assert (reader.condition().state, reader.condition().reason) == (FeedState.STALLED, SILENT)


def test_a_reader_that_waits_for_its_frame_to_be_taken_stops_at_once(
    reading: Reading, told: Told
) -> None:
    more = seconds(*range(AHEAD + 2))
    reader = reading(camera("x"), lambda _: Played(more), live=False)
    told.until(FeedState.LIVE)
    assert reader.stop(wait_s=DEADLINE_S)
    told.until(FeedState.OFF)


def test_pauses_grow_to_ten_seconds_and_begin_anew_after_a_minute_of_health() -> None:
    pauses = Pauses(chance=random.Random(1))
    grown = [pauses.after(healthy_s=0) for _ in range(7)]
    expected = [1, 2, 4, 8, 10, 10, 10]
    assert all(0.8 * e <= p <= 1.2 * e for p, e in zip(grown, expected, strict=True))
    assert 8 <= pauses.after(healthy_s=59) <= 12
    assert pauses.after(healthy_s=61) <= 1.2


def test_from_one_attempt_in_vain_to_the_next_it_is_never_more_than_twelve_seconds() -> None:
    pauses = Pauses(chance=random.Random(1))
    for _ in range(20):
        assert 0.8 <= pauses.after(healthy_s=0, waited_s=10.0) <= 2.0


def test_a_camera_whose_stills_come_every_half_minute_does_not_stall_between_them(
    reading: Reading, desk: FrameDesk, told: Told
) -> None:
    now = [NOON]
    rare = camera("http://127.0.0.1/still.jpg?every_s=30")
    reader = reading(rare, lambda _: Waiting(seconds(0)), now=lambda: now[0])
    taken(desk, 1)
    now[0] = NOON + timedelta(seconds=89)
    assert reader.condition().state is FeedState.LIVE
    now[0] = NOON + timedelta(seconds=91)
    assert reader.condition().state is FeedState.STALLED


def test_a_camera_that_hung_is_back_with_the_first_attempt_after_its_return(
    tmp_path: Path, told: Told, desk: FrameDesk
) -> None:
    """From attempt to attempt it is twelve seconds at most: so it is back within fifteen."""
    record(tmp_path / "live.mp4", [n / 10 for n in range(300)])
    port = free_port()
    watched = camera(f"rtsp://127.0.0.1:{port}/live.mp4")
    slot = desk.slot(watched.id)
    has_tried, is_back = threading.Event(), threading.Event()
    in_vain, after = itertools.count(), list[WatchedCamera]()

    def attempt(again: WatchedCamera) -> StreamFeed:
        if is_back.is_set():
            after.append(again)
            return open_rtsp(again, patience_s=DEADLINE_S)
        if next(in_vain) == 3:
            has_tried.set()
        return open_rtsp(again, patience_s=0.5)

    reader = FeedReader(watched, attempt, slot, told, pauses=Pauses(first_s=0.1, longest_s=0.5))
    with hanging_server(port):
        reader.start()
        assert has_tried.wait(DEADLINE_S)
    with rtsp_server(tmp_path, port):
        is_back.set()
        told.until(FeedState.LIVE)
        assert len(after) <= 1, "none where the attempt under way found it"
        assert reader.stop(wait_s=DEADLINE_S)
