"""Houses: four walls with their pictures, and a roof."""

from dataclasses import dataclass, replace

import numpy as np

from demo.scenes.picture.camera import Floats, Point2
from demo.scenes.picture.easel import Easel
from demo.scenes.picture.light import Colour, colour
from demo.scenes.things.facades import FINEST_PX_M, Facade, facade
from demo.scenes.things.solids import at_height, block, cast_shadow, face, footprint, panel

TAR = colour("8b8880")

WALLS: dict[str, tuple[Colour, Colour]] = {
    "sand": (colour("d8cbb2"), colour("b0623f")),
    "grey": (colour("cdd2d1"), colour("5f7f93")),
    "ochre": (colour("d9bd96"), colour("8b5a3c")),
    "blue": (colour("c9d0d6"), colour("44617d")),
    "cream": (colour("dcd4c4"), colour("946b4a")),
    "stone": (colour("c7c2b8"), colour("55749a")),
    "white": (colour("d7d9da"), colour("a0522d")),
    "shop": (colour("cfc8bb"), colour("8d6b5b")),
}
"""What panels and balconies of blocks of flats are painted with, by name."""

TOWARD: dict[str, Point2] = {
    "south": (1.0, 0.0),
    "west": (0.0, -1.0),
    "east": (0.0, 1.0),
    "north": (-1.0, 0.0),
}
"""Which way a front runs, left to right as seen from before it, by the way it looks."""


@dataclass(frozen=True, slots=True)
class House:
    """A house whose front runs from ``start`` to ``end``, left to right as seen from before it."""

    start: Point2
    end: Point2
    depth_m: float
    front: Facade
    roof: Colour = TAR

    @property
    def base(self) -> Floats:
        """Its corners (4, 2): front left, front right, back right, back left."""
        start, end = np.array(self.start), np.array(self.end)
        along = (end - start) / np.linalg.norm(end - start)
        back = np.array([-along[1], along[0]]) * self.depth_m
        return np.array([start, end, end + back, start + back])


def flats(
    start: Point2,
    width_m: float,
    floors: int,
    walls: str,
    seed: int,
    *,
    looks: str = "south",
    shop: str = "",
    balconies: int = 3,
) -> House:
    """A block of flats whose front begins at ``start``, its left end as seen from before it.

    ``shop`` names the shops on its ground floor, parted by bars.
    """
    wall, trim = WALLS[walls]
    east, north = TOWARD[looks]
    end = (start[0] + east * width_m, start[1] + north * width_m)
    front = Facade(width_m, floors, wall, trim, balconies=balconies, shop=shop, seed=seed)
    return House(start, end, 13.0, front)


def house_shadow(easel: Easel, each: House) -> None:
    """Its shadow on the ground, before the ground is settled."""
    cast_shadow(easel, each.base, each.front.height_m)


def house(easel: Easel, each: House) -> None:
    """Stand it up."""
    base, high = each.base, each.front.height_m
    eye = np.array(easel.camera.at_m[:2])
    for number in range(4):
        left, right = base[number], base[(number + 1) % 4]
        outward = np.array([(right - left)[1], -(right - left)[0]])
        if outward @ (eye - left) > 0:
            _wall(easel, each, left, right, number)
    face(easel, at_height(base, high), each.roof)
    if easel.camera.at_m[2] > high:
        _on_roof(easel, each)


def _wall(easel: Easel, each: House, left: Floats, right: Floats, number: int) -> None:
    look = each.front
    if number:
        width = float(np.linalg.norm(right - left))
        blind = number % 2 == 1
        look = replace(
            look,
            width_m=width,
            shop="",
            balconies=0 if blind else look.balconies,
            seed=look.seed + number,
        )
    left, right = _cut_to_view(easel, left, right)
    px_m = _finest_px_m(easel, left, right)
    panel(easel, (left[0], left[1]), (right[0], right[1]), 0.0, look.height_m, facade(look, px_m))


def _finest_px_m(easel: Easel, left: Floats, right: Floats) -> float:
    """How finely the nearer end of a wall is seen."""
    _, depth = easel.camera.project([[*left, 0.0], [*right, 0.0]])
    px_m = 1.2 * easel.camera.focal * easel.camera.wh[0] / max(float(depth.min()), 1.0)
    return min(max(px_m, 5.0), FINEST_PX_M)


def _cut_to_view(easel: Easel, left: Floats, right: Floats) -> tuple[Floats, Floats]:
    """A wall without what lies behind the camera."""
    ends = np.array([[*left, 0.0], [*right, 0.0]])
    _, depth = easel.camera.project(ends)
    least = 2.0
    if depth.min() >= least or depth.max() <= least:
        return left, right
    share = (least - depth[0]) / (depth[1] - depth[0])
    edge = left + (right - left) * share
    return (edge, right) if depth[0] < least else (left, edge)


def _on_roof(easel: Easel, each: House) -> None:
    """What stands on flat roofs: a parapet's rim, stair heads, vents."""
    base, high = each.base, each.front.height_m
    middle = base.mean(axis=0)
    inner = middle + (base - middle) * 0.96
    for number in range(4):
        after = (number + 1) % 4
        rim = np.array([base[number], base[after], inner[after], inner[number]])
        face(easel, at_height(rim, high + 0.02), colour("bdb8ac"))
    along = base[1] - base[0]
    for share in (0.22, 0.5, 0.78):
        spot = base[0] + along * share + (base[3] - base[0]) * 0.55
        block(
            easel,
            footprint((spot[0], spot[1]), (2.6, 3.2)),
            high,
            high + 2.2,
            colour("b5a690"),
            TAR,
        )
