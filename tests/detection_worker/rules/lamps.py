"""Lamps of signals as cameras see them: rendered large, blurred and brought down to size."""

from dataclasses import dataclass

import cv2
import numpy as np

from detection_worker.frames import Image

COLOURS = {"red": (48, 52, 255), "yellow": (30, 175, 255), "green": (170, 255, 60)}
ROW = ("red", "yellow", "green")
SCALE = 8


@dataclass(frozen=True)
class Look:
    """How a signal is seen; sizes in pixels of the small picture, brightness of 255."""

    wh: tuple[int, int] = (14, 36)
    housing: int = 28
    around: tuple[int, int, int] = (150, 150, 145)
    lens: float = 0.22
    """How bright an unlit lens is, as a share of a lit one."""
    bloom: float = 0.0
    """How far a lit lamp outshines the sensor: 0 not at all, 1 white with a coloured halo."""
    blur_px: float = 0.6
    noise: float = 2.0
    shift_px: tuple[float, float] = (0.0, 0.0)
    sideways: bool = False
    exposure: float = 1.0
    veil: float = 0.0
    """Glare: how much white lies over everything."""


LOOKS: dict[str, Look] = {
    "day": Look(),
    "small": Look(wh=(7, 18), noise=3.0),
    "tiny": Look(wh=(5, 13), noise=3.0),
    "bright sky behind": Look(around=(245, 235, 225), housing=40),
    "foliage behind": Look(around=(45, 110, 70)),
    "snow behind": Look(around=(252, 250, 248), housing=60),
    "low contrast in haze": Look(veil=0.3),
    "sun on the lenses": Look(lens=0.42, veil=0.12),
    "dusk": Look(around=(60, 50, 45), housing=12, bloom=0.4),
    "night": Look(around=(8, 8, 8), housing=4, lens=0.02, bloom=0.6, noise=6.0),
    "night, overexposed": Look(around=(8, 8, 8), housing=3, lens=0.02, bloom=1.3, noise=6.0),
    "night, grainy": Look(around=(18, 16, 16), housing=8, lens=0.02, bloom=0.4, noise=14.0),
    "out of focus": Look(blur_px=2.0),
    "shaken": Look(shift_px=(1.5, 2.5)),
    "drawn loosely": Look(shift_px=(0.0, 3.5), wh=(20, 44)),
    "sideways": Look(sideways=True),
}


def draw(lit: tuple[str, ...], look: Look = LOOKS["day"], seed: int = 1) -> Image:
    """A picture of the zone around a signal with these lamps lit."""
    width, height = look.wh[0] * SCALE, look.wh[1] * SCALE
    picture = np.full((height, width, 3), look.around, np.float32)
    margin = round(0.06 * height)
    shift = np.array(look.shift_px) * SCALE
    left, top = round(0.08 * width + shift[0]), round(margin + shift[1])
    right, bottom = round(0.92 * width + shift[0]), round(height - margin + shift[1])
    cv2.rectangle(picture, (left, top), (right, bottom), (look.housing,) * 3, -1)
    radius = round(min((right - left) * 0.38, (bottom - top) * 0.135))
    glow = np.zeros_like(picture)
    for number, name in enumerate(ROW):
        middle = ((left + right) // 2, round(top + (bottom - top) * (number + 0.5) / 3))
        colour = np.array(COLOURS[name], np.float32)
        share = 1.0 if name in lit else look.lens
        cv2.circle(picture, middle, radius, (colour * share).tolist(), -1)
        if name in lit and look.bloom:
            cv2.circle(glow, middle, radius, (colour * 2.5 * look.bloom).tolist(), -1)
    if look.bloom:
        picture += cv2.GaussianBlur(glow, (0, 0), radius * 0.9) + 0.6 * glow
    picture = cv2.GaussianBlur(picture, (0, 0), look.blur_px * SCALE)
    small = cv2.resize(picture, look.wh, interpolation=cv2.INTER_AREA)
    small = small * look.exposure * (1 - look.veil) + 255 * look.veil
    small += np.random.default_rng(seed).normal(0, look.noise, small.shape)
    found = np.clip(small, 0, 255).astype(np.uint8)
    return np.ascontiguousarray(found.transpose(1, 0, 2)) if look.sideways else found
