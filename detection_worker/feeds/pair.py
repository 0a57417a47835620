"""A camera's two streams: the small one is analysed, the large one is kept for evidence.

The large one is not decoded: its pictures are kept as the camera sent them, and decoded when
somebody asks for one. Both are timed by their arrival on this machine's clock, so that a moment
has one time in both. Where one of them fails, the other does its work too, and the camera is
never without a watch.
"""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

from data_access.domain.feeds import FeedState
from data_access.domain.watch import WatchedCamera
from detection_worker.feeds.reader import FeedCondition, FeedReader, OnState
from detection_worker.feeds.source import LARGE_AWAY, SMALL_AWAY, FeedSource, OpenFeed
from detection_worker.feeds.stream import StreamFeed
from detection_worker.frames import Frame, LargePicture, PlainPicture, Slot

AWAY_S = 10.0
"""After so long without a small picture the large ones are analysed: as long as a stall."""

SAME_MOMENT = timedelta(seconds=1)
"""A large picture further from the small one than this no longer shows what was analysed."""

PassOn = Callable[[Frame, threading.Event], None]
Keep = Callable[[Frame | LargePicture], object]


class FeedPair:
    """Reads both streams of ``camera`` as one feed; it does what a ``FeedReader`` does.

    Frames of the small stream go into ``slot`` with the large one of their moment; ``keep``
    is shown each large one.
    """

    def __init__(
        self,
        camera: WatchedCamera,
        open_feed: OpenFeed,
        slot: Slot,
        keep: Keep,
        on_state: OnState,
        away_s: float = AWAY_S,
    ) -> None:
        assert camera.sub_feed_url is not None, "a pair has a small stream"
        self._slot, self._keep, self._away_s = slot, keep, away_s
        small = replace(camera, feed_url=camera.sub_feed_url)
        self._large = LargeReader(camera, open_feed, self._large_came, on_state)
        self._small = FeedReader(small, open_feed, _Passing(self._small_came), _named(on_state))
        self._newest: LargePicture | None = None
        self._small_came_s = time.monotonic()

    def start(self) -> None:
        """Begin to read; once."""
        self._large.start()
        self._small.start()

    def stop(self, wait_s: float = 0.0) -> bool:
        """Stop for good, and wait up to ``wait_s`` for each thread; whether both have ended."""
        stopped = [reader.stop(0.0) for reader in (self._large, self._small)]
        self._slot.wake()
        if wait_s and not all(stopped):
            stopped = [reader.stop(wait_s) for reader in (self._large, self._small)]
        return all(stopped)

    @property
    def ended(self) -> bool:
        """Whether no more frames will come."""
        return self._large.ended and self._small.ended

    def condition(self) -> FeedCondition:
        """How the camera is doing: live as long as one of its streams is, with what is wrong.

        The rate is that of what is analysed, the size that of what is kept.
        """
        large, small = self._large.condition(), self._small.condition()
        dropped = self._slot.dropped
        if small.state is not FeedState.LIVE:
            reason = SMALL_AWAY if large.state is FeedState.LIVE else large.reason
            return replace(large, reason=reason, dropped=dropped)
        if large.state is not FeedState.LIVE:
            return replace(small, reason=LARGE_AWAY, dropped=dropped)
        return replace(large, fps=small.fps, dropped=dropped, decoder=small.decoder)

    def _large_came(self, picture: LargePicture, stop: threading.Event) -> None:
        if time.monotonic() - self._small_came_s > self._away_s:
            self._newest = None
            self._analyse(picture, stop)
        elif not stop.is_set():
            self._keep(picture)
            self._newest = picture

    def _analyse(self, picture: LargePicture, stop: threading.Event) -> None:
        image = picture.image_bgr
        if image is not None:
            seen = PlainPicture(image, picture.encoded)
            self._slot.put(Frame(picture.camera_id, picture.captured_at, seen), stop)

    def _small_came(self, frame: Frame, stop: threading.Event) -> None:
        self._small_came_s = time.monotonic()
        large = self._newest
        if large is not None and abs(frame.captured_at - large.captured_at) > SAME_MOMENT:
            large = None
        self._slot.put(replace(frame, large=large), stop)


class LargeReader(FeedReader):
    """Reads a stream for its pictures as they were sent, and gives each one to ``came``."""

    def __init__(
        self,
        camera: WatchedCamera,
        open_feed: OpenFeed,
        came: Callable[[LargePicture, threading.Event], None],
        on_state: OnState,
    ) -> None:
        super().__init__(camera, open_feed, Slot(live=True), on_state)
        self._came = came

    def _read(self, source: FeedSource) -> None:
        for picture in self._pictures(source):
            if self._stop.is_set():
                return
            at = self._note(picture.captured_at, picture.wh, source)
            self._came(replace(picture, captured_at=at), self._stop)

    def _pictures(self, source: FeedSource) -> Iterator[LargePicture]:
        if isinstance(source, StreamFeed):
            yield from source.as_sent()
            return
        for at, picture in source.frames():
            yield LargePicture.of(self.camera.id, at, picture)


class _Passing(Slot):
    """A slot that keeps nothing: each frame goes on at once."""

    def __init__(self, pass_on: PassOn) -> None:
        super().__init__(live=True)
        self._pass_on = pass_on

    def put(self, frame: Frame, stop: threading.Event) -> None:
        self._pass_on(frame, stop)


def _named(on_state: OnState) -> OnState:
    """Only the failures of the small stream are told: the camera's state is that of the large."""

    def tell(state: FeedState, reason: str) -> None:
        if reason:
            on_state(state, reason)

    return tell
