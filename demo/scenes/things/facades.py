"""Walls of houses as flat pictures: panels, windows, balconies, shops."""

from dataclasses import dataclass

import cv2
import numpy as np

from demo.scenes.picture.light import Colour, colour
from demo.scenes.things.lettering import write
from demo.scenes.things.solids import Texture

FINEST_PX_M = 24
"""Pixels of a wall's picture for one metre, at most."""

GLASS_DARK, GLASS_SKY = colour("2f3b45"), colour("8ea5b5")
FRAME = colour("e9e7e1")
SHOP_SIGN = colour("2f6d62")


@dataclass(frozen=True, slots=True)
class Facade:
    """What a wall looks like. ``balconies`` stand in each bay whose number leaves 1 by it.

    ``shop`` names what is sold on the ground floor; ``glazed`` makes the wall mostly glass.
    """

    width_m: float
    floors: int
    wall: Colour
    trim: Colour
    bay_m: float = 3.2
    floor_m: float = 2.9
    balconies: int = 0
    shop: str = ""
    glazed: bool = False
    seams: bool = True
    seed: int = 1

    @property
    def height_m(self) -> float:
        """From the ground to the roof's edge."""
        return self.floors * self.floor_m + 0.9


class _Wall:
    """A canvas in metres: x from the left, y from the ground up."""

    def __init__(self, width_m: float, height_m: float, paint: Colour, px_m: float) -> None:
        self.px_m = px_m
        shape = (round(height_m * px_m), round(width_m * px_m), 3)
        self.texture: Texture = np.empty(shape, np.uint8)
        self.texture[:] = np.array(paint, np.uint8)

    def box(self, x: float, y: float, width: float, height: float, paint: Colour) -> None:
        rows = self.texture.shape[0]
        top = max(0, rows - round((y + height) * self.px_m))
        left = max(0, round(x * self.px_m))
        self.texture[top : rows - round(y * self.px_m), left : round((x + width) * self.px_m)] = (
            paint
        )

    def ramp(
        self, x: float, y: float, width: float, height: float, top: Colour, bottom: Colour
    ) -> None:
        rows = self.texture.shape[0]
        above, left = max(0, rows - round((y + height) * self.px_m)), max(0, round(x * self.px_m))
        place = self.texture[
            above : rows - round(y * self.px_m), left : round((x + width) * self.px_m)
        ]
        down = np.linspace(0, 1, place.shape[0])[:, None, None]
        place[:] = np.array(top) + (np.array(bottom) - np.array(top)) * down


def facade(look: Facade, px_m: float = FINEST_PX_M) -> Texture:
    """The wall's picture, ``px_m`` pixels a metre."""
    chance = np.random.default_rng(look.seed)
    wall = _Wall(look.width_m, look.height_m, look.wall, px_m)
    _weather(wall, chance)
    bays = max(1, int(look.width_m / look.bay_m))
    bay_m = look.width_m / bays
    if look.seams:
        _seams(wall, look, bays, bay_m)
    first = 1 if look.shop else 0
    for floor in range(first, look.floors):
        for bay in range(bays):
            _bay(wall, look, chance, bay * bay_m, floor * look.floor_m + 0.5, bay_m, bay)
    if look.shop:
        _shops(wall, look, chance)
    wall.box(0, look.height_m - 0.35, look.width_m, 0.35, _toned(look.wall, 0.72))
    return wall.texture


def _bay(
    wall: _Wall,
    look: Facade,
    chance: np.random.Generator,
    x: float,
    y: float,
    bay_m: float,
    number: int,
) -> None:
    if look.glazed:
        _pane(wall, chance, x + 0.12, y - 0.1, bay_m - 0.24, look.floor_m - 0.55)
    elif look.balconies and number % look.balconies == 1:
        _balcony(wall, look, chance, x + 0.25, y, bay_m - 0.5)
    else:
        width = min(1.7, bay_m - 0.9)
        _window(wall, chance, x + (bay_m - width) / 2, y + 0.55, width, 1.5, look)


