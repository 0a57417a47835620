"""The `motion` detector: a background model a camera, for places without model weights.

It sees whatever moves and guesses from shape alone: upright is person-like, the rest
vehicle-like. Its confidences say so: they never exceed ``MOST_CONFIDENCE``.
"""

from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from detection_worker.detection.bodies import Bodies
from detection_worker.detection.detections import Detections
from detection_worker.frames import Image

Mask = npt.NDArray[np.uint8]

WORK_WIDTH_PX = 480
"""Pictures are shrunk to this width: a person of 5 % of the height is still 13 pixels tall."""

HISTORY = 500
"""Frames that the background is made of, 50 s at the usual 10 a second. What stands still is taken
in after a tenth of them, so that people are seen before it: see ``bodies`` for when it goes on."""

VARIANCE_LIMIT = 25.0
"""Squared distance from the background in standard deviations; OpenCV's 16 sees compression."""

WARM_UP = 12
"""Frames at the beginning that only teach the model."""

WARM_UP_RATE = 0.15
"""Learning rate while warming up: what moves through has faded after ``WARM_UP`` frames."""

SUDDEN_SHARE = 0.45
"""If more of the picture than this changes at once, the light or the view has changed."""

LEAST_SHARE = 0.0002
"""Smallest blob as a part of the picture: 26 pixels of 480 × 270, a person of 4 × 9."""

SURE_SHARE = 0.002
"""Size from which a blob's shape is more than chance: 260 pixels of 480 × 270."""

LEAST_FILL = 0.35
"""A blob that fills less of its box than this is a scatter of leaves or rain."""

UPRIGHT = 1.25
"""Height over width from which a blob is person-like: a walker from above is about 1.5 to 3."""

MOST_CONFIDENCE = 0.75
"""Shape alone never makes sure."""


def _bodies() -> Bodies:
    return Bodies(HISTORY, VARIANCE_LIMIT)


def _mixtures() -> Any:
    """MOG2 with three mixtures a pixel instead of five: 8 MB a camera, and as good a mask."""
    model = cv2.createBackgroundSubtractorMOG2(HISTORY, VARIANCE_LIMIT, True)
    model.setNMixtures(3)
    return model


@dataclass(slots=True)
class _Background:
    """One camera's background and how well it is known."""

    wh: tuple[int, int]
    model: Any = field(default_factory=_mixtures)
    bodies: Bodies = field(default_factory=_bodies)
    left_to_learn: int = WARM_UP


class MotionDetector:
    """Finds what moves against each camera's background; needs no weights."""

    name = "motion"
    model = "MOG2"
    labels: tuple[str, ...] = ("person_like", "vehicle_like")
    remembers = True

    def __init__(self) -> None:
        self._backgrounds: dict[int, _Background] = {}

    def detect(self, cameras: list[int], images: list[Image]) -> list[Detections]:
        """One result an image; a camera's images must come in their order."""
        return [self._look(*pair) for pair in zip(cameras, images, strict=True)]

    def forget(self, camera_id: int) -> None:
        """Let go of a camera's background."""
        self._backgrounds.pop(camera_id, None)

    def _look(self, camera_id: int, image: Image) -> Detections:
        wh = (image.shape[1], image.shape[0])
        background = self._backgrounds.get(camera_id)
        if background is None or background.wh != wh:
            background = self._backgrounds[camera_id] = _Background(wh)
        scale = min(1.0, WORK_WIDTH_PX / wh[0])
        moving = _moving(background, _shrunk(image, scale))
        return _read(moving, scale) if moving is not None else Detections.none()


def _shrunk(image: Image, scale: float) -> Image:
    size = (max(8, round(image.shape[1] * scale)), max(8, round(image.shape[0] * scale)))
    small = cv2.resize(image, size, interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.GaussianBlur(small, (3, 3), 0), np.uint8)


def _moving(background: _Background, small: Image) -> Mask | None:
    """What moves (255) and what does not (0); None while the background is being learnt."""
    learning = background.left_to_learn > 0
    rate = WARM_UP_RATE if learning else -1
    seen = background.model.apply(small, learningRate=rate)
    differs = background.bodies.learn(small, rate)
    mask = np.asarray(seen == 255, np.uint8) * 255  # 127 is shadow
    if mask.mean() / 255 > SUDDEN_SHARE:
        background.left_to_learn = WARM_UP
        return None
    background.left_to_learn = max(0, background.left_to_learn - 1)
    return None if learning else background.bodies.fill(differs, _tidy(mask))


def _tidy(mask: Mask) -> Mask:
    """Specks go; the parts of one thing come together, sooner above than beside each other."""
    opened = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    closed = cv2.morphologyEx(opened, cv2.MORPH_CLOSE, np.ones((7, 3), np.uint8))
    return np.asarray(closed, np.uint8)


def _read(mask: Mask, scale: float) -> Detections:
    """Boxes of the blobs in picture pixels."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    left, top, width, height, area = stats[1:].T.astype(np.float32)
    fill = area / np.maximum(width * height, 1)
    kept = (area >= LEAST_SHARE * mask.size) & (fill >= LEAST_FILL)
    boxes = np.stack([left, top, left + width, top + height], axis=1)[kept] / scale
    upright = (height / width)[kept]
    labels = tuple("person_like" if ratio >= UPRIGHT else "vehicle_like" for ratio in upright)
    confidence = _confidence(upright, fill[kept], area[kept] / mask.size)
    return Detections(boxes.astype(np.float32), confidence, labels)


def _confidence(
    upright: npt.NDArray[np.float32], fill: npt.NDArray[np.float32], share: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """Higher for a shape far from the border between the classes, for solid and for large blobs."""
    shape = np.clip(np.abs(np.log(upright / UPRIGHT)) / np.log(2), 0, 1)
    size = np.clip(share / SURE_SHARE, 0, 1)
    sure = 0.4 * np.clip(fill / 0.7, 0, 1) + 0.3 * size + 0.3 * shape
    return np.asarray(np.float32(MOST_CONFIDENCE) * sure, np.float32)
