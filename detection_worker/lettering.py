"""Words in a picture, in the letters of Kazakh, Russian and English: the font inside OpenCV."""

import threading
from typing import Any

import cv2

from detection_worker.frames import Image

Colour = tuple[int, int, int]
"""BGR."""

_fonts = threading.local()
"""A font keeps what it is drawing: each thread has its own."""


def write(image: Image, words: str, baseline: tuple[int, int], size_px: int, ink: Colour) -> None:
    """Write into ``image``, from ``baseline`` on to the right."""
    cv2.putText(image, words, baseline, ink, _font(), size_px, _WEIGHT)


def width_px(words: str, size_px: int) -> int:
    """How wide words will be."""
    _, _, width, _ = cv2.getTextSize((1, 1), words, (0, 0), _font(), size_px, _WEIGHT)
    return int(width)


def wrapped(words: str, size_px: int, within_px: int) -> list[str]:
    """The words in lines of at most ``within_px``; one word stands alone where it is wider."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_px(longer, size_px) > within_px:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


_WEIGHT = 500
"""Between regular and bold: strokes stay whole after JPEG."""


def _font() -> Any:
    if not hasattr(_fonts, "sans"):
        _fonts.sans = cv2.FontFace("sans")
    return _fonts.sans
