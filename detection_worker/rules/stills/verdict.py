"""What a place that changed for good is: a thing that came, one that went, or only light.

What came has edges of its own around it; what went leaves edges behind in the remembered
ground alone. Only edges along the outline count: stripes of the ground cross it. Light and
shadow keep the structure under them and its colour: the gradients of before and now correlate,
or, where there is nothing to correlate, all is darker or brighter by one factor.
"""

from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
import numpy.typing as npt

from detection_worker.rules.stills.view import Mask, Small

Floats = npt.NDArray[np.float32]


class Nature(StrEnum):
    """What has happened at a place."""

    CAME = "came"
    WENT = "went"
    LIGHT = "light"


SAME_STRUCTURE = 0.6
"""Correlation of the fine structure from which it is the same ground: under another light and
noise it stays over 0.7, a thing laid over it leaves under 0.4."""

STRUCTURE_LEVELS = 2.5
"""Grey levels of fine structure (standard deviation) below which there is only noise."""

SHADOW_SPREAD = 0.22
"""Spread of the brightness factor (10 to 90 %) up to which one factor explains a place."""

DARKEST_SHADOW = 0.38
"""Open shade keeps about half of the light (sky against sun, CIE): darker is a dark thing."""

SAME_COLOUR = 0.035
"""Change of the colour's shares of red, green and blue up to which it is the same colour."""

LEAST_EDGE = 0.08
"""Balance of the outline from which one can tell what came from what went."""

CLEARER, CLEARER_LEVELS = 1.25, 4.0
"""How much stronger an edge must be, now or before, to count on that side."""

LAMP_LEVEL, LAMP_COLOUR, LAMP_DARK = 190.0, 0.35, 100.0
"""A signal that burns is bright in one colour, in a housing that is dark, as it was itself."""

LAMP_PX = 150
"""Largest lamp in the small picture, 12 × 12 px: a bag as bright, round and small on dark ground
is taken for one."""

GLOW_LEVEL = 235.0
"""A lamp saturates the sensor; its halo brightens what is around it by ``HALO_LEVELS``."""

HALO_LEVELS = 6.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a place is, and how clearly (0 to 1)."""

    nature: Nature
    clarity: float


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A changed place with its surroundings: before and now (h, w, 3), and which pixels."""

    before: Floats
    now: Floats
    mask: Mask


