"""Looks at a still picture as a whole and in parts."""

from collections.abc import Callable

import numpy as np

from detection_worker.frames import Image
from detection_worker.masking.boxes import Boxes
from detection_worker.plates.finder import tiles

LEAST_SIDE_PX = 320
"""Of a picture's shorter side: smaller ones are enlarged by nobody, and parts show no more."""


def find_in_parts(find: Callable[[Image], Boxes], image: Image) -> Boxes:
    """The boxes that ``find`` sees in the picture and in parts of it, each thing once.

    The finder of texts weighs a picture as a whole: beside a large sign it overlooks a plate
    that it finds in a part (``plates.finder.tiles``).
    """
    found = [find(image)]
    for left, top, right, bottom in tiles(image) if min(image.shape[:2]) >= LEAST_SIDE_PX else ():
        found.append(find(image[top:bottom, left:right]) + np.array([left, top, left, top]))
    return _each_once(np.concatenate(found))


def _each_once(boxes: Boxes) -> Boxes:
    """Without those whose middle is in a larger one: a line that a part's edge cut, or again."""
    kept: list[int] = []
    for index in np.argsort(-np.prod(boxes[:, 2:] - boxes[:, :2], axis=1)):
        middle = (boxes[index, :2] + boxes[index, 2:]) / 2
        inside = (boxes[kept, :2] <= middle) & (middle <= boxes[kept, 2:])
        if not inside.all(axis=1).any():
            kept.append(int(index))
    once: Boxes = boxes[np.sort(np.array(kept, int))]
    return once
