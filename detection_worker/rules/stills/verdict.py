"""What a place that changed for good is: a thing that came, one that went, or only light.

What came has edges of its own around it; what went leaves edges behind in the remembered
ground alone. Only edges along the outline count: stripes of the ground cross it. And the ground
goes on around a place: of its two pictures the one that has the colours of what lies around it
is the ground. Light and
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

GRAIN_PX = 9.0
"""Places that fine structure binds together, 3 × 3 px: so many are one witness, not nine."""

SURE_STRUCTURE = 3.5
"""How many times its own chance error (1/√witnesses) a correlation must be to need no colour."""

LIT_COLOUR = 0.06
"""Change of the colour's shares by light: from sun to open sky, twice ``SAME_COLOUR``'s noise."""

RIM_PART, MOST_RIM_PX = 8, 5
"""The rim of a place that is no part of its inside: an eighth of its side, at most so much."""

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

GOES_ON = 1.5
"""Weight of the surroundings beside the outline: stripes and a shake make outlines ragged."""

AROUND_PX, APART_PX = 6, 2
"""How far the surroundings of a place reach, and the rim that belongs to neither."""

UNCHANGED_LEVELS = 18.0
"""Levels by which the surroundings may differ between before and now: what changed, too, is none.
Above the noise that the memory takes for the same (``memory.TOLERANCE``)."""

NEAREST_SHARE, FARTHEST_LEVELS, COLOUR_NOISE = 0.05, 60.0, 8.0
"""A colour is as far from the surroundings as from their nearest twentieth; farther than so many
levels is simply another colour, and noise is about eight."""

SAMPLES = 80
"""Places that are compared with as many of the surroundings: more tell nothing new."""

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
    balance = _balance(place) + GOES_ON * _belonging(place)
    nature = Nature.CAME if balance > 0 else Nature.WENT
    return Verdict(nature, min(1.0, abs(balance) / (4 * LEAST_EDGE)))


def _light(place: Place) -> float:
    """How surely only the light has changed; 0 if it has not."""
    inside = _within(place.mask)
    before, now = (_grey(picture) for picture in (place.before, place.now))
    fine_before, fine_now = (_fine(picture)[inside] for picture in (before, now))
    alike, is_sure = 0.0, False
    if min(fine_before.std(), fine_now.std()) > STRUCTURE_LEVELS / 2:
        alike = float(np.corrcoef(fine_before, fine_now)[0, 1])
        is_sure = alike * np.sqrt(fine_now.size / GRAIN_PX) >= SURE_STRUCTURE
    # A few pixels correlate by chance: then their colour must be that of the ground, too.
    clear = min(fine_before.std(), fine_now.std()) > STRUCTURE_LEVELS
    same_colour = _recoloured(place, inside) <= LIT_COLOUR
    if alike >= SAME_STRUCTURE and (is_sure or (clear and same_colour)):
        return alike
    bare = fine_now.std() <= STRUCTURE_LEVELS
    if (bare or is_sure) and _one_factor(place, before, now, inside):
        return SAME_STRUCTURE
    is_lamp = _is_lamp(place, before, now) or _is_signal(place)
    return SAME_STRUCTURE if is_lamp else 0.0


def _within(mask: Mask) -> npt.NDArray[np.bool_]:
    """A place without its rim, where the edge of a shadow is soft; all of one that is small."""
    _, _, width, height = cv2.boundingRect(mask)
    rim = min(MOST_RIM_PX, max(1, min(width, height) // RIM_PART))
    inside = np.asarray(cv2.erode(mask, np.ones((2 * rim + 1, 2 * rim + 1), np.uint8))) > 0
    return inside if np.count_nonzero(inside) >= 9 else mask > 0


def _one_factor(place: Place, before: Floats, now: Floats, inside: npt.NDArray[np.bool_]) -> bool:
    factors = (now[inside] + 4) / (before[inside] + 4)
    low, middle, high = np.percentile(factors, (10, 50, 90))
    if middle < DARKEST_SHADOW or (high - low) / middle > SHADOW_SPREAD:
        return False
    return _recoloured(place, inside) <= SAME_COLOUR


def _recoloured(place: Place, inside: npt.NDArray[np.bool_]) -> float:
    """By how much the shares of blue, green and red have changed, at most."""
    shares = [
        picture[inside].mean(axis=0) / max(float(picture[inside].sum(axis=1).mean()), 1.0)
        for picture in (place.before, place.now)
    ]
    return float(np.abs(shares[0] - shares[1]).max())


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


def _belonging(place: Place) -> float:
    """From -1 to 1: positive where the place before, and not now, looks like what is around it."""
    far, rim = (
        cv2.dilate(place.mask, np.ones((2 * by + 1, 2 * by + 1), np.uint8)) > 0
        for by in (AROUND_PX, APART_PX)
    )
    unchanged = np.abs(place.before - place.now).max(axis=2) < UNCHANGED_LEVELS
    around = far & ~rim & unchanged
    if np.count_nonzero(around) < 1 / NEAREST_SHARE:
        return 0.0
    inside = place.mask > 0
    then, now = (
        _strangeness(picture[inside], place.now[around]) for picture in (place.before, place.now)
    )
    return (now - then) / (now + then + COLOUR_NOISE)


def _strangeness(colours: Floats, around: Floats) -> float:
    """How far colours (n, 3) are from those around them (m, 3), in levels."""
    some, others = (
        array[:: max(1, len(array) // SAMPLES)].astype(np.float32) for array in (colours, around)
    )
    away = np.sort(np.linalg.norm(some[:, None] - others[None], axis=2), axis=1)
    nearest = away[:, int(NEAREST_SHARE * away.shape[1])]
    return float(np.minimum(nearest, FARTHEST_LEVELS).mean())


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
