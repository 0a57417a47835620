"""Pieces of a small picture where newcomers stand: masks with their boxes and areas."""

import cv2
import numpy as np
import numpy.typing as npt

from detection_worker.rules.stills.view import Mask

Pixels = tuple[int, int, int, int]
Piece = tuple[Mask, Pixels, int]
"""A place in the small picture: its mask (0 or 255), box and area."""

Labels = npt.NDArray[np.int32]

LEAST_PX = 22
"""Smallest region, of 480 px width: a bag 5 × 5 px; less is a leaf, or noise that lasts."""

LEAST_SIDE_PX = 4
MOST_SHARE = 0.12
"""A region larger than this part of the picture is light, weather or a view that changed."""

LEAST_FILL = 0.35
"""A region that fills less of its box is a scatter of leaves or the rim of a shake."""

MOST_REGIONS = 16
"""Regions that are judged at once; more of them is weather, and costs time."""


def inside(box: Pixels) -> tuple[slice, slice]:
    """Rows and columns of a box."""
    left, top, right, bottom = box
    return slice(top, bottom), slice(left, right)


def labelled(standing: Mask) -> tuple[Labels, Labels]:
    """Labels of the places where newcomers stand, and their boxes and areas as OpenCV tells."""
    closed = cv2.morphologyEx(standing, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    return np.asarray(labels, np.int32), np.asarray(stats, np.int32)


def components(standing: Mask) -> list[Piece]:
    """The plausible places where newcomers stand, the largest first."""
    labels, stats = labelled(standing)
    found = []
    for number in range(1, len(stats)):
        box, area = box_of(stats[number]), int(stats[number][cv2.CC_STAT_AREA])
        if _is_plausible(box, area, standing.size) and _is_whole(box, standing):
            found.append((number, box, area))
    found.sort(key=lambda one: -one[2])
    return [(mask_of(labels == number), box, area) for number, box, area in found[:MOST_REGIONS]]


def box_of(stats: Labels) -> Pixels:
    """The box of one row of the statistics."""
    left, top, width, height = (int(part) for part in stats[:4])
    return (left, top, left + width, top + height)


def mask_of(flags: npt.NDArray[np.bool_]) -> Mask:
    """A mask of flags."""
    return np.asarray(flags, np.uint8) * np.uint8(255)


def wider(mask: Mask) -> Mask:
    """A mask with a rim of one pixel."""
    return np.asarray(cv2.dilate(mask, np.ones((3, 3), np.uint8)), np.uint8)


def in_common(one: Pixels, other: Pixels) -> float:
    """The share of the smaller box that lies in the other."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    smaller = min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return max(width, 0) * max(height, 0) / max(smaller, 1)


def _is_plausible(box: Pixels, area: int, whole: int) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return (
        area >= LEAST_PX
        and min(width, height) >= LEAST_SIDE_PX
        and area <= MOST_SHARE * whole
        and area >= LEAST_FILL * width * height
    )


def _is_whole(box: Pixels, picture: Mask) -> bool:
    """Whether all of it is in the picture: what the edge cuts may be the end of a queue."""
    height, width = picture.shape
    return box[0] > 0 and box[1] > 0 and box[2] < width and box[3] < height
