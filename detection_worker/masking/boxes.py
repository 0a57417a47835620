"""Boxes in pixels, as masking uses them: none, fewer, larger."""

import numpy as np
import numpy.typing as npt

from detection_worker.boxes import overlaps

Boxes = npt.NDArray[np.float64]
"""(N, 4): left, top, right, bottom in pixels."""


def no_boxes() -> Boxes:
    """None."""
    return np.empty((0, 4))


def without_doubles(boxes: Boxes, scores: npt.NDArray[np.float64], at_most: float) -> Boxes:
    """The surest of boxes that overlap by more than ``at_most``."""
    kept: list[int] = []
    for index in np.argsort(-scores):
        if not kept or overlaps(boxes[index : index + 1], boxes[kept]).max() <= at_most:
            kept.append(int(index))
    return boxes[kept]


def grown(boxes: Boxes, by: float, least_px: float = 0.0) -> Boxes:
    """Boxes that are wider and higher on each side by ``by`` of their sides, at least so much."""
    margin = np.maximum((boxes[:, 2:] - boxes[:, :2]) * by, least_px)
    return np.concatenate([boxes[:, :2] - margin, boxes[:, 2:] + margin], axis=1)
