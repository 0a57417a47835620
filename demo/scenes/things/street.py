"""What stands along streets: lamps, signals, bus stops, benches, fences, parked cars."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from demo.scenes.picture.camera import Point2, Point3
from demo.scenes.picture.easel import Easel
from demo.scenes.picture.light import Colour, colour
from demo.scenes.things.lettering import write
from demo.scenes.things.signals import Lamp
from demo.scenes.things.solids import (
    Texture,
    beam,
    block,
    cast_bar,
    face,
    footprint,
    hang,
    post,
    scaled,
)

BIN_GREEN = colour("4f6f56")
STEEL, DARK_STEEL = colour("a3a7a8"), colour("55585a")
LAMP_HIGH_M, ARM_M = 9.0, 2.2


def lamp_shadows(easel: Easel, posts: Sequence[tuple[Point2, float]]) -> None:
    """The shadows of lamp posts: each a foot and where its arm points."""
    for foot, heading in posts:
        cast_bar(easel, (*foot, 0.0), (*foot, LAMP_HIGH_M), 0.18)
        cast_bar(easel, (*foot, LAMP_HIGH_M), _arm_end(foot, heading), 0.14)


def lamp_post(easel: Easel, foot: Point2, heading_deg: float) -> None:
    """A street lamp whose arm points in a compass direction."""
    post(easel, foot, LAMP_HIGH_M, 0.2, STEEL)
    end = _arm_end(foot, heading_deg)
    beam(easel, (*foot, LAMP_HIGH_M - 0.05), end, 0.11, STEEL)
    tip = (end[0] + (end[0] - foot[0]) * 0.25, end[1] + (end[1] - foot[1]) * 0.25, end[2])
    beam(easel, end, tip, 0.3, DARK_STEEL)


def _arm_end(foot: Point2, heading_deg: float) -> Point3:
    turn = math.radians(heading_deg)
    return (foot[0] + ARM_M * math.sin(turn), foot[1] + ARM_M * math.cos(turn), LAMP_HIGH_M + 0.4)


@dataclass(frozen=True, slots=True)
class SignalPost:
    """Signal heads: where the post stands, how high they hang, which way they look."""

    signal: str
    foot: Point2
    looks_deg: float
    high_m: float = 3.2

    @property
    def head(self) -> Point3:
        """The middle of the amber lamp."""
        turn = math.radians(self.looks_deg)
        return (
            self.foot[0] + 0.24 * math.sin(turn),
            self.foot[1] + 0.24 * math.cos(turn),
            self.high_m,
        )

    def lamps(self) -> tuple[Lamp, ...]:
        """Its three lamps, a little before the head."""
        x, y, z = self.head
        turn = math.radians(self.looks_deg)
        x, y = x + 0.16 * math.sin(turn), y + 0.16 * math.cos(turn)
        lit = (("red", 0.34), ("amber", 0.0), ("green", -0.34))
        return tuple(Lamp(self.signal, state, (x, y, z + up), 0.15) for state, up in lit)


def signal_post(easel: Easel, each: SignalPost) -> None:
    """Stand it up; its lamps are drawn frame by frame."""
    post(easel, each.foot, each.high_m + 0.7, 0.14, STEEL)
    x, y, z = each.head
    block(
        easel,
        footprint((x, y), (0.42, 0.24), each.looks_deg),
        z - 0.58,
        z + 0.58,
        colour("24272a"),
    )


def bus_stop(easel: Easel, middle: Point2, width_m: float, turned_deg: float) -> None:
    """A shelter: a back of glass, a roof on posts, a bench."""
    base = footprint(middle, (width_m / 2, 1.6), turned_deg)
    back = np.array([[*base[0], 2.3], [*base[1], 2.3], [*base[1], 0.3], [*base[0], 0.3]])
    face(easel, back, colour("8fa9b3"), 0.95)
    for corner in base:
        post(easel, (corner[0], corner[1]), 2.5, 0.1, DARK_STEEL)
    block(easel, base, 2.45, 2.62, colour("2f6d86"))
    bench(easel, middle, turned_deg)


def bench(easel: Easel, middle: Point2, turned_deg: float) -> None:
    """A park bench with a back."""
    seat = footprint(middle, (1.7, 0.45), turned_deg)
    block(easel, seat, 0.38, 0.46, colour("9a6a3f"))
    turn = math.radians(turned_deg)
    behind = (middle[0] + 0.24 * math.sin(turn), middle[1] + 0.24 * math.cos(turn))
    block(easel, footprint(behind, (1.7, 0.06), turned_deg), 0.5, 0.88, colour("8f6139"))
    for corner in seat:
        post(easel, (corner[0], corner[1]), 0.4, 0.07, DARK_STEEL)


def bin_(easel: Easel, foot: Point2, paint: Colour = BIN_GREEN) -> None:
    """A litter bin."""
    block(easel, footprint(foot, (0.45, 0.45)), 0.05, 0.75, paint)


def container(easel: Easel, foot: Point2, turned_deg: float = 0.0) -> None:
    """A rubbish container with its lid."""
    block(easel, footprint(foot, (1.4, 1.0), turned_deg), 0.15, 1.15, colour("3f7a55"))
    block(easel, footprint(foot, (1.46, 1.06), turned_deg), 1.15, 1.28, colour("2f5c40"))


def fence(
    easel: Easel, line: Sequence[Point2], high_m: float, paint: Colour, gap_m: float = 0.18
) -> None:
    """An open fence of bars between two rails."""
    for start, end in pairwise(line):
        length = math.dist(start, end)
        for up in (0.15, high_m - 0.12):
            beam(easel, (*start, up), (*end, up), 0.06, paint)
        for share in np.arange(0, 1, gap_m / length):
            foot = (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
            post(easel, foot, high_m, 0.035, paint)
        for foot in (start, end):
            post(easel, foot, high_m + 0.12, 0.1, paint)


def wall(
    easel: Easel, line: Sequence[Point2], high_m: float, paint: Colour, thick_m: float = 0.25
) -> None:
    """A solid wall along a line."""
    for start, end in pairwise(line):
        middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        turned = math.degrees(math.atan2(end[0] - start[0], end[1] - start[1])) - 90
        base = footprint(middle, (math.dist(start, end), thick_m), turned)
        block(easel, base, 0.0, high_m, paint, scaled(paint, 1.06))


def sign(
    easel: Easel, foot: Point2, looks_deg: float, texture: Texture, size_m: float = 0.7
) -> None:
    """A road sign on a post: a square picture that looks in a compass direction."""
    post(easel, foot, 2.4, 0.08, STEEL)
    turn = math.radians(looks_deg)
    ahead = np.array([math.sin(turn), math.cos(turn)])
    left = np.array([ahead[1], -ahead[0]]) * size_m / 2
    middle = np.array(foot) + ahead * 0.06
    a, b = middle + left, middle - left
    top, low = 2.2 + size_m / 2, 2.2 - size_m / 2
    corners = np.array([[*a, top], [*b, top], [*b, low], [*a, low]])
    if ahead @ (np.array(easel.camera.at_m[:2]) - middle) > 0:
        hang(easel, corners, texture)


def guard_rail(easel: Easel, line: Sequence[Point2]) -> None:
    """A steel rail on posts along a road."""
    for start, end in pairwise(line):
        length = math.dist(start, end)
        for began in np.arange(0.0, length, 4.0):
            points = [
                (
                    start[0] + (end[0] - start[0]) * at / length,
                    start[1] + (end[1] - start[1]) * at / length,
                )
                for at in (began, min(began + 4.0, length))
            ]
            a, b = points
            post(easel, a, 0.72, 0.12, DARK_STEEL)
            for low, high, paint in ((0.5, 0.66, DARK_STEEL), (0.55, 0.8, STEEL)):
                rail = [(*a, low), (*b, low), (*b, high), (*a, high)]
                face(easel, np.array(rail), paint, 0.95)


def gantry(easel: Easel, y: float, span: tuple[float, float], *texts: str) -> None:
    """A portal over the road with direction signs, at a distance ``y`` to the north."""
    west, east = span
    for x in span:
        post(easel, (x, y), 7.4, 0.45, STEEL)
    for up in (6.4, 7.3):
        beam(easel, (west, y, up), (east, y, up), 0.3, STEEL)
    share = (east - west) / len(texts)
    for number, text in enumerate(texts):
        board = np.full((150, 420, 3), colour("1f5fae"), np.uint8)
        cv2.rectangle(board, (5, 5), (414, 144), colour("f4f4f0"), 4)
        write(board, text, (210, 96), 58, colour("f7f7f4"), centred=True)
        left = west + share * number + share * 0.16
        right = left + share * 0.68
        corners = [
            (left, y - 0.4, 8.0),
            (right, y - 0.4, 8.0),
            (right, y - 0.4, 5.6),
            (left, y - 0.4, 5.6),
        ]
        hang(easel, np.array(corners), board)


def billboard(easel: Easel, foot: Point2, looks_deg: float, text: str) -> None:
    """A large poster on a leg."""
    post(easel, foot, 5.0, 0.5, DARK_STEEL)
    turn = math.radians(looks_deg)
    ahead = np.array([math.sin(turn), math.cos(turn)])
    left = np.array([ahead[1], -ahead[0]]) * 3.0
    board = np.zeros((240, 480, 3), np.uint8)
    board[:] = np.linspace(colour("39a5c4"), colour("7cc4a0"), 240)[:, None]
    cv2.rectangle(board, (0, 0), (479, 239), colour("e9e9e4"), 12)
    write(board, text, (240, 135), 44, colour("fdfdf8"), 700, centred=True)
    a, b = np.array(foot) + ahead * 0.3 + left, np.array(foot) + ahead * 0.3 - left
    hang(easel, np.array([[*a, 8.0], [*b, 8.0], [*b, 5.0], [*a, 5.0]]), board)


def crosswalk_sign() -> Texture:
    """A blue square with a white triangle: a crosswalk."""
    board = np.full((96, 96, 3), colour("1f5fae"), np.uint8)
    cv2.fillPoly(board, [np.array([[48, 12], [84, 80], [12, 80]])], colour("f4f4f0"), cv2.LINE_AA)
    cv2.line(board, (48, 34), (48, 56), colour("26282b"), 8, cv2.LINE_AA)
    cv2.line(board, (48, 56), (36, 74), colour("26282b"), 6, cv2.LINE_AA)
    cv2.line(board, (48, 56), (60, 74), colour("26282b"), 6, cv2.LINE_AA)
    return board


def speed_sign(limit_kmh: int) -> Texture:
    """A speed limit: black figures in a red ring."""
    board = np.full((96, 96, 3), colour("d9dcdd"), np.uint8)
    cv2.circle(board, (48, 48), 45, colour("c62828"), -1, cv2.LINE_AA)
    cv2.circle(board, (48, 48), 34, colour("fbfbf8"), -1, cv2.LINE_AA)
    write(board, str(limit_kmh), (48, 64), 42, colour("17181a"), 700, centred=True)
    return board
