"""Lines of text in a picture, by the finder whose weights `rapidocr` carries."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from detection_worker.frames import Image

Quadrangle = npt.NDArray[np.float32]
"""Four corners in pixels, (4, 2): top left, top right, bottom right, bottom left of the text."""

MOST_SIDE_PX = 2600
"""A picture is never looked at larger than so: bounds memory (to 1 GB) and time."""

MOST_LINES = 60
"""More lines are a page of print; the tallest are looked at. Of 36 photographs of cars one
has 15, the others fewer."""

LONGEST = 9.5
"""Width over height of a line on a plate, at most: a whole European plate is five times as wide as
high. What is longer is print, and takes longest to read."""

FIRST_SIDE_PX = 736
"""Short side of a whole picture when it is looked at: the finder was trained with it."""

PART_SIDES_PX = (460, FIRST_SIDE_PX)
"""Short sides of a part when it is looked at, at least: as it is first, then enlarged. What is
12 px high is found in a tile of 460 px and hidden when that is enlarged; lower letters the other
way round."""

LAST_SIDE_PX = 1100
"""At most: time grows with it."""

TILE = 0.6
"""Sides of a part of a picture: a fifth is seen twice, which is wider than plates."""

MOST_SQUARE = 1.8
"""Width over height of a found line that may hold two: plates of two lines are 1.2 to 1.8 times as
wide as high, and one line of four signs is twice as wide."""

LEAST_HEIGHT_PX = 7
"""Lower lines cannot be read."""


class TextFinder:
    """Finds lines; loads its weights at the first picture. For one thread."""

    def __init__(self, threads: int) -> None:
        self._threads = threads

    def find(self, image: Image, short_side_px: int) -> list[Quadrangle]:
        """The lines in a picture (BGR) that is looked at with this length of its short side."""
        scale = _scale(image, short_side_px)
        found = self._engine(_resized(image, scale))
        if found.boxes is None:
            return []
        lines = [np.asarray(box, np.float32) / np.float32(scale) for box in found.boxes]
        return tallest(lines)

    @cached_property
    def _engine(self) -> Any:
        """Imported here: it takes a second, and most of the worker does without."""
        from rapidocr import RapidOCR

        params = {
            "Global.use_cls": False,
            "Global.use_rec": False,
            "Global.max_side_len": MOST_SIDE_PX + 64,
            "Global.log_level": "critical",
            "Det.limit_type": "max",  # the scale is chosen here
            "Det.limit_side_len": MOST_SIDE_PX + 64,
            "EngineConfig.onnxruntime.intra_op_num_threads": self._threads,
        }
        return RapidOCR(params=params)


def sides(line: Quadrangle) -> tuple[float, float]:
    """Width and height of a line in pixels, at least one each."""
    width = np.linalg.norm(line[1] - line[0])
    height = np.linalg.norm(line[3] - line[0])
    return max(float(width), 1.0), max(float(height), 1.0)


def tallest(lines: Iterable[Quadrangle]) -> list[Quadrangle]:
    """Those that may be of a plate, the tallest first, and not too many."""
    likely = [line for line in lines if _may_be_of_a_plate(line)]
    return sorted(likely, key=lambda line: -sides(line)[1])[:MOST_LINES]


def _may_be_of_a_plate(line: Quadrangle) -> bool:
    width, height = sides(line)
    return height >= LEAST_HEIGHT_PX and width <= LONGEST * height


def halves(line: Quadrangle) -> list[Quadrangle]:
    """The upper and the lower half of what is nearly square: two small lines found as one."""
    width, height = sides(line)
    if width > MOST_SQUARE * height or height < 2 * LEAST_HEIGHT_PX:
        return []
    left, right = (line[0] + line[3]) / 2, (line[1] + line[2]) / 2
    upper, lower = (line[0], line[1], right, left), (left, right, line[2], line[3])
    return [np.asarray(upper, np.float32), np.asarray(lower, np.float32)]


def part_side_px(image: Image, least_px: int) -> int:
    """The length of a part's short side to look with: as it is, if it is not too small."""
    return int(np.clip(min(image.shape[:2]), least_px, LAST_SIDE_PX))


def tiles(image: Image) -> Iterator[tuple[int, int, int, int]]:
    """Parts of a picture (xyxy in its pixels), overlapping, the lower ones first.

    The finder weighs a picture as a whole: beside a large sign it overlooks small letters
    that it finds in a part, at the very same scale. Plates hang low.
    """
    height, width = image.shape[:2]
    wide, high = round(width * TILE), round(height * TILE)
    for top in (height - high, 0):
        for left in (0, width - wide):
            yield left, top, left + wide, top + high


def _scale(image: Image, short_side_px: int) -> float:
    height, width = image.shape[:2]
    return float(min(short_side_px / min(height, width), MOST_SIDE_PX / max(height, width)))


def _resized(image: Image, scale: float) -> Image:
    height, width = image.shape[:2]
    size = (max(32, round(width * scale)), max(32, round(height * scale)))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(image, size, interpolation=way), np.uint8)
