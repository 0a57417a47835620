"""Where nothing moves, nothing is asked of the detector: what it found last still stands."""

from datetime import datetime, timedelta
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from detection_worker.frames import Frame, Picture

CELLS_ACROSS = 160
"""Width of the small picture: a person of 1 % of the picture's height still fills a cell."""

MOST_ACROSS = 1280
"""Wider pictures are thinned out before they are averaged: they have more noise to spare."""

LEAST_STEP = 6.0
"""Grey levels by which a cell must differ: compression alone makes steps of up to 4."""

MOST_STEP = 20.0
"""However noisy the picture seems, a cell that differs by this much has changed."""

NOISE_STEPS = 6.0
"""Standard deviations of the picture's own noise that do not count as movement."""

CHANGED_CELLS = 2
"""One cell is a fly, a raindrop or a dead pixel."""

LOOK_ANYWAY = timedelta(seconds=5)
"""So long after the last movement a picture is analysed though nothing moves: a detector's miss
must not last."""

LONGEST_UNSEEN = timedelta(seconds=20)
"""Each further look comes after twice as long, up to this: what two looks have missed in a
picture that does not change, the next one will hardly find."""

Small = npt.NDArray[np.float32]


class MotionGate:
    """One camera's gate, which compares each picture with the last one that was analysed.

    So a thing that creeps adds up until it is seen. A change of the whole picture's brightness is
    subtracted, and the threshold follows the picture's noise.
    """

    def __init__(self) -> None:
        self._seen: Small | None = None
        self._looked_at: datetime | None = None
        self._patience = LOOK_ANYWAY

    def moves(self, frame: Frame) -> bool:
        """Whether to analyse this picture; if so, it is what the next ones are compared with."""
        small = _small(frame.picture)
        if self._differs(small):
            self._patience = LOOK_ANYWAY
        elif self._is_due(frame.captured_at):
            self._patience = min(2 * self._patience, LONGEST_UNSEEN)
        else:
            return False
        self._seen, self._looked_at = small, frame.captured_at
        return True

    def _is_due(self, at: datetime) -> bool:
        return self._looked_at is None or abs(at - self._looked_at) >= self._patience

    def _differs(self, small: Small) -> bool:
        if self._seen is None or small.shape != self._seen.shape:
            return True
        difference = small - self._seen
        difference = np.abs(difference - _median(difference))
        noise = 1.4826 * _median(difference)  # of a normal distribution
        step = min(max(LEAST_STEP, NOISE_STEPS * noise), MOST_STEP)
        return int(np.count_nonzero(difference > step)) >= CHANGED_CELLS


def _small(picture: Picture) -> Small:
    """The brightness, averaged into cells, in levels of 0 to 255; huge pictures are thinned out.

    Halving is quick, any other size costs many times as much. First halves are rounded to whole
    levels, which is quicker still; of the four and more such in a cell the mean shows the noise.
    """
    levels, span = picture.brightness
    stride = max(1, levels.shape[1] // MOST_ACROSS)
    thin: npt.NDArray[Any] = levels[::stride, ::stride].copy() if stride > 1 else levels
    while thin.shape[1] >= 4 * CELLS_ACROSS and len(thin) > 1:
        thin = _halved(thin)
    exact = thin.astype(np.float32)
    while exact.shape[1] >= 2 * CELLS_ACROSS and len(exact) > 1:
        exact = _halved(exact)
    cells = CELLS_ACROSS, max(1, round(CELLS_ACROSS * len(levels) / levels.shape[1]))
    small = cv2.resize(exact, cells, interpolation=cv2.INTER_AREA)
    return np.asarray(small * np.float32(255 / span), np.float32)


def _halved(levels: npt.NDArray[Any]) -> npt.NDArray[Any]:
    rows, across = levels.shape[0] // 2, levels.shape[1] // 2
    whole = levels[: 2 * rows, : 2 * across]
    return np.asarray(cv2.resize(whole, (across, rows), interpolation=cv2.INTER_AREA))


def _median(levels: Small) -> float:
    """Of every fourth cell, the upper one of two: numpy's own takes six times as long."""
    some = levels[::2, ::2].ravel()
    return float(np.partition(some, some.size // 2)[some.size // 2])
