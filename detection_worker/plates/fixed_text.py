"""Text that is not on the vehicle that it was read on: the camera's clock, a sign of the street.

It stays where it is while the vehicle drives on. So what was read is compared with what is at the
same place of the picture once the vehicle is somewhere else.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from detection_worker.boxes import Box
from detection_worker.frames import Image
from detection_worker.plates.reading import PlateReading

PATCH_WH = (64, 16)
"""What is compared: strokes of letters are still two pixels wide."""

ALIKE, ALIKE_WITHOUT_FORM = 0.8, 0.4
"""Correlation of the letters' strokes from which it is the same text. Two plates of one country at
the very same place correlate by 0.45, one pair in a hundred by more than 0.71; a clock before
another background by 0.4 to 0.8. So a text that no country's form knows needs little to be one
of the picture, and one with a form needs much."""


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """Where a text was read, in pixels of the analysed picture, and how it looked."""

    box_xyxy: Box
    strokes: npt.NDArray[np.float32]
    has_form: bool

    def is_left(self, vehicle_xyxy: Box) -> bool:
        """Whether a vehicle no longer covers any of it."""
        left, top, right, bottom = self.box_xyxy
        v_left, v_top, v_right, v_bottom = vehicle_xyxy
        return right < v_left or left > v_right or bottom < v_top or top > v_bottom

    def is_still_there(self, image: Image) -> bool:
        """Whether the same text stands at the same place of a picture."""
        now = _strokes(image, self.box_xyxy)
        least = ALIKE if self.has_form else ALIKE_WITHOUT_FORM
        return now is not None and float(np.mean(now * self.strokes)) >= least


def spot_of(reading: PlateReading, crop: Image, crop_xyxy: Box) -> Spot | None:
    """Of a reading from a picture ``crop`` of what was at ``crop_xyxy`` of the analysed one."""
    strokes = _strokes(crop, reading.box_xyxy)
    if strokes is None:
        return None
    left, top, right, bottom = crop_xyxy
    across, down = (right - left) / crop.shape[1], (bottom - top) / crop.shape[0]
    x0, y0, x1, y1 = reading.box_xyxy
    box = left + x0 * across, top + y0 * down, left + x1 * across, top + y1 * down
    return Spot(box, strokes, reading.plate.country is not None)


def _strokes(image: Image, box_xyxy: Box) -> npt.NDArray[np.float32] | None:
    """The letters' strokes without what is behind them, of mean 0 and deviation 1."""
    left, top, right, bottom = (round(value) for value in box_xyxy)
    part = image[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
    if min(part.shape[:2]) < 2:
        return None
    small = cv2.resize(part, PATCH_WH, interpolation=cv2.INTER_AREA)
    levels = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY).astype(np.float32)
    strokes = levels - cv2.GaussianBlur(levels, (0, 0), 4.0)
    spread = float(strokes.std())
    return np.asarray((strokes - strokes.mean()) / spread, np.float32) if spread > 1.0 else None
