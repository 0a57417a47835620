"""How a recording's camera was held: phones write it beside the pictures, as a matrix."""

import math
import struct
from typing import cast

from av.sidedata.sidedata import SideData, SideDataContainer
from av.video.frame import VideoFrame

_MATRIX = struct.Struct("=9i")
"""Rows of three whole numbers, as FFmpeg has them in memory: ``(a, b, u, c, d, v, x, y, w)``
takes what is right in the picture to (a, b) and what is down to (c, d)."""


def quarter_turns(frame: VideoFrame) -> int:
    """Quarters to the left, 0 to 3, that put what is down in the picture downwards.

    A picture that is mirrored besides, as of a camera that faces its owner, stays as its camera
    saw it: plates are read so. A matrix of noughts turns nothing.
    """
    # Not ``frame.side_data``: frame and container would hold each other, and a picture of
    # megabytes would stay until the garbage collector comes by.
    told = SideDataContainer(frame).get("DISPLAYMATRIX")  # type: ignore[call-arg]
    if told is None:
        return 0
    matrix = bytes(cast(SideData, told))
    if len(matrix) != _MATRIX.size:
        return 0
    _, _, _, right, down, *_ = _MATRIX.unpack(matrix)
    return round(math.atan2(right, down) / (math.pi / 2)) % 4
