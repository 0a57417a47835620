"""The last seconds of a camera in memory, as compressed pictures that many may share."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta

import cv2
import numpy as np

from detection_worker.frames import Frame, Image

KEPT_WIDTH_PX = 1280
"""Pictures are kept at most this wide: clips and live pictures need no more."""

KEPT_QUALITY = 82
"""JPEG quality at which a clip made of the pictures shows no blocks of its own; about 60 kB for
960 × 540, in 1.3 ms."""


@dataclass(frozen=True, slots=True, eq=False)
class KeptFrame:
    """A frame as JPEG, at most ``KEPT_WIDTH_PX`` wide; ``frame_wh`` is its size before."""

    captured_at: datetime
    jpeg: bytes
    frame_wh: tuple[int, int]

    @property
    def image(self) -> Image:
        """The picture, decoded anew."""
        image = cv2.imdecode(np.frombuffer(self.jpeg, np.uint8), cv2.IMREAD_COLOR)
        assert image is not None, "a kept frame is a JPEG of our own making"
        return image.astype(np.uint8, copy=False)


def compressed(frame: Frame) -> KeptFrame:
    """The frame in the size and quality in which it is kept."""
    height, width = frame.image_bgr.shape[:2]
    jpeg = as_jpeg(narrowed(frame.image_bgr, KEPT_WIDTH_PX), KEPT_QUALITY)
    return KeptFrame(frame.captured_at, jpeg, (width, height))


def narrowed(image: Image, width_px: int) -> Image:
    """The picture at most ``width_px`` wide, in its proportions; never enlarged."""
    height, width = image.shape[:2]
    if width <= width_px:
        return image
    size = (width_px, max(1, round(height * width_px / width)))
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)


def as_jpeg(image: Image, quality: int) -> bytes:
    """The picture as JPEG; quality 0 to 100."""
    _, words = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return bytes(words)


class PreRoll:
    """The newest ``seconds`` of one camera, in at most ``most_bytes``; oldest first."""

    def __init__(self, seconds: float, most_bytes: int) -> None:
        self._length = timedelta(seconds=seconds)
        self._most_bytes = most_bytes
        self._frames: deque[KeptFrame] = deque()
        self.bytes = 0

    def add(self, kept: KeptFrame) -> None:
        """Add the newest frame; a clock that went back begins anew."""
        if self._frames and kept.captured_at <= self._frames[-1].captured_at:
            self._frames.clear()
            self.bytes = 0
        self._frames.append(kept)
        self.bytes += len(kept.jpeg)
        since = kept.captured_at - self._length
        while self._frames[0].captured_at < since:
            self._drop_oldest()
        self.limit(self._most_bytes)

    def limit(self, most_bytes: int) -> None:
        """Weigh at most so much from now on; one frame stays whatever it weighs."""
        self._most_bytes = most_bytes
        while self.bytes > most_bytes and len(self._frames) > 1:
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
        self.bytes -= len(self._frames.popleft().jpeg)
