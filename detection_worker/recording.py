"""A recording through the journey, as fast as it goes: decoding runs ahead in its own thread."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, Queue

from detection_worker.feeds.source import FeedSource
from detection_worker.frames import Frame
from detection_worker.pipeline import Journey

AHEAD = 8
"""Decoded frames that may wait: enough to bridge a key frame, 50 MB at full HD."""

_Read = Frame | Exception | None  # None: the recording is over


def run_through(
    source: FeedSource,
    journey: Journey,
    camera_id: int,
    at_once: int,
    on_read: Callable[[Frame], object] = lambda frame: None,
    on_step: Callable[[int], None] = lambda count: None,
) -> int:
    """Take all frames of ``source`` through ``journey`` and finish it; how many there were.

    ``at_once`` frames go together where that many wait, so that a detector can look at them
    side by side; what is found does not depend on it. ``on_read`` is given each frame in the
    reading thread, ``on_step`` the count so far. Raises FeedError as ``source`` does, after
    finishing the journey.
    """
    count = 0
    try:
        with _read_ahead(_frames(source, camera_id, on_read), source.close) as frames:
            for group in _groups(frames, at_once):
                journey.step(group)
                count += len(group)
                on_step(count)
    finally:
        journey.finish()
    return count


def _frames(
    source: FeedSource, camera_id: int, on_read: Callable[[Frame], object]
) -> Iterator[Frame]:
    for number, (captured_at, picture) in enumerate(source.frames(), 1):
        frame = Frame(camera_id, captured_at, picture, number)
        on_read(frame)
        yield frame


@contextmanager
def _read_ahead(frames: Iterator[Frame], close: Callable[[], None]) -> Iterator["Queue[_Read]"]:
    """A queue that another thread fills; it stops when the context is left."""
    read: Queue[_Read] = Queue(AHEAD)
    stop = threading.Event()
    reader = threading.Thread(target=_read, args=(frames, read, stop), name="read-ahead")
    reader.start()
    try:
        yield read
    finally:
        stop.set()
        close()
        _drain(read)
        reader.join()


def _read(frames: Iterator[Frame], read: "Queue[_Read]", stop: threading.Event) -> None:
    last: Exception | None = None
    try:
        for frame in frames:
            read.put(frame)
            if stop.is_set():
                return
    except Exception as error:  # noqa: BLE001 - raised again by who waits for the next frame
        last = error
    if not stop.is_set():
        read.put(last)


def _drain(frames: "Queue[_Read]") -> None:
    """Make room, so that a reader that waits to put its frame sees the stop."""
    try:
        while True:
            frames.get_nowait()
    except Empty:
        return


def _groups(frames: "Queue[_Read]", at_once: int) -> Iterator[list[Frame]]:
    """Waits for one frame, and takes with it those that are there already."""
    while True:
        group, over, fault = _take(frames, at_once)
        if group:
            yield group
        if fault is not None:
            raise fault
        if over:
            return


def _take(frames: "Queue[_Read]", at_once: int) -> tuple[list[Frame], bool, Exception | None]:
    group: list[Frame] = []
    while len(group) < at_once and not (group and frames.empty()):
        read = frames.get()
        if not isinstance(read, Frame):
            return group, True, read
        group.append(read)
    return group, False, None
