"""A car seen from behind on a street, with the words that stand on cars and houses."""

from dataclasses import dataclass

import cv2
import numpy as np

from demo.plate_photographs.countries import Colour
from demo.plate_photographs.faces import MM, Picture, write_inside

SIZE_WH = (1024, 768)
"""Of the photographs, in pixels."""

CAR_MM = (1760, 1420)
"""A car of the middle class from behind."""

BADGES = ("TDI", "HYBRID", "2.0 T", "SPORT", "S 500", "330d", "4x4", "1.6 16V", "ECO")
DEALERS = ("AUTOHAUS MEIER", "CAR CENTER 24", "www.auto-one.com", "MOTORS 2000", "AUTO SALON")
SHOPS = ("BANK", "OPEN 24H", "SUPERMARKET", "HOTEL 4 STARS", "PIZZA 555 123", "EXIT 12", "P 30 min")


RIM = (20, 20, 20)


@dataclass(frozen=True, slots=True)
class Frame:
    """How often plates hang in a dealer's frame (its name below), and whether words are above."""

    often: float = 0.5
    words_above: bool = False


def street(chance: np.random.Generator, font: str) -> Picture:
    """Sky, a house with a sign, and the road, with the unevenness of real ones."""
    width, height = SIZE_WH
    rows = np.linspace(0, 1, height)[:, None, None]
    top, low = chance.uniform(90, 230, 3), chance.uniform(60, 150, 3)
    picture = np.asarray(top * (1 - rows) + low * rows + np.zeros((1, width, 1)), np.uint8)
    house = tuple(int(part) for part in chance.integers(50, 200, 3))
    left = int(chance.integers(0, width // 2))
    cv2.rectangle(picture, (left, 60), (left + 480, 420), (house[0], house[1], house[2]), -1)
    sign_mm = (left / 2 + 20, 40, 200, 18)
    write_inside(picture, str(chance.choice(SHOPS)), sign_mm, _ink(chance), font)
    return _textured(picture, chance)


def add_car(
    picture: Picture,
    plate: Picture,
    scale: float,
    frame: Frame,
    chance: np.random.Generator,
    font: str,
) -> tuple[int, int, int, int]:
    """Draw a car with the plate on it, ``scale`` pixels a millimetre; the plate's box (xyxy)."""
    wide, high = (round(side * scale) for side in CAR_MM)
    left = round((SIZE_WH[0] - wide) * chance.uniform(0.2, 0.8))
    bottom = round(SIZE_WH[1] * chance.uniform(0.8, 0.95))
    paint = _ink(chance)
    _body(picture, (left, bottom - high, wide, high), paint)
    middle_x, middle_y = left + wide // 2, bottom - round(high * chance.uniform(0.25, 0.42))
    if chance.random() < 0.5:
        badge_mm = (middle_x / 2 + wide * 0.1, middle_y / 2 - 95 * scale, 60 * scale, 18 * scale)
        write_inside(picture, str(chance.choice(BADGES)), badge_mm, (200, 200, 200), font)
    if chance.random() < frame.often:
        plate = _framed(plate, frame, chance, font)
    return _hang(picture, plate, (middle_x, middle_y), scale)


def _body(picture: Picture, box: tuple[int, int, int, int], paint: Colour) -> None:
    left, top, wide, high = box
    shadow = (left - 10, top + high - 12, wide + 20, 24)
    _rectangle(picture, shadow, (30, 30, 30))
    _rectangle(picture, (left + wide // 8, top, wide * 3 // 4, high // 2), paint)
    window = (left + wide // 6, top + high // 20, wide * 2 // 3, high // 3)
    _rectangle(picture, window, (60, 55, 50))
    _rectangle(picture, (left, top + high * 2 // 5, wide, high * 11 // 20), paint)
    darker = (paint[0] * 2 // 3, paint[1] * 2 // 3, paint[2] * 2 // 3)
    _rectangle(picture, (left, top + high * 4 // 5, wide, high // 7), darker)
    for side in (left + wide // 30, left + wide - wide // 6):
        _rectangle(picture, (side, top + high * 9 // 20, wide // 8, high // 8), (40, 30, 170))
    for wheel in (left + wide // 20, left + wide * 4 // 5):
        _rectangle(picture, (wheel, top + high * 19 // 20, wide // 7, high // 16), (25, 25, 25))


def _framed(plate: Picture, frame: Frame, chance: np.random.Generator, font: str) -> Picture:
    """The plate in a dark frame with its dealer's name."""
    above = 24 if frame.words_above else 8
    high, wide = plate.shape[:2]
    sides = (round(above * MM), round(26 * MM), round(8 * MM), round(8 * MM))
    framed = np.asarray(cv2.copyMakeBorder(plate, *sides, cv2.BORDER_CONSTANT, value=RIM), np.uint8)
    ink = (220, 220, 220)
    across, foot = wide / MM, high / MM + above + 5
    write_inside(framed, str(chance.choice(DEALERS)), (12, foot, across, 15), ink, font)
    if frame.words_above:
        write_inside(framed, str(chance.choice(DEALERS)), (12, 5, across, 13), ink, font)
    return framed


def _hang(
    picture: Picture, plate: Picture, middle: tuple[int, int], scale: float
) -> tuple[int, int, int, int]:
    wide, high = round(plate.shape[1] / MM * scale), round(plate.shape[0] / MM * scale)
    small = cv2.resize(plate, (wide, high), interpolation=cv2.INTER_AREA)
    left, top = max(0, middle[0] - wide // 2), max(0, middle[1] - high // 2)
    room = picture[top : top + high, left : left + wide]
    room[:] = small[: room.shape[0], : room.shape[1]]
    return left, top, left + wide, top + high


def _textured(picture: Picture, chance: np.random.Generator) -> Picture:
    """Coarse and fine unevenness: flat colours give a finder of text nothing to stumble over."""
    high, wide = picture.shape[:2]
    noise = np.zeros((high, wide), np.float32)
    for cells, strength in ((8, 25.0), (40, 12.0), (160, 8.0)):
        small = chance.normal(0, strength, (cells * 3 // 4, cells)).astype(np.float32)
        noise += cv2.resize(small, (wide, high), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.clip(picture + noise[..., None], 0, 255), np.uint8)


def _rectangle(picture: Picture, box: tuple[int, int, int, int], colour: Colour) -> None:
    left, top, wide, high = box
    cv2.rectangle(picture, (left, top), (left + wide, top + high), colour, -1)


def _ink(chance: np.random.Generator) -> Colour:
    blue, green, red = (int(part) for part in chance.integers(20, 235, 3))
    return blue, green, red
