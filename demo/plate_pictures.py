"""Photographs of number plates of Kazakhstan that never were: rendered, with their truth.

A plate is drawn in its form (FACTS.md, Plates), seen in perspective before a car's paint, by day
or by night, blurred, with a sensor's noise, and kept as JPEG. The letters' height in the picture
is given, since that is what decides whether anybody can read them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from data_access.domain.plates import REGION_NAMES
from demo.history.plates import OLD_LETTERS
from demo.scenes.things.lettering import width_px, write

Picture = npt.NDArray[np.uint8]

LETTERS = "ABCDEFGHJKLMNOPRSTUVXYZ"
"""Letters of the series; I, Q and W are left out."""

INK, PAPER = (20, 18, 16), (243, 244, 243)
MM = 2.0
"""Pixels a millimetre of a plate before it is seen from afar."""

LETTER_MM = 76
"""Height of digits; letters are 58 mm high on plates since 2012, and count as these."""


@dataclass(frozen=True, slots=True)
class PlatePicture:
    """A picture (BGR) with a plate: its text, its form and its letters' height in pixels."""

    image: Picture
    text: str
    form: str
    letter_px: float


@dataclass(frozen=True, slots=True)
class Conditions:
    """How a plate is seen: angles in degrees, blur and noise as deviations, JPEG quality."""

    turn_deg: float
    tilt_deg: float
    roll_deg: float
    blur_px: float
    noise: float
    night: bool
    quality: int


def usual_conditions(chance: np.random.Generator) -> Conditions:
    """What a camera over a road or at a gate sees: within 25° of ahead, focused, compressed."""
    return Conditions(
        turn_deg=float(chance.uniform(-25, 25)),
        tilt_deg=float(chance.uniform(0, 20)),
        roll_deg=float(chance.uniform(-5, 5)),
        blur_px=float(chance.uniform(0.3, 0.9)),
        noise=float(chance.uniform(1, 6)),
        night=bool(chance.random() < 0.3),
        quality=int(chance.integers(60, 95)),
    )


def plate_picture(
    form: str, letter_px: float, conditions: Conditions, chance: np.random.Generator
) -> PlatePicture:
    """A picture of a random plate of ``form`` (a key of ``FORMS``), letters ``letter_px`` high."""
    text, face = FORMS[form](chance)
    scale = letter_px / (LETTER_MM * MM)
    image = _photographed(face, scale, conditions, chance)
    return PlatePicture(image, text, form, letter_px)


def _since_2012(chance: np.random.Generator) -> tuple[str, Picture]:
    digits, letters, region = _digits(chance, 3), _series(chance, 3), _region(chance)
    face = _blank(520, 112)
    _flag(face, 12, 18)
    for text, middle, size in ((digits, 145, 1.0), (letters, 318, 0.9), (region, 470, 0.9)):
        _letters(face, text, middle, 92, size)
    _bar(face, 420, 6, 106)
    return digits + letters + region, face


def _company(chance: np.random.Generator) -> tuple[str, Picture]:
    digits, letters, region = _digits(chance, 3), _series(chance, 2), _region(chance)
    face = _blank(520, 112)
    _flag(face, 12, 18)
    for text, middle, size in ((digits, 150, 1.0), (letters, 325, 0.95), (region, 470, 0.9)):
        _letters(face, text, middle, 92, size)
    _bar(face, 420, 6, 106)
    return digits + letters + region, face


def _two_lines(chance: np.random.Generator) -> tuple[str, Picture]:
    """Square, for cars with a short mount: digits and region above, the letters below."""
    digits, letters, region = _digits(chance, 3), _series(chance, 3), _region(chance)
    face = _blank(280, 202)
    _flag(face, 10, 14)
    _letters(face, digits, 126, 90, 0.95)
    _bar(face, 196, 6, 98)
    _letters(face, region, 238, 90, 0.85)
    _letters(face, letters, 140, 188, 1.0)
    return digits + letters + region, face


def _motorcycle(chance: np.random.Generator) -> tuple[str, Picture]:
    digits, letters, region = _digits(chance, 2), _series(chance, 3), _region(chance)
    face = _blank(240, 190)
    _flag(face, 10, 14)
    _letters(face, digits, 102, 88, 0.95)
    _bar(face, 160, 6, 94)
    _letters(face, region, 200, 88, 0.8)
    _letters(face, letters, 120, 178, 0.95)
    return digits + letters + region, face


def _before_2012(chance: np.random.Generator) -> tuple[str, Picture]:
    letter = str(chance.choice(sorted(set(OLD_LETTERS.values()))))
    digits, letters = _digits(chance, 3), _series(chance, 3)
    face = _blank(520, 112)
    for text, middle in ((letter, 60), (digits, 200), (letters, 385)):
        _letters(face, text, middle, 92, 1.0)
    return letter + digits + letters, face


FORMS: dict[str, Callable[[np.random.Generator], tuple[str, Picture]]] = {
    "since_2012": _since_2012,
    "company": _company,
    "two_lines": _two_lines,
    "motorcycle": _motorcycle,
    "before_2012": _before_2012,
}


def _digits(chance: np.random.Generator, count: int) -> str:
    return f"{chance.integers(1, 10**count):0{count}d}"


