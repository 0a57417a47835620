"""A playground: a slide, swings, a climbing frame, a sandbox with a roof."""

import numpy as np

from demo.scenes.picture.camera import Point2
from demo.scenes.picture.easel import Easel
from demo.scenes.picture.ground import rectangle
from demo.scenes.picture.light import colour
from demo.scenes.things.solids import beam, block, cast_bar, cast_shadow, face, footprint, post

RED, BLUE, YELLOW = colour("c8452f"), colour("2f6fb4"), colour("e5b52f")
GREEN = colour("4b9a54")

TOWER: Point2 = (17.4, 15.8)
SWINGS: Point2 = (10.2, 15.6)
SANDBOX: Point2 = (10.0, 10.4)
FRAME: Point2 = (17.0, 10.6)


def shadows(easel: Easel) -> None:
    """What it all throws on the ground, before the ground is settled."""
    cast_shadow(easel, footprint(TOWER, (1.6, 1.6)), 3.0, 1.3)
    cast_bar(easel, (TOWER[0], TOWER[1] - 0.8, 1.3), (TOWER[0], TOWER[1] - 3.6, 0.2), 0.6)
    x, y = SWINGS
    cast_bar(easel, (x - 1.9, y, 2.3), (x + 1.9, y, 2.3), 0.1)
    for aside in (-1.9, 1.9):
        cast_bar(easel, (x + aside, y - 0.9, 0.0), (x + aside, y, 2.3), 0.09)
        cast_bar(easel, (x + aside, y + 0.9, 0.0), (x + aside, y, 2.3), 0.09)
    cast_shadow(easel, footprint(SANDBOX, (2.6, 2.6)), 2.2, 1.9)


def build(easel: Easel) -> None:
    """Stand it all up."""
    _tower(easel)
    _swings(easel)
    _sandbox(easel)
    _frame(easel)


def _tower(easel: Easel) -> None:
    base = footprint(TOWER, (1.6, 1.6))
    for corner in base:
        post(easel, (corner[0], corner[1]), 2.6, 0.12, YELLOW)
    block(easel, base, 1.2, 1.32, BLUE)
    roof = np.array([*TOWER, 3.4])
    for number in range(4):
        a, b = base[number], base[(number + 1) % 4]
        face(easel, np.array([[*a, 2.5], [*b, 2.5], roof]), RED)
    _slide(easel, *TOWER)


def _slide(easel: Easel, x: float, y: float) -> None:
    high, low = (y - 0.8, 1.3), (y - 3.4, 0.25)
    for aside in (-0.35, 0.35):
        ends = [(high[0], 1.3), (low[0], 0.25), (low[0], 0.45), (high[0], 1.6)]
        face(easel, np.array([(x + aside, *end) for end in ends]), BLUE)
    chute = [(x - 0.35, *high), (x + 0.35, *high), (x + 0.35, *low), (x - 0.35, *low)]
    face(easel, np.array(chute), colour("d7dadb"))
    beam(easel, (x + 0.8, y, 1.3), (x + 2.0, y, 0.0), 0.5, GREEN)


def _swings(easel: Easel) -> None:
    x, y = SWINGS
    beam(easel, (x - 1.9, y, 2.3), (x + 1.9, y, 2.3), 0.1, BLUE)
    for aside in (-1.9, 1.9):
        for ahead in (-0.9, 0.9):
            beam(easel, (x + aside, y + ahead, 0.0), (x + aside, y, 2.3), 0.1, RED)
    for seat in (-0.9, 0.9):
        for rope in (-0.22, 0.22):
            beam(
                easel, (x + seat + rope, y, 2.3), (x + seat + rope, y, 0.5), 0.03, colour("55585a")
            )
        block(easel, footprint((x + seat, y), (0.5, 0.25)), 0.46, 0.52, YELLOW)


def _sandbox(easel: Easel) -> None:
    x, y = SANDBOX
    for side in (
        rectangle(x - 1.4, y - 1.4, x + 1.4, y - 1.2),
        rectangle(x - 1.4, y + 1.2, x + 1.4, y + 1.4),
        rectangle(x - 1.4, y - 1.2, x - 1.2, y + 1.2),
        rectangle(x + 1.2, y - 1.2, x + 1.4, y + 1.2),
    ):
        block(easel, side, 0.0, 0.3, YELLOW)
    post(easel, SANDBOX, 2.0, 0.12, colour("a3a7a8"))
    top = np.array([x, y, 2.5])
    turns = np.linspace(0, 2 * np.pi, 7)
    rim = np.column_stack([x + 1.4 * np.cos(turns), y + 1.4 * np.sin(turns), np.full(7, 1.95)])
    for number in range(6):
        face(easel, np.array([rim[number], rim[number + 1], top]), RED if number % 2 else YELLOW)


def _frame(easel: Easel) -> None:
    x, y = FRAME
    for aside in np.arange(-1.2, 1.21, 0.6):
        for ahead in (-0.7, 0.7):
            post(easel, (x + float(aside), y + ahead), 2.0, 0.06, GREEN)
        beam(
            easel, (x + float(aside), y - 0.7, 2.0), (x + float(aside), y + 0.7, 2.0), 0.06, YELLOW
        )
    for up in (0.7, 1.35, 2.0):
        for ahead in (-0.7, 0.7):
            beam(easel, (x - 1.2, y + ahead, up), (x + 1.2, y + ahead, up), 0.06, RED)
