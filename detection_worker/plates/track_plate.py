"""What is known of one track's plate: which frames are worth reading, and what they say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import cv2
import numpy as np

from detection_worker.boxes import Box
from detection_worker.frames import Image
from detection_worker.plates.fixed_text import Spot, spot_of
from detection_worker.plates.forms import settle
from detection_worker.plates.reading import PlateReading
from detection_worker.plates.recogniser import Spelling
from detection_worker.plates.voting import vote
from detection_worker.rules.scene import PlateGuess

LEAST_WIDTH_PX = 160
"""Width of a vehicle from which its plate can be read: letters of 76 mm on a car of 1.8 m are
seven pixels high then (4 % of its width)."""

LEAST_GAIN = 1.25
"""How much sharper or larger a frame must be than the best that was read, to be read too."""

MOST_READS = 8
"""Of one track: with ``LEAST_GAIN`` between them, from the first glance to five times better."""

ENOUGH = 0.95
"""A plate that two readings agree on so surely is read no more."""

LOOKED_AT_PX = 160
"""Sharpness is measured at this width, so that near and far vehicles can be compared."""


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """A vehicle in one frame, cut out; ``worth`` grows with sharpness and size.

    ``crop_xyxy`` is where it was cut out, in pixels of the analysed picture. ``from_large`` gives
    it from the camera's large stream, where there is one: that picture has yet to be decoded.
    """

    camera_id: int
    track_id: int
    at: datetime
    crop_bgr: Image
    worth: float
    crop_xyxy: Box | None = None
    from_large: Callable[[], Image | None] | None = None

    def at_its_best(self) -> "Sighting":
        """With the best picture of it that there is."""
        image = self.from_large() if self.from_large is not None else None
        return replace(self, crop_bgr=self.crop_bgr if image is None else image, from_large=None)


@dataclass(slots=True)
class TrackPlate:
    """The readings of one track so far."""

    seen_at: datetime
    best_worth: float = 0.0
    offered: int = 0
    waiting: int = 0
    readings: list[tuple[PlateReading, Sighting]] = field(default_factory=list)
    guess: PlateGuess | None = None
    spots: dict[PlateReading, Spot] = field(default_factory=dict)

    def wants(self, worth: float) -> bool:
        """Whether a frame of this worth should be read."""
        if self.offered >= MOST_READS or worth < LEAST_GAIN * self.best_worth:
            return False
        sure = self.guess is not None and self.guess.confidence >= ENOUGH
        return not (sure and len(self.readings) > 1)

    def note(self, sighting: Sighting, reading: PlateReading | None) -> None:
        """One more reading, or that nothing could be read."""
        self.waiting -= 1
        if reading is None:
            return
        self.readings.append((reading, sighting))
        self.guess = agreed([one for one, _ in self.readings])
        if sighting.crop_xyxy is not None:
            spot = spot_of(reading, sighting.crop_bgr, sighting.crop_xyxy)
            self.spots |= {reading: spot} if spot is not None else {}

    def drive_on(self, image: Image, box_xyxy: Box) -> None:
        """The vehicle is here now: what was read and stays behind was not on it."""
        left = {one: spot for one, spot in self.spots.items() if spot.is_left(box_xyxy)}
        behind = [one for one, spot in left.items() if spot.is_still_there(image)]
        if behind:
            self.readings = [pair for pair in self.readings if pair[0] not in behind]
            readings = [one for one, _ in self.readings]
            self.guess = agreed(readings) if readings else None
            self.spots = {one: spot for one, spot in self.spots.items() if one not in behind}

    def best(self) -> tuple[PlateReading, Sighting] | None:
        """The surest reading of what was agreed on, else the surest of all."""
        if self.guess is None:
            return None
        text = self.guess.text
        return max(self.readings, key=lambda one: (one[0].plate.text == text, one[0].confidence))


def agreed(readings: Sequence[PlateReading]) -> PlateGuess:
    """What a track's readings (one or more) say together.

    Confidence is that of the surest that says it, times the share of the vote that it has:
    readings of one vehicle err alike, so agreement takes doubt away from none of them.
    """
    spellings = [
        Spelling(text, text, (one.confidence,) * len(text))
        for one in readings
        if (text := one.plate.text)
    ]
    result = vote(spellings)
    same = [one for one in readings if one.plate.text == result.text]
    surest = max(same or readings, key=lambda one: one.confidence)
    plate = surest.plate if same else settle(result.text)
    share = result.agreed if same else min(result.shares)
    confidence = round(surest.confidence * share, 3)
    return PlateGuess(plate.text, confidence, plate.country or "", plate.region or "")


def worth_of(crop: Image) -> float:
    """How well a plate could be read in the picture of a vehicle: sharpness times width."""
    height, width = crop.shape[:2]
    lower = crop[height // 3 :]  # plates sit low; roofs and windows mirror the sky
    size = (LOOKED_AT_PX, max(8, round(LOOKED_AT_PX * lower.shape[0] / width)))
    small = cv2.cvtColor(cv2.resize(lower, size, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
    edges = float(np.std(cv2.Laplacian(small, cv2.CV_32F)))
    return edges * float(width)
