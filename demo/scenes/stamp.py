"""What cameras write into their pictures: the place and the time."""

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import cv2
import numpy as np
import numpy.typing as npt

from demo.scenes.things.lettering import width_px, write

Image = npt.NDArray[np.uint8]

LOCAL = ZoneInfo("Asia/Almaty")
MARGIN_SHARE, SIZE_SHARE = 0.022, 0.036
"""Of the picture's height: how far the writing is from the edge, how high its letters are."""


def stamp(image: Image, place: str, at: datetime) -> None:
    """Write the place into the upper left corner and the local time into the upper right one."""
    height, width = image.shape[:2]
    margin, size = round(height * MARGIN_SHARE), round(height * SIZE_SHARE)
    clock = at.astimezone(LOCAL).strftime("%d.%m.%Y  %H:%M:%S")
    _put(image, _writing(place, size), margin, margin)
    shown = _writing(clock, size)
    _put(image, shown, width - shown[0].shape[1] - margin, margin)


@lru_cache(maxsize=64)
def _writing(text: str, size_px: int) -> tuple[Image, Image]:
    """White letters with a dark edge on a patch, and where the patch is written on."""
    height, width = round(size_px * 1.6), width_px(text, size_px) + 6
    ink: Image = np.zeros((height, width, 3), np.uint8)
    write(ink, text, (3, size_px * 1.15), size_px, (255, 255, 255))
    edge = np.asarray(cv2.dilate(ink[..., 0], np.ones((3, 3), np.uint8)), np.uint8)
    return ink, edge


def _put(image: Image, writing: tuple[Image, Image], left: int, top: int) -> None:
    ink, edge = writing
    place = image[top : top + ink.shape[0], left : left + ink.shape[1]]
    ink, edge = ink[: place.shape[0], : place.shape[1]], edge[: place.shape[0], : place.shape[1]]
    letters = ink[..., :1].astype(np.uint16)
    dark = place * (255 - edge[..., None].astype(np.uint16) * 3 // 4) // 255
    place[:] = (dark * (255 - letters) // 255 + 235 * letters // 255).astype(np.uint8)
