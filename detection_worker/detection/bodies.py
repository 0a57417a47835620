"""Which pieces of what moves are one body: a second background that takes in more slowly.

A background soon takes in what stands still, so that people are seen before a bus that waits.
When the bus drives on, its plain sides look like what is remembered, and only pillars, wheels
and edges stand out: upright pieces, which look like people. The slower background still sees
the bus whole. It says nothing of what stands, or of the hole that something left behind: only a
body whose opposite sides have moved the same way, and that is seen in pieces, is filled in.
"""

from collections import deque
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from detection_worker.boxes import overlaps
from detection_worker.frames import Image

Mask = npt.NDArray[np.uint8]
Boxes = npt.NDArray[np.float64]

SMALLER = 2
"""Its pictures are smaller by this: a quarter of the time and of the memory, and vehicles that
fall into pieces are large."""

LONGER, MOSTLY = 3, 0.5
"""Background is what was there for most of the time that it remembers, which is longer by this
than the other remembers: at ten frames a second what waits is none for 104 s, and red lights and
stops of buses last less than 90 s."""

LOOK_BACK = 8
"""Over so many frames bodies must have moved: a bus that starts goes 0.5 m meanwhile."""

MOVED, MOVED_PX = 0.03, 2.0
"""How far, in sizes of the body and in pixels of the smaller picture: edges tremble by one."""

SAME_OVERLAP = 0.3
"""Overlap (IoU) from which a box ``LOOK_BACK`` frames ago is the same body."""

LEAST_SHARE = 0.002
"""Smallest body as a part of the picture, 260 pixels of 480 × 270: what is smaller falls into
specks, not into people."""

WHOLE = 0.75
"""A body of which so much is seen already is whole."""


class Bodies:
    """One camera's slower background and where its bodies were lately."""

    def __init__(self, history: int, variance_limit: float) -> None:
        longer = LONGER * history
        self._model: Any = cv2.createBackgroundSubtractorMOG2(longer, variance_limit, True)
        self._model.setNMixtures(3)
        self._model.setBackgroundRatio(MOSTLY)
        self._lately: deque[Boxes] = deque(maxlen=LOOK_BACK)

    def learn(self, picture: Image, rate: float) -> Mask:
        """Take in a picture; what differs from the background (255) in the smaller size."""
        size = (picture.shape[1] // SMALLER, picture.shape[0] // SMALLER)
        smaller = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
        seen = self._model.apply(smaller, learningRate=rate)
        return np.asarray(seen == 255, np.uint8) * 255

    def fill(self, differs: Mask, pieces: Mask) -> Mask:
        """``pieces`` with the bodies whole that move; ``differs`` is what ``learn`` gave."""
        _, labels, stats, _ = cv2.connectedComponentsWithStats(differs, connectivity=8)
        large = 1 + np.flatnonzero(stats[1:, cv2.CC_STAT_AREA] >= LEAST_SHARE * differs.size)
        left, top, width, height = stats[large, :4].T.astype(np.float64)
        boxes = np.stack([left, top, left + width, top + height], axis=1)
        seen = _shares_seen(np.asarray(labels, np.int32), differs, pieces)[large]
        moved = _moved(boxes, self._lately[0], differs.shape) if self._lately else large < 0
        self._lately.append(boxes)
        filled = np.isin(labels, large[moved & (seen < WHOLE)])
        return np.maximum(pieces, _as_large(np.asarray(filled, np.uint8) * 255, pieces))


def _shares_seen(
    labels: npt.NDArray[np.int32], differs: Mask, pieces: Mask
) -> npt.NDArray[np.float64]:
    """By label, how much of each body is in ``pieces`` already.

    The bodies' rims are left out of the question: in the smaller picture they are coarse, and
    there those who walk close together touch. What is all rim counts as seen.
    """
    inside = labels * (cv2.erode(differs, np.ones((3, 3), np.uint8)) > 0)
    there = _as_large(pieces, differs) > 0
    sizes = np.bincount(inside.ravel(), minlength=labels.max() + 1)
    seen = np.bincount(inside.ravel(), there.ravel(), minlength=labels.max() + 1)
    return np.where(sizes > 0, seen / np.maximum(sizes, 1), 1.0)


def _as_large(mask: Mask, other: Mask) -> Mask:
    """A mask in the size of another."""
    size = (other.shape[1], other.shape[0])
    return np.asarray(cv2.resize(mask, size, interpolation=cv2.INTER_NEAREST), np.uint8)


def _moved(boxes: Boxes, before: Boxes, shape: tuple[int, ...]) -> npt.NDArray[np.bool_]:
    """Which of the boxes (N, 4) are elsewhere than the box that they were."""
    if not len(boxes) or not len(before):
        return np.zeros(len(boxes), bool)
    shares = overlaps(boxes, before)
    same = shares.argmax(axis=1)
    shift = boxes - before[same]
    wh = np.array([shape[1], shape[0]], float)
    cut = np.hstack([np.minimum(boxes, before[same])[:, :2] <= 0,
                     np.maximum(boxes, before[same])[:, 2:] >= wh])  # fmt: skip
    least = np.maximum(MOVED_PX, MOVED * (boxes[:, 2:] - boxes[:, :2]))
    moves = [_steps(shift[:, axis::2], cut[:, axis::2]) >= least[:, axis] for axis in (0, 1)]
    found: npt.NDArray[np.bool_] = (moves[0] | moves[1]) & (shares.max(axis=1) >= SAME_OVERLAP)
    return found


def _steps(shift: Boxes, cut: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """How far both sides (N, 2) moved the same way; a side cut by the picture's edge is unknown."""
    known = np.where(cut, shift[:, ::-1], shift)
    together = np.sign(known[:, 0]) == np.sign(known[:, 1])
    steps = np.where(together, np.abs(known).min(axis=1), 0.0)
    return np.where(cut.all(axis=1), 0.0, steps)
