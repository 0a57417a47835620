"""Tracks of a recording, finished once all of it is known.

A live camera says at once whom it sees. Of a recording more is known afterwards: that somebody
who was hidden came back, that a weak detection was the beginning of a track, and that somebody
who never stirred was a lamp post. The thresholds were chosen with ``bench tracking``: walkers in
rendered squares.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from detection_worker.boxes import overlap
from detection_worker.detection.families import family_of
from detection_worker.tracking.scenery import without_scenery
from detection_worker.tracking.strands import (
    BOX,
    CONFIDENCE,
    NUMBER,
    Floats,
    Look,
    Recording,
    Strand,
    velocity,
)

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


def finished(strands: Sequence[Strand], looks: Sequence[Look]) -> list[Strand]:
    """The tracks lengthened at both ends and without short gaps; ``looks`` by rising number.

    What was taken for people and is none is left out.
    """
    recording = Recording(looks)
    people = without_scenery(strands, recording)
    return [filled(strand, recording) for strand in lengthened(people, recording)]


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
    speed = velocity(strand.rows[::-step], recording)
    at = recording.index(end[NUMBER])
    before = began = recording.looks[at]
    while 0 <= (at := at + step) < len(recording.looks):
        look = recording.looks[at]
        if abs(look.at_s - began.at_s) > LENGTHENED_S:
            return
        place = end[BOX] + np.tile(speed, 2) * (look.at_s - before.at_s)
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
        sure = look.left_over.confidence[index] >= LEAST_CONFIDENCE
        if sure and family_of(label) == family and (look.number, index) not in taken:
            share = overlap(place.tolist(), look.left_over.xyxy_px[index].tolist())
            best, most = (index, share) if share >= most else (best, most)
    return best


def _row(look: Look, index: int) -> Floats:
    confidence = look.left_over.confidence[index]
    return np.array([look.number, *look.left_over.xyxy_px[index], confidence], np.float64)


def _between(before: Floats, after: Floats) -> Iterator[Floats]:
    """A row for each frame between two, with the lower confidence of both."""
    frames = round(after[NUMBER] - before[NUMBER])
    for step in range(1, frames):
        row = before + (after - before) * (step / frames)
        row[CONFIDENCE] = min(before[CONFIDENCE], after[CONFIDENCE])
        yield row[None]