def _window(
    wall: _Wall,
    chance: np.random.Generator,
    x: float,
    y: float,
    width: float,
    height: float,
    look: Facade,
) -> None:
    wall.box(x - 0.1, y - 0.14, width + 0.2, 0.1, _toned(look.wall, 0.66))
    wall.box(x - 0.06, y - 0.06, width + 0.12, height + 0.12, FRAME)
    _pane(wall, chance, x, y, width * 0.62 - 0.04, height)
    _pane(wall, chance, x + width * 0.62 + 0.04, y, width * 0.38 - 0.04, height)
    wall.box(x - 0.06, y + height + 0.06, width + 0.12, 0.07, _toned(look.wall, 0.6))


def _pane(
    wall: _Wall, chance: np.random.Generator, x: float, y: float, width: float, height: float
) -> None:
    """Glass: the sky in its upper part, the dark room below, curtains here and there."""
    sky = _mixed(GLASS_DARK, GLASS_SKY, 0.25 + 0.6 * chance.random())
    wall.ramp(x, y, width, height, sky, _mixed(GLASS_DARK, sky, 0.25))
    if chance.random() < 0.4:
        curtain = _mixed(colour("cfc6b8"), colour("8d8072"), chance.random())
        wall.ramp(x, y, width * 0.34, height, curtain, _toned(curtain, 0.75))


def _balcony(
    wall: _Wall, look: Facade, chance: np.random.Generator, x: float, y: float, width: float
) -> None:
    wall.box(x, y, width, 2.35, _toned(look.wall, 0.55))
    if chance.random() < 0.6:
        for part in range(3):
            _pane(wall, chance, x + part * width / 3 + 0.04, y + 1.0, width / 3 - 0.08, 1.3)
    else:
        _pane(wall, chance, x + 0.3, y + 0.2, width * 0.4, 2.0)
    paint = look.trim if chance.random() < 0.8 else _mixed(look.trim, FRAME, 0.6)
    wall.ramp(x, y, width, 1.0, _toned(paint, 1.06), _toned(paint, 0.88))
    wall.box(x - 0.06, y - 0.16, width + 0.12, 0.16, _toned(look.wall, 0.8))


def _seams(wall: _Wall, look: Facade, bays: int, bay_m: float) -> None:
    for bay in range(bays + 1):
        wall.box(bay * bay_m - 0.03, 0, 0.06, look.height_m, _toned(look.wall, 0.84))
    for floor in range(look.floors + 1):
        wall.box(0, floor * look.floor_m + 0.36, look.width_m, 0.06, _toned(look.wall, 0.84))


def _shops(wall: _Wall, look: Facade, chance: np.random.Generator) -> None:
    wall.box(0, 0, look.width_m, look.floor_m + 0.35, _toned(look.wall, 0.62))
    for x in np.arange(0.4, look.width_m - 2.2, 2.6):
        _pane(wall, chance, x, 0.45, 2.2, 2.0)
    wall.box(0, look.floor_m - 0.25, look.width_m, 0.75, SHOP_SIGN)
    words = look.shop.split("|")
    share = look.width_m / len(words)
    for number, word in enumerate(words):
        middle = (number + 0.5) * share * wall.px_m
        baseline = wall.texture.shape[0] - round((look.floor_m - 0.08) * wall.px_m)
        write(
            wall.texture, word, (middle, baseline), 0.55 * wall.px_m, colour("fdfbf2"), centred=True
        )


def _weather(wall: _Wall, chance: np.random.Generator) -> None:
    """Dirt that rain has drawn down the wall."""
    height, width = wall.texture.shape[:2]
    coarse = chance.normal(
        size=(max(2, round(height / wall.px_m / 7)), max(2, width // 10))
    ).astype(np.float32)
    streaks = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)[..., None]
    fine = chance.normal(size=(height // 3 + 1, width // 3 + 1)).astype(np.float32)
    grain = cv2.resize(fine, (width, height))[..., None]
    stained = wall.texture.astype(np.float32) + 4.0 * streaks + 2.5 * grain
    wall.texture = np.clip(stained, 0, 255).astype(np.uint8)


def _toned(paint: Colour, tone: float) -> Colour:
    blue, green, red = (min(part * tone, 255.0) for part in paint)
    return (blue, green, red)


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    blue, green, red = (a + (b - a) * share for a, b in zip(one, other, strict=True))
    return (blue, green, red)
