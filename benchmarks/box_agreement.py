"""How far boxes agree: with those of another detector, and with the truth."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from benchmarks.scene_pictures import LABELS, Picture
from detection_worker.boxes import overlaps
from detection_worker.detection.detections import Detections

SURE = 0.25
"""Confidence from which a box counts: the usual one of ultralytics' own ``predict``."""

SAME_IOU = 0.9
FOUND_IOU = 0.5
"""Intersection over union from which two boxes are the same, and a thing is found (COCO's)."""


def matched(first: Sequence[Detections], second: Sequence[Detections]) -> dict[str, float | int]:
    """How many sure boxes of ``first`` there are in ``second``, of the same label.

    There they may be a little less sure: a threshold makes no thing another thing.
    """
    sure = same = 0
    gaps: list[float] = []
    for one, other in zip(first, second, strict=True):
        shares = overlaps(one.xyxy_px, other.xyxy_px)
        alike = np.array([[a == b for b in other.labels] for a in one.labels], bool)
        for row in np.flatnonzero(one.confidence >= SURE):
            sure += 1
            fits = shares[row] * alike[row] if len(other) else shares[row]
            if fits.max(initial=0) >= SAME_IOU:
                same += 1
                gaps.append(abs(float(one.confidence[row] - other.confidence[fits.argmax()])))
    return {
        "boxes": sure,
        "matched": round(same / sure, 4) if sure else 0.0,
        "confidence_gap": round(float(np.mean(gaps)), 4) if gaps else 0.0,
    }


def against_truth(found: Sequence[Detections], truth: Sequence[Picture]) -> dict[str, float]:
    """Recall and precision of sure boxes, and the mean of the labels' average precision."""
    means = [_of_label(label, found, truth) for label in LABELS]
    names = ("recall", "precision", "map50")
    return {
        name: round(float(np.nanmean(column)), 3)
        for name, column in zip(names, zip(*means, strict=True), strict=True)
    }


def _of_label(
    label: str, found: Sequence[Detections], truth: Sequence[Picture]
) -> tuple[float, float, float]:
    rows: list[tuple[float, bool]] = []
    wanted = 0
    for boxes, picture in zip(found, truth, strict=True):
        mine = np.array([name == label for name in picture.labels], bool)
        wanted += int((mine & picture.sure).sum())
        rows += _judged(label, boxes, picture, mine)
    if not wanted:
        return np.nan, np.nan, np.nan
    rows.sort(key=lambda row: -row[0])
    right = np.array([row[1] for row in rows], bool)
    sure = np.array([row[0] >= SURE for row in rows], bool)
    recall = float((right & sure).sum()) / wanted
    precision = float((right & sure).sum()) / max(int(sure.sum()), 1)
    return recall, precision, _average_precision(right, wanted)


def _judged(
    label: str, boxes: Detections, picture: Picture, mine: npt.NDArray[np.bool_]
) -> list[tuple[float, bool]]:
    """Confidence and rightness of each box of a label; one on the hardly visible does not count."""
    shares = overlaps(boxes.xyxy_px, picture.xyxy) * mine
    taken: set[int] = set()
    rows = []
    for row in np.argsort(-boxes.confidence):
        if boxes.labels[row] != label:
            continue
        free = [at for at in np.argsort(-shares[row]) if at not in taken]
        best = free[0] if free and shares[row][free[0]] >= FOUND_IOU else None
        if best is not None:
            taken.add(int(best))
        if best is None or picture.sure[best]:
            rows.append((float(boxes.confidence[row]), best is not None))
    return rows


def _average_precision(right: npt.NDArray[np.bool_], wanted: int) -> float:
    """The area under precision over recall, precision made monotone (as in COCO)."""
    hits = np.cumsum(right)
    precision = hits / np.arange(1, len(right) + 1)
    falling = np.maximum.accumulate(precision[::-1])[::-1]
    return float((falling * right).sum() / wanted)
