"""Plates in a picture, read by `rapidocr`'s weights: found, read, read again, voted on.

::

    finder ──► lines of text ──► candidates ──► looks at each ──► a vote ──► form ──► confidence
               (``finder``)      (``lines``)    (``strips``)   (``voting``) (``forms``)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from detection_worker.frames import Image
from detection_worker.plates.confidence import calibrated
from detection_worker.plates.finder import TextFinder, scales
from detection_worker.plates.forms import (
    PlateText,
    PlateTextError,
    fits_a_form,
    joined,
    plain,
    settle,
)
from detection_worker.plates.lines import Candidate, Line, candidates
from detection_worker.plates.recogniser import Recogniser, Spelling
from detection_worker.plates.strips import FIRST_LOOKS, LOOKS, Look, cut, part_of
from detection_worker.plates.voting import Vote, vote

LEAST_CONFIDENCE = 0.5
"""Below it a reading is more often wrong than right: a guess, and a guess is not given."""

SURE = 0.8
"""Below it smaller letters are looked for too: the plate may be better seen, or another one."""

LEAST_BESIDE = 0.8
"""What a further plate in a picture must have: signs and badges are read as well as plates."""

LEAST_HEIGHT_BESIDE = 0.55
"""Height of a further plate's letters, as a part of the surest one's; a badge's are smaller."""

WHOLE = 0.15
"""What words that make a known form together gain over each of them alone: a part of a plate is
read as surely as all of it."""

MOST_CANDIDATES = 12
"""A picture of a market has many signs; the likeliest of them are read again."""

THREADS = 2
"""Beneath one reader: more gain little on strips."""

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class PlateReading:
    """A plate that was read: its box in whole pixels, its confidence from 0 to 1.

    The confidence is calibrated: of readings with 0.9, nine in ten are right.
    """

    plate: PlateText
    confidence: float
    box_xyxy: Box
    height_px: float = 0.0
    parts: int = 1


class PlateReader:
    """Finds and reads plates; loads its weights at the first picture. For one thread."""

    def __init__(self, threads: int | None = None) -> None:
        self._finder = TextFinder(threads or THREADS)
        self._recogniser = Recogniser(threads or THREADS)

    def read(self, image: Image) -> list[PlateReading]:
        """The plates in a picture (BGR), the surest first; empty where none can be read."""
        found: list[PlateReading] = []
        for short_side_px in scales(image):
            found += self._readings(image, short_side_px)
            if found and max(reading.confidence for reading in found) >= SURE:
                break
        return _kept(found)

    def read_close(self, image: Image, short_side_px: int) -> PlateReading | None:
        """The plate of one vehicle, from the picture of it alone, looked at once."""
        return next(iter(_kept(self._readings(image, short_side_px))), None)

    def _readings(self, image: Image, short_side_px: int) -> list[PlateReading]:
        lines = self._lines(image, short_side_px)
        likeliest = sorted(candidates(lines), key=_likelihood)[-MOST_CANDIDATES:]
        readings = (self._reading(image, candidate) for candidate in likeliest)
        return [reading for reading in readings if reading is not None]

    def _lines(self, image: Image, short_side_px: int) -> list[Line]:
        found = self._finder.find(image, short_side_px)
        read = [self._recogniser.read(_strips(image, corners, FIRST_LOOKS)) for corners in found]
        best = (max(spellings, key=lambda one: one.mean) for spellings in read)
        return [Line(corners, spelling) for corners, spelling in zip(found, best, strict=True)]

    def _reading(self, image: Image, candidate: Candidate) -> PlateReading | None:
        """What the looks at all lines of a candidate say together."""
        votes = [self._vote(image, line) for line in candidate.lines]
        text = joined([one.text for one in votes], candidate.stacked)
        try:
            plate = settle(plain(text), candidate.is_long, candidate.stacked, _breaks(votes))
        except PlateTextError:
            return None
        if not any(sign.isdigit() for sign in plate.text):
            return None
        return PlateReading(
            plate,
            round(_confidence(votes, plate, candidate), 3),
            _box(candidate.lines),
            min(line.height_px for line in candidate.lines),
            len(candidate.lines),
        )

    def _vote(self, image: Image, line: Line) -> Vote:
        return vote(self._recogniser.read(_strips(image, line.corners, LOOKS)))


