"""Requests to mask faces and plates: a viewer asks, the worker does it and says how it went."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update

from data_access import audit
from data_access.database import Transaction
from data_access.domain.people import EVIDENCE_ROLES, Viewer
from data_access.domain.words import N_
from data_access.errors import NotPermitted, RowRefused
from data_access.tables.happenings import Event, MaskRequest


@dataclass(frozen=True, slots=True)
class MaskState:
    """How the newest request for an event stands: waiting, done, or failed with a sentence."""

    requested_at: datetime
    done_at: datetime | None
    trouble: str


def ask(tx: Transaction, viewer: Viewer, event_id: UUID, now: datetime) -> None:
    """Ask for an event's evidence to be masked; recorded. One that waits already is enough.

    Raises ``NotPermitted`` by role and ``RowRefused`` for an event that is not in sight.
    """
    if viewer.role not in EVIDENCE_ROLES:
        raise NotPermitted(N_("Your role may not ask for masked evidence."))
    event = tx.execute(
        select(Event.started_at, Event.district_id).where(Event.id == event_id)
    ).one_or_none()
    if event is None:
        raise RowRefused(N_("This event is not in your districts, or is gone."))
    before = state(tx, event_id)
    if before is not None and before.done_at is None:
        return
    row = {
        "id": uuid4(), "event_id": event_id, "event_started_at": event.started_at,
        "district_id": event.district_id, "viewer_id": viewer.id, "requested_at": now,
    }  # fmt: skip
    tx.execute(insert(MaskRequest).values(row))
    audit.record(tx, viewer, "evidence.mask", f"event {event_id}")


def state(tx: Transaction, event_id: UUID) -> MaskState | None:
    """The newest request for an event; None where nobody asked."""
    query = select(MaskRequest.requested_at, MaskRequest.done_at, MaskRequest.trouble)
    newest = query.where(MaskRequest.event_id == event_id).order_by(MaskRequest.requested_at.desc())
    row = tx.execute(newest.limit(1)).one_or_none()
    return None if row is None else MaskState(*row)


def next_waiting(tx: Transaction) -> tuple[UUID, UUID] | None:
    """The oldest request that waits, and its event; held until the transaction ends.

    Another worker takes the next one meanwhile; a worker that dies gives it back.
    """
    row = tx.execute(
        select(MaskRequest.id, MaskRequest.event_id)
        .where(MaskRequest.done_at.is_(None))
        .order_by(MaskRequest.requested_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    return None if row is None else (row.id, row.event_id)


def finish(tx: Transaction, request_id: UUID, now: datetime, trouble: str = "") -> None:
    """The request is done, or cannot be: ``trouble`` says why."""
    done = {"done_at": now, "trouble": trouble}
    tx.execute(update(MaskRequest).where(MaskRequest.id == request_id).values(done))
