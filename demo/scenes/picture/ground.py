"""Ground: asphalt, grass, paving, and what is painted on roads. Metres; see ``Easel``."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from demo.scenes.picture.camera import Floats, Point2
from demo.scenes.picture.easel import Easel
from demo.scenes.picture.light import Colour, colour
from demo.scenes.picture.noise import Plane

ASPHALT = colour("82817f")
OLD_ASPHALT = colour("8f8c86")
GRASS = colour("7c8a52")
STEPPE = colour("a89c6c")
CONCRETE = colour("b5b0a6")
SAND = colour("c4b08c")
WHITE = colour("e6e4dc")
YELLOW = colour("dfb04a")


def rectangle(west: float, south: float, east: float, north: float) -> Floats:
    """The corners of a rectangle along the axes."""
    return np.array([[west, south], [east, south], [east, north], [west, north]])


def strip(path: Sequence[Point2], width_m: float, aside_m: float = 0.0) -> Floats:
    """A polygon that follows a path, moved to its right by ``aside_m``."""
    line = np.asarray(path, np.float64)
    along = np.gradient(line, axis=0)
    along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    right = np.column_stack([along[:, 1], -along[:, 0]])
    middle = line + right * aside_m
    return np.concatenate([middle + right * width_m / 2, (middle - right * width_m / 2)[::-1]])


def asphalt(easel: Easel, *ground_m: npt.ArrayLike, base: Colour = ASPHALT, seed: int = 1) -> None:
    """Worn asphalt: stains, patches of another age, grains of stone."""
    spot = easel.spot(*ground_m)
    tone = 9 * easel.texture((9.0, 3.5, 1.2), seed) + 5 * easel.texture((0.35, 0.15), seed + 7)
    easel.lay(spot, _toned(base, tone))
    cracks = np.clip(0.045 - np.abs(easel.texture((3.0, 1.1), seed + 3)), 0, 1) / 0.045
    old = np.clip(easel.texture((14.0,), seed + 5) * 2 - 0.5, 0, 1)
    seen = np.clip(easel.sharpness_px * 0.05, 0, 1)
    easel.darken(spot, np.asarray(0.28 * cracks * old * seen, np.float32))


def grass(easel: Easel, *ground_m: npt.ArrayLike, base: Colour = GRASS, seed: int = 11) -> None:
    """Grass with bare and dry places."""
    tone = 12 * easel.texture((5.0, 1.6, 0.5), seed) + 9 * easel.texture((0.25, 0.12), seed + 9)
    dry = np.clip(easel.texture((11.0, 4.0), seed + 4) * 1.3, 0, 1)[..., None]
    colours = _toned(base, tone)
    easel.lay(easel.spot(*ground_m), colours + (np.array(STEPPE, np.float32) - colours) * dry * 0.8)


def paving(
    easel: Easel,
    *ground_m: npt.ArrayLike,
    base: Colour = CONCRETE,
    slab_m: float = 0.8,
    seed: int = 21,
    turned_deg: float = 0.0,
) -> None:
    """Slabs with joints, each of a slightly different grey."""
    spot, turn = easel.spot(*ground_m), math.radians(turned_deg)
    x, y = easel.x_m[spot.roi], easel.y_m[spot.roi]
    along = (x * math.cos(turn) + y * math.sin(turn)) / slab_m
    across = (y * math.cos(turn) - x * math.sin(turn)) / slab_m
    column, row = np.floor(along), np.floor(across)
    chance = np.sin(column * 12.9898 + row * 78.233) * 43758.5453
    slab = (chance - np.floor(chance) - 0.5) * 13
    edge = np.minimum(
        np.minimum(along - column, 1 - along + column), np.minimum(across - row, 1 - across + row)
    )
    sharp = np.clip(easel.sharpness_px[spot.roi] * slab_m / 9 - 0.25, 0, 1)
    joint = np.clip(1 - edge * slab_m / 0.0375, 0, 1)
    worn = 7 * easel.texture((6.0, 2.0, 0.3), seed)[spot.roi]
    easel.lay(spot, _toned(base, np.asarray((slab - 34 * joint) * sharp + worn, np.float32)))


def painted(easel: Easel, ground_m: npt.ArrayLike, paint: Colour = WHITE) -> None:
    """Road paint, worn here and there."""
    wear = np.clip(0.88 + 0.32 * easel.texture((0.9, 0.3), 31), 0.25, 0.95)
    easel.lay(easel.spot(ground_m), paint, np.asarray(wear, np.float32))


def dashes(
    easel: Easel,
    start: Point2,
    end: Point2,
    dash_m: float = 3.0,
    gap_m: float = 6.0,
    width_m: float = 0.15,
    paint: Colour = WHITE,
) -> None:
    """A broken line; without gaps (``gap_m`` 0) a solid one."""
    line = np.array([start, end], np.float64)
    length = float(np.linalg.norm(line[1] - line[0]))
    step = dash_m + gap_m if gap_m else length
    for began in np.arange(0.0, length, step):
        ended = min(began + (dash_m if gap_m else length), length)
        piece = line[0] + (line[1] - line[0]) * np.array([[began], [ended]]) / length
        painted(easel, strip([tuple(point) for point in piece], width_m), paint)


def crosswalk(easel: Easel, start: Point2, end: Point2, length_m: float = 4.0) -> None:
    """White bars along the way of the cars, from kerb to kerb."""
    line = np.array([start, end], np.float64)
    across = float(np.linalg.norm(line[1] - line[0]))
    unit = (line[1] - line[0]) / across
    ahead = np.array([-unit[1], unit[0]]) * length_m / 2
    for began in np.arange(0.3, across - 0.4, 1.0):
        middle = line[0] + unit * (began + 0.25)
        painted(easel, strip([tuple(middle - ahead), tuple(middle + ahead)], 0.5))


def kerb(easel: Easel, path: Sequence[Point2]) -> None:
    """Kerbstones: their light tops, and the dirt that gathers along them."""
    easel.darken(easel.spot(strip(path, 0.7)), 0.12)
    easel.lay(easel.spot(strip(path, 0.2)), colour("c9c5bb"))


def tracks(easel: Easel, path: Sequence[Point2], width_m: float = 3.3) -> None:
    """Where tyres run a lane is darker and smoother."""
    wear = np.asarray(0.5 + 0.5 * easel.texture((7.0, 2.0), 41), np.float32)
    for aside in (-0.22 * width_m, 0.22 * width_m):
        for width, share in ((0.95, 0.07), (0.5, 0.08)):
            easel.darken(easel.spot(strip(path, width, aside)), share * wear)
    easel.darken(easel.spot(strip(path, 0.5)), 0.06 * wear)


def manhole(easel: Easel, middle: Point2) -> None:
    """A cast-iron cover in its ring of newer asphalt."""
    for radius, paint in ((0.6, colour("6d6b69")), (0.36, colour("4c4a49"))):
        turns = np.linspace(0, 2 * np.pi, 18, endpoint=False)
        ring = np.array(middle) + radius * np.column_stack([np.cos(turns), np.sin(turns)])
        easel.lay(easel.spot(ring), paint, 0.85)


def patch(easel: Easel, ground_m: npt.ArrayLike, share: float = 0.17) -> None:
    """Newer, darker asphalt where something was dug up."""
    easel.darken(easel.spot(ground_m), share)


def arrow(easel: Easel, tail: Point2, heading_deg: float, length_m: float = 4.5) -> None:
    """A straight-ahead arrow in a lane."""
    ahead = np.array([math.sin(math.radians(heading_deg)), math.cos(math.radians(heading_deg))])
    right = np.array([ahead[1], -ahead[0]])
    shape = [
        (-0.09, 0),
        (0.09, 0),
        (0.09, 0.62),
        (0.38, 0.62),
        (0, 1),
        (-0.38, 0.62),
        (-0.09, 0.62),
    ]
    corners = [np.array(tail) + right * x + ahead * y * length_m for x, y in shape]
    painted(easel, np.array(corners))


def _toned(base: Colour, tone: Plane) -> Plane:
    return np.asarray(np.array(base, np.float32) + tone[..., None], np.float32)


def dirt(easel: Easel, *ground_m: npt.ArrayLike, seed: int = 51) -> None:
    """Trodden earth and gravel with tufts of grass."""
    tone = 12 * easel.texture((4.0, 1.3, 0.4), seed) + 8 * easel.texture((0.2,), seed + 5)
    tufts = np.clip(easel.texture((3.0, 0.9), seed + 8) * 1.8 - 0.2, 0, 1)[..., None]
    colours = _toned(SAND, np.asarray(tone - 18, np.float32))
    easel.lay(easel.spot(*ground_m), colours + (np.array(GRASS, np.float32) - colours) * tufts)


def skid(easel: Easel, line: Sequence[Point2]) -> None:
    """The black marks of a car that braked hard."""
    for aside in (-0.75, 0.75):
        easel.darken(easel.spot(strip(line, 0.24, aside)), 0.3)


def sand(easel: Easel, *ground_m: npt.ArrayLike, seed: int = 61) -> None:
    """A playground's sand, trodden."""
    tone = 7 * easel.texture((1.4, 0.5), seed) + 4 * easel.texture((0.2,), seed + 3)
    easel.lay(easel.spot(*ground_m), _toned(SAND, tone))


