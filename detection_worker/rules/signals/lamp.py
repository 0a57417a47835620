"""What the lamps of a signal show in one picture of them.

A lit lamp is a small place that is colourful and bright, or white within a colourful ring where
the picture is overexposed. Its colour and its place among the three must agree. What glares, is
covered or too dark to tell gives no colour: unknown is said, never guessed.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from detection_worker.frames import Image
from detection_worker.rules.scene import SignalState

Floats = npt.NDArray[np.float32]

ORDER = (SignalState.RED, SignalState.YELLOW, SignalState.GREEN)

HUES: dict[SignalState, tuple[tuple[float, float], ...]] = {
    SignalState.RED: ((0.0, 26.0), (336.0, 360.0)),
    SignalState.YELLOW: ((20.0, 70.0),),
    SignalState.GREEN: ((76.0, 200.0),),
}
"""Degrees of hue. EN 12368 gives red up to 613 nm, yellow 585–597 nm, green 489–508 nm; cameras
turn green lamps cyan and red ones orange, so red and yellow share some hues: there the place
among the lamps decides."""

DULL, DIM = 40.0, 125.0
"""Chroma (brightest less darkest channel) and brightness, of 255, up to which nothing shines:
unlit lenses in daylight and foliage stay below."""

WHITE = 235.0
"""A brightness from which a channel is overexposed, and colour is lost."""

WHITE_WEIGHT = 60.0
"""What a white pixel beside coloured ones is worth: a fairly colourful one."""

LEAST_SHARE = 0.004
"""Least evidence, as a share of a zone that shines all over: three pixels of a lamp in a zone
of 8 × 20."""

LEAST_CONTRAST = 45.0
"""Least brightness of the lit lamp over its surroundings: a cloth over the lamps is even."""

CLEARER = 1.7
"""How many times stronger than the next one a colour must be: a low sun that lights all three
lenses makes them alike."""

LONG = 1.6
"""From this ratio of its sides on, a zone holds lamps in a row, whose places tell."""

PLACE_SPREAD = 0.2
"""How far a lamp may be from its place, in lengths of the row: zones are drawn by hand."""

APART = 0.22
"""Lamps whose middles are farther apart than this are two lamps, as in red with yellow."""


@dataclass(frozen=True, slots=True)
class _Lit:
    """How strongly a colour shines, and where along the row its middle is."""

    strength: float
    middle: float


def read_lamp(picture: Image, green_below: bool = True) -> SignalState:
    """What the lamps in ``picture`` (height × width × 3, BGR) show; at most one state."""
    height, width = picture.shape[:2]
    if min(height, width) < 2:
        return SignalState.UNKNOWN
    pixels = np.asarray(picture, np.float32)
    value: Floats = pixels.max(axis=2)
    chroma: Floats = value - pixels.min(axis=2)
    if np.percentile(value, 99) - np.percentile(value, 25) < LEAST_CONTRAST:
        return SignalState.UNKNOWN
    hue = np.asarray(cv2.cvtColor(pixels / 255.0, cv2.COLOR_BGR2HSV)[:, :, 0], np.float32)
    bright = np.clip((value - DIM) / 60.0, 0, 1)
    shine = np.asarray(np.clip(chroma - DULL, 0, None) * bright, np.float32)
    white = (value >= WHITE) & (shine <= 0)
    lit = {state: _lit(hue, shine, white, state) for state in ORDER}
    return _decided(_placed(lit, (height, width), green_below))


def _lit(hue: Floats, shine: Floats, white: npt.NDArray[np.bool_], state: SignalState) -> _Lit:
    own = np.zeros(hue.shape, bool)
    for least, most in HUES[state]:
        own |= (hue >= least) & (hue <= most)
    weight = np.where(own, shine, 0.0)
    ring = cv2.dilate((weight > 0).astype(np.uint8), np.ones((3, 3), np.uint8), iterations=2)
    weight = weight + WHITE_WEIGHT * (white & (ring > 0))
    total = float(weight.sum())
    if total <= 0:
        return _Lit(0.0, 0.5)
    along = weight.sum(axis=1) if hue.shape[0] >= hue.shape[1] else weight.sum(axis=0)
    places = (np.arange(len(along)) + 0.5) / len(along)
    return _Lit(total / (weight.size * 255.0), float((along * places).sum() / total))


def _placed(
    lit: dict[SignalState, _Lit], size: tuple[int, int], green_below: bool
) -> dict[SignalState, _Lit]:
    """The same with less weight for colours that are not in their place."""
    if max(size) < LONG * min(size):
        return lit
    row = ORDER if green_below else ORDER[::-1]
    return {
        state: _Lit(one.strength * _fit(one.middle, row.index(state)), one.middle)
        for state, one in lit.items()
    }


def _fit(middle: float, place: int) -> float:
    off = (middle - (place + 0.5) / 3) / PLACE_SPREAD
    return 0.05 + 0.95 * math.exp(-0.5 * off * off)


def _decided(lit: dict[SignalState, _Lit]) -> SignalState:
    best, second = sorted(lit, key=lambda state: -lit[state].strength)[:2]
    if lit[best].strength < LEAST_SHARE:
        return SignalState.UNKNOWN
    if lit[best].strength >= CLEARER * lit[second].strength:
        return best
    together = {best, second} == {SignalState.RED, SignalState.YELLOW}
    if together and abs(lit[best].middle - lit[second].middle) > APART:
        return SignalState.RED  # red with yellow comes before green, and still forbids
    return SignalState.UNKNOWN
