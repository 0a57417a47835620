"""A recording through the journey."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from detection_worker.feeds.source import NOT_A_VIDEO, FeedUnreadable
from detection_worker.frames import Frame, Picture
from detection_worker.pipeline import Journey
from detection_worker.recording import run_through
from tests.detection_worker.items import NOON
from tests.detection_worker.journeys import (
    CLOSED,
    RememberingOutbox,
    RememberingRecorder,
    SquareDetector,
    a_camera,
    a_frame,
)


class Reel:
    """A feed of squares, which may tear."""

    live = False

    def __init__(self, count: int, torn: bool = False) -> None:
        self._count, self._torn = count, torn
        self.closed = False

    def frames(self) -> Iterator[tuple[datetime, Picture]]:
        for number in range(self._count):
            yield NOON + timedelta(seconds=number / 10), a_frame(number, (20, 20)).picture
        if self._torn:
            raise FeedUnreadable("reel.mp4", NOT_A_VIDEO)

    def close(self) -> None:
        self.closed = True


def a_journey(recorder: RememberingRecorder, outbox: RememberingOutbox) -> Journey:
    return Journey(SquareDetector(), {1: a_camera(1, CLOSED)}, recorder, outbox)


@pytest.mark.parametrize("at_once", [1, 3, 100])
def test_every_frame_is_taken_once_in_order_with_its_number(at_once: int) -> None:
    recorder, read, steps = RememberingRecorder(), [], []
    reel = Reel(25)
    count = run_through(
        reel,
        a_journey(recorder, RememberingOutbox()),
        1,
        at_once,
        on_read=lambda frame: read.append(frame.number),
        on_step=steps.append,
    )
    assert count == steps[-1] == 25
    assert [frame.number for frame, _ in recorder.seen] == read == list(range(1, 26))
    assert reel.closed


def test_what_is_open_at_the_end_is_closed() -> None:
    outbox = RememberingOutbox()
    run_through(Reel(25), a_journey(RememberingRecorder(), outbox), 1, 2)
    assert outbox.events[-1].ended_at == NOON + timedelta(seconds=2.4)


def test_a_torn_recording_gives_what_was_there_and_then_says_so() -> None:
    outbox = RememberingOutbox()
    with pytest.raises(FeedUnreadable, match="not a video"):
        run_through(Reel(25, torn=True), a_journey(RememberingRecorder(), outbox), 1, 2)
    assert outbox.events[-1].ended_at is not None


def test_a_fault_of_the_reader_is_nobodys_endless_wait() -> None:
    class Faulty(Reel):
        def frames(self) -> Iterator[tuple[datetime, Picture]]:
            yield from super().frames()
            raise AttributeError("no such thing")

    outbox = RememberingOutbox()
    with pytest.raises(AttributeError, match="no such thing"):
        run_through(Faulty(25), a_journey(RememberingRecorder(), outbox), 1, 2)
    assert outbox.events[-1].ended_at is not None


def test_a_fault_on_the_way_stops_the_reader_too() -> None:
    class Broken(RememberingRecorder):
        def see(self, frame: Frame, picture: object) -> None:
            raise RuntimeError("no room")

    reel = Reel(1000)
    with pytest.raises(RuntimeError, match="no room"):
        run_through(reel, a_journey(Broken(), RememberingOutbox()), 1, 2)
    assert reel.closed
