"""A flat roof in front of the camera: tar, a parapet, vents, a hatch, aerials."""

import numpy as np

from demo.scenes.picture.camera import Point2
from demo.scenes.picture.easel import Easel
from demo.scenes.picture.ground import rectangle
from demo.scenes.picture.light import colour
from demo.scenes.things.solids import at_height, beam, block, face, footprint, post

HIGH_M = 18.0
WEST_M, SOUTH_M, EAST_M, NORTH_M = -22.0, -30.0, 12.5, 2.5
DECK = rectangle(WEST_M, SOUTH_M, EAST_M, NORTH_M)
HATCH: Point2 = (-6.6, -0.4)

TAR, RIM = colour("8f8d88"), colour("c3bdb0")


def build(easel: Easel) -> None:
    """Stand it up."""
    easel.stand_flat(at_height(DECK, HIGH_M), TAR)
    _seams(easel)
    for side in _parapet():
        block(easel, side, HIGH_M - 2.0, HIGH_M + 0.7, RIM, colour("d2cdc2"))
    _hatch(easel)
    for x, y in ((2.2, -1.2), (7.2, 0.4), (-13.0, 0.8)):
        block(easel, footprint((x, y), (1.3, 1.3)), HIGH_M, HIGH_M + 1.3, colour("b7a48d"))
        block(easel, footprint((x, y), (1.6, 1.6)), HIGH_M + 1.3, HIGH_M + 1.42, colour("7d7a74"))
    _aerial(easel, (-10.4, 1.2))
    _cooler(easel, (4.6, 0.9))


def _parapet() -> list[np.ndarray]:
    thick = 0.35
    return [
        rectangle(WEST_M, NORTH_M - thick, EAST_M, NORTH_M),
        rectangle(WEST_M, SOUTH_M, WEST_M + thick, NORTH_M),
        rectangle(EAST_M - thick, SOUTH_M, EAST_M, NORTH_M),
    ]


def _seams(easel: Easel) -> None:
    """Where the strips of tar felt overlap, and patches of newer felt."""
    for x in np.arange(WEST_M + 1.0, EAST_M, 1.0):
        strip = rectangle(float(x), SOUTH_M, float(x) + 0.05, NORTH_M)
        easel.stand_flat(at_height(strip, HIGH_M + 0.004), colour("7f7d79"))
    for west, south, east, north in (
        (-11.0, -3.4, -8.6, -1.2),
        (-2.0, 0.4, 1.4, 1.6),
        (5.0, -4.0, 7.4, -2.2),
    ):
        patch = rectangle(west, south, east, north)
        easel.stand_flat(at_height(patch, HIGH_M + 0.006), colour("7a7875"))


def _hatch(easel: Easel) -> None:
    x, y = HATCH
    block(
        easel,
        rectangle(x - 1.8, y - 0.2, x - 0.4, y + 1.8),
        HIGH_M,
        HIGH_M + 2.3,
        colour("c0ad92"),
        colour("8a857c"),
    )
    face(
        easel,
        np.array(
            [
                (x - 0.39, y + 0.5, HIGH_M + 2.0),
                (x - 0.39, y + 1.5, HIGH_M + 2.0),
                (x - 0.39, y + 1.5, HIGH_M),
                (x - 0.39, y + 0.5, HIGH_M),
            ]
        ),
        colour("4f5b63"),
    )


def _aerial(easel: Easel, foot: Point2) -> None:
    post(easel, foot, HIGH_M + 4.2, 0.09, colour("9aa0a3"), bottom_m=HIGH_M)
    for up in (2.6, 3.2, 3.8):
        start = (foot[0] - 0.9, foot[1], HIGH_M + up)
        beam(easel, start, (foot[0] + 0.9, foot[1], HIGH_M + up), 0.05, colour("aeb4b7"))


def _cooler(easel: Easel, middle: Point2) -> None:
    block(easel, footprint(middle, (2.2, 1.4)), HIGH_M + 0.2, HIGH_M + 1.5, colour("cdd0cf"))
    x, y = middle
    for aside in (-0.55, 0.55):
        turns = np.linspace(0, 2 * np.pi, 13)[:-1]
        fan = np.column_stack(
            [x + aside + 0.42 * np.cos(turns), y + 0.42 * np.sin(turns), np.full(12, HIGH_M + 1.52)]
        )
        face(easel, fan, colour("4d5153"))
