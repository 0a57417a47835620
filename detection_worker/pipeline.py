"""The two ends of a frame's journey that keep what was made of it: evidence and the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from data_access.domain.events import EventRecord, TrafficCount
from data_access.domain.watch import Zone
from detection_worker.event_desk import EventChange
from detection_worker.frames import Frame
from detection_worker.tracking.tracks import Track


@dataclass(frozen=True, slots=True)
class SeenPicture:
    """What was made of a frame, for whoever draws it: boxes in its pixels, zones in fractions."""

    tracks: tuple[Track, ...] = ()
    zones: tuple[Zone, ...] = ()
    open_kinds: tuple[str, ...] = ()


class Recorder(Protocol):
    """Keeps pictures: the newest for those who look, the last seconds for the clips."""

    def see(self, frame: Frame, picture: SeenPicture) -> None:
        """Take one frame, analysed or not; must not wait for disk or network."""
        ...

    def record(self, change: EventChange, frame: Frame, tracks: Sequence[Track]) -> EventRecord:
        """The event with the evidence that is there at once; a clip follows by itself."""
        ...


class Outbox(Protocol):
    """Takes what was found, and keeps it until PostgreSQL has it."""

    def put(self, item: EventRecord | TrafficCount) -> None:
        """Keep ``item``; counts add up, events replace the earlier row of the same id."""
        ...
