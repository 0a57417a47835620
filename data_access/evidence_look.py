"""One file of evidence, as a viewer may look at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, select

from data_access.database import Transaction
from data_access.domain.events import Response
from data_access.tables.happenings import Event, Evidence


@dataclass(frozen=True, slots=True)
class StoredEvidence:
    """A file in the media folder and the event it belongs to; ``path`` is relative to it."""

    id: UUID
    event_id: UUID
    response: Response
    kind: str
    path: str
    mime: str
    captured_at: datetime


def stored_evidence(tx: Transaction, evidence_id: UUID) -> StoredEvidence | None:
    """The evidence with this id, if it exists and lies in the transaction's scope."""
    of_event = and_(Event.id == Evidence.event_id, Event.started_at == Evidence.event_started_at)
    row = tx.execute(
        select(
            Evidence.id,
            Evidence.event_id,
            Event.response,
            Evidence.kind,
            Evidence.path,
            Evidence.mime,
            Evidence.captured_at,
        )
        .join(Event, of_event)
        .where(Evidence.id == evidence_id)
    ).one_or_none()
    if row is None:
        return None
    return StoredEvidence(
        row.id, row.event_id, Response(row.response), row.kind, row.path, row.mime, row.captured_at
    )


def snapshot_times(tx: Transaction, event_ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """When the frame was captured that each event opened with; events without one are left out."""
    query = (
        select(Evidence.event_id, func.min(Evidence.captured_at))
        .where(Evidence.event_id.in_(event_ids), Evidence.kind == "snapshot")
        .group_by(Evidence.event_id)
    )
    return {event_id: captured_at for event_id, captured_at in tx.execute(query)}
