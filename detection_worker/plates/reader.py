"""Plates in a picture, read by `rapidocr` with the weights that its wheel carries."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from detection_worker.frames import Image
from detection_worker.plates.forms import PlateText, PlateTextError, plain, settle

LEAST_CONFIDENCE = 0.5
"""Below it a reading is a guess, and a guess is not given: it means that fewer than about half
of the readings of a line agree."""

MARGINS = ((0.15, 0.0), (0.3, 0.0), (0.15, -0.06))
"""By which parts of its height a line's box is widened and heightened for its further readings:
the finder of lines cuts letters off at the sides, and takes screws and frames above them in."""

ENLARGED = 1.5
"""How much larger a picture is looked at again when no plate was found in it: small letters."""

LARGEST_PX = 2_500_000
"""Pictures with more pixels are not enlarged: their plates are large enough, or too far."""

SHAPES = (1.2, 9.0)
"""Width over height of a line on a plate: from a motorcycle's two lines to a European plate."""

_CLOCK = re.compile(r"\d{1,2}[:;.=]\d{2}|\d{4}\D?\d{2}\D?\d{2}$|^\d{4}[-=./]\d{2}")
_TELEPHONE = re.compile(r"^\+?[\d\s()]*\d{3}[-\s]\d{3,4}([-\s]\d{4})?$")

Quadrangle = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PlateReading:
    """A plate that was read: its box in whole pixels, its confidence from 0 to 1."""

    plate: PlateText
    confidence: float
    box_xyxy: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of text as it was found."""

    written: str
    confidence: float
    corners: Quadrangle


class PlateReader:
    """Finds and reads plates; loads its weights at the first picture. For one thread."""

    def __init__(self, threads: int | None = None) -> None:
        self._threads = threads or -1

    def read(self, image: Image) -> list[PlateReading]:
        """The plates in a picture (BGR), the surest first; empty where none can be read."""
        readings = self._readings(image)
        if not readings and image.shape[0] * image.shape[1] <= LARGEST_PX:
            larger = _enlarged(image)
            readings = [_shrunk(reading) for reading in self._readings(larger)]
        return sorted(readings, key=lambda reading: -reading.confidence)

    def _readings(self, image: Image) -> list[PlateReading]:
        return [
            reading
            for line in self._lines(image)
            if _may_be_plate(line) and (reading := self._reading(image, line)) is not None
        ]

    def _lines(self, image: Image) -> Iterator[_Line]:
        found = self._finder(image)
        if found.txts is None:
            return
        for written, confidence, corners in zip(found.txts, found.scores, found.boxes, strict=True):
            yield _Line(written, float(confidence), np.asarray(corners, np.float32))

    def _reading(self, image: Image, line: _Line) -> PlateReading | None:
        """What most readings of a line agree on; its confidence is over all of them."""
        votes: defaultdict[str, float] = defaultdict(float)
        for written, confidence in [(line.written, line.confidence), *self._again(image, line)]:
            try:
                votes[settle(plain(written)).text] += confidence
            except PlateTextError:
                continue  # this one of the readings says nothing
        text = max(votes, key=lambda one: votes[one], default="")
        confidence = votes[text] / (1 + len(MARGINS)) if text else 0.0
        if confidence < LEAST_CONFIDENCE or not any(sign.isdigit() for sign in text):
            return None
        return PlateReading(settle(text), round(confidence, 3), _box(line.corners))

    def _again(self, image: Image, line: _Line) -> Iterator[tuple[str, float]]:
        for margins in MARGINS:
            read = self._recogniser(_cut(image, line.corners, *margins))
            if read.txts:
                yield read.txts[0], float(read.scores[0])

    @cached_property
    def _finder(self) -> Any:
        return _rapidocr({"Global.use_cls": False}, self._threads)

    @cached_property
    def _recogniser(self) -> Any:
        return _rapidocr({"Global.use_cls": False, "Global.use_det": False}, self._threads)


def _rapidocr(params: dict[str, Any], threads: int) -> Any:
    """Imported here, since it takes a second and most of the worker does without."""
    from rapidocr import RapidOCR

    quiet = {"Global.log_level": "critical"}
    return RapidOCR(
        params=params | quiet | {"EngineConfig.onnxruntime.intra_op_num_threads": threads}
    )


def _may_be_plate(line: _Line) -> bool:
    """Whether a line has a plate's length and shape and is no clock, date or telephone number."""
    if _CLOCK.search(line.written) or _TELEPHONE.match(line.written):
        return False
    try:
        text = plain(line.written)
    except PlateTextError:
        return False
    width, height = _sides(line.corners)
    return any(sign.isdigit() for sign in text) and SHAPES[0] <= width / height <= SHAPES[1]


def _sides(corners: Quadrangle) -> tuple[float, float]:
    """Width and height of a leaning box, at least a pixel each."""
    width = np.linalg.norm(corners[1] - corners[0])
    height = np.linalg.norm(corners[3] - corners[0])
    return max(float(width), 1.0), max(float(height), 1.0)


def _cut(image: Image, corners: Quadrangle, beside: float, above: float) -> Image:
    """The line set upright, with margins as parts of its height."""
    width, height = _sides(corners)
    x, y = beside * height, above * height
    inner = np.array([[x, y], [x + width, y], [x + width, y + height], [x, y + height]], np.float32)
    size = (round(width + 2 * x), max(1, round(height + 2 * y)))
    upright = cv2.warpPerspective(
        image,
        cv2.getPerspectiveTransform(corners, inner),
        size,
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(upright, np.uint8)


def _enlarged(image: Image) -> Image:
    larger = cv2.resize(image, None, fx=ENLARGED, fy=ENLARGED, interpolation=cv2.INTER_CUBIC)
    return np.asarray(larger, np.uint8)


def _shrunk(reading: PlateReading) -> PlateReading:
    """A reading from the enlarged picture with its box in the picture's own pixels."""
    left, top, right, bottom = (round(side / ENLARGED) for side in reading.box_xyxy)
    return replace(reading, box_xyxy=(left, top, right, bottom))


def _box(corners: Quadrangle) -> tuple[int, int, int, int]:
    low, high = np.floor(corners.min(axis=0)), np.ceil(corners.max(axis=0))
    return int(low[0]), int(low[1]), int(high[0]), int(high[1])
