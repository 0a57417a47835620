"""Writing in the letters of Kazakh, Russian and English, with the font inside OpenCV."""

from functools import cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from demo.scenes.picture.light import Colour


@cache
def _font() -> Any:
    return cv2.FontFace("sans")


def write(
    image: npt.NDArray[np.uint8],
    text: str,
    baseline: tuple[float, float],
    size_px: float,
    paint: Colour,
    weight: int = 600,
    centred: bool = False,
) -> None:
    """Write into ``image``; ``baseline`` is where the line starts, or its middle."""
    x, y = baseline
    if centred:
        x -= width_px(text, size_px, weight) / 2
    ink = tuple(round(part) for part in paint)
    cv2.putText(image, text, (round(x), round(y)), ink, _font(), round(size_px), weight)


def width_px(text: str, size_px: float, weight: int = 600) -> int:
    """How wide a text will be."""
    _, _, width, _ = cv2.getTextSize((1, 1), text, (0, 0), _font(), round(size_px), weight)
    return int(width)
