"""Plates drawn as they hang on a car, two pixels a millimetre."""

from collections.abc import Callable
from functools import cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from demo.plate_photographs.countries import BLUE, RED, Colour, Country

Picture = npt.NDArray[np.uint8]

MM = 2.0
"""Pixels a millimetre."""

GAP, HYPHEN, SEALS, CREST, SPACING = 20.0, 26.0, 44.0, 52.0, 8.0
"""Widths in millimetres of what stands between groups, and between two signs."""

SEAL: Colour = (70, 80, 60)

LINES_APART = 1.2
"""From the middle of the upper line to that of the lower one, in heights of letters."""


def random_text(country: Country, chance: np.random.Generator) -> str:
    """A layout with its letters and digits put in, decorations and all."""
    layout = str(chance.choice(country.layouts))
    kinds = {"A": country.letters, "0": "0123456789", "1": "123456789"}
    return "".join(str(chance.choice(list(kinds[sign]))) if sign in kinds else sign
                   for sign in layout)  # fmt: skip


def bare(text: str) -> str:
    """The letters and digits alone."""
    return "".join(sign for sign in text if sign.isalnum())


def face(country: Country, text: str, font: str, chance: np.random.Generator) -> Picture:
    """The plate's face (BGR) with ``text`` in the font of a file, or OpenCV's own, ``sans``."""
    width, height = country.wh_mm
    paper = country.papers[chance.integers(len(country.papers))]
    plate: Picture = np.full((round(height * MM), round(width * MM), 3), paper, np.uint8)
    left, right = _bands(plate, country, font, chance)
    middle = _words(plate, country, font, chance)
    _signs(plate, country, text, font, (left + 14, right - 14), middle)
    if country.stickers:
        _stickers(plate, chance)
    if chance.random() < 0.4:
        _screws(plate, left, chance)
    cv2.rectangle(plate, (0, 0), (plate.shape[1] - 1, plate.shape[0] - 1), country.ink, 4)
    return plate


def _bands(
    plate: Picture, country: Country, font: str, chance: np.random.Generator
) -> tuple[float, float]:
    """Draw the bands at the ends; where the signs may stand, in millimetres."""
    width, height = country.wh_mm
    left, right = 0.0, float(width)
    blue = _some_blue(chance)
    if country.band:
        left = 44.0
        _box(plate, (0, 0), (left, height), blue)
        cv2.circle(plate, (round(22 * MM), round(36 * MM)), round(12 * MM), (60, 210, 250), 4)
        write_inside(plate, country.band, (5, height - 38, 34, 24), (240, 240, 240), font)
    if country.band_right:
        right -= 44.0
        _box(plate, (right, 0), (width, height), blue)
        mark = str(chance.choice(country.band_right))
        write_inside(plate, mark, (right + 9, height - 40, 26, 24), (240, 240, 240), font)
    return left, right


def _some_blue(chance: np.random.Generator) -> Colour:
    """As new, or bleached by the sun; cameras differ in what they call blue, too."""
    bleached = chance.uniform(0, 0.55) if chance.random() < 0.5 else 0.0
    made = [part + chance.uniform(-15, 25) for part in BLUE]
    blue, green, red = (int(part * (1 - bleached) + 170 * bleached) for part in made)
    return max(0, blue), max(0, green), max(0, red)


def _words(plate: Picture, country: Country, font: str, chance: np.random.Generator) -> float:
    """Draw the small words above and below; the height of the signs' middle in millimetres."""
    width, height = country.wh_mm
    if country.stripe:
        _box(plate, (0, 0), (width, 30), BLUE)
        write_inside(plate, country.stripe, (width / 2 - 50, 6, 100, 17), (240, 240, 240), font)
        return 30 + (height - 30) / 2
    if country.above:
        word = str(chance.choice(country.above))
        high = 15 if country.below else 17
        write_inside(plate, word, (width / 2 - 95, 9, 190, high), country.ink, font)
    if country.below:
        word = str(chance.choice(country.below))
        write_inside(plate, word, (width / 2 - 70, height - 20, 140, 11), country.ink, font)
    return height / 2 + (9 if country.above and not country.below else 0)


