"""Cars that follow one another: the Intelligent Driver Model (Treiber, Hennecke, Helbing, 2000).

Each lane is driven for three periods of the loop; the middle one is kept. What came before has
settled by then, so that its end fits its beginning.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from demo.scenes.motion.cast import RATE_HZ, Trip
from demo.scenes.motion.paths import Path

ACCELERATION_MS2, BRAKING_MS2 = 1.7, 2.2
HEADWAY_S, STANDING_GAP_M = 1.2, 2.0
HARDEST_MS2 = 6.0
"""The model's usual values for city traffic; brakes give no more than the last."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A place where cars wait while it is closed: a stop line, a crosswalk with people on it."""

    along_m: float
    closed: Callable[[float], bool]


@dataclass(frozen=True, slots=True)
class Entry:
    """A car that comes into a lane: which way it takes, when, how long and how fast it is.

    ``shared_m`` is how far the way is that of all cars of the lane, before some turn off.
    """

    path: Path
    at_s: float
    length_m: float
    wish_kmh: float
    gates: tuple[Gate, ...] = ()
    shared_m: float = math.inf


@dataclass(slots=True)
class _Car:
    entry: Entry
    round: int
    number: int
    along_m: float
    speed_ms: float
    began_s: float
    trace: list[float] = field(default_factory=list)

    @property
    def front_m(self) -> float:
        return self.along_m + self.entry.length_m / 2

    @property
    def rear_m(self) -> float:
        return self.along_m - self.entry.length_m / 2


def drive(lane: Sequence[Entry], period_s: float) -> list[Trip]:
    """The trips of the cars of one lane, in the order of ``lane``."""
    waiting = sorted(
        (entry.at_s + round_ * period_s, number, round_)
        for round_ in range(3)
        for number, entry in enumerate(lane)
    )
    road: list[_Car] = []
    trips: dict[int, Trip] = {}
    for tick in range(round(3.9 * period_s * RATE_HZ)):
        now_s = tick / RATE_HZ
        if waiting and waiting[0][0] <= now_s and _room(road, lane[waiting[0][1]]):
            _, number, round_ = waiting.pop(0)
            road.append(_new_car(lane[number], round_, number, now_s, road))
        _advance(road, now_s)
        for car in [car for car in road if car.along_m >= car.entry.path.length_m]:
            road.remove(car)
            if car.round == 1:
                trips[car.number] = _trip(car, period_s)
    return [trips[number] for number in range(len(lane))]


def _room(road: list[_Car], entry: Entry) -> bool:
    return not road or road[-1].rear_m > entry.length_m / 2 + STANDING_GAP_M + 3.0


def _new_car(entry: Entry, round_: int, number: int, now_s: float, road: list[_Car]) -> _Car:
    wish_ms = entry.wish_kmh / 3.6
    ahead = min((car.speed_ms + car.rear_m / 4 for car in road[-1:]), default=wish_ms)
    return _Car(entry, round_, number, 0.0, min(wish_ms, ahead), now_s)


def _advance(road: list[_Car], now_s: float) -> None:
    gains = [_gain(car, road[:number], now_s) for number, car in enumerate(road)]
    for car, gain in zip(road, gains, strict=True):
        car.trace.append(car.along_m)
        speed = max(0.0, car.speed_ms + gain / RATE_HZ)
        car.along_m += (car.speed_ms + speed) / 2 / RATE_HZ
        car.speed_ms = speed


def _gain(car: _Car, ahead: list[_Car], now_s: float) -> float:
    """Acceleration in m/s² towards the wished speed, held back by what is in front."""
    fastest = float(np.interp(car.along_m, car.entry.path.along_m, car.entry.path.fastest_ms))
    wish_ms = max(min(car.entry.wish_kmh / 3.6, fastest), 0.5)
    free = ACCELERATION_MS2 * (1 - (car.speed_ms / wish_ms) ** 4)
    held = [_held(car, gap_m, speed_ms) for gap_m, speed_ms in _in_front(car, ahead, now_s)]
    return max(-HARDEST_MS2, free - max(held, default=0.0))


def _held(car: _Car, gap_m: float, speed_ms: float) -> float:
    closing = car.speed_ms * (car.speed_ms - speed_ms)
    wanted = STANDING_GAP_M + max(
        0.0, car.speed_ms * HEADWAY_S + closing / (2 * math.sqrt(ACCELERATION_MS2 * BRAKING_MS2))
    )
    return ACCELERATION_MS2 * (wanted / max(gap_m, 0.1)) ** 2


def _in_front(car: _Car, ahead: list[_Car], now_s: float) -> list[tuple[float, float]]:
    """Gaps in metres to, and speeds of, the car ahead and a closed gate."""
    found = [
        (other.rear_m - car.front_m, other.speed_ms)
        for other in ahead
        if other.entry.path is car.entry.path or other.rear_m < car.entry.shared_m
    ][-1:]
    for gate in car.entry.gates:
        gap_m = gate.along_m - car.front_m
        if gap_m > 0 and gate.closed(now_s) and car.speed_ms**2 / (2 * gap_m) < 4.5:
            found.append((gap_m + STANDING_GAP_M - 0.6, 0.0))
    return found


def _trip(car: _Car, period_s: float) -> Trip:
    times = np.arange(len(car.trace)) / RATE_HZ
    return Trip(car.entry.path, car.began_s % period_s, times, np.array(car.trace))
