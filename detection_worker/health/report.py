"""How a worker is doing at one moment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from data_access.domain.feeds import FeedState, FeedStatus


@dataclass(frozen=True, slots=True)
class HealthReport:
    """A worker with its feeds; ``troubles`` are sentences of the catalogues, empty when well.

    ``analysed_share`` is how much of the frames a second that the cameras ask for is analysed.
    ``ready`` is false until the list of cameras has been read for the first time.
    """

    name: str
    detector: str
    model: str
    started_at: datetime
    at: datetime
    ready: bool
    feeds: tuple[FeedStatus, ...]
    inference_ms: float
    outbox_waiting: int
    set_aside: int
    written: int
    pre_roll_bytes: int
    writer_stuck: bool
    troubles: tuple[str, ...]
    analysed_share: float = 1.0

    @property
    def live(self) -> int:
        """How many cameras give pictures."""
        return sum(feed.state is FeedState.LIVE for feed in self.feeds)

    @property
    def is_well(self) -> bool:
        """Whether it does what it is for: it writes, and some camera lives if there are any."""
        return self.ready and not self.writer_stuck and (self.live > 0 or not self.feeds)


MakeReport = Callable[[], HealthReport]