def _signs(
    plate: Picture,
    country: Country,
    text: str,
    font: str,
    between_mm: tuple[float, float],
    middle_mm: float,
) -> None:
    """The signs of one line or of two, the lower under the upper."""
    lines = text.split("/")
    apart = country.letter_mm * LINES_APART
    for place, line in enumerate(lines):
        middle = middle_mm + (place - (len(lines) - 1) / 2) * apart
        _line(plate, country, line, font, between_mm, middle)


def _line(
    plate: Picture,
    country: Country,
    text: str,
    font: str,
    between_mm: tuple[float, float],
    middle_mm: float,
) -> None:
    """The signs and what stands among them, as wide as there is room."""
    pieces = [_piece(sign, country, font) for sign in text]
    room = (between_mm[1] - between_mm[0]) * MM
    total = sum(piece.shape[1] for piece, _ in pieces)
    narrow = min(1.0, room / total)
    x = between_mm[0] * MM + (room - total * narrow) / 2
    for piece, colour in pieces:
        width = max(1, round(piece.shape[1] * narrow))
        ink = np.asarray(
            cv2.resize(piece, (width, piece.shape[0]), interpolation=cv2.INTER_AREA), np.uint8
        )
        _paint(plate, ink, round(x), round(middle_mm * MM - ink.shape[0] / 2), colour)
        x += width


def _piece(sign: str, country: Country, font: str) -> tuple[Picture, Colour]:
    """How much of its ink is where (0 to 255), with its spacing, and its colour."""
    high = round(country.letter_mm * MM)
    draw = _DECORATIONS.get(sign)
    if draw is None:
        return _sign(sign, high, font), country.ink
    return draw(high), {"*": SEAL, "+": RED, "#": RED}.get(sign, country.ink)


def _sign(sign: str, high: int, font: str) -> Picture:
    ink = _inked(sign, font)
    # Signs of a plate are about 0.58 of their height wide; a bare stroke stays a stroke.
    natural = ink.shape[1] / ink.shape[0]
    wide = round(high * min(max(natural, 0.12) * 0.9, 0.66))
    sized = cv2.resize(ink, (wide, high), interpolation=cv2.INTER_AREA)
    return _spaced(np.asarray(sized, np.uint8))


def _spaced(ink: Picture) -> Picture:
    side = round(SPACING * MM / 2)
    return np.asarray(np.pad(ink, ((0, 0), (side, side))), np.uint8)


