"""What movers are drawn on: a picture, the camera it is seen by and the light it is in."""

from collections.abc import Sequence
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


@dataclass(frozen=True, slots=True)
class Tone:
    """What the light and the air do to colours at one place: colour · ``gain`` + ``fog``."""

    gain: tuple[float, float, float]
    fog: tuple[float, float, float]

    def ink(self, paint: Colour, bright: float = 1.0) -> Ink:
        """A colour as it looks there."""
        (b, g, r), (b_gain, g_gain, r_gain), (b_fog, g_fog, r_fog) = paint, self.gain, self.fog
        return (
            min(255, int(b * bright * b_gain + b_fog)),
            min(255, int(g * bright * g_gain + g_fog)),
            min(255, int(r * bright * r_gain + r_fog)),
        )

    def inks(self, paints: Floats) -> list[list[int]]:
        """Several colours (N, 3) as they look there."""
        seen = paints * np.array(self.gain) + np.array(self.fog)
        inks: list[list[int]] = np.minimum(seen, 255).astype(int).tolist()
        return inks


@dataclass(frozen=True, slots=True, eq=False)
class Canvas:
    """A picture to draw on, ``GRAIN`` times finer than the frame that it becomes."""

    picture: npt.NDArray[np.uint8]
    camera: CameraModel
    light: Daylight


_SUN, _SHADE = (1.0, 1.0, 1.0), (float(SHADE[0]), float(SHADE[1]), float(SHADE[2]))


def tone(light: Daylight, depth_m: float, sunlit: bool, fade: float) -> Tone:
    """At a distance, in the sun or not, where the lens leaves ``fade`` of the light."""
    haze = light.haze(depth_m)
    blue, green, red = _SUN if sunlit else _SHADE
    clear, fog = (1 - haze) * fade, haze * fade
    return Tone(
        (blue * clear, green * clear, red * clear),
        (float(HAZE[0]) * fog, float(HAZE[1]) * fog, float(HAZE[2]) * fog),
    )


def fixed(pixels: Floats) -> Points:
    """Pixels in OpenCV's eighths, where the middle of the first pixel is 0."""
    return np.asarray((pixels - 0.5) * (1 << SHIFT), np.int32)


def fill(canvas: Canvas, corners: Points, ink: Sequence[int]) -> None:
    """A convex face."""
    cv2.fillConvexPoly(canvas.picture, corners, ink, cv2.LINE_8, SHIFT)


def line(canvas: Canvas, points: Points, ink: Ink, width_px: float) -> None:
    """A line through points, with round ends."""
    cv2.polylines(canvas.picture, [points], False, ink, max(1, round(width_px)), cv2.LINE_8, SHIFT)


def disc(canvas: Canvas, middle: Points, radius_px: float, ink: Ink) -> None:
    """A filled circle."""
    radius = max(1, round(radius_px * (1 << SHIFT)))
    cv2.circle(canvas.picture, (int(middle[0]), int(middle[1])), radius, ink, -1, cv2.LINE_8, SHIFT)


def extent_of(
    low: tuple[float, float],
    high: tuple[float, float],
    wh: tuple[int, int],
    margin_px: float,
    grain: int,
) -> Roi | None:
    """The part of the picture from ``low`` to ``high``, at whole pixels of the frame."""
    left, top = (max(0, int((low[n] - margin_px) // grain) * grain) for n in (0, 1))
    right, bottom = (min(wh[n], (int((high[n] + margin_px) // grain) + 1) * grain) for n in (0, 1))
    return (slice(top, bottom), slice(left, right)) if left < right and top < bottom else None
