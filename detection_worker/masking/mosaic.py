"""Hides parts of a picture for good: nothing of what was there can be computed back."""

import cv2
import numpy as np

from detection_worker.frames import Image
from detection_worker.masking.boxes import Boxes, grown

CELLS = 3
"""A mask has 3 × 3 cells, each of one colour: whether there was a face shows, whose does not."""

FACE_MARGIN, TEXT_MARGIN = 0.3, 0.25
LEAST_MARGIN_PX = 3.0
"""By which parts of its sides a mask is larger on each side than what was found: hair and chin,
and the edge of a plate."""


def mask(image: Image, faces: Boxes, texts: Boxes) -> int:
    """Hide the boxes in ``image`` itself, with their margins; how many were inside it."""
    boxes = np.concatenate(
        [grown(faces, FACE_MARGIN, LEAST_MARGIN_PX), grown(texts, TEXT_MARGIN, LEAST_MARGIN_PX)]
    )
    return sum(_hide(image, box) for box in boxes)


def _hide(image: Image, box: Boxes) -> bool:
    height, width = image.shape[:2]
    left, top = (int(v) for v in np.clip(np.floor(box[:2]), 0, (width, height)))
    right, bottom = (int(v) for v in np.clip(np.ceil(box[2:]), 0, (width, height)))
    if right <= left or bottom <= top:
        return False
    part = image[top:bottom, left:right]
    small = cv2.resize(part, (CELLS, CELLS), interpolation=cv2.INTER_AREA)
    size = (right - left, bottom - top)
    image[top:bottom, left:right] = cv2.resize(small, size, interpolation=cv2.INTER_NEAREST)
    return True