def _seals(high: int) -> Picture:
    """Two round stickers, the test's and the district's."""
    wide = round(SEALS * MM)
    ink: Picture = np.zeros((high, wide), np.uint8)
    for at in (0.25, 0.75):
        cv2.circle(ink, (wide // 2, round(high * at)), round(high * 0.2), 150, -1)
        cv2.circle(ink, (wide // 2, round(high * at)), round(high * 0.13), 255, 3)
    return ink


def _crest(high: int) -> Picture:
    """A shield with a bar."""
    wide = round(CREST * MM)
    ink: Picture = np.zeros((high, wide), np.uint8)
    shield = np.array([(0.2, 0.2), (0.8, 0.2), (0.78, 0.6), (0.5, 0.85), (0.22, 0.6)])
    cv2.fillPoly(ink, [np.round(shield * (wide, high)).astype(np.int32)], 200)
    cv2.line(ink, (wide // 2, round(high * 0.3)), (wide // 2, round(high * 0.7)), 60, 6)
    return ink


def _chequered(high: int) -> Picture:
    """Croatia's shield: five by five fields, every other one red, under a low crown."""
    wide = round(CREST * MM)
    ink: Picture = np.zeros((high, wide), np.uint8)
    field = round(wide * 0.13)
    left, top = (wide - 5 * field) // 2, round(high * 0.3)
    for row in range(5):
        for column in range(row % 2, 5, 2):
            low = (left + column * field, top + row * field)
            cv2.rectangle(ink, low, (low[0] + field - 1, low[1] + field - 1), 235, -1)
    cv2.rectangle(ink, (left, top - field), (left + 5 * field, top - 3), 150, -1)
    return ink


def _hyphen(high: int) -> Picture:
    ink: Picture = np.zeros((high, round(HYPHEN * MM)), np.uint8)
    ink[round(high * 0.45) : round(high * 0.57), 6:-6] = 255
    return ink


def _dot(high: int) -> Picture:
    ink: Picture = np.zeros((high, round(HYPHEN * MM)), np.uint8)
    cv2.circle(ink, (ink.shape[1] // 2, high // 2), round(high * 0.08), 255, -1)
    return ink


def _gap(high: int) -> Picture:
    return np.zeros((high, round(GAP * MM)), np.uint8)


_DECORATIONS: dict[str, Callable[[int], Picture]] = {
    "*": _seals, "+": _crest, "#": _chequered, "-": _hyphen, ".": _dot, " ": _gap,
}  # fmt: skip


def _stickers(plate: Picture, chance: np.random.Generator) -> None:
    """The month's and the year's, in the upper corners."""
    for x in (8, plate.shape[1] / MM - 40):
        if chance.random() < 0.7:
            colour = tuple(int(part) for part in chance.integers(40, 230, 3))
            _box(plate, (x, 6), (x + 32, 26), (colour[0], colour[1], colour[2]))


def _screws(plate: Picture, left_mm: float, chance: np.random.Generator) -> None:
    """Two heads, or their caps, in the middle or at the top and bottom."""
    high, wide = plate.shape[:2]
    grey = int(chance.integers(40, 220))
    height = float(chance.choice([0.12, 0.5, 0.88]))
    for across in (left_mm + 12, wide / MM - 14):
        at = (round(across * MM), round(high * height))
        cv2.circle(plate, at, round(6 * MM), (grey, grey, grey), -1, cv2.LINE_AA)
        cv2.circle(plate, at, round(6 * MM), (grey // 2,) * 3, 2, cv2.LINE_AA)


def write_inside(
    plate: Picture, text: str, box_mm: tuple[float, float, float, float], ink: Colour, font: str
) -> None:
    """Write in the middle of a box (left, top, width, height), as high as it and no wider."""
    left, top, width, height = (part * MM for part in box_mm)
    drawn = _inked(text, font)
    wide = min(width, drawn.shape[1] * height / drawn.shape[0])
    sized = cv2.resize(drawn, (max(1, round(wide)), round(height)), interpolation=cv2.INTER_AREA)
    _paint(plate, np.asarray(sized, np.uint8), round(left + (width - wide) / 2), round(top), ink)


@cache
def _inked(text: str, font: str) -> Picture:
    """The text's ink (0 to 255), cut close."""
    canvas: Picture = np.zeros((260, 140 * len(text) + 80), np.uint8)
    # OpenCV's own zeros are struck through, plates' are not: the letter O has their shape.
    own = font == "sans"
    shown, weight = (text.replace("0", "O"), 700) if own else (text, 0)
    cv2.putText(canvas, shown, (40, 190), (255, 255, 255), _font(font), 160, weight)
    rows, columns = np.flatnonzero(canvas.max(axis=1)), np.flatnonzero(canvas.max(axis=0))
    return canvas[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


@cache
def _font(font: str) -> Any:
    return cv2.FontFace(font)


def _paint(plate: Picture, ink: Picture, left: int, top: int, colour: Colour) -> None:
    """Colour where there is ink; what leads over the edges is left out."""
    part = ink[max(0, -top) : max(0, plate.shape[0] - top)]
    part = part[:, max(0, -left) : max(0, plate.shape[1] - left)]
    place = plate[max(0, top) :, max(0, left) :][: part.shape[0], : part.shape[1]]
    share = (part.astype(np.float32) / 255)[..., None]
    place[:] = (place * (1 - share) + np.array(colour, np.float32) * share).astype(np.uint8)


def _box(
    plate: Picture, low_mm: tuple[float, float], high_mm: tuple[float, float], colour: Colour
) -> None:
    low = (round(low_mm[0] * MM), round(low_mm[1] * MM))
    high = (round(high_mm[0] * MM), round(high_mm[1] * MM))
    cv2.rectangle(plate, low, high, colour, -1)
