"""What a recording leaves of its tracks, and of the frames they were seen in."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detection_worker.boxes import Box
from detection_worker.detection.detections import Detections

NUMBER, CONFIDENCE, COLUMNS = 0, 5, 6
BOX = slice(1, 5)

VELOCITY_S = 1.0
"""How much of a track's end says where it leads."""

LINE_POINTS = 3
"""With fewer a line is as wrong as the two boxes it goes through: the track is taken to stand."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Strand:
    """One track: ``rows`` (N, 6) are frame number, box xyxy in pixels and confidence, in order."""

    id: int
    label: str
    rows: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """A frame that was analysed: its number, its time, and the detections ``not_taken``."""

    number: int
    at_s: float
    left_over: Detections


class Recording:
    """The frames of a recording that were analysed, in order; their times are found by number."""

    def __init__(self, looks: Sequence[Look]) -> None:
        self.looks = looks
        self._numbers = np.array([look.number for look in looks], np.float64)
        self._at_s = np.array([look.at_s for look in looks], np.float64)

    def index(self, number: float) -> int:
        """The place of a frame among those analysed."""
        return int(np.searchsorted(self._numbers, number))

    def at_s(self, numbers: Floats) -> Floats:
        """The times of frames, also of those in between."""
        return np.interp(numbers, self._numbers, self._at_s)


def not_taken(found: Detections, boxes: Sequence[Box]) -> Detections:
    """The detections whose box no track has."""
    taken = set(boxes)
    free = [index for index, box in enumerate(found.xyxy_px.tolist()) if tuple(box) not in taken]
    labels = tuple(found.labels[index] for index in free)
    return Detections(found.xyxy_px[free], found.confidence[free], labels)


def velocity(rows: Floats, recording: Recording) -> Floats:
    """Pixels a second of the box's middle around the first row: a line through ``VELOCITY_S``."""
    at_s = recording.at_s(rows[:, NUMBER])
    near = np.abs(at_s - at_s[0]) <= VELOCITY_S
    if np.count_nonzero(near) < LINE_POINTS:
        return np.zeros(2)
    since = at_s[near] - at_s[near].mean()
    middles = (rows[near, 1:3] + rows[near, 3:5]) / 2
    return np.asarray(since @ (middles - middles.mean(axis=0)) / max(since @ since, 1e-9))
