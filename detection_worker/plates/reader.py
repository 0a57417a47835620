"""Plates in a picture, read by `rapidocr`'s weights: found, read, read again, voted on.

::

    finder ──► lines of text ──► candidates ──► looks at each ──► a vote ──► form ──► confidence
               (``finder``)      (``lines``)    (``strips``)   (``voting``) (``forms``)
"""

from collections.abc import Iterable, Sequence
from itertools import product

import numpy as np

from detection_worker.frames import Image
from detection_worker.plates.choice import has_sure, kept, on_vehicles
from detection_worker.plates.confidence import calibrated
from detection_worker.plates.finder import (
    FIRST_SIDE_PX,
    PART_SIDES_PX,
    TextFinder,
    halves,
    part_side_px,
    tiles,
)
from detection_worker.plates.forms import (
    PlateText,
    PlateTextError,
    fits_a_form,
    joined,
    plain,
    settle,
)
from detection_worker.plates.lines import Candidate, Line, candidates, is_like_a_word
from detection_worker.plates.reading import Box, PlateReading, shifted
from detection_worker.plates.recogniser import Recogniser, Spelling
from detection_worker.plates.strips import FIRST_LOOKS, FURTHER_LOOKS, Look, cut, part_of
from detection_worker.plates.voting import Vote, vote

MOST_VEHICLES = 3
"""The largest vehicles are looked at closely: plates of those behind are smaller than letters."""

LEAST_PART_PX = 80
"""Shorter side of a vehicle from which letters on it could be read."""

MOST_LINES_TOGETHER = 150
"""Of a picture and its parts: the photographs of cars have 25 at most, and where there are more it
is shops and posters that are seen again and again. The lower parts come first."""

MOST_CANDIDATES = 12
"""A picture of a market has many signs; the likeliest of them are read again."""

THREADS = 2
"""Beneath one reader: more gain little on strips."""


class PlateReader:
    """Finds and reads plates; loads its weights at the first picture. For one thread."""

    def __init__(
        self,
        threads: int | None = None,
        finder: TextFinder | None = None,
        recogniser: Recogniser | None = None,
    ) -> None:
        self._finder = finder or TextFinder(threads or THREADS)
        self._recogniser = recogniser or Recogniser(threads or THREADS)

    def read(self, image: Image, vehicles: Sequence[Box] = ()) -> list[PlateReading]:
        """The plates in a picture (BGR), the surest first; empty where none can be read.

        ``vehicles`` (in its pixels, the largest first) are looked at closely, and what stands
        on one is preferred; where nobody knows any, the whole picture decides.
        """
        lines = self._lines(image, FIRST_SIDE_PX)
        found = self._readings(image, lines)
        for box in vehicles[:MOST_VEHICLES]:
            if has_sure(on_vehicles(found, vehicles)):
                return kept(found, vehicles)
            found += self._readings_in(image, box, FIRST_SIDE_PX)[0]
        if on_vehicles(found, vehicles):
            return kept(found, vehicles)
        seen = len(lines)
        for least_px, box in product(PART_SIDES_PX, tiles(image)):
            if has_sure(found) or seen > MOST_LINES_TOGETHER:
                break
            more, its_lines = self._readings_in(image, box, least_px)
            found, seen = found + more, seen + its_lines
        return kept(found, vehicles)

    def read_close(self, image: Image, short_side_px: int) -> PlateReading | None:
        """The plate of one vehicle, from the picture of it alone, looked at once."""
        lines = self._lines(image, short_side_px)
        return next(iter(kept(self._readings(image, lines))), None)

    def _readings_in(self, image: Image, box: Box, least_px: int) -> tuple[list[PlateReading], int]:
        """What stands in a part of the picture, seen from nearer, and how many lines it has."""
        left, top, right, bottom = box
        part = image[top:bottom, left:right]
        if min(part.shape[:2]) < LEAST_PART_PX:
            return [], 0
        lines = self._lines(part, part_side_px(part, least_px))
        return [shifted(one, left, top) for one in self._readings(part, lines)], len(lines)

    def _readings(self, image: Image, lines: Sequence[Line]) -> list[PlateReading]:
        likeliest = sorted(candidates(lines), key=_likelihood)[-MOST_CANDIDATES:]
        readings = (self._reading(image, candidate) for candidate in likeliest)
        return [reading for reading in readings if reading is not None]

    def _lines(self, image: Image, short_side_px: int) -> list[Line]:
        whole = self._finder.find(image, short_side_px)
        found = whole + [half for corners in whole for half in halves(corners)]
        read = [self._recogniser.read(_strips(image, corners, FIRST_LOOKS)) for corners in found]
        return [
            Line(corners, max(spellings, key=lambda one: one.mean), tuple(spellings))
            for corners, spellings in zip(found, read, strict=True)
        ]

    def _reading(self, image: Image, candidate: Candidate) -> PlateReading | None:
        """What the looks at all lines of a candidate say together."""
        votes = [self._vote(image, line) for line in candidate.lines]
        text = joined([one.text for one in votes], candidate.stacked)
        breaks = _breaks(votes)
        alike = [share for one in votes for share in one.alike]
        try:
            plate = settle(plain(text), candidate.is_long, candidate.stacked, breaks, alike)
        except PlateTextError:
            return None
        if not any(sign.isdigit() for sign in plate.text):
            return None
        word = is_like_a_word(plate.text, breaks)
        return PlateReading(
            plate,
            round(_confidence(votes, plate, candidate, word), 3),
            _box(candidate.lines),
            min(line.height_px for line in candidate.lines),
            len(candidate.lines),
            word,
        )

    def _vote(self, image: Image, line: Line) -> Vote:
        further = self._recogniser.read(_strips(image, line.corners, FURTHER_LOOKS))
        return vote((*line.first, *further))


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


def _confidence(votes: Sequence[Vote], plate: PlateText, candidate: Candidate, word: bool) -> float:
    """Of the weakest of the lines, calibrated, and less for what no form knows."""
    agreed = min(one.agreed for one in votes)
    weakest = min(min(one.shares, default=0.0) for one in votes)
    sure = min(one.confidence for one in votes)
    known = fits_a_form(plate.text, candidate.stacked)
    return calibrated(agreed, weakest, sure, known, len(plate.text), word)


def _box(lines: Iterable[Line]) -> Box:
    corners = np.concatenate([line.corners for line in lines])
    low, high = np.floor(corners.min(axis=0)), np.ceil(corners.max(axis=0))
    return int(low[0]), int(low[1]), int(high[0]), int(high[1])