def bump(easel: Easel, ground_m: npt.ArrayLike) -> None:
    """A speed bump: yellow and black."""
    corners = np.asarray(ground_m, np.float64)
    easel.lay(easel.spot(corners), colour("3a3a3a"))
    south, north = corners[:, 1].min(), corners[:, 1].max()
    for y in np.arange(south, north, 1.0):
        easel.lay(
            easel.spot(rectangle(corners[:, 0].min(), y, corners[:, 0].max(), y + 0.5)), YELLOW
        )


def sport_field(easel: Easel, middle: Point2, size: Point2) -> None:
    """A rubber pitch with white lines."""
    (x, y), (width, depth) = middle, size
    spot = easel.spot(rectangle(x - width / 2, y - depth / 2, x + width / 2, y + depth / 2))
    easel.lay(spot, colour("b0614f"))
    inner = (x - width / 2 + 0.5, y - depth / 2 + 0.5, x + width / 2 - 0.5, y + depth / 2 - 0.5)
    west, south, east, north = inner
    for start, end in (
        ((west, south), (east, south)),
        ((east, south), (east, north)),
        ((east, north), (west, north)),
        ((west, north), (west, south)),
        ((x, south), (x, north)),
    ):
        dashes(easel, start, end, gap_m=0, width_m=0.1)


def ring(easel: Easel, middle: Point2, outer_m: float, inner_m: float, base: Colour) -> None:
    """A ring of small slabs laid into paving; a disc where ``inner_m`` is 0."""
    turns = np.linspace(0, 2 * np.pi, 49)
    circle = np.column_stack([np.cos(turns), np.sin(turns)])
    if inner_m == 0:
        paving(easel, np.array(middle) + outer_m * circle[:-1], base=base, slab_m=0.4)
        return
    for number in range(48):
        a, b = circle[number], circle[number + 1]
        quad = [
            np.array(middle) + part for part in (a * outer_m, b * outer_m, b * inner_m, a * inner_m)
        ]
        tone = 7 * math.sin(number * 2.7)
        blue, green, red = base
        easel.lay(easel.spot(np.array(quad)), (blue + tone, green + tone, red + tone))
