"""What weather, light, wind and mischief do to a picture: each takes one and gives another.

For tests and benchmarks: pictures are BGR, 0–255; sizes are in parts of the picture, so that
the same harm is done to any size.
"""

import math

import cv2
import numpy as np
import numpy.typing as npt

from demo.scenes.picture.film import Image

Floats = npt.NDArray[np.float32]

HAZE_GREY = 205.0


def rainy(image: Image, number: int, heavy: float = 1.0) -> Image:
    """Streaks that fall, other ones in each picture, and a little less contrast."""
    chance = np.random.default_rng([number, 7])
    height, width = image.shape[:2]
    wet = cv2.convertScaleAbs(image, alpha=0.92, beta=10)
    streaks = np.zeros((height, width), np.uint8)
    for _ in range(int(260 * heavy * width * height / 230_400)):
        x, y = int(chance.integers(width)), int(chance.integers(height))
        length = int(height * chance.uniform(0.02, 0.06))
        cv2.line(streaks, (x, y), (x - length // 6, y + length), 90, 1, cv2.LINE_AA)
    return np.asarray(cv2.add(wet, cv2.merge([streaks // 2] * 3)), np.uint8)


def grainy(image: Image, number: int, sigma: float = 5.0) -> Image:
    """The noise of a cheap sensor."""
    chance = np.random.default_rng([number, 11])
    noise = chance.normal(0, sigma, (*image.shape[:2], 1)).astype(np.float32)
    return _picture(image + noise)


def squeezed(image: Image, quality: int = 35) -> Image:
    """Compressed as a cheap stream is."""
    _, words = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(words, cv2.IMREAD_COLOR), np.uint8)


def shaken(image: Image, t_s: float, by: float = 0.005) -> Image:
    """A pole in the wind: two swings that never meet."""
    width = image.shape[1]
    x = by * width * math.sin(2 * math.pi * 0.9 * t_s)
    y = 0.6 * by * width * math.sin(2 * math.pi * 1.37 * t_s + 1)
    return shifted(image, x / width, y / image.shape[0])


def shifted(image: Image, right: float, down: float = 0.0) -> Image:
    """The view moved by parts of the picture; what comes in is like the edge."""
    height, width = image.shape[:2]
    move = np.array([[1, 0, right * width], [0, 1, down * height]], np.float32)
    edge = cv2.BORDER_REFLECT
    return np.asarray(cv2.warpAffine(image, move, (width, height), borderMode=edge), np.uint8)


def lit(image: Image, gain: float, blue: float = 1.0) -> Image:
    """Brighter or darker as a whole, as cloud, dusk or exposure make it."""
    return _picture(image * np.array([gain * blue, gain, gain]))


def with_lamp(image: Image, at: tuple[float, float], radius: float = 0.015) -> Image:
    """A lamp that burns at ``at``: a core of white, and light around it."""
    height, width = image.shape[:2]
    x, y = np.meshgrid(
        np.arange(width) / width - at[0], np.arange(height) / width - at[1] * height / width
    )
    far = np.hypot(x, y) / radius
    glow = 200 * np.exp(-((far / 3) ** 2)) + 255 * (far < 1)
    return _picture(image + glow[..., None])


def with_shadow(image: Image, box: tuple[float, float, float, float], keeps: float = 0.55) -> Image:
    """A shadow over ``box`` (parts of the picture), soft at its rim."""
    height, width = image.shape[:2]
    mask = np.zeros((height, width), np.float32)
    left, top, right, bottom = box
    corners = [(left, top), (right, top + 0.02), (right - 0.02, bottom), (left - 0.02, bottom)]
    points = np.array([(x * width, y * height) for x, y in corners], np.int32)
    cv2.fillConvexPoly(mask, points, (1.0,))
    soft = cv2.GaussianBlur(mask, (0, 0), width / 320)
    colours = 1 - soft[..., None] * (1 - np.array([keeps * 1.1, keeps, keeps * 0.95]))
    return _picture(image * colours)


def blurred(image: Image, sigma: float) -> Image:
    """Out of focus; ``sigma`` in parts of the width."""
    return np.asarray(cv2.GaussianBlur(image, (0, 0), sigma * image.shape[1]), np.uint8)


def hazy(image: Image, share: float) -> Image:
    """Fog that takes ``share`` of the light of what is near, more of what is far (above)."""
    height = image.shape[0]
    rows = np.linspace(min(1.0, share * 1.25), share * 0.85, height, dtype=np.float32)
    thick = rows[:, None, None]
    return _picture(image * (1 - thick) + HAZE_GREY * thick)


def by_night(image: Image, number: int, lamps: bool = True) -> Image:
    """The same view at night: little light, noise, and pools of light below the lamps."""
    height, width = image.shape[:2]
    light = np.full((height, width), 0.07, np.float32)
    if lamps:
        x, y = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
        for at_x, at_y in ((0.2, 0.55), (0.55, 0.45), (0.85, 0.65)):
            light += 0.45 * np.exp(-(((x - at_x) / 0.13) ** 2 + ((y - at_y) / 0.16) ** 2))
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).astype(np.float32)
    seen = np.minimum(grey * light * 1.3, 255)[..., None] * np.array([0.8, 0.95, 1.0])
    night = grainy(seen.astype(np.uint8), number, 4.0)
    for at_x, at_y in ((0.2, 0.25), (0.55, 0.2), (0.85, 0.3)) if lamps else ():
        night = with_lamp(night, (at_x, at_y), 0.008)
    return night


def with_headlights(image: Image, at: tuple[float, float], apart: float = 0.03) -> Image:
    """Two lamps of a car that comes towards the camera."""
    for x in (at[0] - apart / 2, at[0] + apart / 2):
        image = with_lamp(image, (x, at[1]), 0.012)
    return image


def glaring(image: Image, at: tuple[float, float] = (0.5, 0.35), wide: float = 0.45) -> Image:
    """The sun, or a floodlight, in the lens: most of the picture is washed out."""
    height, width = image.shape[:2]
    x, y = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    glow = 330 * np.exp(-(((x - at[0]) ** 2 + (y - at[1]) ** 2) / wide**2))
    return _picture(image + glow[..., None])


def covered(image: Image, share: float = 1.0, level: float = 60.0) -> Image:
    """Something before the lens: a cloth, paint or a bag, from the left over ``share``."""
    height, width = image.shape[:2]
    chance = np.random.default_rng(3)
    cloth = chance.normal(level, 6, (max(2, height // 60), max(2, width // 60)))
    wide = cv2.resize(cloth.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    mask = np.zeros((height, width), np.float32)
    mask[:, : round(share * width)] = 1.0
    soft = mask if share >= 1 else np.asarray(cv2.GaussianBlur(mask, (0, 0), width / 40))
    thick = soft[..., None]
    return _picture(image * (1 - thick) + wide[..., None] * thick)


def _picture(levels: npt.NDArray[np.floating]) -> Image:
    return np.asarray(np.clip(levels, 0, 255), np.uint8)
