"""How well a camera sees: its picture against what it usually is, slowly and with patience.

Night is nobody's fault. What compares with the usual view does so only while there is as much
light as when that was learnt; darkness counts only while the sun is up for certain.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from data_access.domain.sight import Sight
from detection_worker.frames import Image
from detection_worker.health.daylight import is_day
from detection_worker.health.measures import (
    Floats,
    Measures,
    agreement,
    measure,
    moved,
    sharpness,
    shift_of,
    turn_of,
    turned,
)
from detection_worker.health.usual import LEARN_SHARP, Usual, usual_of

LEARNT_AFTER = 4
"""Good pictures from which there is a usual view: 20 s at one in five seconds."""

DARK_PEAK = 45.0
"""Brightest twentieth by day below which nothing can be told: unlit asphalt is at 50 and more."""

GLARE_SHARE, GLARE_MORE = 0.30, 0.22
"""Washed-out share, at all and more than usual, from which it is glare: snow and sky are usual."""

AS_MUCH_LIGHT = 0.45
"""Share of the usual brightness from which it is as light as usual: below it, it is dusk."""

CONTRAST_SHARE = 0.45
"""Contrast against the usual below which it is fog: visibility of about 150 m on a street
(Koschmieder's law with an extinction of 3.9/visibility leaves half at 25 m)."""

FLOOR_RISE = 18.0
"""Fog lights up what was dark; a covered or dim picture does not."""

TILE_LOST, LOST_SHARE = 0.22, 0.4
"""A tile shows less than this of its edges: it cannot be seen; so much of the view lost is a
cover. A bus before the camera takes more for seconds, not for the time that is asked here."""

TILE_SEEN = 0.45
DOUBTFUL_SHARE = 0.25
"""So many tiles that do not show most of their edges: the view may have turned."""

LEAST_SHIFT = 0.018
"""Shift in widths from which zones are wrong: half a lane at 30 m; a mast sways by less."""

MEAN_ARM = 0.3
"""Mean distance of a 16:9 picture's places from its middle, in widths: a turn's lever."""

SURE_SHIFT = 0.12
ALIGNED_GAIN, SURELY_GAIN = 0.12, 0.04
"""Moving the view back must bring so much more of the usual edges together; less where the shift
is twice as sure, as along a street, whose edges lie on themselves when they are moved."""

NEAR_SHARP = 0.35
"""What covers a lens is too near to be sharp: lost tiles with more fine detail than this show a
crowd or a lorry instead of the usual view."""

FROZEN_FOR = timedelta(seconds=45)
"""No sensor gives the very same picture twice; a stream repeats one between key frames, which
are 10 s apart at most."""

HOLD = 3
"""Checks one after the other that must agree, for a fault and for its end."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one picture says, with the numbers that say it."""

    sight: Sight
    measured: Mapping[str, float | int] = field(default_factory=dict)


def look(seen: Measures, usual: Usual | None, at: datetime) -> Look:
    """What one picture says, given the usual view (None while it is being learnt)."""
    if seen.peak < DARK_PEAK:
        percent = round(seen.light / 2.55)
        return Look(Sight.DARK, {"light_percent": percent}) if is_day(at) else Look(Sight.CLEAR)
    if usual is None:
        return _alone(seen)
    if seen.bright >= GLARE_SHARE and seen.bright >= usual.bright + GLARE_MORE:
        return Look(Sight.GLARE, {"bright_percent": round(100 * seen.bright)})
    if seen.light < AS_MUCH_LIGHT * usual.light and not is_day(at):
        return Look(Sight.CLEAR)
    return _compared(seen, usual)


def _alone(seen: Measures) -> Look:
    if seen.bright >= 2 * GLARE_SHARE:
        return Look(Sight.GLARE, {"bright_percent": round(100 * seen.bright)})
    return Look(Sight.CLEAR)


def _compared(seen: Measures, usual: Usual) -> Look:
    tiles = agreement(seen.edges, usual.edges)
    known = tiles[~np.isnan(tiles)]
    if len(known) < 4:
        return Look(Sight.CLEAR)
    lost = float(np.mean(known < TILE_LOST))
    contrast = seen.contrast / max(usual.contrast, 1e-3)
    if contrast < CONTRAST_SHARE and seen.floor > usual.floor + FLOOR_RISE and _shines(seen, known):
        return Look(Sight.FOG, {"contrast_percent": round(100 * contrast)})
    if lost >= LOST_SHARE:
        return _lost(seen, usual, lost, tiles)
    shifted = _shift(seen, usual, known)
    if shifted is None and np.mean(known < TILE_SEEN) >= DOUBTFUL_SHARE:
        shifted = _turn(seen, usual, known)
    if shifted is not None:
        return shifted
    sharp = sharpness(seen, usual.fine, usual.coarse)
    if sharp < usual.least_sharp:
        return Look(Sight.OUT_OF_FOCUS, {"sharp_percent": round(100 * sharp)})
    return Look(Sight.CLEAR)


def _shines(seen: Measures, known: Floats) -> bool:
    """Whether the view still shines through: fog weakens its edges, a cover takes them."""
    return bool(np.median(known) >= TILE_LOST)


def _lost(seen: Measures, usual: Usual, lost: float, tiles: Floats) -> Look:
    """Much of the usual view is not there: moved, blurred beyond recognition, or covered; or a
    crowd stands before it, which is no fault."""
    known = tiles[~np.isnan(tiles)]
    shifted = _shift(seen, usual, known) or _turn(seen, usual, known)
    if shifted is not None:
        return shifted
    own = float(seen.strength.mean()) / max(
        float(np.hypot(*np.moveaxis(usual.edges, -1, 0)).mean()), 1e-3
    )
    sharp = sharpness(seen, usual.fine, usual.coarse, of_percent=90.0)
    if (
        sharp < usual.least_sharp
        and float(np.median(known)) > 0.05
        and seen.contrast > 0.5 * usual.contrast
    ):
        return Look(Sight.OUT_OF_FOCUS, {"sharp_percent": round(100 * sharp)})
    if own > 0.8 and sharp > 0.6 and lost > 0.8:
        return Look(Sight.SHIFTED)
    near = sharpness(seen, usual.fine, usual.coarse, where=tiles < TILE_LOST)
    if near >= NEAR_SHARP:
        return Look(Sight.CLEAR)
    return Look(Sight.COVERED, {"lost_percent": round(100 * lost)})


def _shift(seen: Measures, usual: Usual, known: Floats) -> Look | None:
    right, down, sure = shift_of(seen.edges, usual.edges)
    far = float(np.hypot(right, down))
    if far < LEAST_SHIFT or sure < SURE_SHIFT / 2:
        return None
    back = agreement(moved(seen.edges, -right, -down), usual.edges)
    again = back[~np.isnan(back)]
    before, after = float(np.median(known)), float(np.median(again))
    gain = SURELY_GAIN if sure >= 2 * SURE_SHIFT else ALIGNED_GAIN
    if after < before + gain or after < TILE_SEEN / 1.5:
        return None
    return Look(
        Sight.SHIFTED,
        {
            "shift_percent": round(100 * far, 1),
            "right_percent": round(100 * right, 1),
            "down_percent": round(100 * down, 1),
        },
    )


def _turn(seen: Measures, usual: Usual, known: Floats) -> Look | None:
    angle, right, down = turn_of(seen.edges, usual.edges)
    back = agreement(moved(turned(seen.edges, -angle), -right, -down), usual.edges)
    again = back[~np.isnan(back)]
    before, after = float(np.median(known)), float(np.median(again))
    if after < before + ALIGNED_GAIN or after < TILE_SEEN / 1.5:
        return None
    far = float(np.hypot(right, down)) + MEAN_ARM * abs(float(np.sin(np.radians(angle))))
    return Look(Sight.SHIFTED, {"shift_percent": round(100 * far, 1), "turned_deg": round(angle)})


class SightCheck:
    """One camera's sight over time; ``check`` is called every few seconds.

    ``usual`` is the view that was learnt before, where one is kept.
    """

    def __init__(self, usual: Usual | None = None) -> None:
        self._usual = usual
        self._began: Usual | None = None
        self._pattern: int | None = None
        self._same_since: datetime | None = None
        self._streak: list[Look] = []
        self.current = Look(Sight.CLEAR)
        self.since_at: datetime | None = None

    @property
    def usual(self) -> Usual | None:
        """The usual view, once it is learnt."""
        return self._usual

    def check(self, image: Image, at: datetime) -> Look:
        """Look at the newest picture; what the camera's sight is, after ``HOLD`` checks agree."""
        seen = measure(image)
        if self._usual is not None and self._usual.edges.shape != seen.edges.shape:
            self._usual = self._began = None  # pictures of another shape: learn them anew
        found = self._frozen(seen, at) or look(seen, self._usual, at)
        if found.sight is Sight.CLEAR:
            self._learn(seen)
        self._streak = [one for one in self._streak if one.sight is found.sight][-HOLD + 1 :]
        self._streak.append(found)
        self.since_at = self.since_at or at
        if len(self._streak) >= HOLD:
            if found.sight is not self.current.sight:
                self.since_at = at
            self.current = found
        return self.current

    def _learn(self, seen: Measures) -> None:
        """Good pictures make the usual view, but not those of the night: it has its own light."""
        if self._usual is not None:
            usual = self._usual
            as_sharp = sharpness(seen, usual.fine, usual.coarse) >= LEARN_SHARP
            if as_sharp and seen.light >= AS_MUCH_LIGHT * self._usual.light:
                self._usual = self._usual.followed(seen)
            return
        same = self._began is not None and self._began.edges.shape == seen.edges.shape
        self._began = self._began.followed(seen) if self._began and same else usual_of(seen)
        if self._began.pictures >= LEARNT_AFTER:
            self._usual = self._began

    def _frozen(self, seen: Measures, at: datetime) -> Look | None:
        """Whether the very same picture comes again and again; black nights are all the same."""
        if seen.pattern != self._pattern or self._same_since is None:
            self._pattern, self._same_since = seen.pattern, at
        same_for = at - self._same_since
        if same_for < FROZEN_FOR or seen.peak < DARK_PEAK:
            return None
        return Look(Sight.FROZEN, {"still_s": round(same_for.total_seconds())})
