"""Who plays in the films of ``bench rules``: rides and walks, and what each should be found for."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from demo.scenes.motion.cast import Mover, Trip
from demo.scenes.motion.paths import Path
from demo.scenes.motion.walks import Stop, walk
from demo.scenes.things import looks
from demo.scenes.things.fleet import BODIES
from demo.scenes.things.looks import Look, VehicleLook

STEP_S = 0.1
ACCELERATION_MS2 = 2.0


@dataclass(frozen=True)
class Expected:
    """One thing that a rule should find: its kind, and the movers any of whom shows it."""

    kind: str
    movers: frozenset[int]


@dataclass
class Casting:
    """Gathers the movers of one film; ``period_s`` is its length."""

    seed: int
    period_s: float
    movers: list[Mover] = field(default_factory=list)
    expected: list[Expected] = field(default_factory=list)
    labels: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.chance = np.random.default_rng([self.seed, round(self.period_s)])

    def some(self, least: float, most: float) -> float:
        """A number between two, by the seed."""
        return float(self.chance.uniform(least, most))

    def car(self) -> VehicleLook:
        """A car as they come."""
        return looks.random_car(self.chance)

    def bus(self) -> VehicleLook:
        """A bus."""
        return VehicleLook("bus", "bus", (60, 140, 50), "123 ABC 02")

    def add(self, look: Look, trip: Trip, *kinds: str, label: str = "") -> int:
        """One mover, and what it alone should be found for; it must fit into the film."""
        if trip.begins_s < 0 or trip.begins_s + trip.lasts_s > self.period_s - 1:
            return -1
        number = len(self.movers)
        self.movers.append(Mover(look, trip))
        self.expected += [Expected(kind, frozenset({number})) for kind in kinds]
        if label:
            self.labels[number] = label
        return number

    def walker(self, trip: Trip, *kinds: str, label: str = "") -> int:
        """A person on foot."""
        return self.add(looks.random_person(self.chance), trip, *kinds, label=label)

    def expect(self, kind: str, movers: Sequence[int]) -> None:
        """Something that several show together."""
        self.expected.append(Expected(kind, frozenset(number for number in movers if number >= 0)))


def half_m(look: VehicleLook) -> float:
    """Half the length of a vehicle."""
    return float(BODIES[look.body].length_m) / 2


def ride(
    way: Path,
    begins_s: float,
    speed_ms: float,
    stops: Sequence[Stop] = (),
    braking_ms2: float = 2.5,
) -> Trip:
    """A drive at one speed, with stops (metre of the way, seconds) that it brakes for."""
    times, along, speed = [0.0], [0.0], speed_ms
    waiting = sorted(stops)
    while along[-1] < way.length_m - 1e-6:
        ahead = waiting[0][0] - along[-1] if waiting else math.inf
        if ahead < 0.15:
            _, wait_s = waiting.pop(0)
            times.append(times[-1] + wait_s)
            along.append(along[-1])
            speed = 0.0
            continue
        most = math.sqrt(2 * braking_ms2 * ahead)
        speed = min(speed_ms, most, speed + ACCELERATION_MS2 * STEP_S)
        times.append(times[-1] + STEP_S)
        along.append(min(way.length_m, along[-1] + max(speed, 0.2) * STEP_S))
    return Trip(way, begins_s, np.array(times), np.array(along))


__all__ = ["Casting", "Expected", "half_m", "ride", "walk"]
