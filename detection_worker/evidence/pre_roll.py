"""The last seconds of a camera, within a share of the memory."""

from collections import Counter, deque
from datetime import datetime, timedelta

from detection_worker.evidence.kept_frames import KeptFrame, StreamFrame
from detection_worker.frames import Frame, LargePicture
from detection_worker.packets import Group


class PreRoll:
    """The newest ``seconds`` of one camera, in at most ``most_bytes``; oldest first."""

    def __init__(self, seconds: float, most_bytes: int) -> None:
        self._length = timedelta(seconds=seconds)
        self._most_bytes = most_bytes
        self._frames: deque[KeptFrame] = deque()
        self._groups: Counter[Group] = Counter()
        self._jpeg_bytes = 0

    @property
    def bytes(self) -> int:
        """What its pictures weigh; a group is there as long as one picture of it is."""
        return self._jpeg_bytes + sum(group.weight_bytes for group in tuple(self._groups))

    def has_room_for(self, frame: Frame | LargePicture) -> bool:
        """Whether the group of a stream's picture leaves room for the one before it."""
        return frame.encoded is None or 2 * frame.encoded.group.weight_bytes <= self._most_bytes

    def add(self, kept: KeptFrame) -> None:
        """Add the newest frame; a clock that went back begins anew."""
        if self._frames and kept.captured_at <= self._frames[-1].captured_at:
            self._frames.clear()
            self._groups.clear()
            self._jpeg_bytes = 0
        self._frames.append(kept)
        self._weigh(kept, 1)
        since = kept.captured_at - self._length
        while self._frames[0].captured_at < since:
            self._drop_oldest()
        self.limit(self._most_bytes)

    def limit(self, most_bytes: int) -> None:
        """Weigh at most so much from now on; one frame stays whatever it weighs."""
        self._most_bytes = most_bytes
        while len(self._frames) > 1 and self.bytes > most_bytes:
            self._drop_oldest()

    def since(self, at: datetime) -> list[KeptFrame]:
        """The frames from ``at`` on."""
        return [kept for kept in self._frames if kept.captured_at >= at]

    def at(self, at: datetime) -> KeptFrame | None:
        """The frame captured at ``at``, if it is still here."""
        for kept in reversed(self._frames):
            if kept.captured_at <= at:
                return kept if kept.captured_at == at else None
        return None

    def nearest(self, at: datetime, within: timedelta) -> KeptFrame | None:
        """The frame closest to ``at`` and not further away than ``within``."""
        closest = min(self._frames, key=lambda kept: abs(kept.captured_at - at), default=None)
        near = closest is not None and abs(closest.captured_at - at) <= within
        return closest if near else None

    def _drop_oldest(self) -> None:
        self._weigh(self._frames.popleft(), -1)

    def _weigh(self, kept: KeptFrame, sign: int) -> None:
        if not isinstance(kept, StreamFrame):
            self._jpeg_bytes += sign * kept.weight_bytes
            return
        self._groups[kept.encoded.group] += sign
        if not self._groups[kept.encoded.group]:
            del self._groups[kept.encoded.group]
