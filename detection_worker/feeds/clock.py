"""Clocks of feeds: of recordings whose time goes back, and of streams that arrive late."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


class OnwardClock:
    """Makes any clock run onwards: where it stands, goes back or is absent, one step passes.

    What follows a repair keeps the shift of the repair, so that the rest of a recording whose
    clock was set back keeps its pace. Leaps over ``longest_gap_s`` become one step, too.
    A damaged recording gives single pictures too late, among those that follow: the clock was
    not set back then, and what follows them is believed as before.
    """

    def __init__(self, step_s: float, longest_gap_s: float = math.inf) -> None:
        self._step_s = step_s
        self._longest_gap_s = longest_gap_s
        self._shift_s = 0.0
        self._told_s = 0.0
        self._last_s: float | None = None
        self._back: _SetBack | None = None

    def read(self, at_s: float | None) -> float:
        """The time in seconds for a reading ``at_s``; always later than the one before."""
        if self._last_s is None:
            self._last_s = self._told_s = at_s or 0.0
            return self._last_s
        self._last_s = self._onward(at_s, self._last_s)
        self._told_s = self._told_s if at_s is None else at_s
        return self._last_s

    def _onward(self, at_s: float | None, last_s: float) -> float:
        next_s = last_s + self._step_s
        if at_s is None:
            return next_s
        if self._back is not None and self._back.was_one_picture(at_s, at_s - self._told_s):
            self._shift_s, self._back = self._back.shift_s, None
            return max(at_s + self._shift_s, last_s + self._step_s * SHORT)
        read_s = at_s + self._shift_s
        if last_s + LEAST_STEP_S <= read_s <= last_s + self._longest_gap_s:
            return read_s
        if at_s < self._told_s:
            self._back = _SetBack(self._shift_s, self._told_s, self._told_s - at_s)
        self._shift_s += next_s - read_s
        return next_s


LEAST_STEP_S = 2e-6
"""Times that are closer together are the same: a ``datetime`` has microseconds. Pictures that
are timed by their arrival come no slower than they are read, some tens of microseconds apart."""

SHORT = 0.25
"""The part of a step that passes where the time of a late picture has taken the next one's."""


@dataclass(frozen=True, slots=True)
class _SetBack:
    """A clock that went back by ``depth_s`` from ``from_s``, and the shift that it had until then.

    ``was_one_picture``: whether it is beyond that again, and in one leap. A clock that was set
    back gets there too, but by its usual steps.
    """

    shift_s: float
    from_s: float
    depth_s: float

    def was_one_picture(self, at_s: float, leap_s: float) -> bool:
        return at_s > self.from_s and leap_s > self.depth_s / 2


class SteadyClock:
    """The time of day as it was at the start plus what passed since: it cannot be set back."""

    def __init__(
        self,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
        passed_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._passed_s = passed_s
        self._began_s = passed_s()
        self._began_at = wall()

    def now(self) -> datetime:
        """The time, aware UTC."""
        return self._began_at + timedelta(seconds=self._passed_s() - self._began_s)


class ArrivalClock:
    """When the frames of a live stream were captured, from its own clock and their arrival.

    The stream's timestamps are even, its arrivals are not: the earliest arrival so far, seen
    against the timestamps, says how the two clocks stand to each other. A stream that falls
    ``longest_delay_s`` behind has a clock that drifts, leaped or went back: begin anew.
    """

    def __init__(self, longest_delay_s: float = 1.0) -> None:
        self._longest_delay_s = longest_delay_s
        self._offset_s: float | None = None

    def read(self, stream_s: float, arrived_s: float) -> tuple[float, float]:
        """How much earlier than expected a frame came, and when it was captured.

        Both in seconds, the second on the clock of ``arrived_s`` and never after it. A frame is
        early where those before it had been waiting somewhere: their times were too late.
        """
        if self._offset_s is None:
            self._offset_s = arrived_s - stream_s
        delay_s = arrived_s - stream_s - self._offset_s
        if delay_s < 0 or delay_s > self._longest_delay_s:
            self._offset_s += delay_s
        return max(0.0, -delay_s), stream_s + self._offset_s


class RealTime:
    """Lets recorded time pass as real time does.

    A reader that falls over a second behind (a machine that slept) goes on from now instead of
    racing after it, so that ``captured_at`` stays close to the time of day.
    """

    LONGEST_LAG_S = 1.0

    def __init__(self, clock: SteadyClock) -> None:
        self._clock = clock
        self._zero_at: datetime | None = None

    def due(self, position_s: float) -> tuple[datetime, float]:
        """When the frame at ``position_s`` is due (aware UTC), and in how many seconds."""
        position, now = timedelta(seconds=position_s), self._clock.now()
        if self._zero_at is None:
            self._zero_at = now - position
        lag_s = (now - self._zero_at - position).total_seconds()
        if lag_s > self.LONGEST_LAG_S:
            self._zero_at = now - position
            lag_s = 0.0
        return self._zero_at + position, max(0.0, -lag_s)
