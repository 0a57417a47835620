"""MOTA and IDF1 of tracks against the truth, as ``trackers`` works them out (IoU 0.5)."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from trackers.eval import compute_clear_metrics, compute_identity_metrics

Boxes = dict[int, tuple[float, float, float, float]]
"""Who is where in one frame: xyxy in pixels by id."""


def scores(truth: Sequence[Boxes], told: Sequence[Boxes]) -> dict[str, Any]:
    """MOTA, IDF1 and what they are made of, over frames in their order."""
    ids = [[np.array(list(boxes), int) for boxes in side] for side in (truth, told)]
    overlap = [_overlaps(*pair) for pair in zip(truth, told, strict=True)]
    clear = compute_clear_metrics(ids[0], ids[1], overlap)
    identity = compute_identity_metrics(ids[0], ids[1], overlap)
    return {
        "mota": round(clear["MOTA"], 3),
        "idf1": round(identity["IDF1"], 3),
        "recall": round(clear["CLR_Re"], 3),
        "precision": round(clear["CLR_Pr"], 3),
        "changes_of_identity": clear["IDSW"],
        "tracks": len({number for boxes in told for number in boxes}),
        "people": len({number for boxes in truth for number in boxes}),
    }


def _overlaps(truth: Boxes, told: Boxes) -> npt.NDArray[np.float64]:
    """Intersection over union of every true box with every told one."""
    first = np.array(list(truth.values()), float).reshape(-1, 4)[:, None]
    second = np.array(list(told.values()), float).reshape(-1, 4)[None]
    low = np.maximum(first[..., :2], second[..., :2])
    high = np.minimum(first[..., 2:], second[..., 2:])
    shared = np.prod(np.clip(high - low, 0, None), axis=2)
    areas = [np.prod(boxes[..., 2:] - boxes[..., :2], axis=2) for boxes in (first, second)]
    return np.asarray(shared / np.maximum(areas[0] + areas[1] - shared, 1e-9))
