"""Where words stand in a drawing: inside the picture, beside their mark, over no other words."""

from collections.abc import Iterator, Sequence
from itertools import product

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in whole pixels; right and bottom are the first beyond it."""

Pair = tuple[int, int]
"""Left and top, or width and height, in whole pixels."""

APART_PX = 1
"""Between two labels, so that their plates do not run together."""


def place(
    wish: Pair, size_wh: Pair, frame_wh: Pair, taken: Sequence[Box], marks: Sequence[Box] = ()
) -> Box:
    """The place for a label that is nearest to ``wish``, its left top corner.

    It covers none of ``taken`` and, where there is room for that too, none of ``marks``. Where
    there is room for neither it covers as little of ``taken`` as can be. What is larger than the
    picture begins at its left or at its top.
    """
    for others in ((*taken, *marks), tuple(taken)):
        found = _places(wish, size_wh, frame_wh, others)
        places = sorted(found, key=lambda box: _far(box, wish))
        for box in places:
            if not any(_shared(box, other) for other in others):
                return box
    return min(places, key=lambda box: sum(_shared(box, other) for other in taken))


def _places(wish: Pair, size_wh: Pair, frame_wh: Pair, others: Sequence[Box]) -> Iterator[Box]:
    """The wish, and every place at an edge of the picture or of another box.

    If there is a free place, one of these is free: any other can be moved to the left and up
    until it meets an edge.
    """
    across, down = (
        sorted(_steps(wish[axis], size_wh[axis], frame_wh[axis], axis, others)) for axis in (0, 1)
    )
    for left, top in product(across, down):
        yield left, top, left + size_wh[0], top + size_wh[1]


def _steps(wish: int, size: int, room: int, axis: int, others: Sequence[Box]) -> set[int]:
    last = max(0, room - size)
    before = {one[axis] - size - APART_PX for one in others}
    behind = {one[axis + 2] + APART_PX for one in others}
    return {min(max(0, one), last) for one in {wish, 0, last} | before | behind}


def _far(box: Box, wish: Pair) -> tuple[int, Box]:
    return (box[0] - wish[0]) ** 2 + (box[1] - wish[1]) ** 2, box


def _shared(one: Box, other: Box) -> int:
    """The area that two boxes share, in pixels."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(0, width) * max(0, height)
