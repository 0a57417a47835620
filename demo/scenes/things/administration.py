"""An administration with columns and a blue dome, and the fountain before it."""

from itertools import pairwise

import numpy as np

from demo.scenes.picture.camera import Floats, Point2
from demo.scenes.picture.easel import Easel
from demo.scenes.picture.ground import rectangle
from demo.scenes.picture.light import Colour, colour
from demo.scenes.things.buildings import House, house
from demo.scenes.things.facades import Facade
from demo.scenes.things.lettering import write
from demo.scenes.things.solids import beam, block, cast_shadow, face, hang, post, scaled

STONE = colour("e7ddc9")
DOME = colour("3aa3b8")
MIDDLE: Point2 = (3.0, 66.0)

BUILDING = House(
    (-24.0, 58.0),
    (30.0, 58.0),
    16.0,
    Facade(54, 4, STONE, colour("c7b48c"), bay_m=3.0, floor_m=3.6, seams=False, seed=61),
    roof=colour("a9a59b"),
)


def shadows(easel: Easel) -> None:
    """What the portico and the dome throw, before the ground is settled."""
    cast_shadow(easel, rectangle(-6, 53, 12, 58), 14.0)
    cast_shadow(easel, rectangle(-2, 62, 8, 70), 22.0)


def build(easel: Easel) -> None:
    """Stand it up: the house, a portico of six columns, the drum and the dome."""
    house(easel, BUILDING)
    block(easel, rectangle(-6.5, 52.6, 12.5, 58), 0.0, 0.9, colour("c9c0ae"))
    block(easel, rectangle(-6.0, 53.4, 12.0, 58), 12.4, 15.0, STONE)
    for x in np.linspace(-5.2, 11.2, 6):
        beam(easel, (float(x), 53.9, 0.9), (float(x), 53.9, 12.4), 1.15, STONE)
        block(easel, rectangle(float(x) - 0.8, 53.2, float(x) + 0.8, 54.6), 11.9, 12.4, STONE)
    board = np.full((70, 620, 3), scaled(STONE, 0.96), np.uint8)
    write(board, "ҚАЛА ӘКІМДІГІ", (310, 52), 48, colour("7a5a2a"), 700, centred=True)
    hang(
        easel,
        np.array([(-4, 53.35, 14.6), (10, 53.35, 14.6), (10, 53.35, 12.9), (-4, 53.35, 12.9)]),
        board,
    )
    _dome(easel)


def _dome(easel: Easel) -> None:
    _round(easel, [(5.4, 15.4), (5.4, 18.4)], STONE)
    rise = [
        (5.2 * float(np.cos(t)), 18.4 + 4.6 * float(np.sin(t))) for t in np.linspace(0, 1.45, 8)
    ]
    _round(easel, rise, DOME)
    post(easel, MIDDLE, 26.5, 0.25, colour("e3bf57"), bottom_m=22.8)


def _round(easel: Easel, profile: list[tuple[float, float]], paint: Colour) -> None:
    """A body of revolution around the building's middle: radius and height along its side."""
    turns = np.linspace(0, 2 * np.pi, 25)
    x, y = MIDDLE
    for (inner, low), (outer, high) in pairwise(profile):
        for a, b in pairwise(turns):
            corners = [
                (x + inner * np.cos(a), y + inner * np.sin(a), low),
                (x + inner * np.cos(b), y + inner * np.sin(b), low),
                (x + outer * np.cos(b), y + outer * np.sin(b), high),
                (x + outer * np.cos(a), y + outer * np.sin(a), high),
            ]
            face(easel, np.array(corners), paint)


def fountain(easel: Easel, middle: Point2) -> None:
    """A basin with water and jets."""
    turns = np.linspace(0, 2 * np.pi, 25)
    rims = [
        np.array(middle) + r * np.column_stack([np.cos(turns), np.sin(turns)]) for r in (4.2, 3.9)
    ]
    outer, inner = rims
    for number in range(24):
        a, b = outer[number], outer[number + 1]
        face(easel, np.array([[*a, 0.0], [*b, 0.0], [*b, 0.6], [*a, 0.6]]), colour("cfc7b8"))
        rim = [[*a, 0.6], [*b, 0.6], [*inner[number + 1], 0.6], [*inner[number], 0.6]]
        face(easel, np.array(rim), colour("ddd6c8"))
    face(easel, np.column_stack([inner[:-1], np.full(24, 0.42)]), colour("6fa9c4"))
    _jets(easel, middle)


def _jets(easel: Easel, middle: Point2) -> None:
    x, y = middle
    beam(easel, (x, y, 0.4), (x, y, 3.4), 0.3, colour("eef5f8"))
    for turn in np.linspace(0, 2 * np.pi, 10, endpoint=False):
        points = [
            (x + r * np.cos(turn), y + r * np.sin(turn), 0.4 + 2.6 * s - 2.6 * s * s)
            for s, r in ((s, 3.0 - 2.2 * s) for s in np.linspace(0, 1, 7))
        ]
        for start, end in pairwise(points):
            beam(easel, start, end, 0.09, colour("e3eff4"))


def flowers(easel: Easel, bed: Floats) -> None:
    """Rows of flowers on a bed: red, white and yellow."""
    chance = np.random.default_rng(71)
    (west, south), (east, north) = bed.min(axis=0) + 0.25, bed.max(axis=0) - 0.25
    paints = [colour(rgb) for rgb in ("c2334a", "e9e4d8", "e3b93c", "b0487f")]
    for number, y in enumerate(np.arange(south, north, 0.28)):
        for x in np.arange(west, east, 0.3):
            size = 0.11 + 0.05 * chance.random()
            petal = rectangle(x - size, y - size, x + size, y + size)
            high = np.column_stack([petal, np.full(4, 0.38)])
            face(easel, high, paints[number % len(paints)], 0.85 + 0.3 * chance.random())
