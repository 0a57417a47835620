"""MOTA and IDF1 of tracks against the truth, as ``trackers`` works them out (IoU 0.5)."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from trackers.eval import compute_clear_metrics, compute_identity_metrics

from detection_worker.boxes import overlaps

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


def _overlaps(truth: Boxes, told: Boxes) -> npt.NDArray[np.floating[Any]]:
    """Intersection over union of every true box with every told one."""
    first, second = (np.array(list(one.values()), float).reshape(-1, 4) for one in (truth, told))
    return overlaps(first, second)
