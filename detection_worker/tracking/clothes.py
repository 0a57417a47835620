"""What people wear, in twelve numbers: enough to tell two who meet from one another.

It lives as long as one recording is analysed and is written nowhere: nobody is known again by it.
"""

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from detection_worker.boxes import Box
from detection_worker.frames import Image

STRIPES = ((0.12, 0.32), (0.32, 0.52), (0.55, 0.75), (0.75, 0.95))
"""Chest, waist, thighs and shins in shares of a box's height: above is hair, below the ground."""

MIDDLE = (0.28, 0.72)
"""The part of a box's width that is the person; beside it is what stands behind."""

ENOUGH_PX = 64
"""Height of a box from which on lines and columns are left out: a mean needs no more."""

NUMBERS = 3 * len(STRIPES)
"""Lightness, green to red and blue to yellow (CIE L*a*b*) of each stripe."""

Floats = npt.NDArray[np.float64]


def worn(image_bgr: Image, boxes: Sequence[Box]) -> Floats:
    """What is worn in each box: (N, NUMBERS), nan for stripes that the picture does not hold."""
    return np.array([_worn(image_bgr, box) for box in boxes]).reshape(-1, NUMBERS)


def unlike(first: Floats, second: Floats) -> float:
    """How different two look: the usual distance of their stripes' colours (CIE76 ΔE).

    The eye sees a difference from 2 on; infinity where no stripe of both is known.
    """
    apart = np.sum((first - second).reshape(-1, 3) ** 2, axis=1)
    known = apart[np.isfinite(apart)]
    return float(np.sqrt(known.mean())) if len(known) else float("inf")


def _worn(image: Image, box: Box) -> Floats:
    left, top, right, bottom = box
    step = max(1, int(bottom - top) // ENOUGH_PX)
    columns = _part(left, right, MIDDLE, step, image.shape[1])
    rows = [_part(top, bottom, stripe, step, image.shape[0]) for stripe in STRIPES]
    return np.concatenate([_colour(image[part, columns]) for part in rows])


def _part(start: float, end: float, shares: tuple[float, float], step: int, size: int) -> slice:
    low, high = (start + share * (end - start) for share in shares)
    first = max(round(low), 0)
    return slice(first, min(max(round(high), first + 1), size), step)


def _colour(pixels: Image) -> Floats:
    """The mean colour as L*a*b*; nan where there is none."""
    if not pixels.size:
        return np.full(3, np.nan)
    mean = cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_BGR2LAB).reshape(-1, 3).mean(axis=0)
    return np.asarray(mean * (100 / 255, 1, 1) - (0, 128, 128))
