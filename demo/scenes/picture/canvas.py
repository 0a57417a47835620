"""What movers are drawn on: a picture, the camera it is seen by and the light it is in."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from demo.scenes.picture.camera import CameraModel, Floats
from demo.scenes.picture.easel import Roi
from demo.scenes.picture.light import HAZE, SHADE, Colour, Daylight

Ink = tuple[int, int, int]
Points = npt.NDArray[np.int32]

SHIFT = 3
"""Corners are given in eighths of a pixel."""


@dataclass(frozen=True, slots=True, eq=False)
class Tone:
    """What the light and the air do to colours at one place: colour · ``gain`` + ``fog``."""

    gain: Floats
    fog: Floats

    def ink(self, paint: Colour, bright: float = 1.0) -> Ink:
        """A colour as it looks there."""
        gain, fog = self.gain, self.fog
        return (
            min(255, int(paint[0] * bright * gain[0] + fog[0])),
            min(255, int(paint[1] * bright * gain[1] + fog[1])),
            min(255, int(paint[2] * bright * gain[2] + fog[2])),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Canvas:
    """A picture to draw on, ``GRAIN`` times finer than the frame that it becomes."""

    picture: npt.NDArray[np.uint8]
    camera: CameraModel
    light: Daylight


def tone(light: Daylight, depth_m: float, sunlit: bool, fade: float) -> Tone:
    """At a distance, in the sun or not, where the lens leaves ``fade`` of the light."""
    haze = light.haze(depth_m)
    shade = np.ones(3) if sunlit else SHADE.astype(np.float64)
    return Tone(shade * (1 - haze) * fade, HAZE.astype(np.float64) * haze * fade)


def fixed(pixels: Floats) -> Points:
    """Pixels in OpenCV's eighths, where the middle of the first pixel is 0."""
    return np.asarray((pixels - 0.5) * (1 << SHIFT), np.int32)


def fill(canvas: Canvas, corners: Points, ink: Ink) -> None:
    """A convex face."""
    cv2.fillConvexPoly(canvas.picture, corners, ink, cv2.LINE_8, SHIFT)


def line(canvas: Canvas, points: Points, ink: Ink, width_px: float) -> None:
    """A line through points, with round ends."""
    cv2.polylines(canvas.picture, [points], False, ink, max(1, round(width_px)), cv2.LINE_8, SHIFT)


def disc(canvas: Canvas, middle: Points, radius_px: float, ink: Ink) -> None:
    """A filled circle."""
    radius = max(1, round(radius_px * (1 << SHIFT)))
    cv2.circle(canvas.picture, (int(middle[0]), int(middle[1])), radius, ink, -1, cv2.LINE_8, SHIFT)


def extent_of(pixels: Floats, wh: tuple[int, int], margin_px: float, grain: int) -> Roi | None:
    """The part of the picture around pixels (N, 2), at whole pixels of the frame."""
    low, high = pixels.min(axis=0) - margin_px, pixels.max(axis=0) + margin_px
    left, top = (max(0, int(low[n] // grain) * grain) for n in (0, 1))
    right, bottom = (min(wh[n], (int(high[n]) // grain + 1) * grain) for n in (0, 1))
    return (slice(top, bottom), slice(left, right)) if left < right and top < bottom else None
