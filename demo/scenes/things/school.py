"""A school behind its fence: the building, the gate, the yard."""

import numpy as np

from demo.scenes.picture.camera import Floats
from demo.scenes.picture.easel import Easel
from demo.scenes.picture.ground import rectangle
from demo.scenes.picture.light import colour
from demo.scenes.things.buildings import House, house
from demo.scenes.things.facades import Facade
from demo.scenes.things.flags import flagpole
from demo.scenes.things.lettering import write
from demo.scenes.things.solids import block, hang, post
from demo.scenes.things.street import fence

FENCE_Y_M = 9.8
PAINT = colour("3f6f8f")

BUILDING = House(
    (-26.0, 28.0),
    (44.0, 28.0),
    14.0,
    Facade(70, 3, colour("e3d3ae"), colour("a9633f"), bay_m=3.5, floor_m=3.5, seams=False, seed=41),
)


def paths(gate_m: float) -> list[Floats]:
    """What is paved in the yard: from the gate to the door, and along the building."""
    yard = rectangle(-24, 25.2, 42, 28)
    return [
        rectangle(gate_m - 2.4, 9.0, gate_m + 2.4, 26),
        yard,
        rectangle(gate_m - 6, 21, gate_m + 6, 26),
    ]


def build(easel: Easel, gate_m: float) -> None:
    """Stand it up with its gate at ``gate_m`` along the street."""
    house(easel, BUILDING)
    _entrance(easel, gate_m)
    fence(easel, [(-34.0, FENCE_Y_M), (gate_m - 2.6, FENCE_Y_M)], 1.7, PAINT, 0.28)
    fence(easel, [(gate_m + 2.6, FENCE_Y_M), (48.0, FENCE_Y_M)], 1.7, PAINT, 0.28)
    for x in (gate_m - 2.6, gate_m + 2.6):
        block(
            easel,
            rectangle(x - 0.3, FENCE_Y_M - 0.3, x + 0.3, FENCE_Y_M + 0.3),
            0,
            3.0,
            colour("cdb892"),
        )
    _board(easel, [(gate_m - 2.9, 3.9), (gate_m + 2.9, 3.0)], FENCE_Y_M - 0.32, "№ 4 МЕКТЕП-ЛИЦЕЙ")
    for x, kind in ((gate_m + 9.0, "kz"), (gate_m + 10.6, "city")):
        flagpole(easel, (x, 21.0), 9.0, kind)


def _entrance(easel: Easel, gate_m: float) -> None:
    for step in range(3):
        edge = 26.2 + 0.4 * step
        block(
            easel,
            rectangle(gate_m - 4, edge, gate_m + 4, 28),
            0.0,
            0.16 * (step + 1),
            colour("bdb6a8"),
        )
    for x in (gate_m - 3.4, gate_m - 1.2, gate_m + 1.2, gate_m + 3.4):
        post(easel, (x, 26.6), 4.0, 0.4, colour("efe9db"))
    block(easel, rectangle(gate_m - 4.2, 25.8, gate_m + 4.2, 28), 4.0, 4.7, colour("d9c79c"))
    block(easel, rectangle(gate_m - 1.5, 27.9, gate_m + 1.5, 27.95), 0.5, 3.0, colour("5b3f2c"))
    _board(easel, [(gate_m - 3.6, 4.66), (gate_m + 3.6, 4.04)], 25.78, "БІЛІМ ОРДАСЫ")


def _board(easel: Easel, corners: list[tuple[float, float]], y: float, text: str) -> None:
    """A board with white letters, over an entrance."""
    (left, top), (right, low) = corners
    height = 80
    width = round(height * (right - left) / (top - low))
    board = np.full((height, width, 3), PAINT, np.uint8)
    write(board, text, (width / 2, 58), 46, colour("fbfaf4"), 700, centred=True)
    hang(easel, np.array([(left, y, top), (right, y, top), (right, y, low), (left, y, low)]), board)
