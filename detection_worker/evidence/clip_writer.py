"""Encodes clips one after the other, in a thread of its own, so that nobody waits for it."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from data_access.errors import MediaError
from data_access.media import KeptFile, MediaFolder
from detection_worker.evidence.case import BROKEN_OFF, NOT_WRITTEN, TOO_MANY
from detection_worker.evidence.clips import write_clip
from detection_worker.evidence.open_clips import OpenClip

MOST_WAITING_BYTES = 256_000_000
"""What frames may stand in the queue: half a minute of work for one core where they are JPEGs,
some minutes where they are as their cameras encoded them. Beyond it, the newest clip is given
up: an event with a snapshot alone is better than a worker without memory."""

SHOWN_S = 600.0
"""How long a clip that was given up is spoken of."""

OnWritten = Callable[[UUID, KeptFile | None, datetime, str], None]
"""Told the event, the clip's file (None where there is none), when the clip begins, and why
there is none."""

Work = Callable[[], None]

_log = logging.getLogger(__name__)


class ClipWriter:
    """A queue of clips and the thread that writes them into ``media``."""

    def __init__(
        self, media: MediaFolder, on_written: OnWritten, on_tick: Callable[[], None]
    ) -> None:
        self._media = media
        self._on_written = on_written
        self._on_tick = on_tick
        self._queue: deque[OpenClip] = deque()
        self._next_works: deque[Work] = deque()
        self._changed = threading.Condition()
        self._stopping = False
        self._until = 0.0
        self._thread = threading.Thread(target=self._run, name="clip writer", daemon=True)
        self._late_until = 0.0
        self._failing = False

    @property
    def is_late(self) -> bool:
        """Whether a clip was given up within the last ``SHOWN_S``."""
        return time.monotonic() < self._late_until

    @property
    def is_failing(self) -> bool:
        """Whether the last clip could not be written, or the thread has died."""
        return self._failing or (self._thread.ident is not None and not self._thread.is_alive())

    def start(self) -> None:
        """Begin; once."""
        self._thread.start()

    def submit(self, clip: OpenClip) -> None:
        """Write a clip when its turn comes; returns at once."""
        with self._changed:
            waiting = sum(queued.bytes for queued in self._queue)
            full = bool(self._queue) and waiting + clip.bytes > MOST_WAITING_BYTES
            if not full:
                self._queue.append(clip)
                self._changed.notify_all()
        if full:
            self.give_up(clip)

    def do_next(self, work: Work) -> None:
        """Do ``work`` in the writer's thread, before the next clip; returns at once."""
        with self._changed:
            self._next_works.append(work)
            self._changed.notify_all()

    def give_up(self, clip: OpenClip, why: str = TOO_MANY) -> None:
        """The event stays without a clip."""
        self._late_until = time.monotonic() + SHOWN_S
        self._on_written(clip.event_id, None, clip.ends_at, why)

    def stop(self, within_s: float) -> None:
        """Write what waits, for at most ``within_s``; what is left then has no clip.

        What is left to be done besides is left to the next start.
        """
        with self._changed:
            self._stopping = True
            self._until = time.monotonic() + within_s
            self._changed.notify_all()
        self._thread.join(within_s + 1.0)
        while self._queue:
            self.give_up(self._queue.popleft(), BROKEN_OFF)

    def _run(self) -> None:
        while (work := self._next()) is not None or not self._stopping:
            if work is None:
                self._on_tick()
            else:
                work()

    def _next(self) -> Work | None:
        """The next work; None where none comes within a second, or it is time to stop."""
        with self._changed:
            if not self._queue and not self._next_works and not self._stopping:
                self._changed.wait(1.0)
            if self._stopping and time.monotonic() > self._until:
                return None
            if self._next_works:
                return self._next_works.popleft()
            return partial(self._write, self._queue.popleft()) if self._queue else None

    def _write(self, clip: OpenClip) -> None:
        frames = clip.shown_frames
        relative = self._media.new_path(".mp4")
        try:
            with self._media.writing(relative) as path:
                begins_at = write_clip(path, frames)
            kept = self._media.kept(relative)
        except MediaError as error:
            self._failing = True
            _log.error("event %s has no clip: %s", clip.event_id, error)
            self._on_written(clip.event_id, None, clip.ends_at, NOT_WRITTEN)
        else:
            self._failing = False
            self._on_written(clip.event_id, kept, begins_at, "")
