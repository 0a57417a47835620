"""What comes out of a model, decoded: one kind of head a class.

Each takes one picture's raw output and gives boxes in input pixels, confidences and classes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

STRIDES = (8, 16, 32)
"""Cell sizes of the grids of YOLOX and of the YOLO family from v8 on."""

Floats = npt.NDArray[np.float32]


class Raw(NamedTuple):
    """Boxes (N, 4) xyxy in input pixels, confidences (N,) and class indices (N,)."""

    xyxy: Floats
    confidence: Floats
    classes: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Head:
    """A kind of head: ``decode(output of one picture, least confidence, input's wh)``."""

    name: str
    classes: int | None  # None: the output does not tell
    needs_suppression: bool
    yolox: bool
    decode: Callable[[npt.NDArray[Any], float, tuple[int, int]], Raw]


def cells(wh: tuple[int, int]) -> int:
    """How many grid cells an input of this size has over all strides."""
    return sum((wh[0] // stride) * (wh[1] // stride) for stride in STRIDES)


def recognise(shape: tuple[int, ...], wh: tuple[int, int]) -> Head | None:
    """The head whose output for one input of ``wh`` has this shape; None when unknown."""
    if len(shape) != 3:
        return None
    _, second, third = shape
    if second == cells(wh) and third > 5:
        return Head("YOLOX", third - 5, True, True, _yolox)
    if third == cells(wh) and second > 4:
        return Head("YOLO", second - 4, True, False, _yolo)
    if third == 6:
        return Head("YOLO end-to-end", None, False, False, _end_to_end)
    return None


def _corners(centre_wh: Floats) -> Floats:
    half = centre_wh[:, 2:] / 2
    return np.concatenate([centre_wh[:, :2] - half, centre_wh[:, :2] + half], axis=1)


def _yolo(output: npt.NDArray[Any], least: float, wh: tuple[int, int]) -> Raw:
    """(4 + C, N): centre, size, then a score a class."""
    best = output[4:].max(axis=0)
    kept = np.flatnonzero(best >= least)
    columns = output[:, kept].astype(np.float32)
    return Raw(_corners(columns[:4].T), best[kept].astype(np.float32), columns[4:].argmax(axis=0))


def _end_to_end(output: npt.NDArray[Any], least: float, wh: tuple[int, int]) -> Raw:
    """(N, 6): corners, confidence, class; the model has suppressed by itself."""
    rows = output[output[:, 4] >= least].astype(np.float32)
    rows = rows[np.isfinite(rows).all(axis=1)]
    return Raw(rows[:, :4], rows[:, 4], rows[:, 5].astype(np.int64))


def _yolox(output: npt.NDArray[Any], least: float, wh: tuple[int, int]) -> Raw:
    """(N, 5 + C): offset in the cell, log size, objectness, then a score a class."""
    corner, stride = grid(wh)
    kept = np.flatnonzero(output[:, 4] >= least)  # a score never exceeds its objectness
    rows = output[kept].astype(np.float32)
    scores = rows[:, 5:] * rows[:, 4:5]
    centre = (rows[:, :2] + corner[kept]) * stride[kept]
    size = np.exp(np.minimum(rows[:, 2:4], 10)) * stride[kept]
    boxes = _corners(np.concatenate([centre, size], axis=1))
    confidence = scores.max(axis=1, initial=0)
    sure = confidence >= least
    return Raw(boxes[sure], confidence[sure], scores[sure].argmax(axis=1))


@lru_cache(maxsize=16)
def grid(wh: tuple[int, int]) -> tuple[Floats, Floats]:
    """The corner of each cell in cells (N, 2), and its stride in pixels (N, 1)."""
    corners, strides = [], []
    for stride in STRIDES:
        columns, rows = np.meshgrid(np.arange(wh[0] // stride), np.arange(wh[1] // stride))
        corners.append(np.stack([columns.ravel(), rows.ravel()], axis=1))
        strides.append(np.full((columns.size, 1), stride))
    return np.concatenate(corners).astype(np.float32), np.concatenate(strides).astype(np.float32)
