"""Which of the readings of a picture are given: one a plate, no guesses, no words of the street."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from detection_worker.plates.forms import fits_a_form
from detection_worker.plates.reading import Box, PlateReading

LEAST_CONFIDENCE = 0.3
"""Below it a reading is a guess, and a guess is not given: of rendered plates read so, one in eight
was right. Who acts on a plate wants more (``watch_listed_plate``, ``section_speed``)."""

SURE = 0.6
"""Below it smaller letters are looked for too: the plate may be better seen, or another one."""

LIKELY = 0.4
"""Two looks that agree on a plate, each so sure, end the search: a third sees the same pixels."""

LEAST_BESIDE = 0.6
"""What a further plate in a picture must have: signs and badges are read as well as plates."""

LEAST_HEIGHT_BESIDE = 0.55
"""Height of a further plate's letters, as a part of the surest one's; a badge's are smaller."""

WHOLE = 0.15
"""What words that make a known form together gain over each of them alone: a part of a plate is
read as surely as all of it."""


def kept(found: Iterable[PlateReading], vehicles: Sequence[Box] = ()) -> list[PlateReading]:
    """One reading a plate and a vehicle, beside the first only what is as large and sure.

    What is surely read on a vehicle comes first, and leaves out all that is on none.
    """
    chosen: list[PlateReading] = []
    for reading in sorted(found, key=lambda one: _worth(one, vehicles), reverse=True):
        if reading.confidence < LEAST_CONFIDENCE:
            continue
        if all(_may_stand_beside(reading, one, vehicles) for one in chosen) and (
            not chosen or _stands_beside(reading, chosen[0])
        ):
            chosen.append(reading)
    return sorted(chosen, key=lambda one: (vehicle_of(one, vehicles) is None, -one.confidence))


def has_sure(found: Iterable[PlateReading]) -> bool:
    """Whether a plate was read so surely that no other look is needed; words are none.

    What two looks from different distances say alike is as sure as they will ever be. A number
    without letters may be a house's or a bus's: one look at it does not end the search.
    """
    plates = [one for one in found if not one.like_a_word]
    said = Counter(one.plate.text for one in plates if one.confidence >= LIKELY)
    sure = any(one.confidence >= SURE and _has_letter(one) for one in plates)
    return sure or max(said.values(), default=0) > 1


def _has_letter(reading: PlateReading) -> bool:
    return any(sign.isalpha() for sign in reading.plate.text)


def on_vehicles(found: Iterable[PlateReading], vehicles: Sequence[Box]) -> list[PlateReading]:
    """The readings on a vehicle that are no guesses."""
    return [
        one
        for one in found
        if one.confidence >= LEAST_CONFIDENCE and vehicle_of(one, vehicles) is not None
    ]


def vehicle_of(reading: PlateReading, vehicles: Sequence[Box]) -> Box | None:
    """The smallest vehicle that the middle of a reading is on: what is in front hides the rest."""
    left, top, right, bottom = reading.box_xyxy
    x, y = (left + right) / 2, (top + bottom) / 2
    around = [box for box in vehicles if box[0] <= x <= box[2] and box[1] <= y <= box[3]]
    return min(around, key=area, default=None)


def area(box: Box) -> float:
    """In square pixels."""
    return float((box[2] - box[0]) * (box[3] - box[1]))


def _worth(reading: PlateReading, vehicles: Sequence[Box]) -> tuple[bool, bool, bool, float, int]:
    """A number alone may be a house's, a bus's or a lorry's: it comes last, the tallest first.

    Of what is read equally well the lower one is first: plates hang at the height of bumpers.
    """
    on_vehicle = reading.confidence >= SURE and vehicle_of(reading, vehicles) is not None
    lettered = _has_letter(reading)
    whole = reading.parts > 1 and fits_a_form(reading.plate.text)
    worth = (
        reading.confidence + WHOLE * whole if lettered else reading.height_px * reading.confidence
    )
    return on_vehicle, not reading.like_a_word, lettered, worth, reading.box_xyxy[3]


def _may_stand_beside(reading: PlateReading, other: PlateReading, vehicles: Sequence[Box]) -> bool:
    """Whether two readings can be two plates: apart, and on two vehicles or both on none."""
    one, its = vehicle_of(reading, vehicles), vehicle_of(other, vehicles)
    if one is not None and one == its:
        return False
    return not _touch(reading, other) and (one is None) == (its is None)


def _stands_beside(reading: PlateReading, first: PlateReading) -> bool:
    """Whether it is a plate too: as tall, surely read, and of some form if the first is."""
    has_letter = _has_letter(reading)
    tall = reading.height_px >= LEAST_HEIGHT_BESIDE * first.height_px
    formed = fits_a_form(reading.plate.text) or not fits_a_form(first.plate.text)
    word = reading.like_a_word
    return has_letter and tall and formed and not word and reading.confidence >= LEAST_BESIDE


def _touch(one: PlateReading, other: PlateReading) -> bool:
    """Whether two readings share so much of the picture that they are of one plate."""
    left, top = np.maximum(one.box_xyxy[:2], other.box_xyxy[:2])
    right, bottom = np.minimum(one.box_xyxy[2:], other.box_xyxy[2:])
    if right <= left or bottom <= top:
        return False
    shared = float((right - left) * (bottom - top))
    return shared > 0.25 * min(area(one.box_xyxy), area(other.box_xyxy))
