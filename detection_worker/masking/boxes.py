"""Boxes in pixels, as masking uses them: overlap, growth, and one box for many."""

import numpy as np
import numpy.typing as npt

Boxes = npt.NDArray[np.float64]
"""(N, 4): left, top, right, bottom in pixels."""


def no_boxes() -> Boxes:
    """None."""
    return np.empty((0, 4))


def overlap(one: Boxes, others: Boxes) -> npt.NDArray[np.float64]:
    """Intersection over union of one box (4,) with each of ``others`` (N, 4)."""
    low, high = np.maximum(one[:2], others[:, :2]), np.minimum(one[2:], others[:, 2:])
    inner = np.prod(np.clip(high - low, 0, None), axis=1)
    area = np.prod(one[2:] - one[:2]) + np.prod(others[:, 2:] - others[:, :2], axis=1)
    shares: npt.NDArray[np.float64] = inner / np.maximum(area - inner, 1e-9)
    return shares


def without_doubles(boxes: Boxes, scores: npt.NDArray[np.float64], at_most: float) -> Boxes:
    """The surest of boxes that overlap by more than ``at_most``."""
    kept: list[int] = []
    for index in np.argsort(-scores):
        if not kept or overlap(boxes[index], boxes[kept]).max() <= at_most:
            kept.append(int(index))
    return boxes[kept]


def grown(boxes: Boxes, by: float, least_px: float = 0.0) -> Boxes:
    """Boxes that are wider and higher on each side by ``by`` of their sides, at least so much."""
    margin = np.maximum((boxes[:, 2:] - boxes[:, :2]) * by, least_px)
    return np.concatenate([boxes[:, :2] - margin, boxes[:, 2:] + margin], axis=1)
