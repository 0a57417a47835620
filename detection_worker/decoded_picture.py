"""A picture that FFmpeg has decoded: its colours are made once somebody asks for them.

Cameras send the brightness of each pixel and, coarser, two differences of colour. To make blue,
green and red of them costs a tenth to a third of what decoding costs.
"""

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange

from detection_worker.colours import Colours
from detection_worker.frames import Brightness, Image, PlainPicture

if TYPE_CHECKING:
    from detection_worker.packets import EncodedPicture

BRIGHTNESS_FIRST = frozenset(
    f"{kind}{colours}p" for kind in ("yuv", "yuvj") for colours in (410, 411, 420, 422, 440, 444)
) | {"nv12", "nv16", "nv21", "nv24", "gray"}
"""FFmpeg's forms whose first plane is the brightness, a byte a pixel."""

TELEVISION_SPAN = 219
"""Levels from black to white, 16 to 235, of cameras that do not say that they use all
(ITU-R BT.601)."""


class DecodedPicture:
    """One frame of FFmpeg's, to be turned by ``turns`` quarters to the left; a ``Picture``."""

    def __init__(
        self, frame: VideoFrame, turns: int, colours: Colours, encoded: "EncodedPicture | None"
    ) -> None:
        self.encoded = encoded
        self._frame, self._turns, self._colours = frame, turns, colours

    @property
    def form(self) -> tuple[str, int, int]:
        """How it was sent: whether colours can be made of it is the same for all of a form."""
        return self._frame.format.name, self._frame.width, self._frame.height

    @property
    def wh(self) -> tuple[int, int]:
        """Width and height in pixels."""
        width, height = self._frame.width, self._frame.height
        return (height, width) if self._turns % 2 else (width, height)

    @cached_property
    def bgr(self) -> Image:
        """The picture in colours. Raises as ``Colours.of`` does, for all of its form or none."""
        return self._colours.of(self._frame, self._turns)

    @property
    def brightness(self) -> Brightness:
        """As it was sent, not turned; of a form without, the green channel."""
        frame, plane = self._frame, self._frame.planes[0]
        if frame.format.name not in BRIGHTNESS_FIRST or plane.line_size < frame.width:
            return PlainPicture(self.bgr).brightness
        rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        return Brightness(rows[: frame.height, : frame.width], self._span)

    @property
    def _span(self) -> int:
        name = self._frame.format.name
        whole = name.startswith("yuvj") or name == "gray"
        return 255 if whole or self._frame.color_range == ColorRange.JPEG else TELEVISION_SPAN
