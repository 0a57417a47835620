"""A camera with two streams: the small one is analysed, the large one is kept."""

import itertools
import statistics
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.free_ports import free_port
from data_access.domain.feeds import FeedState
from data_access.domain.watch import WatchedCamera
from detection_worker.feeds import opener
from detection_worker.feeds.pair import SAME_MOMENT, FeedPair
from detection_worker.feeds.source import LARGE_AWAY, NO_ANSWER, SMALL_AWAY, FeedUnreachable
from detection_worker.frames import Frame, FrameDesk, LargePicture, Picture, PlainPicture
from tests.detection_worker.feeds.footage import picture, record, rtsp_server
from tests.detection_worker.watching import PATIENCE_S, wait_until

LARGE_WH, SMALL_WH = (320, 192), (160, 96)


class Stream:
    """Pictures of one size at ten a second; none where it is away."""

    live = True

    def __init__(self, wh: tuple[int, int], away: threading.Event) -> None:
        self._wh, self._away, self._closed = wh, away, threading.Event()

    def frames(self) -> Iterator[tuple[datetime, Picture]]:
        for number in itertools.count():
            if self._closed.wait(0.1):
                return
            if self._away.is_set():
                raise FeedUnreachable("test://", NO_ANSWER)
            yield datetime.now(UTC), PlainPicture(picture(number % 250, self._wh))

    def close(self) -> None:
        self._closed.set()


class Both:
    """A running pair with what it kept and what it left to be analysed."""

    def __init__(self, away_s: float) -> None:
        self.large_away, self.small_away = threading.Event(), threading.Event()
        self.kept: list[Frame | LargePicture] = []
        self.desk = FrameDesk()
        watched = WatchedCamera(7, "C-7", "large", sub_feed_url="small")
        slot = self.desk.slot(7)
        self.pair = FeedPair(
            watched, self._open, slot, self.kept.append, lambda state, reason: None, away_s
        )

    def _open(self, watched: WatchedCamera) -> Stream:
        if watched.feed_url == "large":
            return Stream(LARGE_WH, self.large_away)
        return Stream(SMALL_WH, self.small_away)

    def analysed(self, count: int = 1) -> list[Frame]:
        return [frame for _ in range(count) for frame in self.desk.take(timeout_s=PATIENCE_S)]


@pytest.fixture
def both(request: pytest.FixtureRequest) -> Iterator[Both]:
    """Patient with the small stream, unless the test asks for the reverse."""
    running = Both(away_s=getattr(request, "param", PATIENCE_S))
    running.pair.start()
    yield running
    assert running.pair.stop(wait_s=PATIENCE_S)


def wh(frame: Frame | LargePicture) -> tuple[int, int]:
    image = frame.image_bgr
    assert image is not None
    return image.shape[1], image.shape[0]


def test_the_small_stream_is_analysed_with_the_large_picture_of_its_moment(both: Both) -> None:
    wait_until(lambda: both.kept)
    frames = both.analysed(5)
    while not (paired := [frame for frame in frames if frame.large is not None]):
        frames += both.analysed()
    assert {wh(frame) for frame in frames} == {SMALL_WH}
    assert {wh(frame) for frame in both.kept} == {LARGE_WH}
    for frame in paired:
        assert wh(frame.shown) == LARGE_WH
        assert abs(frame.captured_at - frame.shown.captured_at) <= SAME_MOMENT
    condition = both.pair.condition()
    assert (condition.state, condition.reason) == (FeedState.LIVE, "")
    assert (condition.width_px, condition.height_px) == LARGE_WH


@pytest.mark.parametrize("both", [0.4], indirect=True)
def test_without_the_small_stream_the_large_one_is_analysed(both: Both) -> None:
    both.analysed()
    both.small_away.set()
    wait_until(lambda: LARGE_WH in {wh(frame) for frame in both.analysed()})
    wait_until(lambda: both.pair.condition().reason == SMALL_AWAY)
    assert both.pair.condition().state is FeedState.LIVE


def test_without_the_large_stream_the_small_one_is_evidence(both: Both) -> None:
    both.analysed()
    both.large_away.set()
    wait_until(lambda: both.pair.condition().reason == LARGE_AWAY)
    wait_until(lambda: all(frame.large is None for frame in both.analysed(2)))
    assert wh(both.analysed()[0].shown) == SMALL_WH


def test_one_moment_has_one_time_in_both_streams_of_a_real_camera(tmp_path: Path) -> None:
    """Both streams show the same number at the same moment, as brightness."""
    times = [number / 10 for number in range(60)]
    record(tmp_path / "main.mp4", times, LARGE_WH)
    record(tmp_path / "sub.mp4", times, SMALL_WH)
    port, desk, kept = free_port(), FrameDesk(), list[Frame | LargePicture]()
    address = f"rtsp://127.0.0.1:{port}"
    watched = WatchedCamera(7, "C-7", f"{address}/main.mp4", sub_feed_url=f"{address}/sub.mp4")
    with rtsp_server(tmp_path, port):
        slot = desk.slot(7)
        pair = FeedPair(watched, opener(), slot, kept.append, lambda state, reason: None)
        pair.start()
        analysed = [frame for _ in range(25) for frame in desk.take(timeout_s=PATIENCE_S)]
        assert pair.stop(wait_s=PATIENCE_S)
    # The server begins each stream anew when it is opened: their beginnings may differ, their
    # pace may not.
    paired = [frame for frame in analysed if frame.large is not None]
    assert len(paired) >= 5
    gaps_s = [abs((f.captured_at - f.shown.captured_at).total_seconds()) for f in paired]
    assert statistics.median(gaps_s) < 0.4
    large = paired[-1].large
    assert large is not None and large.encoded is not None  # kept as it was sent
    image = large.image_bgr
    assert image is not None and image.shape[:2] == (LARGE_WH[1], LARGE_WH[0])
