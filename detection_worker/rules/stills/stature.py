"""How tall people and cars look in each row of a picture: what is as tall may be one of them."""

import numpy as np

from detection_worker.boxes import Box
from detection_worker.rules.stills.standing import STANDING_SHARE, moved_widths
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

NO_VEHICLE = 0.45
"""Up to this part of a car's height (1.5 m) a thing is no vehicle, whatever a detector calls it:
a bag, a heap. A bicycle has 0.7 of it."""

UPPER_PART = 0.4
"""The part of an outline in which somebody has head and shoulders; a shadow lies lower."""

SHOULDERS = 0.6
"""Their width in heights, at most: of somebody 0.3, half hidden or with a bag more. What lies
is as wide above as below."""


class Heights:
    """The mean height of boxes by the band of the picture in which their feet or wheels are."""

    def __init__(self) -> None:
        self._heights = np.zeros(BANDS)
        self._sights = np.zeros(BANDS)

    def note(self, box: Box, frame_height_px: int) -> None:
        """Take one box; one that the picture's lower edge cuts is left out."""
        if box[3] < frame_height_px - 2:
            band = _band(box[3], frame_height_px)
            self._sights[band] = min(self._sights[band] + 1, KEPT_SIGHTS)
            self._heights[band] += (box[3] - box[1] - self._heights[band]) / self._sights[band]

    def usual(self, bottom: float, frame_height_px: int) -> float | None:
        """What is usual there, judged by the nearest bands that are known; None if none is."""
        return self._between(bottom, frame_height_px, BANDS)

    def usual_here(self, bottom: float, frame_height_px: int) -> float | None:
        """What is usual in that band or one beside it; None where it is not known."""
        return self._between(bottom, frame_height_px, 1)

    def _between(self, bottom: float, frame_height_px: int, most_bands: int) -> float | None:
        band = _band(bottom, frame_height_px)
        known = np.flatnonzero(self._sights >= LEAST_SIGHTS)
        known = known[np.abs(known - band) <= most_bands]
        return float(np.interp(band, known, self._heights[known])) if known.size else None


class Statures:
    """How tall people are, and cars that drive: one that stands may be something else."""

    def __init__(self) -> None:
        self._people = Heights()
        self._cars = Heights()

    def note(self, tracks: tuple[Track, ...], frame_height_px: int) -> None:
        """Take the people and the moving cars of one picture."""
        for track in tracks:
            if track.is_person:
                self._people.note(track.box_xyxy, frame_height_px)
            elif track.label == "car" and moved_widths(track)[0] > STANDING_SHARE:
                self._cars.note(track.box_xyxy, frame_height_px)

    def is_like_somebody(self, box: Box, outline: Mask, frame_height_px: int) -> bool:
        """Whether a thing is as tall as people are there, and narrow above as they are.

        ``outline`` is its mask in any scale; False where nobody knows how tall people are.
        """
        height = self._people.usual(box[3], frame_height_px)
        return height is not None and box[3] - box[1] >= AS_TALL * height and is_narrow(outline)

    def is_no_vehicle(self, box: Box, frame_height_px: int) -> bool:
        """Whether a thing is too low for a vehicle; False where no cars were seen to drive."""
        height = self._cars.usual_here(box[3], frame_height_px)
        return height is not None and box[3] - box[1] <= NO_VEHICLE * height


def _band(bottom: float, frame_height_px: int) -> int:
    return min(BANDS - 1, max(0, int(BANDS * bottom / max(frame_height_px, 1))))


def is_narrow(outline: Mask) -> bool:
    """Whether an outline has head and shoulders, as somebody who stands has."""
    rows = len(outline)
    upper = outline[: max(1, round(UPPER_PART * rows))]
    return int(np.count_nonzero(upper.any(axis=0))) <= SHOULDERS * rows
