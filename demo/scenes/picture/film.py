"""From a backdrop and those who move before it to frames.

The fine picture of the backdrop is kept between frames; only the places where something is drawn
are brought down to the frame's size and then wiped. So a frame costs what moves in it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import cv2
import numpy as np
import numpy.typing as npt

from demo.scenes.picture.camera import CameraModel
from demo.scenes.picture.canvas import Canvas, Tone, tone
from demo.scenes.picture.easel import GRAIN, Backdrop, Roi, vignette
from demo.scenes.picture.light import Daylight

Image = npt.NDArray[np.uint8]

BLOCK_PX = 16
HIDDEN_BEHIND_M = 0.4
"""What stands nearer than a mover by this much hides it."""

SHADOW_REACH_M = 3.0
"""Shadows fall on flat roofs that are nearer than their owner by no more than this."""

NOISE_FRAMES = 5
NOISE_LEVEL = 1.1
"""Standard deviation of the sensor's noise in grey levels: daylight, little gain."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """Something that moves, ready to be drawn: its place in the picture and its brush."""

    roi: Roi
    depth_m: float
    foot_px: tuple[int, int]
    brush: Callable[[Canvas, Tone], None]


@dataclass(frozen=True, slots=True, eq=False)
class Shadow:
    """A shadow on the ground, ready to be drawn into a mask."""

    roi: Roi
    depth_m: float
    brush: Callable[[npt.NDArray[np.uint8]], None]


class Film:
    """Draws the frames of one scene; by one thread at a time."""

    def __init__(self, camera: CameraModel, light: Daylight, backdrop: Backdrop) -> None:
        self._backdrop = backdrop
        self._light = light
        self._canvas = Canvas(backdrop.lit.copy(), camera.scaled(GRAIN), light)
        self._shadow = np.zeros(backdrop.depth_m.shape, np.uint8)
        self._still = _smaller(backdrop.lit)
        self._fade = vignette(camera.scaled(GRAIN).wh)
        self._nearest = _block_minima(backdrop.depth_m)
        self._noise = _noise(self._still.shape)

    @property
    def camera(self) -> CameraModel:
        """The camera of the fine picture."""
        return self._canvas.camera

    def frame(self, shadows: Sequence[Shadow], drawn: Sequence[Drawn], number: int) -> Image:
        """The picture with these before the backdrop; ``number`` chooses the noise."""
        for shadow in shadows:
            self._cast(shadow)
        for thing in sorted(drawn, key=lambda thing: -thing.depth_m):
            thing.brush(self._canvas, self._tone(thing))
            self._hide(thing)
        places = [shadow.roi for shadow in shadows] + [thing.roi for thing in drawn]
        frame = self._still.copy()
        for place in places:
            _bring_down(self._canvas.picture, frame, place)
        for place in places:
            self._canvas.picture[place] = self._backdrop.lit[place]
        return self._grainy(frame, number)

    def hidden_share(self, box: tuple[float, float, float, float], depth_m: float) -> float:
        """How much of a box in the frame, at a depth, lies behind what stands still."""
        x = np.linspace(box[0], box[2], 7)[1:-1] * GRAIN
        y = np.linspace(box[1], box[3], 9)[1:-1] * GRAIN
        height, width = self._backdrop.depth_m.shape
        columns = np.clip(x.astype(int), 0, width - 1)
        rows = np.clip(y.astype(int), 0, height - 1)
        before = self._backdrop.depth_m[np.ix_(rows, columns)] < depth_m - HIDDEN_BEHIND_M
        return float(before.mean())

    def _cast(self, shadow: Shadow) -> None:
        shadow.brush(self._shadow)
        mask = self._shadow[shadow.roi]
        if self._is_before(shadow.roi, shadow.depth_m - SHADOW_REACH_M):
            mask[self._backdrop.depth_m[shadow.roi] < shadow.depth_m - SHADOW_REACH_M] = 0
        cv2.copyTo(self._backdrop.shaded[shadow.roi], mask, self._canvas.picture[shadow.roi])
        mask[:] = 0

    def _hide(self, thing: Drawn) -> None:
        """Put what stands before a thing over it again."""
        limit_m = thing.depth_m - HIDDEN_BEHIND_M
        if self._is_before(thing.roi, limit_m):
            before = cv2.inRange(self._backdrop.depth_m[thing.roi], 0.0, limit_m)
            cv2.copyTo(self._backdrop.lit[thing.roi], before, self._canvas.picture[thing.roi])

    def _is_before(self, roi: Roi, depth_m: float) -> bool:
        rows, columns = roi
        blocks = self._nearest[
            rows.start // BLOCK_PX : (rows.stop - 1) // BLOCK_PX + 1,
            columns.start // BLOCK_PX : (columns.stop - 1) // BLOCK_PX + 1,
        ]
        return bool(blocks.min() < depth_m)

    def _tone(self, thing: Drawn) -> Tone:
        height, width = self._fade.shape
        row = min(max(thing.foot_px[1], 0), height - 1)
        column = min(max(thing.foot_px[0], 0), width - 1)
        sunny = bool(self._backdrop.sunny[row, column])
        return tone(self._light, thing.depth_m, sunny, float(self._fade[row, column]))

    def _grainy(self, frame: Image, number: int) -> Image:
        plus, minus = self._noise[number % NOISE_FRAMES]
        cv2.add(frame, plus, dst=frame)
        cv2.subtract(frame, minus, dst=frame)
        return frame


def _smaller(fine: Image) -> Image:
    height, width = fine.shape[0], fine.shape[1]
    size = (width // GRAIN, height // GRAIN)
    return np.asarray(cv2.resize(fine, size, interpolation=cv2.INTER_AREA), np.uint8)


def _bring_down(fine: Image, frame: Image, place: Roi) -> None:
    rows, columns = (slice(part.start // GRAIN, part.stop // GRAIN) for part in place)
    target = frame[rows, columns]
    size = (target.shape[1], target.shape[0])
    cv2.resize(fine[place], size, dst=target, interpolation=cv2.INTER_AREA)


def _block_minima(depth_m: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    height, width = depth_m.shape
    rows, columns = -(-height // BLOCK_PX), -(-width // BLOCK_PX)
    padded = np.full((rows * BLOCK_PX, columns * BLOCK_PX), np.inf, np.float32)
    padded[:height, :width] = depth_m
    blocks = padded.reshape(rows, BLOCK_PX, columns, BLOCK_PX)
    return np.asarray(blocks.min(axis=(1, 3)), np.float32)


def _noise(shape: tuple[int, ...]) -> list[tuple[Image, Image]]:
    """Pairs of pictures to add and to take away: grey noise, normally distributed."""
    chance = np.random.default_rng(5)
    shares = (np.arange(256) + 0.5) / 256
    levels = np.array([NormalDist(0, NOISE_LEVEL).inv_cdf(share) for share in shares]).round()
    pairs = []
    for _ in range(NOISE_FRAMES):
        grey = levels[chance.integers(0, 256, shape[:2], np.uint8)]
        plus, minus = (np.clip(sign * grey, 0, 9).astype(np.uint8) for sign in (1, -1))
        pairs.append((np.dstack([plus] * 3), np.dstack([minus] * 3)))
    return pairs
