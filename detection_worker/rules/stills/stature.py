"""How tall people look in each row of a picture: what is as tall may be one who stands."""

import numpy as np

from detection_worker.rules.stills.boxes import Box
from detection_worker.rules.stills.view import Mask
from detection_worker.tracking.tracks import Track

BANDS = 12
"""Rows of the picture that are told apart: people in one differ by a tenth with perspective."""

LEAST_SIGHTS = 8
"""Boxes of people from which their usual height in a band is known."""

KEPT_SIGHTS = 200
"""How many sights an average remembers: an hour of a quiet place, minutes of a busy one."""

AS_TALL = 0.6
"""From this part of people's height on a thing is as tall as somebody: a suitcase is 0.4 to 0.5
from any height of the camera, somebody cut off at the knees by a rim 0.7."""

UPPER_PART = 0.4
"""The part of an outline in which somebody has head and shoulders; a shadow lies lower."""

SHOULDERS = 0.6
"""Their width in heights, at most: of somebody 0.3, half hidden or with a bag more. What lies
is as wide above as below."""


class Statures:
    """The mean height of the people seen whose feet were in a band of the picture."""

    def __init__(self) -> None:
        self._heights = np.zeros(BANDS)
        self._sights = np.zeros(BANDS)

    def note(self, tracks: tuple[Track, ...], frame_height_px: int) -> None:
        """Take the people of one picture; those whom its lower edge cuts are left out."""
        for track in tracks:
            _, top, _, bottom = track.box_xyxy
            if track.is_person and bottom < frame_height_px - 2:
                band = _band(bottom, frame_height_px)
                self._sights[band] = min(self._sights[band] + 1, KEPT_SIGHTS)
                self._heights[band] += (bottom - top - self._heights[band]) / self._sights[band]

    def is_like_somebody(self, box: Box, outline: Mask, frame_height_px: int) -> bool:
        """Whether a thing is as tall as people are there, and narrow above as they are.

        ``outline`` is its mask in any scale; False where nobody knows how tall people are.
        """
        height = self._usual(box[3], frame_height_px)
        return height is not None and box[3] - box[1] >= AS_TALL * height and is_narrow(outline)

    def _usual(self, bottom: float, frame_height_px: int) -> float | None:
        known = np.flatnonzero(self._sights >= LEAST_SIGHTS)
        if not known.size:
            return None
        return float(np.interp(_band(bottom, frame_height_px), known, self._heights[known]))


def _band(bottom: float, frame_height_px: int) -> int:
    return min(BANDS - 1, max(0, int(BANDS * bottom / max(frame_height_px, 1))))


def is_narrow(outline: Mask) -> bool:
    """Whether an outline has head and shoulders, as somebody who stands has."""
    rows = len(outline)
    upper = outline[: max(1, round(UPPER_PART * rows))]
    return int(np.count_nonzero(upper.any(axis=0))) <= SHOULDERS * rows
