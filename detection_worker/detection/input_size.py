"""How large a picture goes into a model that takes pictures of any size."""

from detection_worker.detection.heads import STRIDES
from detection_worker.frames import Image

Size = tuple[int, int]
"""Width and height in pixels."""

STEP_PX = max(STRIDES)
"""Sides are whole cells of the coarsest grid."""


def fitting_wh(image: Image, own_wh: Size, most_px: int = 0) -> Size:
    """The input that fits the picture best: the least of whole cells, or the model's own.

    ``most_px`` lets it have up to so many pixels where that is more than the model's ``own_wh``
    gives; a picture is not enlarged for it.
    """
    width, height = max(_inner(image, own_wh), _reduced(image, most_px))  # the wider is the larger
    return whole_cells(width), whole_cells(height)


def whole_cells(side_px: int) -> int:
    """The side, made longer to whole cells."""
    return max(STEP_PX, -(-side_px // STEP_PX) * STEP_PX)


def _inner(image: Image, own_wh: Size) -> Size:
    """Width and height of the picture within ``own_wh``."""
    height, width = image.shape[:2]
    scale = min(own_wh[0] / width, own_wh[1] / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _reduced(image: Image, most_px: int) -> Size:
    """Width and height of the picture in the largest input of whole cells and ``most_px``."""
    height, width = image.shape[:2]
    if whole_cells(width) * whole_cells(height) <= most_px:
        return width, height
    heights = range(STEP_PX, height, STEP_PX)
    sizes = [(round(width * lower / height), lower) for lower in heights]
    return max((wh for wh in sizes if whole_cells(wh[0]) * wh[1] <= most_px), default=(0, 0))
