"""Frames with something to see in them, for the tests of evidence and live pictures."""

from datetime import datetime, timedelta

import numpy as np

from detection_worker.frames import Frame, Image, PlainPicture
from tests.detection_worker.items import NOON

SIZE = (320, 240)


def a_picture(number: int, size: tuple[int, int] = SIZE) -> Image:
    """Grey, brighter with each frame, with a white square that moves."""
    width, height = size
    image = np.full((height, width, 3), 40 + number % 100, np.uint8)
    left = number * 3 % max(1, width - 20)
    image[height // 3 : height // 3 + 20, left : left + 20] = 255
    return image


def a_frame(
    number: int, fps: float = 10.0, camera_id: int = 1, size: tuple[int, int] = SIZE,
    start: datetime = NOON,
) -> Frame:  # fmt: skip
    at = start + timedelta(seconds=number / fps)
    return Frame(camera_id, at, PlainPicture(a_picture(number, size)), number + 1)
