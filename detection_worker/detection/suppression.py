"""Which boxes count: non-maximum suppression over arrays, the same for all models."""

import numpy as np
import numpy.typing as npt

from detection_worker.boxes import overlaps

LEAST_CONFIDENCE = 0.1
"""Weaker boxes are dropped; ByteTrack makes use of weak ones down to 0.1 (Zhang et al., 2022)."""

OVERLAP_LIMIT = 0.45
"""IoU over which the weaker box goes. YOLOX evaluates with 0.65 (Ge et al., 2021), which keeps
what a ranking by confidence forgives: second boxes around one person, each a track to a tracker.
In rendered squares (``bench tracking``) 0.40 to 0.50 gave the best tracks, 0.60 twice as many
changes of identity."""

MAX_CANDIDATES = 300
"""Strongest boxes that are compared with each other; the end-to-end YOLO heads give as many."""

Floats = npt.NDArray[np.float32]


def suppress(
    xyxy: Floats, confidence: Floats, group: npt.NDArray[np.int64], limit: float
) -> npt.NDArray[np.intp]:
    """Indices of the boxes to keep, strongest first.

    A box goes when a stronger one of its group overlaps it by more than ``limit`` (IoU).
    """
    order = np.argsort(-confidence, kind="stable")[:MAX_CANDIDATES]
    boxes, groups = xyxy[order], group[order]
    rivals = (overlaps(boxes, boxes) > limit) & (groups[:, None] == groups[None, :])
    kept = np.ones(len(order), dtype=bool)
    for index in range(len(order)):
        if kept[index]:
            kept[index + 1 :] &= ~rivals[index, index + 1 :]
    return order[kept]