def _strips(image: Image, corners: np.ndarray, looks: Iterable[Look]) -> list[Image]:
    part, (line,) = part_of(image, [corners])
    return [cut(part, line, look) for look in looks]


def _breaks(votes: Sequence[Vote]) -> frozenset[int]:
    """Where a plate that was read in parts has gaps: within them and between them."""
    found: set[int] = set()
    length = 0
    for one in votes:
        found |= {length + place for place in one.breaks}
        length += len(one.text)
        found.add(length)
    return frozenset(found - {length})


def _likelihood(candidate: Candidate) -> tuple[bool, float]:
    """What to read again first: a known form, then what was read surely, then tall letters."""
    spellings: Sequence[Spelling] = [line.spelling for line in candidate.lines]
    mean = min(one.mean for one in spellings)
    return fits_a_form(candidate.text), mean


def _confidence(votes: Sequence[Vote], plate: PlateText, candidate: Candidate) -> float:
    """Of the weakest of the lines, calibrated, and less for what no form knows."""
    agreed = min(one.agreed for one in votes)
    weakest = min(min(one.shares, default=0.0) for one in votes)
    sure = min(one.confidence for one in votes)
    known = fits_a_form(plate.text, candidate.stacked)
    return calibrated(agreed, weakest, sure, known, len(plate.text))


def _kept(found: Iterable[PlateReading]) -> list[PlateReading]:
    """One reading a plate, no guesses, and beside the surest only what is as large and sure."""
    kept: list[PlateReading] = []
    for reading in sorted(found, key=_worth, reverse=True):
        if reading.confidence < LEAST_CONFIDENCE or any(_touch(reading, one) for one in kept):
            continue
        if not kept or _stands_beside(reading, kept[0]):
            kept.append(reading)
    return sorted(kept, key=lambda reading: -reading.confidence)


def _worth(reading: PlateReading) -> tuple[bool, float]:
    """A number alone may be a house's, a bus's or a lorry's: it comes last, the tallest first."""
    if any(sign.isalpha() for sign in reading.plate.text):
        whole = reading.parts > 1 and fits_a_form(reading.plate.text)
        return True, reading.confidence + WHOLE * whole
    return False, reading.height_px * reading.confidence


def _stands_beside(reading: PlateReading, first: PlateReading) -> bool:
    """Whether it is a plate too: as tall, surely read, and of some form if the first is."""
    has_letter = any(sign.isalpha() for sign in reading.plate.text)
    tall = reading.height_px >= LEAST_HEIGHT_BESIDE * first.height_px
    formed = fits_a_form(reading.plate.text) or not fits_a_form(first.plate.text)
    return has_letter and tall and formed and reading.confidence >= LEAST_BESIDE


def _touch(one: PlateReading, other: PlateReading) -> bool:
    """Whether two readings share so much of the picture that they are of one plate."""
    left, top = np.maximum(one.box_xyxy[:2], other.box_xyxy[:2])
    right, bottom = np.minimum(one.box_xyxy[2:], other.box_xyxy[2:])
    if right <= left or bottom <= top:
        return False
    shared = float((right - left) * (bottom - top))
    return shared > 0.25 * min(_area(one.box_xyxy), _area(other.box_xyxy))


def _area(box: Box) -> float:
    return float((box[2] - box[0]) * (box[3] - box[1]))


def _box(lines: Iterable[Line]) -> Box:
    corners = np.concatenate([line.corners for line in lines])
    low, high = np.floor(corners.min(axis=0)), np.ceil(corners.max(axis=0))
    return int(low[0]), int(low[1]), int(high[0]), int(high[1])


def shifted(reading: PlateReading, left_px: int, top_px: int) -> PlateReading:
    """A reading from a part of a picture with its box in the whole picture's pixels."""
    left, top, right, bottom = reading.box_xyxy
    box = (left + left_px, top + top_px, right + left_px, bottom + top_px)
    return replace(reading, box_xyxy=box)
