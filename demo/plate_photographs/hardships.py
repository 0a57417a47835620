"""What makes plates hard to read in photographs, each a case of its own.

A hardship says how large the letters are, how the plate is seen, what befell it, and what the
light and the camera did. All else stays as it is in a usual photograph.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt

from demo.plate_photographs.faces import Picture

LETTER_PX = (12.0, 36.0)
"""Heights of letters: plates of 80 to 260 px, as in photographs of cars from nearby."""

Light = npt.NDArray[np.float32]
"""A picture before it is exposed: light from 0 to 255, (height, width, 3)."""

Angle = Literal["turn_deg", "tilt_deg", "roll_deg"]
Box = tuple[int, int, int, int]
OnPlate = Callable[[Picture, np.random.Generator], Picture]
OnLight = Callable[[Light, Box, np.random.Generator], Light]


def _as_it_is(plate: Picture, _: np.random.Generator) -> Picture:
    return plate


def _as_it_falls(light: Light, _: Box, __: np.random.Generator) -> Light:
    return light


@dataclass(frozen=True, slots=True)
class Hardship:
    """``angles_deg`` replaces the turn, tilt and roll of a usual photograph, sides at random;
    ``quality`` the JPEG's. ``framed`` is how often a dealer's frame with words is around."""

    letter_px: tuple[float, float] = LETTER_PX
    angles_deg: Mapping[Angle, tuple[float, float]] = field(default_factory=dict)
    quality: int | None = None
    framed: float = 0.5
    words_above: bool = False
    two_lines: bool = False
    plate: OnPlate = _as_it_is
    light: OnLight = _as_it_falls


def _muddy(plate: Picture, chance: np.random.Generator) -> Picture:
    """Splashes of mud from below, thin enough for the signs to show through."""
    high, wide = plate.shape[:2]
    mud = np.zeros((high, wide), np.float32)
    for _ in range(40):
        at = (int(chance.integers(0, wide)), int(high * chance.beta(3, 1.2)))
        cv2.circle(mud, at, int(chance.uniform(0.01, 0.07) * high), 1.0, -1)
    film = np.linspace(0.1, 0.45, high, dtype=np.float32)[:, None]
    share = np.maximum(cv2.GaussianBlur(mud, (0, 0), 2) * 0.7, film)[..., None]
    return np.asarray(plate * (1 - share) + np.array([70, 95, 115]) * share, np.uint8)


def _faded(plate: Picture, chance: np.random.Generator) -> Picture:
    """Paint that the sun bleached, or fog: a quarter to two fifths of the contrast is left."""
    left = chance.uniform(0.25, 0.4)
    return np.asarray(plate.mean(axis=(0, 1)) * (1 - left) + plate * left, np.uint8)


def _half_shaded(plate: Picture, chance: np.random.Generator) -> Picture:
    """A hard shadow across, slanting."""
    high, wide = plate.shape[:2]
    x, lean = wide * chance.uniform(0.25, 0.75), chance.uniform(-1.5, 1.5)
    columns, rows = np.meshgrid(np.arange(wide), np.arange(high))
    side = (columns - x - (rows - high / 2) * lean) * chance.choice([-1, 1])
    dark = np.clip(side / 6, 0, 1) * chance.uniform(0.55, 0.75)
    return np.asarray(plate * (1 - dark[..., None]), np.uint8)


def _glaring(light: Light, box: Box, chance: np.random.Generator) -> Light:
    """The sun's or a lamp's reflection on the plate and beside it."""
    left, top, right, bottom = box
    wide = right - left
    middle = (left + wide * chance.uniform(0.1, 0.9), chance.uniform(top, bottom))
    rows, columns = np.indices(light.shape[:2], np.float32)
    away = ((columns - middle[0]) / (0.3 * wide)) ** 2 + ((rows - middle[1]) / (0.16 * wide)) ** 2
    return np.asarray(light + (chance.uniform(90, 140) * np.exp(-away))[..., None], np.float32)


def _by_infrared(light: Light, box: Box, chance: np.random.Generator) -> Light:
    """A lamp of infrared: no colours, a dark scene, a plate that shines and blooms."""
    grey = light.mean(axis=2, keepdims=True).repeat(3, axis=2) * np.float32(0.22)
    left, top, right, bottom = box
    lit = cv2.GaussianBlur(_rectangle(light.shape[:2], box), (0, 0), max(1.0, (bottom - top) / 40))
    bright = light.mean(axis=2) * chance.uniform(0.8, 1.25)
    bloom = cv2.GaussianBlur(lit * bright, (0, 0), (right - left) / 14) * 0.35
    return np.asarray(grey * (1 - lit[..., None]) + (bright * lit + bloom)[..., None], np.float32)


def _rectangle(high_wide: tuple[int, ...], box: Box) -> Light:
    mask = np.zeros(high_wide[:2], np.float32)
    mask[max(0, box[1]) : box[3], max(0, box[0]) : box[2]] = 1
    return mask


def _moving(light: Light, box: Box, chance: np.random.Generator) -> Light:
    """The car moved while the shutter was open: by 13 to 23 mm where a plate is 520 mm wide."""
    length = max(3.0, (box[2] - box[0]) * chance.uniform(0.026, 0.045))
    side = int(np.ceil(length)) // 2 * 2 + 3
    kernel = np.zeros((side, side), np.float32)
    angle, middle = np.radians(chance.uniform(-30, 30)), side // 2
    for along in np.linspace(-length / 2, length / 2, 4 * side):
        kernel[round(middle + along * np.sin(angle)), round(middle + along * np.cos(angle))] += 1
    return np.asarray(cv2.filter2D(light, -1, kernel / kernel.sum()), np.float32)


def _sharpened(light: Light, _: Box, __: np.random.Generator) -> Light:
    """A cheap camera's halos: it sharpens what it has made soft."""
    soft = cv2.GaussianBlur(light, (0, 0), 1.2)
    return np.asarray(
        np.clip(soft + 1.5 * (soft - cv2.GaussianBlur(soft, (0, 0), 2.0)), 0, 255), np.float32
    )


HARDSHIPS: dict[str, Hardship] = {
    "usual": Hardship(),
    "far": Hardship(letter_px=(9, 12)),
    "near": Hardship(letter_px=(40, 70)),
    "from_the_side": Hardship(angles_deg={"turn_deg": (35, 50)}),
    "leaning": Hardship(angles_deg={"roll_deg": (12, 25)}),
    "from_above": Hardship(
        angles_deg={"turn_deg": (15, 35), "tilt_deg": (25, 45), "roll_deg": (4, 12)}
    ),
    "framed": Hardship(framed=1.0, words_above=True),
    "two_lines": Hardship(two_lines=True, letter_px=(11, 26)),
    "muddy": Hardship(plate=_muddy),
    "faded": Hardship(plate=_faded),
    "half_shaded": Hardship(plate=_half_shaded),
    "glare": Hardship(light=_glaring),
    "infrared": Hardship(light=_by_infrared),
    "moving": Hardship(light=_moving),
    "poor_camera": Hardship((9, 14), {"turn_deg": (10, 30)}, 30, light=_sharpened),
    "coarse_jpeg": Hardship(quality=35),
}  # fmt: skip
