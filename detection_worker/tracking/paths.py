"""The paths that tracks leave, thinned with age so that memory stays bounded."""

from collections import defaultdict, deque
from collections.abc import Iterator
from datetime import datetime, timedelta

from detection_worker.tracking.tracks import TrackPoint

FINE = timedelta(seconds=5)
"""How long a path is kept at full rate: long enough to measure a speed by regression."""

KEPT = timedelta(seconds=60)
"""How long a path is kept at all: loitering and abandonment have clocks of their own."""

COARSE_STEP = timedelta(seconds=0.5)
"""Distance in time of the points older than ``FINE``: a walker's metre."""


class Path:
    """One track's path and the votes for its class."""

    def __init__(self) -> None:
        self._old: deque[TrackPoint] = deque()
        self._fine: deque[TrackPoint] = deque()
        self._votes: defaultdict[str, float] = defaultdict(float)

    @property
    def last_at(self) -> datetime | None:
        """When it was last seen."""
        return self._fine[-1].at if self._fine else None

    def extend(self, point: TrackPoint, label: str, confidence: float) -> None:
        """Add where it stands now; a clock that went back begins a new path."""
        last_at = self.last_at
        if last_at is not None and point.at < last_at:
            self._old.clear()
            self._fine.clear()
        elif point.at == last_at:
            self._fine.pop()
        self._fine.append(point)
        self._votes[label] += confidence
        self._thin(point.at)

    def points(self) -> tuple[TrackPoint, ...]:
        """The path, oldest first."""
        return (*self._old, *self._fine)

    def label(self) -> str:
        """The class with most confidence over the whole life of the track."""
        return max(self._votes, key=lambda label: self._votes[label])

    def _thin(self, now: datetime) -> None:
        while self._fine[0].at < now - FINE:
            point = self._fine.popleft()
            if not self._old or point.at - self._old[-1].at >= COARSE_STEP:
                self._old.append(point)
        while self._old and self._old[0].at < now - KEPT:
            self._old.popleft()


class Paths:
    """The paths of one camera's tracks by id; those unseen for ``forget`` are let go."""

    def __init__(self, forget: timedelta) -> None:
        self._forget = forget
        self._paths: dict[int, Path] = {}

    def of(self, track_id: int) -> Path:
        """The path of a track, a new one if it was not seen before."""
        return self._paths.setdefault(track_id, Path())

    def forget_unseen(self, now: datetime) -> None:
        """Let go of tracks that were not seen lately, or only in a future that was undone."""
        for track_id in list(self._unseen(now)):
            del self._paths[track_id]

    def _unseen(self, now: datetime) -> Iterator[int]:
        for track_id, path in self._paths.items():
            if path.last_at is None or abs(now - path.last_at) > self._forget:
                yield track_id

    def __contains__(self, track_id: int) -> bool:
        return track_id in self._paths

    def __len__(self) -> int:
        return len(self._paths)
