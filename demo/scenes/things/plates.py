"""Plates of Kazakhstan since 2012: three digits, letters, a bar and the region."""

from functools import lru_cache

import cv2
import numpy as np

from demo.scenes.picture.light import colour
from demo.scenes.things.lettering import width_px, write
from demo.scenes.things.solids import Texture

LETTERS = "ABCDEFHKLMNOPRSTUVXYZ"
REGIONS = ["01", "01", "01", "03", "03", "02", "09", "10", "14", "15", "16", "13"]
"""Mostly Astana and the region around it, where Kosshy lies."""

WIDTH_M, HEIGHT_M = 0.52, 0.112


def random_plate(chance: np.random.Generator) -> str:
    """A plate such as ``123 ABC 01``."""
    digits = f"{chance.integers(1, 1000):03d}"
    letters = "".join(chance.choice(list(LETTERS), 3))
    return f"{digits} {letters} {REGIONS[chance.integers(len(REGIONS))]}"


@lru_cache(maxsize=512)
def plate_picture(plate: str, width_px_: int) -> Texture:
    """The plate's face, ``width_px_`` pixels wide."""
    full = _face(plate)
    height = max(2, round(width_px_ * HEIGHT_M / WIDTH_M))
    return np.asarray(cv2.resize(full, (width_px_, height), interpolation=cv2.INTER_AREA), np.uint8)


@lru_cache(maxsize=256)
def _face(plate: str) -> Texture:
    face: Texture = np.full((90, 416, 3), 244, np.uint8)
    ink = colour("101214")
    cv2.rectangle(face, (0, 0), (415, 89), ink, 4)
    cv2.rectangle(face, (10, 14), (48, 40), colour("00a5c4"), -1)
    write(face, "KZ", (11, 72), 24, ink, 700)
    digits, letters, region = plate.split()
    for text, middle in ((digits, 118), (letters, 245), (region, 368)):
        # The font strikes its zeros through, plates do not: the letter O has their shape.
        shown = text.replace("0", "O")
        size = 66 if width_px(shown, 66, 600) < 124 else 58
        write(face, shown, (middle, 70), size, ink, 600, centred=True)
    cv2.line(face, (318, 8), (318, 82), ink, 4)
    return face
