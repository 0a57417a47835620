"""Tracks of a recording, finished once all of it is known.

A live camera says at once whom it sees. Of a recording more is known afterwards: that somebody
who was hidden came back, that a weak detection was the beginning of a track, and that somebody
who never stirred was a lamp post. The thresholds were chosen with ``bench tracking``: walkers in
rendered squares.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from detection_worker.detection.detections import Detections
from detection_worker.detection.families import PERSON, family_of

LENGTHENED_S = 0.7
"""How far a track is followed beyond either of its ends; without a limit it stayed at lamp posts
and shadows that it passed: precision in the crossroad's film fell from 0.95 to 0.85."""

LEAST_CONFIDENCE = 0.2
"""A detection that lengthens a track has this confidence; ByteTrack's own 0.1 gave no more."""

LEAST_OVERLAP = 0.5
"""IoU of a detection that lengthens a track with the place where the track leads."""

FILLED_S = 1.0
"""Longest absence that is filled in; 0.5 s gave less and 1.5 s hardly more, and the longer it is
the less it is something that was seen."""

STILL_S, STILL_HEIGHTS = 15.0, 0.05
"""People who stand shift their weight and turn: the box of a woman who waits in intersection.mp4
wanders by 0.08 of its height in 22 s, that of a lamp post in a rendered crossroad by 0.015, or by
0.037 in 41 s where the model's pictures are coarse."""

STILL_FROM, STILL_TO = 10, 90
"""Percentiles of its place, from second to second, between which a box wanders: those who pass
by a post pull at its box."""

VELOCITY_S = 1.0
"""How much of a track's end says where it leads."""

LINE_POINTS = 3
"""With fewer a line is as wrong as the two boxes it goes through: the track is taken to stand."""

NUMBER, CONFIDENCE, COLUMNS = 0, 5, 6
BOX = slice(1, 5)

Floats = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]


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


def finished(strands: Sequence[Strand], looks: Sequence[Look]) -> list[Strand]:
    """The tracks lengthened at both ends and without short gaps; ``looks`` by rising number.

    Posts and signs that were taken for people are left out.
    """
    recording = Recording(looks)
    alive = [strand for strand in strands if not is_scenery(strand, recording)]
    return [filled(strand, recording) for strand in lengthened(alive, recording)]


def is_scenery(strand: Strand, recording: Recording) -> bool:
    """Whether a track of a person stays as still as only a thing does, and for long."""
    at_s = recording.at_s(strand.rows[:, NUMBER])
    if family_of(strand.label) != PERSON or at_s[-1] - at_s[0] < STILL_S:
        return False
    boxes, second = strand.rows[:, BOX], np.floor(at_s - at_s[0])
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    places = np.array([np.median(middles[second == one], axis=0) for one in np.unique(second)])
    least, most = np.percentile(places, [STILL_FROM, STILL_TO], axis=0)
    height = np.median(boxes[:, 3] - boxes[:, 1])
    return bool(np.hypot(*(most - least)) < STILL_HEIGHTS * height)


def not_taken(found: Detections, boxes: Sequence[Box]) -> Detections:
    """The detections that could lengthen a track: those sure enough whose box no track has."""
    taken = set(boxes)
    free = [
        index
        for index, box in enumerate(found.xyxy_px.tolist())
        if found.confidence[index] >= LEAST_CONFIDENCE and tuple(box) not in taken
    ]
    labels = tuple(found.labels[index] for index in free)
    return Detections(found.xyxy_px[free], found.confidence[free], labels)


def lengthened(strands: Sequence[Strand], recording: Recording) -> list[Strand]:
    """The tracks with the detections that lie where they come from and where they lead.

    The longest go first; a detection belongs to one track.
    """
    taken: set[tuple[int, int]] = set()
    longest_first = sorted(strands, key=lambda strand: -len(strand.rows))
    longer = {strand.id: _both_ways(strand, recording, taken) for strand in longest_first}
    return [longer[strand.id] for strand in strands]


