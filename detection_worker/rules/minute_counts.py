"""Crossings of one camera's lines, added up by minute."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from data_access.domain.events import TrafficCount
from detection_worker.rules.scene import Crossing

_Key = tuple[int, str, str]  # zone, label, direction


class MinuteCounts:
    """Gives a minute's counts once its last frame is behind; what it gives adds up."""

    def __init__(self, camera_id: int) -> None:
        self._camera_id = camera_id
        self._minute_at: datetime | None = None
        self._counts: Counter[_Key] = Counter()

    def add(self, at: datetime, crossings: Sequence[Crossing]) -> list[TrafficCount]:
        """Take one scene's crossings; the counts of the earlier minute if another has begun."""
        minute_at = at.replace(second=0, microsecond=0)
        finished = self.finish() if minute_at != self._minute_at else []
        self._minute_at = minute_at
        self._counts.update((one.zone_id, one.label, one.direction) for one in crossings)
        return finished

    def finish(self) -> list[TrafficCount]:
        """All counts so far, which begin at zero again."""
        if self._minute_at is None:
            return []
        counts = [
            TrafficCount(self._minute_at, self._camera_id, zone_id, label, direction, count)
            for (zone_id, label, direction), count in self._counts.items()
        ]
        self._counts.clear()
        return counts