def place(ground: Small, newcomer: Small, mask: Mask, box: tuple[int, int, int, int]) -> Place:
    """The part of the pictures around ``box`` (xyxy), a third of its size wider on each side."""
    left, top, right, bottom = box
    margin = max(5, (right - left + bottom - top) // 6)
    rows = slice(max(0, top - margin), bottom + margin)
    columns = slice(max(0, left - margin), right + margin)
    return Place(
        ground[rows, columns].astype(np.float32),
        newcomer[rows, columns].astype(np.float32),
        mask[rows, columns],
    )


def judge(place: Place) -> Verdict:
    """What has happened at a place."""
    light = _light(place)
    if light > 0:
        return Verdict(Nature.LIGHT, light)
    balance = _balance(place)
    nature = Nature.CAME if balance > 0 else Nature.WENT
    return Verdict(nature, min(1.0, abs(balance) / (4 * LEAST_EDGE)))


def _light(place: Place) -> float:
    """How surely only the light has changed; 0 if it has not."""
    inside = cv2.erode(place.mask, np.ones((3, 3), np.uint8)) > 0
    if np.count_nonzero(inside) < 9:
        inside = place.mask > 0
    before, now = (_grey(picture) for picture in (place.before, place.now))
    fine_before, fine_now = (_fine(picture)[inside] for picture in (before, now))
    if min(fine_before.std(), fine_now.std()) > STRUCTURE_LEVELS:
        alike = float(np.corrcoef(fine_before, fine_now)[0, 1])
        if alike >= SAME_STRUCTURE:
            return alike
    elif fine_now.std() <= STRUCTURE_LEVELS and _one_factor(place, before, now, inside):
        return SAME_STRUCTURE
    is_lamp = _is_lamp(place, before, now) or _is_signal(place)
    return SAME_STRUCTURE if is_lamp else 0.0


def _one_factor(place: Place, before: Floats, now: Floats, inside: npt.NDArray[np.bool_]) -> bool:
    factors = (now[inside] + 4) / (before[inside] + 4)
    low, middle, high = np.percentile(factors, (10, 50, 90))
    if middle < DARKEST_SHADOW or (high - low) / middle > SHADOW_SPREAD:
        return False
    shares = [
        picture[inside].mean(axis=0) / max(float(picture[inside].sum(axis=1).mean()), 1.0)
        for picture in (place.before, place.now)
    ]
    return float(np.abs(shares[0] - shares[1]).max()) <= SAME_COLOUR


def _is_lamp(place: Place, before: Floats, now: Floats) -> bool:
    inside = place.mask > 0
    brighter = now - before
    around = (cv2.dilate(place.mask, np.ones((7, 7), np.uint8)) > 0) & ~inside
    return bool(
        np.percentile(now[inside], 90) >= GLOW_LEVEL
        and np.mean(brighter[inside] > 0) > 0.9
        and around.any()
        and np.median(brighter[around]) > HALO_LEVELS
    )


def _is_signal(place: Place) -> bool:
    """Whether a small round light burns in one colour where it was dark, and all around is."""
    inside, count = place.mask > 0, int(np.count_nonzero(place.mask))
    _, _, width, height = cv2.boundingRect(place.mask)
    if count > LAMP_PX or not 0.6 <= width / height <= 1.6 or count < 0.55 * width * height:
        return False
    tops = [picture[inside].max(axis=1) for picture in (place.before, place.now)]
    bright = tops[1] >= np.percentile(tops[1], 60)
    core = place.now[inside][bright]
    colour = float(np.mean((core.max(axis=1) - core.min(axis=1)) / (core.max(axis=1) + 1)))
    around = (cv2.dilate(place.mask, np.ones((5, 5), np.uint8)) > 0) & ~inside
    return bool(
        core.max(axis=1).mean() >= LAMP_LEVEL
        and colour >= LAMP_COLOUR
        and np.median(tops[0]) <= LAMP_DARK
        and around.any()
        and np.percentile(place.now[around].max(axis=1), 40) <= LAMP_DARK
    )


def _balance(place: Place) -> float:
    """From -1 to 1: positive where more of the outline is an edge now than was before."""
    kernel = np.ones((3, 3), np.uint8)
    rim = (cv2.dilate(place.mask, kernel) > 0) & ~(cv2.erode(place.mask, kernel) > 0)
    blurred = cv2.GaussianBlur(place.mask.astype(np.float32), (0, 0), 1.5)
    soft = np.asarray(blurred, np.float32)
    before, now = (_along(picture, soft)[rim] for picture in (place.before, place.now))
    came = float(np.mean(now > CLEARER * before + CLEARER_LEVELS))
    went = float(np.mean(before > CLEARER * now + CLEARER_LEVELS))
    return (came - went) / (came + went + 0.1)


def _along(picture: Floats, soft: Floats) -> Floats:
    """How strong edges are that run along the outline of ``soft``, as gradients across it."""
    out = [cv2.Sobel(soft, cv2.CV_32F, *way) for way in ((1, 0), (0, 1))]
    steep = np.hypot(*out) + 1e-6
    across, down = (cv2.Sobel(picture, cv2.CV_32F, *way) for way in ((1, 0), (0, 1)))
    onto = across * (out[0] / steep)[..., None] + down * (out[1] / steep)[..., None]
    return np.asarray(np.abs(onto).mean(axis=2), np.float32)


def _grey(picture: Floats) -> Floats:
    return np.asarray(picture @ np.array([0.114, 0.587, 0.299], np.float32), np.float32)


def _fine(picture: Floats) -> Floats:
    """What is left when the slow brightness is taken out: structure of a few pixels."""
    return np.asarray(picture - cv2.GaussianBlur(picture, (0, 0), 3.0), np.float32)
