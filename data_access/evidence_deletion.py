"""Deletes evidence when its time is over: rows, audit record and files agree whatever happens.

The files of a batch are noted on disk before their rows are deleted, and removed after the
commit. A process that is killed in between leaves the note: the next one removes those files
whose rows are gone, and keeps those whose rows are still there. The event itself stays.
"""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select, text

from data_access.audit import record_login
from data_access.city import value
from data_access.database import Transaction
from data_access.domain.events import EVENT_KINDS
from data_access.domain.evidence import OPEN_STATES, Retention, retention_of
from data_access.home import unusable
from data_access.media import MediaFolder

SETTING = "evidence_retention"
"""The settings row: ``{"days": 90, "responses": {"violation": 365}, "kinds": {"crowd": 30}}``."""

BATCH = 50
"""Events a transaction: some hundred rows and files, less than a second."""

WORKER = "worker"
"""Who stands in the audit log for what is deleted on time."""

_OVER = text("""
    SELECT event.id, event.started_at, event.kind, event.response, event.state,
           array_agg(file.path ORDER BY file.path) AS paths,
           jsonb_agg(jsonb_build_object('kind', file.kind, 'sha256', file.sha256,
                                        'size_bytes', file.size_bytes)) AS files
    FROM evidence file
    JOIN events event ON event.id = file.event_id AND event.started_at = file.event_started_at
    JOIN jsonb_to_recordset(CAST(:limits AS jsonb)) AS kept(kind text, before timestamptz)
      ON kept.kind = event.kind
    WHERE file.event_started_at < :newest AND event.started_at < :newest
      AND event.started_at < kept.before
      AND coalesce(event.ended_at, event.started_at) < kept.before
      AND NOT (event.response || '.' || event.state) = ANY (:open)
    GROUP BY event.id, event.started_at
    ORDER BY event.started_at LIMIT :batch
""")

_DELETE = text("DELETE FROM evidence WHERE event_id = ANY (:events)")

_STILL_THERE = text("SELECT path FROM evidence WHERE path = ANY (:paths)")


AsWorker = Callable[[], AbstractContextManager[Transaction]]
"""Opens a transaction of the worker."""


@dataclass(frozen=True, slots=True)
class OverdueEvidence:
    """An event whose evidence has been kept for as long as it has to be."""

    id: UUID
    started_at: datetime
    kind: str
    response: str
    state: str
    paths: list[str]
    files: list[dict[str, Any]]


def retention(tx: Transaction) -> Retention:
    """For how long evidence is kept here."""
    return retention_of(value(tx, SETTING))


def overdue(tx: Transaction, now: datetime, batch: int = BATCH) -> list[OverdueEvidence]:
    """The oldest evidence whose time is over and whose matter is closed.

    Of two clocks that disagree, ours and the database's, the earlier one counts: a clock that
    runs ahead deletes nothing.
    """
    now = min(now, tx.execute(select(func.now())).scalar_one())
    kept = retention(tx)
    limits = {kind: now - timedelta(days=kept.days_of(kind)) for kind in EVENT_KINDS}
    rows = tx.execute(
        _OVER,
        {
            "limits": json.dumps(
                [{"kind": kind, "before": at.isoformat()} for kind, at in limits.items()]
            ),
            "newest": max(limits.values()),
            "open": [f"{r}.{state}" for r, states in OPEN_STATES.items() for state in states],
            "batch": batch,
        },
    )
    return [OverdueEvidence(**row) for row in rows.mappings()]


class EvidenceDeletion:
    """Deletes batches; ``folder`` holds the notes of those that are on their way."""

    def __init__(self, as_worker: AsWorker, media: MediaFolder, folder: Path) -> None:
        self._as_worker, self._media, self._folder = as_worker, media, folder

    def delete_batch(self, now: datetime) -> int:
        """Delete the evidence of up to ``BATCH`` events; of how many it was.

        Raises ``DataAccessError``; what was begun is finished by ``finish_begun``.
        """
        with self._as_worker() as tx:
            found = overdue(tx, now)
            if not found:
                return 0
            note = self._note([path for one in found for path in one.paths])
            _delete(tx, found, now)
        self._remove(note)
        return len(found)

    def finish_begun(self) -> int:
        """Remove the files that a process that was killed had not removed; how many notes."""
        notes = sorted(self._folder.glob("*.json"))
        for note in notes:
            self._remove(note)
        return len(notes)

    def _note(self, paths: Sequence[str]) -> Path:
        note = self._folder / f"{uuid4().hex}.json"
        begun = note.with_suffix(".begun")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with begun.open("w", encoding="utf-8") as file:
                json.dump(paths, file)
                file.flush()
                os.fsync(file.fileno())
            begun.rename(note)
        except OSError as error:
            raise unusable(note, error) from error
        return note

    def _remove(self, note: Path) -> None:
        """Remove the files of a note whose rows are gone, then the note."""
        for path in self._without_rows(note):
            self._media.remove(path)
        note.unlink(missing_ok=True)

    def _without_rows(self, note: Path) -> Iterator[str]:
        try:
            paths: list[str] = json.loads(note.read_bytes())
        except (OSError, ValueError) as error:
            reason = error if isinstance(error, OSError) else OSError(0, "not JSON")
            raise unusable(note, reason) from error
        with self._as_worker() as tx:
            kept = {row.path for row in tx.execute(_STILL_THERE, {"paths": paths})}
        yield from (path for path in paths if path not in kept)


def _delete(tx: Transaction, found: Sequence[OverdueEvidence], now: datetime) -> None:
    kept = retention(tx)
    tx.execute(_DELETE, {"events": [one.id for one in found]})
    for one in found:
        detail = {
            "reason": "retention", "days": kept.days_of(one.kind), "kind": one.kind,
            "state": one.state, "started_at": one.started_at.isoformat(), "files": one.files,
        }  # fmt: skip
        record_login(
            tx, WORKER, None, "evidence.delete", subject=f"event {one.id}", detail=detail, at=now
        )
