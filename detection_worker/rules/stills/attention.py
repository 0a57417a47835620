"""How closely a camera is watched: where pictures come too rarely, nobody can be followed."""

from collections import deque
from datetime import datetime, timedelta

FOLLOWED = timedelta(seconds=0.75)
"""Longest step between two pictures over which somebody on foot is followed: a walker (1.4 m/s)
has gone a metre by then, two of his own widths; at two pictures a second it is half of that."""

LEAST_FPS = 1.5
"""What is said to be needed: the rate at which steps of two thirds of a second are usual."""

REMEMBERED = timedelta(minutes=10)
"""Steps that were too long count for so long: who is not seen to stir in ten minutes is nobody."""

LATELY = timedelta(seconds=10)
BLIND_SHARE = 0.5
"""Share of the last seconds from which the watcher says that it sees too little."""


class Attention:
    """The steps between analysed pictures that were too long to follow anybody over them."""

    def __init__(self) -> None:
        self._last_at: datetime | None = None
        self._began_at: datetime | None = None
        self._long: deque[tuple[datetime, datetime]] = deque()

    def note(self, at: datetime) -> None:
        """A picture was analysed."""
        before, self._last_at = self._last_at, at
        self._began_at = self._began_at or at
        if before is not None and at - before > FOLLOWED:
            self._long.append((before, at))
        while self._long and at - self._long[0][1] > REMEMBERED:
            self._long.popleft()

    def blind_s(self, since_at: datetime, until_at: datetime | None = None) -> float:
        """Seconds since ``since_at`` in which somebody could have come or gone unnoticed."""
        until_at = until_at or self._last_at or since_at
        spans = (min(end, until_at) - max(start, since_at) for start, end in self._long)
        return sum(max(0.0, span.total_seconds()) for span in spans)

    def is_enough(self) -> bool:
        """Whether pictures came often enough lately to follow people on foot."""
        if self._last_at is None or self._began_at is None:
            return True
        since_at = max(self._began_at, self._last_at - LATELY)
        watched_s = (self._last_at - since_at).total_seconds()
        return self.blind_s(since_at) <= BLIND_SHARE * watched_s
