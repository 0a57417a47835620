"""What people leave behind: bags, boxes and heaps, drawn as lit blocks."""

from dataclasses import dataclass

import cv2
import numpy as np

from demo.scenes.picture.camera import CameraModel, Floats
from demo.scenes.picture.canvas import Canvas, Points, Tone, extent_of, fill, fixed
from demo.scenes.picture.easel import GRAIN
from demo.scenes.picture.film import Drawn
from demo.scenes.picture.light import Colour

MARGIN_PX = 3.0

FACES = (
    ((4, 5, 6, 7), 1.1),  # top
    ((0, 1, 5, 4), 0.85),
    ((1, 2, 6, 5), 0.65),
    ((2, 3, 7, 6), 0.55),
    ((3, 0, 4, 7), 0.75),
)
"""Corners of a block's faces, and how bright the day makes each."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A block that lies on the ground: its middle, its length, width and height in metres."""

    at_m: tuple[float, float]
    size_m: tuple[float, float, float]
    paint: Colour

    @property
    def corners_m(self) -> Floats:
        """(8, 3): the bottom's corners one after the other, then those of the top."""
        (x, y), (length, width, height) = self.at_m, self.size_m
        around = ((-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5))
        flat = [(x + a * length, y + b * width) for a, b in around]
        return np.array([(*corner, up) for up in (0.0, height) for corner in flat])


def box_px(thing: Thing, camera: CameraModel) -> tuple[float, float, float, float]:
    """The thing's box in the picture."""
    pixels, _ = camera.project(thing.corners_m)
    (left, top), (right, bottom) = pixels.min(axis=0), pixels.max(axis=0)
    return (float(left), float(top), float(right), float(bottom))


def placed(thing: Thing, camera: CameraModel) -> Drawn | None:
    """The thing ready to be drawn; None where it is out of the picture."""
    pixels, depth_m = camera.project(thing.corners_m)
    low, high = pixels.min(axis=0), pixels.max(axis=0)
    roi = extent_of(tuple(low), tuple(high), camera.wh, MARGIN_PX, GRAIN)
    if roi is None or depth_m.min() <= 0:
        return None
    points = fixed(pixels)
    order = sorted(FACES, key=lambda face: -float(depth_m[list(face[0])].mean()))

    def draw(canvas: Canvas, tone: Tone) -> None:
        for corners, bright in order:
            fill(canvas, points[list(corners)], tone.ink(thing.paint, bright))
        _strap(canvas, points, tone, thing)

    foot = (int(pixels[:4, 0].mean()), int(pixels[:4, 1].mean()))
    return Drawn(roi, float(depth_m[:4].mean()), foot, draw)


def _strap(canvas: Canvas, points: Points, tone: Tone, thing: Thing) -> None:
    """A band over the top, as bags, boxes and bundles have."""
    ends = [(points[a] + points[b]) // 2 for a, b in ((4, 5), (6, 7))]
    thick = max(1, round(float(np.ptp(points[:, 1])) / 8 / 12))
    cv2.line(canvas.picture, ends[0].tolist(), ends[1].tolist(), tone.ink(thing.paint, 0.4),
             thick, cv2.LINE_8, 3)  # fmt: skip
