"""Signal states that the city's own controllers send to the worker's port."""

import threading
from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from detection_worker.rules.scene import Signal, SignalState

VALID = timedelta(seconds=150)
"""How long a state stands when nothing more is heard: longer than any phase of a signal plan
(cycles end at 120–150 s), so a controller that speaks only at changes is believed."""

REMEMBERED = 24
"""Changes that are kept of each signal: frames are looked at seconds after they were taken."""

MOST_SIGNALS = 10_000
"""Names that are kept at all: a sender that invents them must not fill the memory."""


@dataclass(frozen=True, slots=True)
class SignalReport:
    """What a controller says: this signal shows this since ``at``."""

    signal: str
    state: SignalState
    at: datetime


@dataclass(frozen=True, slots=True)
class _Shown:
    state: SignalState
    since_at: datetime
    heard_at: datetime


class SignalBoard:
    """The newest states of all signals that are sent; any thread may write and read."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._shown: dict[str, deque[_Shown]] = {}

    def put(self, report: SignalReport) -> bool:
        """Take a report; False where it is no news: older than what is known, or too many names."""
        with self._lock:
            if report.signal not in self._shown and len(self._shown) >= MOST_SIGNALS:
                return False
            shown = self._shown.setdefault(report.signal, deque(maxlen=REMEMBERED))
            if shown and report.at < shown[-1].heard_at:
                return False
            if shown and shown[-1].state is report.state:
                shown[-1] = replace(shown[-1], heard_at=report.at)
            else:
                shown.append(_Shown(report.state, report.at, report.at))
            return True

    def signal(self, name: str, at: datetime) -> Signal | None:
        """What the signal of that name showed at a moment; None where it was not heard of."""
        with self._lock:
            known = [one for one in self._shown.get(name, ()) if one.since_at <= at]
        if not known:
            return None
        newest = known[-1]
        if at - newest.heard_at > VALID:
            return Signal(SignalState.UNKNOWN, newest.heard_at + VALID)
        earlier = tuple((one.state, one.since_at) for one in reversed(known[:-1]))
        return Signal(newest.state, newest.since_at, earlier)
