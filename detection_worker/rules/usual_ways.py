"""The usual ways through a camera's picture, learnt from the traffic itself.

What is kept is local: for each small cell of the picture the last vehicles that went through it,
and which way each of them did. A road with two directions so has two bands, a crossroad has
places that are passed every way, and where few have driven nothing is known.
"""

import math
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from data_access.domain.watch import Point

CELL_PERCENT = 1.5
"""Side of a cell in percent of the picture's diagonal: a third of the width of a car that is
large enough to be followed."""

REMEMBERED = 40
"""Vehicles that are kept of each cell; the oldest are forgotten, so that a road that is marked
anew is learnt anew. Forty are enough to tell nine tenths from three quarters."""

SAME_WAY_DEG, OTHER_WAY_DEG = 60.0, 120.0
"""Up to this angle two go the same way, from this one on opposite ways; in between one turns."""

NARROW, WIDE = 0.4, 0.8
"""How far beside a vehicle, in its own width across its way, somebody else's middle was in the
same place, and how far he was not yet clearly in another one: neighbours in lanes of 3–3.75 m are
at 1.7–2 widths. Somebody is against the usual way only by those who drove just where he does,
but with it already by those who drove about there."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step on a way: where it led to, and its direction as a unit vector, in pixels."""

    at: Point
    direction: Point


@dataclass(frozen=True, slots=True)
class Others:
    """How many others went through a place the same way and the opposite way."""

    same: int = 0
    opposite: int = 0


@dataclass(frozen=True, slots=True)
class _Passage:
    track_id: int
    step: Step


class UsualWays:
    """Which way vehicles went, place by place, for pictures of one size."""

    def __init__(self, frame_wh: tuple[int, int]) -> None:
        self.frame_wh = frame_wh
        self.cell_px = CELL_PERCENT / 100 * math.hypot(*frame_wh)
        self.tracks: int = 0
        self._cells: dict[tuple[int, int], deque[_Passage]] = {}

    def learn(self, track_id: int, step: Step, length_px: float) -> None:
        """Take up one straight step of a track that ``length_px`` long led to ``step.at``."""
        for place in _between(step, length_px, self.cell_px / 2):
            passages = self._cells.setdefault(self._cell(place), deque(maxlen=REMEMBERED))
            if not any(passage.track_id == track_id for passage in passages):
                passages.append(_Passage(track_id, Step(place, step.direction)))

    def others(self, track_id: int, step: Step, wh_px: tuple[float, float]) -> Others:
        """Who else went through a place, for a vehicle whose box measures ``wh_px``."""
        across = (-step.direction[1], step.direction[0])
        width = math.hypot(across[0] * wh_px[0], across[1] * wh_px[1])
        same: set[int] = set()
        opposite: set[int] = set()
        for passage in self._along(step.at, across, WIDE * width):
            aside, angle = _apart(passage.step, step, across)
            if angle <= SAME_WAY_DEG and aside <= WIDE * width:
                same.add(passage.track_id)
            elif angle >= OTHER_WAY_DEG and aside <= NARROW * width:
                opposite.add(passage.track_id)
        gone = {track_id}
        return Others(len(same - gone), len(opposite - same - gone))

    def busiest(self) -> int:
        """How many went through the cell that most are remembered of."""
        return max((len(passages) for passages in self._cells.values()), default=0)

    def _cell(self, place: Point) -> tuple[int, int]:
        return int(place[0] // self.cell_px), int(place[1] // self.cell_px)

    def _along(self, at: Point, across: Point, reach_px: float) -> Iterator[_Passage]:
        """The passages in the cells on the line across the way."""
        count = math.ceil(2 * reach_px / self.cell_px)
        shifts = [n * self.cell_px / 2 for n in range(-count, count + 1)]
        cells = {self._cell((at[0] + across[0] * s, at[1] + across[1] * s)) for s in shifts}
        for cell in cells:
            yield from self._cells.get(cell, ())


def steps(way: Sequence[Point], least_px: float) -> Iterator[tuple[Step, float]]:
    """A way as straight steps of at least so many pixels, each with its length."""
    last = way[0]
    for place in way[1:]:
        length = math.dist(last, place)
        if length >= least_px:
            yield (
                Step(place, ((place[0] - last[0]) / length, (place[1] - last[1]) / length)),
                length,
            )
            last = place


def _between(step: Step, length_px: float, every_px: float) -> Iterator[Point]:
    """The step's end and the places on it, one in each ``every_px``; its beginning is not."""
    count = max(1, math.ceil(length_px / every_px))
    for number in range(count):
        back_px = length_px * number / count
        yield (step.at[0] - step.direction[0] * back_px, step.at[1] - step.direction[1] * back_px)


def _apart(one: Step, other: Step, across: Point) -> tuple[float, float]:
    """How far two steps are beside each other in pixels, and the angle between them in degrees."""
    aside = abs((one.at[0] - other.at[0]) * across[0] + (one.at[1] - other.at[1]) * across[1])
    cosine = one.direction[0] * other.direction[0] + one.direction[1] * other.direction[1]
    return aside, math.degrees(math.acos(min(1.0, max(-1.0, cosine))))
