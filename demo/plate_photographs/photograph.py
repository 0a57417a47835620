"""A whole photograph: the car on the street, seen by a camera that is never perfect."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from demo.plate_photographs.countries import CONTINENTS, TWO_LINES
from demo.plate_photographs.faces import Picture, bare, face, random_text
from demo.plate_photographs.hardships import HARDSHIPS, Hardship
from demo.plate_photographs.street import SIZE_WH, Frame, add_car, street
from demo.plate_pictures import Conditions, exposed, usual_conditions


@dataclass(frozen=True, slots=True)
class Photograph:
    """A picture (BGR) with one plate: its letters and digits, whose it is, its letters' height."""

    image: Picture
    text: str
    country: str
    letter_px: float


def photograph(
    continent: str,
    chance: np.random.Generator,
    fonts: Sequence[str],
    hardship: Hardship = HARDSHIPS["usual"],
) -> Photograph:
    """A car with a random plate of ``continent`` (a key of ``CONTINENTS``), in one of ``fonts``.

    A font is a file, or ``sans`` for OpenCV's own.
    """
    countries = (TWO_LINES if hardship.two_lines else CONTINENTS)[continent]
    country = countries[int(chance.integers(len(countries)))]
    font, seen = str(chance.choice(list(fonts))), _seen(hardship, chance)
    text = random_text(country, chance)
    plate = hardship.plate(worn(face(country, text, font, chance), chance), chance)
    letter_px = float(np.exp(chance.uniform(*np.log(hardship.letter_px))))
    picture = street(chance, font)
    frame = Frame(hardship.framed, hardship.words_above)
    box = add_car(picture, plate, letter_px / country.letter_mm, frame, chance, font)
    light = hardship.light(_turned(picture, box, seen).astype(np.float32), box, chance)
    return Photograph(exposed(light, seen, chance), bare(text), country.name, letter_px)


def _seen(hardship: Hardship, chance: np.random.Generator) -> Conditions:
    """Usual conditions, made as hard as the hardship says; to the left as often as to the right."""
    usual = usual_conditions(chance)
    for name, between in hardship.angles_deg.items():
        angle = float(chance.uniform(*between) * chance.choice([-1, 1]))
        usual = replace(usual, **{name: angle})  # type: ignore[arg-type]
    return replace(usual, quality=hardship.quality or usual.quality)


def worn(plate: Picture, chance: np.random.Generator) -> Picture:
    """The plate with dirt, and with the shadow that a boot's lid throws over the upper part."""
    high, wide = plate.shape[:2]
    dirt = chance.normal(0, 1, (5, 20)).astype(np.float32)
    stain = cv2.resize(dirt, (wide, high), interpolation=cv2.INTER_CUBIC)[..., None]
    light = np.ones((high, 1, 1), np.float32)
    if chance.random() < 0.4:
        light[: round(high * chance.uniform(0.15, 0.6))] = chance.uniform(0.45, 0.8)
    worn = plate * light - np.maximum(stain, 0) * chance.uniform(0, 30)
    return np.asarray(np.clip(worn, 0, 255), np.uint8)


def _turned(picture: Picture, box: tuple[int, int, int, int], seen: Conditions) -> Picture:
    """The scene seen from the side and from above, the plate kept where it is."""
    turn, tilt, roll = np.radians((seen.turn_deg, seen.tilt_deg, seen.roll_deg))
    middle = np.array([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2])
    corners = np.array([[-1.0, -1], [1, -1], [1, 1], [-1, 1]]) * 200
    x, y = corners.T
    x, y = x * np.cos(roll) - y * np.sin(roll), x * np.sin(roll) + y * np.cos(roll)
    depth = 1 + (x * np.sin(turn) + y * np.sin(tilt)) / 2400
    flat = np.stack([x * np.cos(turn) / depth, y / depth], axis=1)
    matrix = cv2.getPerspectiveTransform(
        (corners + middle).astype(np.float32), (flat + middle).astype(np.float32)
    )
    turned = cv2.warpPerspective(picture, matrix, SIZE_WH, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(turned, np.uint8)
