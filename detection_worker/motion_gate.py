"""Where nothing moves, nothing is asked of the detector: what it found last still stands."""

from datetime import datetime, timedelta

import cv2
import numpy as np
import numpy.typing as npt

from detection_worker.frames import Frame, Image

CELLS_ACROSS = 160
"""Width of the small picture: a person of 1 % of the picture's height still fills a cell."""

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
        small = _small(frame.image_bgr)
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
        difference = np.abs(difference - np.median(difference[::2, ::2]))
        noise = 1.4826 * float(np.median(difference[::2, ::2]))  # of a normal distribution
        step = min(max(LEAST_STEP, NOISE_STEPS * noise), MOST_STEP)
        return int(np.count_nonzero(difference > step)) >= CHANGED_CELLS


def _small(image: Image) -> Small:
    """The green channel, averaged into cells; large pictures are thinned out first.

    Halfway it is rounded to whole levels, which is quick; of four such the mean still shows the
    noise. To there it is made smaller by a whole number, which costs a third of any other.
    """
    stride = max(1, image.shape[1] // (4 * CELLS_ACROSS))
    thin = image[::stride, ::stride, 1].copy() if stride > 1 else cv2.extractChannel(image, 1)
    rows, across = thin.shape
    by = max(1, min(across // (2 * CELLS_ACROSS), rows))
    if by > 1:
        whole = thin[: rows // by * by, : across // by * by]
        thin = cv2.resize(whole, (across // by, rows // by), interpolation=cv2.INTER_AREA)
    cells = CELLS_ACROSS, max(1, round(CELLS_ACROSS * image.shape[0] / image.shape[1]))
    levels = thin.astype(np.float32)
    return np.asarray(cv2.resize(levels, cells, interpolation=cv2.INTER_AREA))
