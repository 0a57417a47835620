"""Everyone who moves in a scene, and where each is at any moment of the loop.

Each mover makes one trip in a loop of ``period_s``; those who play a part in a happening stay
away from all but the first of every ``EVENTFUL`` loops, else a day of a camera would hold more
events than a month. Where they are is worked out once, ten times for each second of the loop; a
moment lies between two of these. Nothing is remembered from picture to picture, so the loop has
no seam and any moment can be asked for first.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from demo.scenes.motion.paths import Path
from demo.scenes.picture.camera import Floats
from demo.scenes.things.looks import Look

RATE_HZ = 10

EVENTFUL = 10
"""Of so many loops something happens in the first: at once for whoever looks, then now and then."""


@dataclass(frozen=True, eq=False)
class Trip:
    """One way through the scene: ``along_m`` of ``path`` at ``times_s`` after ``begins_s``."""

    path: Path
    begins_s: float
    times_s: Floats
    along_m: Floats

    @property
    def lasts_s(self) -> float:
        """From appearing to disappearing."""
        return float(self.times_s[-1])


@dataclass(frozen=True, eq=False)
class Mover:
    """Someone or something that moves; ``part`` says what part it plays in a happening."""

    look: Look
    trip: Trip
    part: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """The movers that are in the scene at ``t_s``, by their number in the cast.

    ``yaw`` in radians clockwise from north, ``along_m`` what each has gone since it appeared,
    ``gains_ms2`` how its speed changes.
    """

    t_s: float
    numbers: npt.NDArray[np.intp]
    at_m: Floats
    yaw: Floats
    along_m: Floats
    speed_ms: Floats
    gains_ms2: Floats


@dataclass(eq=False)
class Cast:
    """All movers of a scene and the table of where they are."""

    movers: Sequence[Mover]
    period_s: float
    _table: Floats = field(init=False, repr=False)
    _present: npt.NDArray[np.bool_] = field(init=False, repr=False)
    _begins_s: Floats = field(init=False, repr=False)
    _always: npt.NDArray[np.bool_] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        ticks = round(self.period_s * RATE_HZ)
        self._begins_s = np.array([mover.trip.begins_s for mover in self.movers])
        self._always = np.array([not mover.part for mover in self.movers])
        self._table = np.zeros((ticks, len(self.movers), 7))
        self._present = np.zeros((ticks, len(self.movers)), bool)
        for number, mover in enumerate(self.movers):
            self._enter(number, mover.trip, np.arange(ticks) / RATE_HZ)

    def _enter(self, number: int, trip: Trip, clock_s: Floats) -> None:
        since = np.mod(clock_s - trip.begins_s, self.period_s)
        here = since <= min(trip.lasts_s, self.period_s - 2 / RATE_HZ)
        since = since[here]
        along = _along(trip, since)
        speed, earlier = ((along - _along(trip, since - ago)) * RATE_HZ for ago in (0.1, 0.2))
        position, yaw = trip.path.at(along)
        gains = (2 * speed - earlier) * RATE_HZ
        self._present[here, number] = True
        self._table[here, number] = np.column_stack([position, yaw, along, speed, gains])

    def at(self, t_s: float) -> Moment:
        """Who is where at ``t_s`` seconds; any number, ``EVENTFUL`` loops repeat."""
        tick, share = divmod(t_s * RATE_HZ, 1.0)
        before = int(tick) % len(self._table)
        after = (before + 1) % len(self._table)
        present = self._present[before] & self._present[after]
        numbers = np.flatnonzero(present & (self._always | self._are_due(t_s)))
        row = self._table[before, numbers]
        row = row + (self._table[after, numbers] - row) * share
        moment_s = t_s % self.period_s
        return Moment(moment_s, numbers, row[:, :3], row[:, 3], row[:, 4], row[:, 5], row[:, 6])

    def _are_due(self, t_s: float) -> npt.NDArray[np.bool_]:
        """Whose trip of this loop, counted from its own beginning, is one that takes place."""
        loops = np.floor((t_s - self._begins_s) / self.period_s)
        return np.asarray(loops % EVENTFUL == 0, np.bool_)


def _along(trip: Trip, since_s: Floats) -> Floats:
    return np.interp(since_s, trip.times_s, trip.along_m)
