"""Texture from chance: the same every time, made once, sampled anywhere."""

from functools import cache

import cv2
import numpy as np
import numpy.typing as npt

Plane = npt.NDArray[np.float32]

_SIDE_PX = 512


@cache
def _tile(seed: int) -> Plane:
    """Smooth chance from -1 to 1 that repeats without a seam."""
    chance = np.random.default_rng(seed).normal(size=(_SIDE_PX, _SIDE_PX)).astype(np.float32)
    wide = np.tile(chance, (3, 3))
    soft = cv2.GaussianBlur(wide, (0, 0), 2.2)[_SIDE_PX : 2 * _SIDE_PX, _SIDE_PX : 2 * _SIDE_PX]
    return np.asarray(np.clip(soft / (2.2 * soft.std()), -1, 1), np.float32)


_GRAIN_PX = 6
"""Pixels of the tile between one hill and the next."""


FARTHEST = 32000.0
"""Pixels of the tile, repeated, that OpenCV can count."""


def noise(x: Plane, y: Plane, size: float, seed: int = 1) -> Plane:
    """Chance from -1 to 1 at (x, y), with features of ``size`` in the unit of x and y.

    x and y may reach ``FARTHEST / _GRAIN_PX`` sizes from zero; beyond there is one colour.
    """
    scale = np.float32(_GRAIN_PX / size)
    at_x = np.clip(x * scale + np.float32(37.7 * seed), -FARTHEST, FARTHEST)
    at_y = np.clip(y * scale + np.float32(91.3 * seed), -FARTHEST, FARTHEST)
    sampled = cv2.remap(_tile(seed % 5), at_x, at_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
    return np.asarray(sampled, np.float32)


def layered(x: Plane, y: Plane, sizes: tuple[float, ...], seed: int = 1) -> Plane:
    """Noise of several sizes, the first the strongest, about from -1 to 1."""
    total = np.zeros_like(x, dtype=np.float32)
    for number, size in enumerate(sizes):
        total += noise(x, y, size, seed + number) * 0.6**number
    return total / sum(0.6**number for number in range(len(sizes)))
