"""A plate that was read: what it says, how surely, and where."""

from dataclasses import dataclass, replace

from detection_worker.plates.forms import PlateText

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class PlateReading:
    """A plate that was read: its box in whole pixels, its confidence from 0 to 1.

    The confidence is calibrated: of readings with 0.9, nine in ten are right. ``parts`` is of
    how many words it was put together, ``like_a_word`` whether letters in it stand as in a
    word (``lines.is_like_a_word``).
    """

    plate: PlateText
    confidence: float
    box_xyxy: Box
    height_px: float = 0.0
    parts: int = 1
    like_a_word: bool = False


def shifted(reading: PlateReading, left_px: int, top_px: int) -> PlateReading:
    """A reading from a part of a picture with its box in the whole picture's pixels."""
    left, top, right, bottom = reading.box_xyxy
    box = (left + left_px, top + top_px, right + left_px, bottom + top_px)
    return replace(reading, box_xyxy=box)
