"""Somebody leaves a thing behind, and later somebody takes it away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from demo.scenes.motion.cast import EVENTFUL, Mover
from demo.scenes.motion.paths import path
from demo.scenes.motion.walks import USUAL_MS, walk
from demo.scenes.picture.camera import Point2
from demo.scenes.things.belongings import Thing
from demo.scenes.things.looks import Look

HANDLING_S = 2.0
"""How long one bends down to put a thing there or to take it."""

REACH_M = (-0.5, -0.3)
"""From the thing to the feet of whoever handles it."""


@dataclass(frozen=True, slots=True)
class Left:
    """A thing that lies from ``since_s`` to ``until_s`` in each eventful loop of ``period_s``.

    Who brings it comes from ``starts`` and goes to ``ends``; who takes it goes the other way.
    """

    thing: Thing
    part: str
    since_s: float
    until_s: float
    period_s: float
    starts: Point2
    ends: Point2

    def things(self, t_s: float) -> Sequence[Thing]:
        """What lies there at ``t_s`` seconds, loops counted from 0."""
        loop, moment_s = divmod(t_s, self.period_s)
        lies = loop % EVENTFUL == 0 and self.since_s <= moment_s < self.until_s
        return (self.thing,) if lies else ()

    def carriers(self, look: Callable[[], Look]) -> list[Mover]:
        """Who brings it, and who takes it."""
        visits = ((self.starts, self.since_s, self.ends), (self.ends, self.until_s, self.starts))
        return [self._visit(look(), start, at_s, end) for start, at_s, end in visits]

    def _visit(self, look: Look, start: Point2, at_s: float, end: Point2) -> Mover:
        here = (self.thing.at_m[0] + REACH_M[0], self.thing.at_m[1] + REACH_M[1])
        reach_m = float(np.hypot(here[0] - start[0], here[1] - start[1]))
        begins_s = at_s - HANDLING_S / 2 - reach_m / USUAL_MS
        trip = walk(path(start, here, end), begins_s, stops=[(reach_m, HANDLING_S)])
        return Mover(look, trip, self.part)