def filled(strand: Strand, recording: Recording) -> Strand:
    """The track with the frames it was unseen in for a short time, straight from side to side."""
    at_s = recording.at_s(strand.rows[:, NUMBER])
    parts = [strand.rows[:1]]
    for index in range(1, len(strand.rows)):
        if at_s[index] - at_s[index - 1] <= FILLED_S:
            parts += _between(strand.rows[index - 1], strand.rows[index])
        parts.append(strand.rows[index : index + 1])
    return replace(strand, rows=np.vstack(parts))


def _both_ways(strand: Strand, recording: Recording, taken: set[tuple[int, int]]) -> Strand:
    after = list(_beyond(strand, recording, 1, taken))
    before = list(_beyond(strand, recording, -1, taken))
    return replace(strand, rows=np.vstack([*before[::-1], strand.rows, *after]))


def _beyond(
    strand: Strand, recording: Recording, step: int, taken: set[tuple[int, int]]
) -> Iterator[Floats]:
    """Rows that go on from the last one, or back from the first, nearest in time first."""
    end = strand.rows[-1 if step > 0 else 0]
    velocity = _velocity(strand.rows[::-step], recording)
    at = recording.index(end[NUMBER])
    before = began = recording.looks[at]
    while 0 <= (at := at + step) < len(recording.looks):
        look = recording.looks[at]
        if abs(look.at_s - began.at_s) > LENGTHENED_S:
            return
        place = end[BOX] + np.tile(velocity, 2) * (look.at_s - before.at_s)
        index = _nearest(strand, place, look, taken)
        if index is None:
            return
        taken.add((look.number, index))
        end, before = _row(look, index), look
        yield end


def _nearest(strand: Strand, place: Floats, look: Look, taken: set[tuple[int, int]]) -> int | None:
    """The free detection of the track's family that overlaps a place most, if by enough."""
    family, best, most = family_of(strand.label), None, LEAST_OVERLAP
    for index, label in enumerate(look.left_over.labels):
        if family_of(label) == family and (look.number, index) not in taken:
            overlap = _overlap(place, look.left_over.xyxy_px[index])
            best, most = (index, overlap) if overlap >= most else (best, most)
    return best


def _row(look: Look, index: int) -> Floats:
    confidence = look.left_over.confidence[index]
    return np.array([look.number, *look.left_over.xyxy_px[index], confidence], np.float64)


def _velocity(rows: Floats, recording: Recording) -> Floats:
    """Pixels a second of the box's middle around the first row: a line through ``VELOCITY_S``."""
    at_s = recording.at_s(rows[:, NUMBER])
    near = np.abs(at_s - at_s[0]) <= VELOCITY_S
    if np.count_nonzero(near) < LINE_POINTS:
        return np.zeros(2)
    since = at_s[near] - at_s[near].mean()
    middles = (rows[near, 1:3] + rows[near, 3:5]) / 2
    return np.asarray(since @ (middles - middles.mean(axis=0)) / max(since @ since, 1e-9))


def _between(before: Floats, after: Floats) -> Iterator[Floats]:
    """A row for each frame between two, with the lower confidence of both."""
    frames = round(after[NUMBER] - before[NUMBER])
    for step in range(1, frames):
        row = before + (after - before) * (step / frames)
        row[CONFIDENCE] = min(before[CONFIDENCE], after[CONFIDENCE])
        yield row[None]


def _overlap(first: Floats, second: npt.NDArray[np.float32]) -> float:
    """Intersection over union of two boxes."""
    low, high = np.maximum(first[:2], second[:2]), np.minimum(first[2:], second[2:])
    shared = float(np.prod(np.clip(high - low, 0, None)))
    areas = float(np.prod(first[2:] - first[:2]) + np.prod(second[2:] - second[:2]))
    return shared / max(areas - shared, 1e-9)
