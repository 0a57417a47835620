"""Watches the linear sections: who was too fast on the whole way becomes an event, once.

An event's id follows from the section and the two reads: however often a passage is seen, by
whatever worker, it is the same event. Reads may arrive late (they wait on disk while the
database is away), so that the last minutes are looked at each time and the last day each hour.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from data_access import events, section_speed
from data_access.database import Transaction
from data_access.domain.events import EventRecord
from data_access.domain.sections import SectionPassage
from data_access.domain.words import N_
from data_access.errors import DataAccessError
from data_access.media import MediaFolder
from detection_worker.event_writer import AsWorker
from detection_worker.evidence.sealing import Sealer
from detection_worker.evidence.sections import SectionEvidence, facts
from detection_worker.rules.section_speed import (
    Params,
    SectionReading,
    evaluate,
    fault,
    measures_fault,
)

EVERY_S = 3.0
NEAR, FAR = timedelta(minutes=15), timedelta(days=1)
FAR_EVERY = timedelta(hours=1)

SETTLED = timedelta(seconds=2)
"""Reads that are newer may still lack an earlier one of the same passage."""

CLOCKS_EVERY = timedelta(minutes=5)
CLOCKS_OVER, CLOCKS_AHEAD = timedelta(hours=3), timedelta(hours=2)
"""How far back and ahead reads are taken to judge the clocks: a camera that is an hour ahead
writes its reads into the future."""

SECTION_FAULT = N_(
    "A linear section gives impossible times: its cameras are swapped or their clocks differ. "
    "It accuses nobody meanwhile; the worker's log says which one."
)

SECTION_MEASURES = N_(
    "A linear section is measured by figures that cannot be: the administrator enters them anew in "
    "the settings. It accuses nobody meanwhile; the worker's log says which one."
)

_NAMESPACE = UUID("6f0f6a5c-6c1b-5d0e-9a5e-0d2f6f2b7c11")

_log = logging.getLogger(__name__)


class SectionWatch:
    """A thread that looks at the sections every few seconds."""

    def __init__(
        self,
        as_worker: AsWorker,
        media: MediaFolder,
        sealer: Sealer | None = None,
        params: Params | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._as_worker, self._now = as_worker, now
        self._evidence = SectionEvidence(media, sealer)
        self._params = params or Params()
        self._far_at: datetime | None = None
        self._clocks_at: datetime | None = None
        self._faults: dict[int, str] = {}
        self._unsound = False
        self._failing = False
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sections", daemon=True)

    @property
    def trouble(self) -> str:
        """A sentence while a section cannot be trusted; else empty."""
        if self._unsound:
            return SECTION_MEASURES
        return SECTION_FAULT if self._faults else ""

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong with which sections."""
        return tuple(self._faults.values())

    def start(self) -> None:
        """Begin to look; once."""
        self._thread.start()

    def stop(self, within_s: float = 1.0) -> None:
        """Stop; a look that has begun is finished."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(within_s)

    def look(self) -> list[UUID]:
        """Look once; the ids of the events that are new. Raises ``DataAccessError``."""
        now = self._now()
        with self._as_worker() as tx:
            if not section_speed.is_alone(tx):
                return []
            self._judge_clocks(tx, now)
            found = section_speed.passages(tx, self._since(now), now - SETTLED)
            fast = [one for one in found if one.section.id not in self._faults]
            written = self._write(tx, fast, now)
        self._far_at = now if self._is_far(now) else self._far_at
        return written

    def _run(self) -> None:
        while not self._stopping.wait(EVERY_S):
            try:
                self.look()
            except DataAccessError as error:
                if not self._failing:
                    _log.warning("the sections cannot be looked at; it is tried again: %s", error)
                self._failing = True
            else:
                self._failing = False

    def _is_far(self, now: datetime) -> bool:
        return self._far_at is None or now - self._far_at >= FAR_EVERY

    def _since(self, now: datetime) -> datetime:
        return now - (FAR if self._is_far(now) else NEAR)

    def _judge_clocks(self, tx: Transaction, now: datetime) -> None:
        """Which sections cannot be trusted; said once when one begins to be so."""
        if self._clocks_at is not None and now - self._clocks_at < CLOCKS_EVERY:
            return
        times = section_speed.travel_times(tx, now + CLOCKS_AHEAD, CLOCKS_OVER + CLOCKS_AHEAD)
        found = {one.section.id: fault(one, self._params) for one in times}
        unsound = {one.id: measures_fault(one) for one in section_speed.unsound(tx)}
        faults = {number: sentence for number, sentence in found.items() if sentence} | unsound
        for number, sentence in faults.items():
            if number not in self._faults:
                _log.warning("%s It accuses nobody meanwhile.", sentence)
        self._faults, self._unsound, self._clocks_at = faults, bool(unsound), now

    def _write(self, tx: Transaction, fast: Iterable[SectionPassage], now: datetime) -> list[UUID]:
        readings = {event_id(one): (one, evaluate(one, self._params)) for one in fast}
        known = events.known(tx, readings) if readings else set()
        records = [
            self._record(tx, key, passage, reading)
            for key, (passage, reading) in readings.items()
            if reading is not None and key not in known
        ]
        try:
            return events.write(tx, records, now)
        except Exception:  # whatever it is: files without an event prove nothing
            self._evidence.discard(records)
            raise

    def _record(
        self, tx: Transaction, key: UUID, passage: SectionPassage, reading: SectionReading
    ) -> EventRecord:
        section = passage.section
        record = EventRecord(
            id=key,
            kind="section_speed",
            camera_id=section.exit_camera_id,
            started_at=passage.entry.at,
            ended_at=max(passage.entry.at, passage.exit.at),
            confidence=round(min(passage.entry.confidence, passage.exit.confidence), 3),
            facts=facts(passage, reading),
            plate=passage.plate,
        )
        return self._evidence.add(tx, record, passage, reading)


def event_id(passage: SectionPassage) -> UUID:
    """The id of a passage's event: the same whenever it is asked."""
    return uuid5(_NAMESPACE, f"{passage.section.id} {passage.entry.id} {passage.exit.id}")
