"""What one camera's recorder remembers: its last seconds, and the clips that are being taken."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from detection_worker.evidence.kept_frames import KeptFrame
from detection_worker.evidence.pre_roll import PreRoll
from detection_worker.frames import Frame, LargePicture

PRE_ROLL_S = 5.0
"""Seconds before the event begins that its clip shows (issue: 5 s before, 5 s after)."""

POST_ROLL_S = 5.0
"""Seconds after its end."""

LONGEST_AFTER_OPENING_S = 20.0
"""An event that lasts longer has its clip so long after it was opened."""

HOLD_S = 5.0
"""How much longer than the pre-roll frames are kept: a rule opens an event only after it was
found for a while, and the clip begins before that."""

SILENT_S = 5.0
"""A clip whose camera gives no frame for so long is finished with what there is."""


@dataclass(slots=True)
class OpenClip:
    """A clip that is being taken; its frames are shared with every other clip of the camera."""

    event_id: UUID
    frames: list[KeptFrame]
    ends_at: datetime
    touched_s: float = field(default_factory=time.monotonic)
    broken_off: bool = False

    def add(self, kept: KeptFrame) -> None:
        """One more frame; a clock that went back ends the clip, for time in it only grows."""
        self.touched_s = time.monotonic()
        if self.frames and kept.captured_at <= self.frames[-1].captured_at:
            self.broken_off = True
        else:
            self.frames.append(kept)

    @property
    def is_complete(self) -> bool:
        """Whether its last frame is at or past its end, or no more can come."""
        over = bool(self.frames) and self.frames[-1].captured_at >= self.ends_at
        return over or self.broken_off

    @property
    def shown_frames(self) -> list[KeptFrame]:
        """Its frames up to its end; one at least, where it has any."""
        return [kept for kept in self.frames if kept.captured_at <= self.ends_at] or self.frames[:1]

    @property
    def bytes(self) -> int:
        """What its frames weigh, shared or not."""
        return sum(kept.weight_bytes for kept in self.frames)


class CameraRoll:
    """One camera's pre-roll and open clips; any thread may call."""

    def __init__(self, most_bytes: int) -> None:
        self._pre_roll = PreRoll(PRE_ROLL_S + HOLD_S, most_bytes)
        self._clips: dict[UUID, OpenClip] = {}
        self._lock = threading.Lock()

    @property
    def bytes(self) -> int:
        """What the pre-roll weighs."""
        return self._pre_roll.bytes

    def limit(self, most_bytes: int) -> None:
        """Give the pre-roll another share of the memory."""
        with self._lock:
            self._pre_roll.limit(most_bytes)

    def has_room_for(self, frame: Frame | LargePicture) -> bool:
        """Whether the pre-roll can hold the frame as its camera encoded it."""
        return self._pre_roll.has_room_for(frame)

    def keep(self, kept: KeptFrame) -> list[OpenClip]:
        """Take the newest frame; returns the clips that are complete with it."""
        with self._lock:
            self._pre_roll.add(kept)
            for clip in self._clips.values():
                clip.add(kept)
            return self._take(lambda clip: clip.is_complete)

    def at(self, at: datetime) -> KeptFrame | None:
        """The kept frame that was captured at ``at``."""
        with self._lock:
            return self._pre_roll.at(at)

    def nearest(self, at: datetime, within_s: float) -> KeptFrame | None:
        """The kept frame closest to ``at``, if one is so near."""
        with self._lock:
            return self._pre_roll.nearest(at, timedelta(seconds=within_s))

    def open(self, event_id: UUID, started_at: datetime, opened_at: datetime) -> None:
        """Begin the clip of an event, with what is already there."""
        ends_at = opened_at + timedelta(seconds=LONGEST_AFTER_OPENING_S)
        with self._lock:
            frames = self._pre_roll.since(started_at - timedelta(seconds=PRE_ROLL_S))
            self._clips[event_id] = OpenClip(event_id, frames, ends_at)

    def close(self, event_id: UUID, ended_at: datetime) -> list[OpenClip]:
        """The event is over: its clip ends after the post-roll; returns it if that is now."""
        with self._lock:
            clip = self._clips.get(event_id)
            if clip is not None:
                clip.ends_at = min(clip.ends_at, ended_at + timedelta(seconds=POST_ROLL_S))
            return self._take(lambda clip: clip.is_complete)

    def take_silent(self, silent_s: float = SILENT_S) -> list[OpenClip]:
        """The clips whose camera has given no frame for so long."""
        since_s = time.monotonic() - silent_s
        with self._lock:
            return self._take(lambda clip: clip.touched_s < since_s)

    def take_all(self) -> list[OpenClip]:
        """All clips as they are: the camera is left."""
        with self._lock:
            return self._take(lambda clip: True)

    def _take(self, chosen: Callable[[OpenClip], bool]) -> list[OpenClip]:
        taken = [clip for clip in self._clips.values() if chosen(clip)]
        for clip in taken:
            del self._clips[clip.event_id]
        return taken
