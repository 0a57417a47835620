"""Signs what a crash left unsigned: with what there is, and saying what is missing.

Who is still at work on an event signs it; here only those are looked at that ended long ago
and that nobody knows any more.
"""

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from data_access.database import Transaction
from data_access.domain.events import EventRecord
from data_access.domain.evidence import EvidenceKind
from data_access.events import add_evidence
from data_access.evidence_manifest import Absent
from data_access.evidence_seals import RecordedEvent, unsealed
from data_access.media import MediaFolder
from detection_worker.event_writer import AsWorker
from detection_worker.evidence.case import BROKEN_OFF, Sighting
from detection_worker.evidence.line_stills import moments
from detection_worker.evidence.sealing import Sealer
from detection_worker.rules.scene import Finding

LEFT_AFTER = timedelta(minutes=10)
"""An event that ended so long ago and is unsigned was left: clips wait a minute at most."""

FIRST_LOOK = timedelta(days=30)
"""How far back the first look goes: a worker that stood still for longer has other worries."""

LATER_LOOKS = timedelta(days=2)

BATCH = 20
"""Events a transaction: about a second of work, while other writers wait for nothing."""

_EXPECTED = (EvidenceKind.SNAPSHOT, EvidenceKind.DRAWING, EvidenceKind.CLIP)

_OF_TWO_CAMERAS = (EvidenceKind.SHEET, EvidenceKind.READINGS)
"""What belongs to an event that was measured over two cameras, and has no clip."""

_log = logging.getLogger(__name__)


class UnsealedEvidence:
    """Looks for unsigned evidence now and then; ``known`` gives the events still at work.

    ``cameras`` gives those that this worker watches; what belongs to others is left to them
    for a day.
    """

    def __init__(
        self,
        as_worker: AsWorker,
        media: MediaFolder,
        sealer: Sealer,
        known: Callable[[], Collection[UUID]],
        cameras: Callable[[], Collection[int]],
    ) -> None:
        self._as_worker, self._media, self._sealer = as_worker, media, sealer
        self._known, self._cameras = known, cameras
        self._looks_back = FIRST_LOOK

    def complete(self, now: datetime) -> int:
        """Sign one batch of what was left; how many were signed. Raises ``DataAccessError``."""
        since, before = now - self._looks_back, now - LEFT_AFTER
        with self._as_worker() as tx:
            found = unsealed(tx, since, before, self._cameras(), self._known(), BATCH)
            self._seal(tx, found)
        if len(found) < BATCH:
            self._looks_back = LATER_LOOKS
        return len(found)

    def _seal(self, tx: Transaction, found: Sequence[RecordedEvent]) -> None:
        made: list[EventRecord] = []
        try:
            for one in found:
                files = self._sealer.seal(one.record, _sighting(one), _absent(one.record))
                made.append(replace(one.record, evidence=files))
            add_evidence(tx, made)
        except Exception:  # the database speaks its own errors inside a transaction
            for record in made:
                for file in record.evidence:
                    self._media.remove(file.path)
            raise
        if made:
            _log.info("signed what was left unsigned: %s events", len(made))


def _absent(record: EventRecord) -> list[Absent]:
    there = {file.kind for file in record.evidence}
    return [Absent(kind, BROKEN_OFF) for kind in expected(record) if kind not in there]


def expected(record: EventRecord) -> tuple[EvidenceKind, ...]:
    """The files that belong to an event of its kind, with its facts."""
    if record.kind == "section_speed":
        return _OF_TWO_CAMERAS
    return (*_EXPECTED, *moments(record.facts))


def _sighting(one: RecordedEvent) -> Sighting:
    """What is still known: the facts of the event. Marks and paths are gone with the worker."""
    record = one.record
    finding = Finding(record.kind, "", None, record.track_ids, record.confidence, record.facts)
    return Sighting(finding, record.started_at, (0, 0), camera_code=one.camera_code)
