"""Trees and bushes: crowns of many leaves, made from chance, the same every time."""

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt

from demo.scenes.picture.camera import Point2
from demo.scenes.picture.easel import Easel, Spot
from demo.scenes.picture.light import Colour, colour
from demo.scenes.things.solids import cast_bar

_SIDE_PX = 320


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of tree: its crown as shares of its height, and its colours."""

    crown_wide: float
    crown_from: float
    leaf: Colour
    bark: Colour
    pointed: float = 0.0


ELM = Kind(0.78, 0.24, colour("5f7a3c"), colour("5b5046"))
BIRCH = Kind(0.46, 0.22, colour("7d9449"), colour("d6d2c8"), 0.35)
POPLAR = Kind(0.27, 0.10, colour("607c3f"), colour("7a7266"), 0.25)
SPRUCE = Kind(0.44, 0.06, colour("3f5f45"), colour("4d4238"), 1.0)
BUSH = Kind(1.25, -0.1, colour("64803f"), colour("5b5046"))


@cache
def _picture(kind: Kind, variety: int, sun_left: bool) -> npt.NDArray[np.float32]:
    """A tree (side × side × BGRA), its foot in the middle of the lower edge."""
    chance = np.random.default_rng([variety, round(kind.crown_wide * 100)])
    tree = np.zeros((_SIDE_PX, _SIDE_PX, 4), np.uint8)
    _trunk(tree, kind)
    leaves = 1500
    up = chance.beta(1.5, 1.4 + kind.pointed, leaves)
    room = _crown_width(up, kind)
    aside = np.clip(chance.normal(0, 0.48, leaves), -1, 1) * room
    near = chance.random(leaves)
    light = 0.62 + 0.42 * up + 0.26 * aside / max(kind.crown_wide, 0.2) * (-1 if sun_left else 1)
    for number in np.argsort(near + 0.55 * light):
        radius = _SIDE_PX * (0.007 + 0.013 * chance.random()) * (0.6 + kind.crown_wide)
        height = kind.crown_from + (1 - kind.crown_from - 0.04) * up[number]
        middle = (0.5 + aside[number] / 2, 1 - height)
        tone = light[number] * (0.5 + 0.6 * near[number]) + chance.normal(0, 0.07)
        _leaf(tree, middle, radius, kind.leaf, float(tone))
    return tree.astype(np.float32)


def _crown_width(up: npt.NDArray[np.float64], kind: Kind) -> npt.NDArray[np.float64]:
    round_top = np.sqrt(np.clip(1 - (2 * up - 0.9) ** 2 / 1.3, 0.02, 1))
    cone = 1 - up
    return kind.crown_wide * np.asarray(round_top * (1 - kind.pointed) + cone * kind.pointed)


def _leaf(
    tree: npt.NDArray[np.uint8], middle: Point2, radius: float, leaf: Colour, tone: float
) -> None:
    warm = (0.86, 1.0, 1.04) if tone > 0.95 else (1.06, 1.0, 0.94)
    paint = [min(part * tone * share, 255) for part, share in zip(leaf, warm, strict=True)]
    at = (round(middle[0] * _SIDE_PX), round(middle[1] * _SIDE_PX))
    cv2.ellipse(tree, at, (round(radius), round(radius * 0.75)), 0, 0, 360, (*paint, 255), -1)


def _trunk(tree: npt.NDArray[np.uint8], kind: Kind) -> None:
    foot, top = (_SIDE_PX // 2, _SIDE_PX), (_SIDE_PX // 2, round(_SIDE_PX * 0.45))
    if kind.crown_from > 0:
        cv2.line(tree, foot, top, (*(part * 0.8 for part in kind.bark), 255), 8)
        cv2.line(tree, (foot[0] - 2, foot[1]), (top[0] - 2, top[1]), (*kind.bark, 255), 3)


def tree(easel: Easel, foot: Point2, height_m: float, kind: Kind = ELM, variety: int = 1) -> None:
    """Stand a tree up; its shadow falls by ``tree_shadow``, before the ground is settled."""
    (base, top), depth = easel.camera.project([(*foot, 0.0), (*foot, height_m)])
    side_px = float(np.hypot(*(top - base)))
    if depth.min() < 1.0 or side_px < 3:
        return
    sun_left = bool(easel.camera.axes[0] @ easel.light.to_sun < 0)
    size = (round(side_px), round(side_px))
    full = _picture(kind, variety, sun_left)
    sprite = np.asarray(cv2.resize(full, size, interpolation=cv2.INTER_AREA), np.float32)
    _place(easel, sprite, base, float(depth[0]))


def _place(
    easel: Easel, sprite: npt.NDArray[np.float32], foot_px: npt.NDArray[np.float64], depth: float
) -> None:
    side = sprite.shape[0]
    left, top = round(foot_px[0] - side / 2), round(foot_px[1] - side)
    width, height = easel.camera.wh
    across = slice(max(left, 0), min(left + side, width))
    down = slice(max(top, 0), min(top + side, height))
    if across.start >= across.stop or down.start >= down.stop:
        return
    part = sprite[down.start - top : down.stop - top, across.start - left : across.stop - left]
    leaves = np.where(part[..., 3] > 120, 255, 0).astype(np.uint8)
    easel.stand(Spot((down, across), leaves), part[..., :3], (0.0, 0.0, 1.0 / depth))


def tree_shadow(easel: Easel, foot: Point2, height_m: float, kind: Kind = ELM) -> None:
    """The shadow of a tree: a crown with the sun through it, and the trunk."""
    chance = np.random.default_rng(round(abs(foot[0] * 31 + foot[1] * 17)) + 1)
    step = np.array(easel.light.shadow_step)
    cast_bar(easel, (*foot, 0.0), (*foot, height_m * 0.6), 0.3)
    middle_up = (1 + max(kind.crown_from, 0)) / 2 * height_m
    reach = (1 - max(kind.crown_from, 0)) / 2 * height_m
    for _ in range(26):
        up = middle_up + reach * chance.uniform(-0.9, 0.9)
        aside = chance.normal(0, 0.30 * kind.crown_wide * height_m, 2) * (1, 0.8)
        middle = np.array(foot) + step * up + aside * 0.8
        turns = np.linspace(0, 2 * np.pi, 9, endpoint=False)
        radius = height_m * kind.crown_wide * chance.uniform(0.10, 0.2)
        blot = middle + radius * np.column_stack([np.cos(turns), np.sin(turns)])
        easel.shade(easel.spot(blot), 0.85)