def _series(chance: np.random.Generator, count: int) -> str:
    return "".join(chance.choice(list(LETTERS), count))


def _region(chance: np.random.Generator) -> str:
    return str(chance.choice(list(REGION_NAMES)))


def _blank(width_mm: int, height_mm: int) -> Picture:
    """White with a black rim."""
    face: Picture = np.full((round(height_mm * MM), round(width_mm * MM), 3), PAPER, np.uint8)
    far = (face.shape[1] - 1, face.shape[0] - 1)
    cv2.rectangle(face, (0, 0), far, INK, round(3 * MM))
    return face


def _flag(face: Picture, left_mm: int, top_mm: int) -> None:
    left, top = round(left_mm * MM), round(top_mm * MM)
    cv2.rectangle(
        face, (left, top), (left + round(38 * MM), top + round(24 * MM)), (197, 165, 0), -1
    )
    write(face, "KZ", (left + 3 * MM, top + 60 * MM), 26 * MM, INK, 700)


def _bar(face: Picture, x_mm: int, top_mm: int, bottom_mm: int) -> None:
    x = round(x_mm * MM)
    cv2.line(face, (x, round(top_mm * MM)), (x, round(bottom_mm * MM)), INK, round(3 * MM))


def _letters(face: Picture, text: str, middle_mm: float, foot_mm: float, size: float) -> None:
    """Narrow letters, ``size`` of ``LETTER_MM`` high, as plates have them."""
    # The font strikes its zeros through, plates do not: the letter O has their shape.
    shown = text.replace("0", "O")
    em = LETTER_MM * MM * size / CAP_SHARE
    width = width_px(shown, em, 650)
    strip: Picture = np.full((round(em * 1.3), width + 8, 3), PAPER, np.uint8)
    write(strip, shown, (4, em), em, INK, 650)
    room = min(1.0, len(text) * 47 * MM * size / width)
    narrow = np.asarray(
        cv2.resize(strip, None, fx=room, fy=1, interpolation=cv2.INTER_AREA), np.uint8
    )
    left = round(middle_mm * MM - narrow.shape[1] / 2)
    top = round(foot_mm * MM - em)
    _stamp(face, narrow, left, top)


CAP_SHARE = 0.72
"""Height of the font's capitals over its size."""


def _stamp(face: Picture, part: npt.NDArray[np.uint8], left: int, top: int) -> None:
    """Ink over what is there; what leads over the edge is left out."""
    high = part[max(0, -top) : face.shape[0] - top, max(0, -left) : face.shape[1] - left]
    place = face[max(0, top) :, max(0, left) :][: high.shape[0], : high.shape[1]]
    np.minimum(place, high, out=place)


def _photographed(
    face: Picture, scale: float, seen: Conditions, chance: np.random.Generator
) -> Picture:
    small = cv2.resize(face, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    height, width = small.shape[:2]
    out_wh = (round(width * 2.2), round(height * 3.2))
    paint = tuple(int(part) for part in chance.integers(20, 200, 3))
    image: npt.NDArray[np.uint8] = np.full((out_wh[1], out_wh[0], 3), paint, np.uint8)
    turned = _turn(width, height, out_wh, seen)
    seen_plate = cv2.warpPerspective(small, turned, out_wh, flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full((height, width), 255, np.uint8), turned, out_wh)
    share = (mask.astype(np.float32) / 255)[..., None]
    mixed = image * (1 - share) + seen_plate * share
    return exposed(mixed, seen, chance)


def _turn(
    width: int, height: int, out_wh: tuple[int, int], seen: Conditions
) -> npt.NDArray[np.float32]:
    """The perspective of a plate that is turned and tilted, twelve of its widths away."""
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], float) * (width / 2, height / 2)
    turn, tilt, roll = np.radians((seen.turn_deg, seen.tilt_deg, seen.roll_deg))
    x, y = corners.T
    x, y = x * np.cos(roll) - y * np.sin(roll), x * np.sin(roll) + y * np.cos(roll)
    depth = 1 + (x * np.sin(turn) + y * np.sin(tilt)) / (12 * width)
    # Seen from the side a plate is narrower; its letters keep the height that was asked for.
    flat = np.stack([x * np.cos(turn) / depth, y / depth], axis=1)
    target = (flat + np.array(out_wh) / 2).astype(np.float32)
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(source, target), np.float32)


def exposed(
    light: npt.NDArray[np.floating[Any]], seen: Conditions, chance: np.random.Generator
) -> Picture:
    """Blur, the light of day or headlights, noise, JPEG."""
    blurred = cv2.GaussianBlur(light, (0, 0), seen.blur_px)
    gain = chance.uniform(0.35, 0.6) if seen.night else chance.uniform(0.75, 1.05)
    noisy = blurred * gain + chance.normal(0, seen.noise * (1.6 if seen.night else 1), light.shape)
    picture = np.clip(noisy, 0, 255).astype(np.uint8)
    kept = cv2.imencode(".jpg", picture, (cv2.IMWRITE_JPEG_QUALITY, seen.quality))[1]
    return np.asarray(cv2.imdecode(kept, cv2.IMREAD_COLOR), np.uint8)
