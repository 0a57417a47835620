"""Frames kept in memory, in a form that many may share.

A stream's pictures are kept as the camera encoded them, which costs nothing until one is asked
for; pictures that came without a stream (stills, scenes) are kept as JPEG.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import Protocol

import cv2
import numpy as np

from detection_worker.frames import Frame, Image, LargePicture
from detection_worker.packets import EncodedPicture, decoded

KEPT_WIDTH_PX = 1280
"""JPEGs are kept at most this wide: clips and live pictures need no more."""

KEPT_QUALITY = 82
"""JPEG quality at which a clip made of the pictures shows no blocks of its own; about 60 kB for
960 × 540, in 1.3 ms."""


EVIDENCE_QUALITY = 92
"""JPEG quality of evidence: no artefact that could be taken for something seen."""

_REDUCED = (
    (8, cv2.IMREAD_REDUCED_COLOR_8),
    (4, cv2.IMREAD_REDUCED_COLOR_4),
    (2, cv2.IMREAD_REDUCED_COLOR_2),
)
"""JPEG can be decoded at a fraction of its size for a fraction of the cost."""


class KeptFrame(Protocol):
    """A frame that can be seen again; ``frame_wh`` is the size it had when it came."""

    @property
    def captured_at(self) -> datetime:
        """When it was captured, aware UTC."""
        ...

    @property
    def frame_wh(self) -> tuple[int, int]:
        """Width and height in pixels, before it was kept."""
        ...

    @property
    def weight_bytes(self) -> int:
        """What it weighs in memory; a stream's picture, its share of its group."""
        ...

    @property
    def image(self) -> Image | None:
        """The picture; None where the camera's packets turn out to be damaged."""
        ...

    @property
    def jpeg(self) -> bytes | None:
        """The picture as a file of evidence; None where ``image`` is."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class JpegFrame:
    """A frame as JPEG, at most ``KEPT_WIDTH_PX`` wide."""

    captured_at: datetime
    jpeg: bytes
    frame_wh: tuple[int, int]

    @property
    def weight_bytes(self) -> int:
        """What it weighs."""
        return len(self.jpeg)

    @property
    def image(self) -> Image:
        """The picture, decoded anew."""
        return self.reduced(KEPT_WIDTH_PX)

    def reduced(self, width_px: int) -> Image:
        """The picture at a half, a quarter, an eighth, but no narrower than ``width_px``."""
        kept_width = min(self.frame_wh[0], KEPT_WIDTH_PX)
        whole = cv2.IMREAD_COLOR
        flag = next((flag for part, flag in _REDUCED if kept_width // part >= width_px), whole)
        image = cv2.imdecode(np.frombuffer(self.jpeg, np.uint8), flag)
        assert image is not None, "a kept frame is a JPEG of our own making"
        return image.astype(np.uint8, copy=False)


@dataclass(frozen=True, slots=True, eq=False)
class StreamFrame:
    """A frame as its camera encoded it, in its full size."""

    captured_at: datetime
    encoded: EncodedPicture
    frame_wh: tuple[int, int]

    @property
    def weight_bytes(self) -> int:
        """What it weighs, as its share of its group."""
        return self.encoded.group.weight_bytes // max(1, len(self.encoded.group.packets))

    @property
    def image(self) -> Image | None:
        """The picture, decoded anew from its key picture on: up to seconds of stream."""
        return self.encoded.image

    @property
    def jpeg(self) -> bytes | None:
        """The picture in the quality of evidence."""
        image = self.image
        return as_jpeg(image, EVIDENCE_QUALITY) if image is not None else None


@dataclass(frozen=True, eq=False)
class NewestFrame:
    """A camera's newest picture as it came, for those who look; a JPEG once somebody wants one."""

    frame: Frame | LargePicture

    @property
    def captured_at(self) -> datetime:
        """When it was captured."""
        return self.frame.captured_at

    @property
    def frame_wh(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.frame.wh

    @cached_property
    def jpeg(self) -> bytes | None:
        """The picture in the size and quality in which pictures are kept; None: it is damaged."""
        image = self.frame.image_bgr
        return _kept_jpeg(image) if image is not None else None

    def reduced(self, width_px: int) -> Image | None:
        """The picture as it came; nobody draws into it. None where it is damaged."""
        return self.frame.image_bgr


ShownFrame = JpegFrame | NewestFrame
"""What live pictures are made of."""


def kept_of(frame: Frame | LargePicture, has_room: bool = True) -> JpegFrame | StreamFrame | None:
    """The frame as it is kept: as its camera encoded it where there is room, else as JPEG.

    None where it was never decoded, and turns out to be damaged.
    """
    if has_room and frame.encoded is not None:
        return StreamFrame(frame.captured_at, frame.encoded, frame.wh)
    image = frame.image_bgr
    return _compressed(frame.captured_at, image) if image is not None else None


def shown_of(frame: Frame | LargePicture, kept: KeptFrame) -> ShownFrame:
    """The frame for those who look, sharing the JPEG if there is one."""
    return kept if isinstance(kept, JpegFrame) else NewestFrame(frame)


def compressed(frame: Frame) -> JpegFrame:
    """The frame in the size and quality in which JPEGs are kept."""
    return _compressed(frame.captured_at, frame.image_bgr)


def _compressed(captured_at: datetime, image: Image) -> JpegFrame:
    return JpegFrame(captured_at, _kept_jpeg(image), (image.shape[1], image.shape[0]))


def _kept_jpeg(image: Image) -> bytes:
    return as_jpeg(narrowed(image, KEPT_WIDTH_PX), KEPT_QUALITY)


def pictures(frames: Sequence[KeptFrame]) -> Iterator[tuple[datetime, Image]]:
    """The frames' times and pictures, of one camera and in their order, without damaged ones.

    A stream's pictures are decoded in one go: one by one, each would begin at its key picture.
    """
    for in_stream, run in groupby(frames, lambda frame: isinstance(frame, StreamFrame)):
        several = list(run)
        encoded = [frame.encoded for frame in several if isinstance(frame, StreamFrame)]
        images = decoded(encoded) if in_stream else (frame.image for frame in several)
        for frame, image in zip(several, images, strict=True):
            if image is not None:
                yield frame.captured_at, image


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
