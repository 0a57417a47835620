"""Events with their evidence, for the worker that signs what a crash left, or masks it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text

from data_access.database import Transaction
from data_access.domain.events import EventRecord
from data_access.evidence_files import evidence_of

_EVENTS = """
    SELECT event.id, event.kind, event.camera_id, event.started_at, event.ended_at,
           event.confidence, event.facts, event.plate, event.track_ids,
           coalesce(camera.code, '') AS camera_code
    FROM events event LEFT JOIN cameras camera ON camera.id = event.camera_id
"""

_ONE = text(f"""
    {_EVENTS}
    WHERE (event.id, event.started_at) IN
          (SELECT event_id, event_started_at FROM evidence WHERE event_id = :event)
""")  # noqa: S608 - constants of this module

_UNSEALED = text(f"""
    {_EVENTS}
    WHERE event.started_at >= :since AND event.ended_at < :ended_before
      AND (event.camera_id = ANY (:cameras) OR event.ended_at < :long_before)
      AND event.id <> ALL (:but)
      AND EXISTS (SELECT FROM evidence file WHERE file.event_id = event.id)
      AND NOT EXISTS (SELECT FROM evidence file
                      WHERE file.event_id = event.id AND file.kind = 'manifest')
    ORDER BY event.started_at LIMIT :limit
""")  # noqa: S608 - constants of this module

LOCK = 0x51414C41
"""The advisory lock of completion: one worker at a time."""

OTHERS_AFTER = timedelta(days=1)
"""Events of cameras that this worker does not watch are left to their own worker for so long."""


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """An event as it stands in the database, with all of its evidence."""

    record: EventRecord
    camera_code: str


def recorded_event(tx: Transaction, event_id: UUID) -> RecordedEvent | None:
    """An event that has evidence; None where it has none."""
    row = tx.execute(_ONE, {"event": event_id}).mappings().one_or_none()
    return None if row is None else _recorded(tx, dict(row))


def unsealed(
    tx: Transaction,
    since: datetime,
    ended_before: datetime,
    cameras: Collection[int],
    but: Collection[UUID],
    limit: int,
) -> list[RecordedEvent]:
    """The oldest of them that started since ``since``; none while another worker looks.

    Those of ``cameras`` count once they ended before ``ended_before``, others a day later.
    """
    if not tx.scalar(text("SELECT pg_try_advisory_xact_lock(:lock)"), {"lock": LOCK}):
        return []
    asked = {
        "since": since, "ended_before": ended_before, "long_before": ended_before - OTHERS_AFTER,
        "cameras": list(cameras), "but": list(but), "limit": limit,
    }  # fmt: skip
    return [_recorded(tx, dict(row)) for row in tx.execute(_UNSEALED, asked).mappings()]


def _recorded(tx: Transaction, row: dict[str, object]) -> RecordedEvent:
    code = str(row.pop("camera_code"))
    row["track_ids"] = tuple(row["track_ids"])  # type: ignore[arg-type]
    row["camera_id"] = row["camera_id"] or 0
    files = tuple(file.record for file in evidence_of(tx, row["id"]))  # type: ignore[arg-type]
    return RecordedEvent(EventRecord(**row, evidence=files), code)  # type: ignore[arg-type]
