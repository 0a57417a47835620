"""Live streams as FFmpeg opens them; what differs from kind to kind stands in its own file."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar

from data_access.domain.watch import WatchedCamera
from detection_worker.feeds.clock import ArrivalClock, OnwardClock, RealTime, SteadyClock
from detection_worker.feeds.redact import without_secrets
from detection_worker.feeds.source import (
    BROKE_OFF,
    NO_ANSWER,
    UNREADABLE_STREAM,
    FeedUnreachable,
    FeedUnreadable,
)
from detection_worker.feeds.video import Video
from detection_worker.frames import LargePicture, Picture
from detection_worker.player import Player

PATIENCE_S = 10.0
"""How long connecting may take, and how long no picture may come, before the feed is left."""

LONGEST_PAUSE_S = 10.0
"""A leap of a stream's clock beyond this is a fault of the clock."""

LEAST_STEP_S = 0.001
"""Between two frames that claim the same time."""

SETTLING_S = 3.0
"""In the first seconds after connecting, frames from before it are passed over."""

QUICK = {"analyzeduration": "500000"}
"""FFmpeg looks at half a second before it gives frames, not at five."""

T = TypeVar("T")

When = Callable[[float | None], datetime | None]
"""When a frame was captured, by its time on the stream's clock; ``None`` for one to pass over."""


@dataclass(frozen=True, slots=True)
class Way:
    """How FFmpeg opens a stream: its address, and options with their meaning in FFmpeg's pages.

    ``silence`` is the reason to give where nobody answers at all, if not the usual one.
    """

    location: str
    options: Mapping[str, str] = field(default_factory=lambda: QUICK)
    silence: str = NO_ANSWER

    def __repr__(self) -> str:
        return f"Way({without_secrets(self.location)!r})"


class StreamFeed:
    """A live stream; its frames are captured when they arrive, evened out by its own clock.

    Nothing is connected before ``frames`` is iterated.
    """

    live = True

    def __init__(
        self, camera: WatchedCamera, way: Way | None = None, patience_s: float = PATIENCE_S
    ) -> None:
        self._camera_id, self._url = camera.id, camera.feed_url
        self._way = way or Way(camera.feed_url)
        self._patience_s = patience_s
        self._closing = threading.Event()
        self._clock = SteadyClock()
        self.decoder = ""

    def close(self) -> None:
        """Let ``frames`` end at its next frame; one that waits for a camera gives up in time."""
        self._closing.set()

    def frames(self) -> Iterator[tuple[datetime, Picture]]:
        """Pictures and when they were captured, until the stream breaks: it has no end.

        Raises:
            FeedError: nobody answers in time, no picture comes for as long, or it is no video.
        """
        with self._open() as video:
            for captured_at, picture in self._timed(video, video.pictures()):
                self.decoder = video.decoder
                yield captured_at, picture
        self._has_ended()

    def as_sent(self) -> Iterator[LargePicture]:
        """As ``frames``, but each is decoded when somebody asks for it, where that can be."""
        with self._open() as video:
            if video.again:
                yield from self._undecoded(video)
            again = video.again
        if again:
            self._has_ended()
            return
        for captured_at, picture in self.frames():
            yield LargePicture.of(self._camera_id, captured_at, picture)

    def _undecoded(self, video: Video) -> Iterator[LargePicture]:
        """From the first on that can be decoded: it tells their size, and that it is video."""
        player, wh, began_s = Player(), None, time.monotonic()
        for captured_at, picture in self._timed(video, video.sent()):
            look = partial(player.image, picture)
            if wh is None and (image := look()) is not None:
                wh = image.shape[1], image.shape[0]
            if wh is not None:
                yield LargePicture(self._camera_id, captured_at, wh, look, picture)
            elif time.monotonic() - began_s > self._patience_s:
                raise FeedUnreadable(self._url, UNREADABLE_STREAM)

    def _has_ended(self) -> None:
        if not self._closing.is_set():
            raise FeedUnreachable(self._url, BROKE_OFF)

    @contextmanager
    def _open(self) -> Iterator[Video]:
        try:
            video = Video(self._url, self._way.options, self._patience_s, self._way.location)
        except FeedUnreachable as error:
            if error.reason == NO_ANSWER:
                raise FeedUnreachable(self._url, self._way.silence) from None
            raise
        with closing(video):
            yield video

    def _timed(
        self, video: Video, pictures: Iterator[tuple[float | None, T]]
    ) -> Iterator[tuple[datetime, T]]:
        when = (self._due if video.kind == "hls" else self._arrived)(video.step_s)
        for told_s, picture in pictures:
            captured_at = when(told_s)
            if self._closing.is_set():
                return
            if captured_at is not None:
                yield captured_at, picture

    def _arrived(self, step_s: float) -> When:
        """Frames that come one by one."""
        told, clock, onward = OnwardClock(step_s), ArrivalClock(), OnwardClock(LEAST_STEP_S)
        settled_at = self._clock.now() + timedelta(seconds=SETTLING_S)

        def when(told_s: float | None) -> datetime | None:
            arrived_at = self._clock.now()
            early_s, captured_s = clock.read(told.read(told_s), arrived_at.timestamp())
            if early_s > step_s / 2 and arrived_at < settled_at:
                return None
            return datetime.fromtimestamp(onward.read(captured_s), UTC)

        return when

    def _due(self, step_s: float) -> When:
        """Frames that come in heaps of seconds (HLS), spread over the time they show."""
        told, real_time = OnwardClock(step_s, LONGEST_PAUSE_S), RealTime(self._clock)

        def when(told_s: float | None) -> datetime:
            captured_at, wait_s = real_time.due(told.read(told_s))
            self._closing.wait(wait_s)
            return captured_at

        return when
