"""What each place of a picture looks like: for long (the ground) and of late (the newcomer).

The ground follows slow light. A newcomer is whatever a place shows again and again that is not
the ground; it gathers support in seconds while it is seen, loses a little while somebody stands
before it, and all of it soon when the ground is back. No counting of frames: support is time.
"""

import cv2
import numpy as np
import numpy.typing as npt

from detection_worker.rules.stills.view import Mask, Small

TOLERANCE = 14
"""Grey levels by which a place may differ and be the same, besides what its neighbours show:
three standard deviations of a noisy sensor with compression (σ about 4)."""

FOLLOW_S = 25.0
"""Time constant with which the ground follows the light: dusk changes 1 % in that time."""

SETTLED_S = 2.0
"""Support from which a newcomer stands still: walkers move on within half a second."""

MOST_SUPPORT_S = 20.0
GROWN_S = 4.0
HIDDEN_LOSS, YOUNG_LOSS = 0.2, 1.0
"""Support lost a second while something else is seen. One that has grown to ``GROWN_S`` outlives
a minute of people; until then it must be seen more often than not, else it is dense traffic."""

GROUND_LOSS = 10.0
"""Support lost a second while the ground is seen: what was taken is forgotten in two seconds."""

_ALIKE = (16, 16, 16)
"""Levels by which a newcomer may differ and be the same. Its neighbours do not count: beside its
edges lies the ground."""

_AROUND = np.ones((3, 3), np.uint8)


_GROUND, _AGAIN, _GROWN = np.uint8(4), np.uint8(2), np.uint8(1)


def _changes() -> npt.NDArray[np.float32]:
    """Support gained or lost a second, by what a place shows now (256 for a table look-up)."""
    table = np.full(256, -YOUNG_LOSS, np.float32)
    table[_GROWN] = -HIDDEN_LOSS
    table[[_AGAIN, _AGAIN | _GROWN]] = 1.0
    table[_GROUND : _GROUND + 4] = -GROUND_LOSS
    return table


_A_SECOND = _changes()


class Memory:
    """The ground and the newcomers of one camera's small pictures."""

    def __init__(self, small: Small) -> None:
        self.ground = small.astype(np.float32)
        self.newcomer = small.copy()
        self.support_s: npt.NDArray[np.float32] = np.zeros(small.shape[:2], np.float32)
        self._low, self._high = _bounds(small)
        self.is_ground: Mask = np.full(small.shape[:2], 255, np.uint8)

    @property
    def ground_picture(self) -> Small:
        """The ground as a picture."""
        return self.ground.astype(np.uint8)

    def unlike_ground(self, small: Small) -> float:
        """The share of a picture that is not the ground."""
        same = cv2.inRange(small, self._low, self._high)
        return 1.0 - cv2.countNonZero(same) / same.size

    def see(self, small: Small, step_s: float) -> Mask:
        """Take in one picture, ``step_s`` after the last; what moves in it (255)."""
        self.is_ground = np.asarray(cv2.inRange(small, self._low, self._high), np.uint8)
        again = cv2.inRange(cv2.absdiff(small, self.newcomer), (0, 0, 0), _ALIKE)
        grown = (self.support_s >= GROWN_S).view(np.uint8)
        # One table look-up a place instead of three masked sums: this is most of the cost.
        case = (self.is_ground & _GROUND) | (np.asarray(again, np.uint8) & _AGAIN) | grown
        self.support_s += cv2.LUT(case, _A_SECOND * np.float32(step_s))
        cv2.copyTo(small, _mask(self.support_s < 0), self.newcomer)
        np.clip(self.support_s, 0, MOST_SUPPORT_S, out=self.support_s)
        young = _mask(self.support_s < SETTLED_S / 2)
        return np.asarray(cv2.bitwise_and(cv2.bitwise_not(self.is_ground), young), np.uint8)

    def follow(self, small: Small, passed_s: float) -> None:
        """Let the ground follow the light where it is seen."""
        weight = 1 - float(np.exp(-passed_s / FOLLOW_S))
        cv2.accumulateWeighted(small, self.ground, weight, mask=self.is_ground)
        self._low, self._high = _bounds(self.ground_picture)

    def standing(self) -> Mask:
        """Where a newcomer stands (255) that is not the ground."""
        other = cv2.inRange(self.newcomer, self._low, self._high) == 0
        return _mask(other & (self.support_s >= SETTLED_S))

    def absorb(self, mask: Mask) -> None:
        """From now on the newcomer under ``mask`` is the ground."""
        where = cv2.dilate(mask, _AROUND) > 0
        self.ground[where] = self.newcomer[where]
        self._low, self._high = _bounds(self.ground_picture)

    def learn_anew(self, small: Small, kept: Mask) -> None:
        """The light has changed: the picture is the ground, but not under ``kept``.

        There the old ground is lit as its surroundings are now, so that what stood, stands.
        """
        ground = small.astype(np.float32)
        under = kept > 0
        if under.any():
            around = (cv2.dilate(kept, np.ones((15, 15), np.uint8)) > 0) & ~under
            lit = np.median((ground[around] + 4) / (self.ground[around] + 4), axis=0)
            ground[under] = np.clip(self.ground[under] * lit, 0, 255)
        self.ground, self.newcomer = ground, small.copy()
        self.support_s[~under] = 0
        self._low, self._high = _bounds(self.ground_picture)


def _mask(flags: npt.NDArray[np.bool_]) -> Mask:
    return np.asarray(flags.view(np.uint8) * np.uint8(255), np.uint8)


def _bounds(picture: Small) -> tuple[Small, Small]:
    """What still counts as the same: its neighbours' levels too, so that a shake of a pixel
    and the ringing of compression at edges change nothing."""
    step = np.full_like(picture, TOLERANCE)
    low = cv2.subtract(np.asarray(cv2.erode(picture, _AROUND), np.uint8), step)
    high = cv2.add(np.asarray(cv2.dilate(picture, _AROUND), np.uint8), step)
    return np.asarray(low, np.uint8), np.asarray(high, np.uint8)
