"""A picture fitted into a model's input, and boxes brought back from there."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from detection_worker.frames import Image

PAD = 114
"""The grey that both YOLOX and the YOLO family were trained with around their pictures."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Fit:
    """How a picture of ``wh`` lies in the input: scaled to ``inner_wh``, left and top margins."""

    wh: tuple[int, int]
    scale: float
    inner_wh: tuple[int, int]
    left_px: int
    top_px: int

    def back(self, xyxy: Floats) -> Floats:
        """Boxes in input pixels → boxes in picture pixels, cut at the picture's edges."""
        offset = np.array([self.left_px, self.top_px] * 2, np.float32)
        edges = np.array(self.wh * 2, np.float32)
        boxes = (xyxy - offset) / np.float32(self.scale)
        return np.asarray(np.clip(boxes, 0, edges), np.float32)


@dataclass(frozen=True, slots=True)
class InputFormat:
    """What a model's input looks like; the size is ``wh`` in pixels."""

    name: str
    wh: tuple[int, int]
    batch: int | None  # None: any
    channels_last: bool
    dtype: npt.DTypeLike
    rgb: bool
    unit_range: bool  # 0–1 instead of 0–255
    centred: bool  # else at the top left

    def empty(self, batch: int) -> npt.NDArray[Any]:
        """An input of ``batch`` pictures, all padding."""
        width, height = self.wh
        shape = (batch, height, width, 3) if self.channels_last else (batch, 3, height, width)
        return np.full(shape, self.padding, self.dtype)

    @property
    def padding(self) -> float:
        """The value of what lies around the picture."""
        return PAD / 255 if self.unit_range else PAD

    def fit(self, image: Image) -> Fit:
        """How a picture of this size will lie in the input."""
        height, width = image.shape[:2]
        scale = min(self.wh[0] / width, self.wh[1] / height)
        inner = (max(1, round(width * scale)), max(1, round(height * scale)))
        left = round((self.wh[0] - inner[0]) / 2 - 0.1) if self.centred else 0
        top = round((self.wh[1] - inner[1]) / 2 - 0.1) if self.centred else 0
        return Fit((width, height), scale, inner, left, top)


class Letterbox:
    """Fills one input over and over; keeps its buffers, so it belongs to one thread."""

    def __init__(self, format: InputFormat, batch: int) -> None:
        self.tensor = format.empty(batch)
        self._format = format
        self._scaled: Image = np.empty((0, 0, 3), np.uint8)
        self._planes: list[npt.NDArray[np.uint8]] = []
        self._last: list[Fit | None] = [None] * batch

    def put(self, index: int, image: Image) -> Fit:
        """Lay ``image`` into the input at ``index`` of the batch."""
        fit = self._format.fit(image)
        if fit != self._last[index]:
            self._pad(self._planes_of(index), fit)
            self._last[index] = fit
        self._lay(index, fit, self._scale(image, fit.inner_wh))
        return fit

    def _planes_of(self, index: int) -> npt.NDArray[Any]:
        """Three colours, rows, columns."""
        whole = self.tensor[index]
        return np.moveaxis(whole, -1, 0) if self._format.channels_last else whole

    def _pad(self, planes: npt.NDArray[Any], fit: Fit) -> None:
        """Only around the picture, which covers the rest: cameras of many shapes take turns."""
        right, bottom = fit.left_px + fit.inner_wh[0], fit.top_px + fit.inner_wh[1]
        for margin in (
            planes[:, : fit.top_px],
            planes[:, bottom:],
            planes[:, :, : fit.left_px],
            planes[:, :, right:],
        ):
            margin[...] = self._format.padding

    def _scale(self, image: Image, inner_wh: tuple[int, int]) -> Image:
        if self._scaled.shape[1::-1] != inner_wh:
            self._scaled = np.empty((inner_wh[1], inner_wh[0], 3), np.uint8)
            self._planes = [np.empty(inner_wh[::-1], np.uint8) for _ in range(3)]
        cv2.resize(image, inner_wh, dst=self._scaled, interpolation=cv2.INTER_LINEAR)
        return self._scaled

    def _lay(self, index: int, fit: Fit, scaled: Image) -> None:
        """Channel by channel: passes over small planes beat one transposed copy.

        To copy and then to multiply where it lies takes two fifths of one mixed multiplication.
        """
        columns = slice(fit.left_px, fit.left_px + fit.inner_wh[0])
        rows = slice(fit.top_px, fit.top_px + fit.inner_wh[1])
        planes = self._planes_of(index)
        cv2.split(scaled, self._planes)
        for channel, plane in enumerate(self._planes):
            place = planes[2 - channel if self._format.rgb else channel, rows, columns]
            place[...] = plane
            if self._format.unit_range:
                place *= place.dtype.type(1 / 255)
