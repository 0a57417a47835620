"""Lines of a picture set upright and made alike, so that they can be read and read again."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from detection_worker.frames import Image
from detection_worker.plates.finder import Quadrangle, sides
from detection_worker.plates.recogniser import STRIP_HEIGHT_PX

BLUE_HUE, BLUE_SATURATION, BLUE_VALUE = (95, 130), 100, 40
"""Blue in OpenCV's HSV: the band at the end of European plates, by day and by night."""

BAND_SHARE = 0.55
"""How much of a column is blue for it to be of the band: the rest is its stars and letters."""

WIDEST_BAND = 0.22
"""Of the strip: the band is 40 to 50 mm of 520, and the line may end close beside it."""


@dataclass(frozen=True, slots=True)
class Look:
    """One way to cut a line out: margins as parts of its height, a stretch, a blur, a lean.

    ``blur_px`` is the deviation of the blur at the strip's height of 48 px, ``lean`` how far
    the upper edge is moved, as a part of the height.
    """

    beside: float
    above: float
    stretch: float = 1.1
    blur_px: float = 1.5
    lean: float = 0.0


FIRST_LOOKS = (Look(0.1, -0.08), Look(0.15, -0.14, 1.4))
"""Enough to tell a plate from other words."""

FURTHER_LOOKS = (
    Look(0.25, -0.08),
    Look(0.15, 0.0, 1.25, 1.0),
    Look(0.2, 0.0, 1.25, 2.0),
    Look(0.1, -0.08, 1.7),
    Look(0.2, 0.0, 1.25, 1.0, -0.1),
    Look(0.2, 0.0, 1.25, 1.0, 0.1),
)
"""With the first ones the ways a plate is read before its readings vote. Enlarging the small
letters of a photograph brings its blocks and noise out, and of all that was tried (contrast,
sharpening, five scales) a blur helped most. The finder's lines are a third higher than their
letters: two looks that cut close and stretch took the place of two that cut wide, and 68 in the
place of 63 of 110 rendered plates are read that a poor or a moving camera saw. Cutting all looks
close reads up to 74 of these, no more of others, and is surer of what it misreads; weighing texts
by their whole likelihood (CTC) changes one or two."""


def cut(image: Image, line: Quadrangle, look: Look) -> Image:
    """The line set upright, 48 px high, with the look's margins; what is outside is repeated."""
    width, height = sides(line)
    scale = STRIP_HEIGHT_PX / (height * (1 + 2 * look.above))
    x, y = look.beside * height * scale * look.stretch, look.above * height * scale
    across, down = width * scale * look.stretch, height * scale
    lean = look.lean * STRIP_HEIGHT_PX / 2
    inner = np.array(
        [
            [x + lean, y],
            [x + across + lean, y],
            [x + across - lean, y + down],
            [x - lean, y + down],
        ],
        np.float32,
    )
    strip = cv2.warpPerspective(
        _soft(image, scale),
        cv2.getPerspectiveTransform(line, inner),
        (max(8, min(2000, round(across + 2 * x))), STRIP_HEIGHT_PX),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return without_bands(np.asarray(cv2.GaussianBlur(strip, (0, 0), look.blur_px), np.uint8))


def part_of(image: Image, lines: Sequence[Quadrangle]) -> tuple[Image, list[Quadrangle]]:
    """The part of the picture around some lines, and the lines in its pixels."""
    corners = np.concatenate(lines)
    margin = max(sides(line)[1] for line in lines)
    height, width = image.shape[:2]
    left, top = np.maximum(np.floor(corners.min(axis=0) - margin), 0).astype(int)
    right, bottom = np.ceil(corners.max(axis=0) + margin).astype(int)
    part = image[top : min(bottom, height), left : min(right, width)]
    return part, [line - np.array([left, top], np.float32) for line in lines]


def without_bands(strip: Image) -> Image:
    """The strip without a blue band at its left or right end, where the country's letters are."""
    width = strip.shape[1]
    blue = _blue_columns(strip)
    edge = round(width * WIDEST_BAND)
    left = _band(blue[:edge])
    right = width - _band(blue[::-1][:edge])
    # A strip that is blue all over is a blue plate.
    return strip if blue.mean() > 2 * WIDEST_BAND or right - left < edge else strip[:, left:right]


def _blue_columns(strip: Image) -> npt.NDArray[np.bool_]:
    hue, saturation, value = cv2.split(cv2.cvtColor(strip, cv2.COLOR_BGR2HSV))
    blue = (hue >= BLUE_HUE[0]) & (hue <= BLUE_HUE[1])
    blue &= (saturation >= BLUE_SATURATION) & (value >= BLUE_VALUE)
    return np.asarray(blue.mean(axis=0) > BAND_SHARE)


def _band(blue: npt.NDArray[np.bool_]) -> int:
    """Where a band that begins at the first column ends; 0 where there is none."""
    columns = np.flatnonzero(blue)
    wide_enough = len(columns) >= STRIP_HEIGHT_PX // 8
    return int(columns[-1]) + 1 if wide_enough else 0


def _soft(image: Image, scale: float) -> Image:
    """The picture blurred before it is made much smaller, lest strokes vanish between pixels."""
    if scale > 0.7:
        return image
    return np.asarray(cv2.GaussianBlur(image, (0, 0), 0.5 / scale), np.uint8)
