"""How an event's state went on: each step with its time, and what is reached by now."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from data_access.domain.events import STATE_NAMES
from demo.chance import Chance, Flags, Floats, Moments, Numbers
from demo.texts import Texts, repeated

STATES = list(STATE_NAMES)
"""States by their number in the columns."""

NEVER = np.datetime64("NaT", "us")
NOBODY = -1
"""In columns of viewers: the worker, or a service outside, did it."""


@dataclass(slots=True)
class Step:
    """Some events reach a state; ``viewer`` is an index into the staff."""

    rows: Numbers
    at: Moments
    state: int
    viewer: Numbers
    reason: Texts


@dataclass(slots=True)
class Course:
    """The states of events of one response up to ``now``; steps are told in their order."""

    started_at: Moments
    now: np.datetime64
    first_state: str
    steps: list[Step] = field(default_factory=list)
    state: Numbers = field(init=False)

    def __post_init__(self) -> None:
        rows = np.arange(len(self.started_at))
        self.state = np.full(len(rows), STATES.index(self.first_state))
        self._add(rows, self.started_at, self.first_state, None, "")

    def go(
        self,
        at: Moments,
        state: str,
        viewer: Numbers | None = None,
        reason: Texts | str = "",
    ) -> Moments:
        """Let the events with a time reach ``state`` then, if it is past; what is left of ``at``.

        ``at`` has one time an event, NaT where the step is not taken.
        """
        reached = ~np.isnat(at) & (at <= self.now)
        rows = np.flatnonzero(reached)
        self._add(rows, at[rows], state, viewer, reason)
        self.state[rows] = STATES.index(state)
        return np.where(reached, at, NEVER)

    def _add(
        self,
        rows: Numbers,
        at: Moments,
        state: str,
        viewer: Numbers | None,
        reason: Texts | str,
    ) -> None:
        nobody = np.full(len(rows), NOBODY)
        if isinstance(reason, str):
            reasons = repeated(reason, len(rows))
        else:
            reasons = reason.take(pa.array(rows))
        by = nobody if viewer is None else viewer[rows]
        self.steps.append(Step(rows, at, STATES.index(state), by, reasons))


def after(at: Moments, delay_s: Floats, taken: Flags | None = None) -> Moments:
    """Later by the delay; NaT where the step before was not, or this one is not, taken."""
    later = at + (delay_s * 1e6).astype("timedelta64[us]")
    return later if taken is None else np.where(taken, later, NEVER)


def delays_s(source: Chance, count: int, median_s: float, spread: float = 0.7) -> Floats:
    """Delays of people: most near the median, some far longer (log-normal)."""
    return median_s * source.lognormal(0, spread, count)
