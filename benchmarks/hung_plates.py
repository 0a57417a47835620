"""Plates of other continents on the cars of real photographs, in the place of their own.

Cars, streets, light and noise are real; the plate alone is drawn. What finds plates has met these
surroundings and not these plates.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from demo.plate_photographs.countries import CONTINENTS, Country
from demo.plate_photographs.faces import bare, face, random_text
from demo.plate_photographs.photograph import worn
from detection_worker.frames import Image
from detection_worker.plates.photograph import open_photograph

LETTER_PX = (12.0, 30.0)
"""Heights of letters, small to large: about those of the photographs' own plates."""

TIMES = 4
"""Drawn so many times as large and made small in one step: edges come out as a lens shows them."""

PAPER = 235.0
"""How bright a drawn plate's paper is; in a photograph it is as bright as its own plate's."""

Box = tuple[int, int, int, int]
"""Left, top, width, height in pixels."""

Light = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class HungPlate:
    """A photograph with a plate that was drawn: its letters and digits, and whose it is."""

    image: Image
    text: str
    country: str


def hung_plates(
    folder: Path, continent: str, count: int, fonts: Sequence[str], chance: np.random.Generator
) -> Iterator[HungPlate]:
    """``count`` plates for each photograph of ``folder``; none where one does not fit in."""
    countries = CONTINENTS[continent]
    for beside in sorted(folder.glob("*.txt")):
        photograph, box = open_photograph(beside.with_suffix(".jpg")), _box(beside)
        for _ in range(count):
            country = countries[int(chance.integers(len(countries)))]
            text = random_text(country, chance)
            plate = worn(face(country, text, str(chance.choice(list(fonts))), chance), chance)
            image = _hung(photograph, box, plate, _corners(box, country, chance), chance)
            if image is not None:
                yield HungPlate(image, bare(text), country.name)


def _box(beside: Path) -> Box:
    left, top, wide, high = (int(word) for word in beside.read_text("utf-8").split()[1:5])
    return left, top, wide, high


def _corners(box: Box, country: Country, chance: np.random.Generator) -> Light:
    """Where the plate's corners come to lie around the middle of the car's own, 4 × 2 px."""
    high = chance.uniform(*LETTER_PX) * country.wh_mm[1] / country.letter_mm
    wide = high * country.wh_mm[0] / country.wh_mm[1] * chance.uniform(0.85, 1.0)
    roll, lean = np.radians(chance.uniform(-4, 4)), chance.uniform(-0.05, 0.05)
    x, y = (np.array([[-1, 1, 1, -1], [-1, -1, 1, 1]]) / 2.0) * [[wide], [high]]
    y = y * (1 + 2 * lean * x / wide)
    turned = np.stack(
        [x * np.cos(roll) - y * np.sin(roll), x * np.sin(roll) + y * np.cos(roll)], axis=1
    )
    middle = (box[0] + box[2] / 2, box[1] + box[3] / 2)
    return np.asarray(turned + middle, np.float32)


def _hung(
    photograph: Image, box: Box, plate: Image, corners: Light, chance: np.random.Generator
) -> Image | None:
    """The photograph without its own plate and with this one; None where it would stick out."""
    left, top = (int(edge) - 4 for edge in corners.min(axis=0))
    right, bottom = (int(edge) + 5 for edge in corners.max(axis=0))
    if min(left, top) < 0 or right > photograph.shape[1] or bottom > photograph.shape[0]:
        return None
    picture = _without(photograph, box)
    drawn, cover = _drawn(
        plate, np.asarray(corners - (left, top), np.float32), (right - left, bottom - top)
    )
    blur_px, noise = chance.uniform(0.4, 0.9), chance.normal(0, 3, drawn.shape)
    lit = cv2.GaussianBlur(drawn * _brightness(photograph, box), (0, 0), blur_px) + noise
    room, cover = picture[top:bottom, left:right], cover[..., None]
    room[:] = np.clip(room * (1 - cover) + lit * cover, 0, 255).astype(np.uint8)
    kept = cv2.imencode(".jpg", picture, (cv2.IMWRITE_JPEG_QUALITY, 88))[1]
    return np.asarray(cv2.imdecode(kept, cv2.IMREAD_COLOR), np.uint8)


def _without(photograph: Image, box: Box) -> Image:
    mask = np.zeros(photograph.shape[:2], np.uint8)
    left, top, wide, high = box
    cv2.rectangle(mask, (left - 3, top - 3), (left + wide + 3, top + high + 3), 255, -1)
    return np.asarray(cv2.inpaint(photograph, mask, 5, cv2.INPAINT_TELEA), np.uint8)


def _brightness(photograph: Image, box: Box) -> float:
    left, top, wide, high = box
    own = photograph[max(0, top) : top + high, max(0, left) : left + wide]
    return float(np.clip(np.percentile(own, 85) / PAPER, 0.35, 1.05))


def _drawn(plate: Image, corners: Light, wh: tuple[int, int]) -> tuple[Light, Light]:
    """The plate as seen, and how much of each pixel it covers."""
    high, wide = plate.shape[:2]
    shrunk = min(1.0, TIMES * wh[0] / wide)
    small = cv2.resize(plate, None, fx=shrunk, fy=shrunk, interpolation=cv2.INTER_AREA)
    high, wide = small.shape[:2]
    own = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32)
    matrix = cv2.getPerspectiveTransform(own, corners * TIMES)
    large = (wh[0] * TIMES, wh[1] * TIMES)
    layers = (small.astype(np.float32), np.ones((high, wide), np.float32))
    warped = (cv2.warpPerspective(layer, matrix, large) for layer in layers)
    drawn, cover = (cv2.resize(one, wh, interpolation=cv2.INTER_AREA) for one in warped)
    return np.asarray(drawn, np.float32), np.asarray(cover, np.float32)
