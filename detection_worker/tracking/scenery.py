"""Posts, cones and signs that were taken for people, as a whole recording shows them.

Some have a track of their own, which never stirs. Others are found too weakly for that, but
where somebody passes by, the track of a person may stay with them.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from detection_worker.boxes import overlaps
from detection_worker.detection.families import PERSON, family_of
from detection_worker.tracking.camera_tracker import TrackerParams
from detection_worker.tracking.strands import (
    BOX,
    CONFIDENCE,
    NUMBER,
    Floats,
    Look,
    Recording,
    Strand,
)

STILL_S, STILL_HEIGHTS = 15.0, 0.05
"""People who stand shift their weight and turn: the box of a woman who waits in intersection.mp4
wanders by 0.08 of its height in 22 s, that of a lamp post in a rendered crossroad by 0.015, or by
0.037 in 41 s where the model's pictures are coarse."""

STILL_FROM, STILL_TO = 10, 90
"""Percentiles of its place, from second to second, between which a box wanders: those who pass
by a post pull at its box."""

PARTS, THING_PARTS, THING_SHARE = 8, 5, 0.1
"""A thing is found again and again while no track is there: in five of the eighths of a recording,
in each of them on a tenth of its frames. With a twentieth, a hundred of the 5,943 boxes of the
dense crowd in crowd_close.mp4 were taken for things; so, none."""

THING_OVERLAP = 0.6
"""IoU with which a thing's box comes back; the detector's noise is largest on what is small."""

LOOKED_THROUGH = 2000
"""Frames of a recording that are looked through for things, spread evenly: more show no more."""

AT_ONCE = 200
"""Rows that are compared with all that was found at one time: a few megabytes."""

WEAK = TrackerParams().activation
"""Up to this confidence a box could not have begun a track."""


def without_scenery(strands: Sequence[Strand], recording: Recording) -> list[Strand]:
    """The tracks without those of things, and people's without rows that lie on things."""
    alive = [strand for strand in strands if not is_scenery(strand, recording)]
    things = _Things(recording.looks)
    return [rest for strand in alive if len((rest := things.without(strand)).rows)]


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


class _Things:
    """Where people were found that no track had, over a whole recording."""

    def __init__(self, looks: Sequence[Look]) -> None:
        chosen = looks[:: max(1, len(looks) // LOOKED_THROUGH)]
        long_enough = bool(looks) and looks[-1].at_s - looks[0].at_s >= STILL_S
        found = [(_people(look), number) for number, look in enumerate(chosen) if long_enough]
        boxes = [people for people, _ in found if len(people)]
        part = [np.full(len(people), number * PARTS // len(chosen)) for people, number in found]
        self._boxes = np.vstack(boxes) if boxes else np.zeros((0, 4))
        self._in_part = np.eye(PARTS)[np.concatenate(part)] if boxes else np.zeros((0, PARTS))
        self._least = THING_SHARE * len(chosen) / PARTS

    def without(self, strand: Strand) -> Strand:
        """The track of a person without the weak rows that lie on a thing."""
        weak = np.flatnonzero(strand.rows[:, CONFIDENCE] < WEAK)
        if family_of(strand.label) != PERSON or not len(weak) or not len(self._boxes):
            return strand
        chunks = [weak[start : start + AT_ONCE] for start in range(0, len(weak), AT_ONCE)]
        lent = [chunk[self._are_things(strand.rows[chunk, BOX])] for chunk in chunks]
        return replace(strand, rows=np.delete(strand.rows, np.concatenate(lent), axis=0))

    def _are_things(self, boxes: Floats) -> npt.NDArray[np.bool_]:
        again = (overlaps(boxes, self._boxes) >= THING_OVERLAP) @ self._in_part
        return np.asarray((again >= self._least).sum(axis=1) >= THING_PARTS)


def _people(look: Look) -> Floats:
    of_people = [
        index for index, one in enumerate(look.left_over.labels) if family_of(one) == PERSON
    ]
    return look.left_over.xyxy_px[of_people].astype(np.float64)
