"""Where words stand in a drawing: inside the picture, beside their mark, over no other words."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in whole pixels; right and bottom are the first beyond it."""

Pair = tuple[int, int]
"""Left and top, or width and height, in whole pixels."""

APART_PX = 1
"""Between two labels, so that their plates do not run together."""


MOST_EDGES = 40
"""Edges along each axis that a label is tried at, the nearest: a crowd has hundreds of marks."""

_Boxes = npt.NDArray[np.int64]


def place(
    wish: Pair, size_wh: Pair, frame_wh: Pair, taken: Sequence[Box], marks: Sequence[Box] = ()
) -> Box:
    """The place for a label that is nearest to ``wish``, its left top corner.

    It covers none of ``taken`` and, where there is room for that too, none of ``marks``. Where
    there is room for neither it covers as little of ``taken`` as can be. What is larger than the
    picture begins at its left or at its top.
    """
    places = _places(wish, size_wh, frame_wh, (*taken, *marks))
    over_taken, over_marks = _covered(places, taken), _covered(places, marks)
    for covered in (over_taken + over_marks, over_taken):
        if not covered.min():
            break
    left, top, right, bottom = places[covered.argmin()].tolist()
    return left, top, right, bottom


def _places(wish: Pair, size_wh: Pair, frame_wh: Pair, others: Sequence[Box]) -> _Boxes:
    """The wish, and places at edges of the picture or of other boxes, (N, 4), the nearest first.

    If there is a free place, one at an edge is free: any other can be moved to the left and up
    until it meets one.
    """
    across, down = (
        _steps(wish[axis], size_wh[axis], frame_wh[axis], axis, others) for axis in (0, 1)
    )
    corners = np.stack(np.meshgrid(across, down, indexing="ij"), axis=-1).reshape(-1, 2)
    far = ((corners - np.array(wish)) ** 2).sum(axis=1)
    corners = corners[np.lexsort((corners[:, 1], corners[:, 0], far))]
    return np.hstack([corners, corners + np.array(size_wh)])


def _steps(wish: int, size: int, room: int, axis: int, others: Sequence[Box]) -> list[int]:
    last = max(0, room - size)
    before = {one[axis] - size - APART_PX for one in others}
    behind = {one[axis + 2] + APART_PX for one in others}
    steps = {min(max(0, one), last) for one in {wish, 0, last} | before | behind}
    return sorted(steps, key=lambda one: (abs(one - wish), one))[:MOST_EDGES]


def _covered(boxes: _Boxes, others: Sequence[Box]) -> _Boxes:
    """The area of each box that lies on others, in pixels."""
    them = np.array(others, np.int64).reshape(-1, 4)
    low = np.maximum(boxes[:, None, :2], them[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], them[None, :, 2:])
    return np.asarray(np.clip(high - low, 0, None).prod(axis=2).sum(axis=1), np.int64)
