"""Findings of one matter become one event: opened, extended, closed, and never twice."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID, uuid4

from data_access.domain.events import EventRecord
from detection_worker.rules.scene import Finding, PlateGuess

EXTEND_EVERY_S = 5.0
"""An open event is written again at most this often: screens refresh no faster than that, and
each writing costs an fsync and a transaction."""

MOST_TRACKS = 100
"""Tracks that an event names, the first ones: a crowd that lasts a day has thousands."""


class Change(StrEnum):
    """What has happened to an event."""

    OPENED = "opened"
    EXTENDED = "extended"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class EventChange:
    """One step in an event's life; ``finding`` is the strongest one so far.

    ``found_at`` is when that one was made, if not in the scene that brought the change.
    """

    change: Change
    record: EventRecord
    finding: Finding
    found_at: datetime | None = None


@dataclass(slots=True)
class _Matter:
    """One matter that is being watched; not an event until ``record`` is there."""

    first_at: datetime
    last_at: datetime
    finding: Finding
    found_at: datetime
    track_ids: tuple[int, ...]
    record: EventRecord | None = None
    written_at: datetime | None = None
    changed: bool = False
    plate: PlateGuess | None = None

    def see(self, at: datetime, finding: Finding) -> None:
        """One more finding of this matter: the strongest one gives the facts."""
        self.last_at = at
        new = tuple(number for number in finding.track_ids if number not in self.track_ids)
        if new and len(self.track_ids) < MOST_TRACKS:
            self.track_ids = (self.track_ids + new)[:MOST_TRACKS]
            self.changed = True
        if finding.confidence > self.finding.confidence:
            self.finding, self.found_at, self.changed = finding, at, True

    def see_plates(self, plates: Mapping[int, PlateGuess]) -> None:
        """The plate of the track that it is about; of several tracks nobody knows whose it is."""
        if len(self.track_ids) != 1:
            return
        plate = plates.get(self.track_ids[0])
        if plate is not None and (self.plate is None or plate.confidence > self.plate.confidence):
            self.changed |= self.plate is None or plate.text != self.plate.text
            self.plate = plate

    def is_over(self, at: datetime) -> bool:
        """Whether its last finding is longer ago than its gap."""
        return (at - self.last_at).total_seconds() > self.finding.gap_s

    def has_held(self) -> bool:
        """Whether it was found for as long as its rule asks."""
        return (self.last_at - self.first_at).total_seconds() >= self.finding.hold_s

    def shift(self, by: timedelta) -> None:
        """Move its own clock, when the camera's went back; the event keeps its start."""
        self.first_at += by
        self.last_at += by
        if self.written_at is not None:
            self.written_at += by


_Key = tuple[str, str]  # kind and matter


class EventDesk:
    """Keeps every camera's open matters; time is the frames' own.

    A camera's clock that goes back (a time server's correction, a recording that starts over)
    moves that camera's matters back with it: nothing is opened twice, nothing hangs open, and
    no event ends before it began. A restart forgets all: the events that were open are closed
    by whoever writes them (``data_access.events.close_orphans``).
    """

    def __init__(self, new_id: Callable[[], UUID] = uuid4) -> None:
        self._new_id = new_id
        self._matters: dict[int, dict[_Key, _Matter]] = {}
        self._clock: dict[int, datetime] = {}

    def report(
        self,
        camera_id: int,
        at: datetime,
        findings: Sequence[Finding],
        plates: Mapping[int, PlateGuess] = MappingProxyType({}),
    ) -> list[EventChange]:
        """What one scene's findings change; call it for scenes without findings too.

        ``plates`` are by track: an event about one vehicle has its plate.
        """
        matters = self._matters.setdefault(camera_id, {})
        self._follow_clock(camera_id, at)
        for matter in matters.values():
            matter.see_plates(plates)
        closed = list(self._close_those_over(matters, at))
        for finding in findings:
            self._note(matters, at, finding, plates)
        return closed + list(self._written(camera_id, matters, at))

    def leave(self, camera_id: int) -> list[EventChange]:
        """Close all of a camera's events, as of their last finding: its feed is gone."""
        matters = self._matters.pop(camera_id, {})
        self._clock.pop(camera_id, None)
        return [_closed(matter) for matter in matters.values() if matter.record is not None]

    def open_kinds(self, camera_id: int) -> tuple[str, ...]:
        """The kinds of the camera's open events, for whoever draws its picture."""
        matters = self._matters.get(camera_id, {})
        return tuple(kind for (kind, _), matter in matters.items() if matter.record is not None)

    def _follow_clock(self, camera_id: int, at: datetime) -> None:
        step = at - self._clock.get(camera_id, at)
        self._clock[camera_id] = at
        if step < timedelta(0):
            for matter in self._matters[camera_id].values():
                matter.shift(step)

    def _close_those_over(
        self, matters: dict[_Key, _Matter], at: datetime
    ) -> Iterator[EventChange]:
        for key in [key for key, matter in matters.items() if matter.is_over(at)]:
            matter = matters.pop(key)
            if matter.record is not None:
                yield _closed(matter)

    def _note(
        self,
        matters: dict[_Key, _Matter],
        at: datetime,
        finding: Finding,
        plates: Mapping[int, PlateGuess],
    ) -> None:
        key = (finding.kind, finding.matter)
        if key in matters:
            matters[key].see(at, finding)
        else:
            matters[key] = _Matter(at, at, finding, at, finding.track_ids)
            matters[key].see_plates(plates)

    def _written(
        self, camera_id: int, matters: dict[_Key, _Matter], at: datetime
    ) -> Iterator[EventChange]:
        for matter in matters.values():
            if matter.record is None and matter.has_held():
                matter.record = self._record(camera_id, matter)
                yield _change(Change.OPENED, matter, at)
            elif matter.record is not None and _is_due(matter, at):
                yield _change(Change.EXTENDED, matter, at)

    def _record(self, camera_id: int, matter: _Matter) -> EventRecord:
        finding = matter.finding
        return EventRecord(
            id=self._new_id(),
            kind=finding.kind,
            camera_id=camera_id,
            started_at=matter.first_at,
            ended_at=None,
            confidence=finding.confidence,
        )


def _is_due(matter: _Matter, at: datetime) -> bool:
    if not matter.changed or matter.written_at is None:
        return False
    return (at - matter.written_at).total_seconds() >= EXTEND_EVERY_S


def _change(change: Change, matter: _Matter, at: datetime) -> EventChange:
    assert matter.record is not None
    matter.record = replace(
        matter.record,
        confidence=matter.finding.confidence,
        facts=dict(matter.finding.facts),
        track_ids=matter.track_ids,
        plate=matter.plate.text if matter.plate is not None else None,
    )
    matter.changed, matter.written_at = False, at
    return EventChange(change, matter.record, matter.finding, matter.found_at)


def _closed(matter: _Matter) -> EventChange:
    """Its end is its last finding's time, never before its start (the clock may have gone back)."""
    change = _change(Change.CLOSED, matter, matter.last_at)
    ended_at = max(matter.last_at, change.record.started_at)
    return replace(change, record=replace(change.record, ended_at=ended_at))
