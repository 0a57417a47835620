"""Violations for the people who review them: pages, counts, one case with all that belongs to it.

What changes a violation stands in ``violation_reviews``.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Row, Select, Uuid, any_, func, literal, or_, select

from data_access.database import Transaction
from data_access.domain.events import EvidenceRecord
from data_access.domain.local_time import LOCAL_ZONE
from data_access.domain.words import Names
from data_access.event_pages import (
    Cursor,
    EventKey,
    EventSelection,
    Order,
    conditions,
    keys,
    without_states,
)
from data_access.tables.happenings import Event, EventState, Evidence
from data_access.tables.people import Viewer
from data_access.tables.places import Camera, District, Site
from data_access.tables.responses import Fine, Violation


@dataclass(frozen=True, slots=True)
class ViolationRow:
    """One violation as the table shows it; times are aware UTC, money is in tenge."""

    id: UUID
    started_at: datetime
    ended_at: datetime | None
    kind: str
    state: str
    confidence: float
    plate: str | None
    camera_id: int | None
    camera_code: str | None
    camera: Names | None
    site: Names | None
    district: Names
    article: str | None
    mci_count: Decimal | None
    mci_tenge: int | None
    fine_tenge: int | None
    reviewed_at: datetime | None
    issued_at: datetime | None
    paid_at: datetime | None
    paid_tenge: int | None
    contested_at: datetime | None
    cancelled_at: datetime | None


@dataclass(frozen=True, slots=True)
class ViolationPage:
    """One page in its order; the keys of its ends lead to the pages beside it."""

    rows: tuple[ViolationRow, ...]
    previous: Cursor | None
    next: Cursor | None


@dataclass(frozen=True, slots=True)
class ViolationCounts:
    """What has become of a selection of violations.

    ``by_state`` are present states. The others count what happened to them, so a fine that was
    contested and then paid stands among the contested and among the paid.
    """

    by_state: dict[str, int]
    oldest_waiting_at: datetime | None
    issued: int
    contested: int
    cancelled: int
    paid: int

    def of(self, states: Collection[str]) -> int:
        """How many are in one of ``states``; in any, where none is named."""
        return sum(n for state, n in self.by_state.items() if not states or state in states)

    @property
    def waiting(self) -> int:
        """How many no officer has looked at."""
        return self.by_state.get("detected", 0)

    @property
    def reviewed(self) -> int:
        """How many an officer has decided."""
        return self.of(()) - self.waiting

    @property
    def confirmed_share(self) -> float | None:
        """The share of the reviewed that officers did not reject, 0 to 1."""
        rejected = self.by_state.get("rejected", 0)
        return (self.reviewed - rejected) / self.reviewed if self.reviewed else None


@dataclass(frozen=True, slots=True)
class StateChange:
    """One line of an event's history; ``viewer`` is None where the worker or a clerk did it."""

    at: datetime
    state: str
    viewer: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class FineSource:
    """Where the amount of a fine comes from, and whether a lawyer has confirmed it."""

    confirmed: bool
    source: str


@dataclass(frozen=True, slots=True)
class ViolationCase:
    """One violation with its numbers, evidence, history and the source of its fine."""

    row: ViolationRow
    facts: dict[str, Any]
    evidence: tuple[EvidenceRecord, ...]
    history: tuple[StateChange, ...]
    fine_source: FineSource | None


_NAMED = (("camera", Camera), ("site", Site), ("district", District))


def _row_statement() -> Select[Any]:
    names = [
        column.label(f"{prefix}_{language}")
        for prefix, table in _NAMED
        for language, column in (
            ("ru", table.name_ru),
            ("kk", table.name_kk),
            ("en", table.name_en),
        )
    ]
    plain = (Event.id, Event.started_at, Event.ended_at, Event.kind, Event.state, Event.confidence)
    money = (Violation.article, Violation.mci_count, Violation.mci_tenge, Violation.fine_tenge)
    course = (
        Violation.reviewed_at,
        Violation.issued_at,
        Violation.paid_at,
        Violation.paid_tenge,
        Violation.contested_at,
        Violation.cancelled_at,
    )
    return (
        select(*plain, Event.plate, Event.camera_id, Camera.code.label("camera_code"), *names)
        .add_columns(*money, *course)
        .join(Violation, Violation.event_id == Event.id)
        .join(District, District.id == Event.district_id)
        .outerjoin(Camera, Camera.id == Event.camera_id)
        .outerjoin(Site, Site.id == Event.site_id)
    )


def _row(found: Row[Any]) -> ViolationRow:
    fields = dict(found._mapping)
    for prefix, _table in _NAMED:
        ru, kk, en = (fields.pop(f"{prefix}_{language}") for language in ("ru", "kk", "en"))
        fields[prefix] = Names(ru, kk, en) if ru is not None else None
    return ViolationRow(**fields)


def _rows(tx: Transaction, found: tuple[EventKey, ...]) -> tuple[ViolationRow, ...]:
    """The rows of ``found`` in its order."""
    if not found:
        return ()
    starts = [key.started_at for key in found]
    ids = literal([key.id for key in found], ARRAY(Uuid))
    # One array costs the planner nothing; the span of their starts leaves few months to look in.
    statement = _row_statement().where(
        Event.id == any_(ids), Event.started_at.between(min(starts), max(starts))
    )
    rows = {row.id: _row(row) for row in tx.execute(statement)}
    return tuple(rows[key.id] for key in found if key.id in rows)


def page(
    tx: Transaction,
    selection: EventSelection,
    order: Order = Order.NEWEST,
    cursor: Cursor | None = None,
    size: int = 50,
) -> ViolationPage:
    """One page of violations, with the cursors of the pages before and after it."""
    found = keys(tx, selection, order, cursor, size)
    first = found.keys[0].cursor(backward=True) if found.keys and found.earlier else None
    last = found.keys[-1].cursor(backward=False) if found.keys and found.later else None
    return ViolationPage(_rows(tx, found.keys), first, last)


def every(
    tx: Transaction, selection: EventSelection, order: Order, limit: int, size: int = 1000
) -> Iterator[ViolationRow]:
    """Up to ``limit`` violations in their order, read page by page (for files)."""
    cursor: Cursor | None = None
    while limit > 0:
        found = page(tx, selection, order, cursor, min(size, limit))
        yield from found.rows
        limit -= len(found.rows)
        cursor = found.next
        if cursor is None:
            return


def counts(tx: Transaction, selection: EventSelection) -> ViolationCounts:
    """What has become of the selection; the states it names do not narrow the counts."""
    statement = (
        select(Event.state, func.count().label("all"))
        .add_columns(func.min(Event.started_at).label("oldest_at"))
        .add_columns(func.count(Violation.issued_at).label("issued"))
        .add_columns(func.count(Violation.contested_at).label("contested"))
        .add_columns(func.count(Violation.cancelled_at).label("cancelled"))
        .add_columns(func.count(Violation.paid_at).label("paid"))
        .join(Violation, Violation.event_id == Event.id)
        .where(*conditions(without_states(selection)))
        .where(Violation.event_started_at >= selection.from_at)
        .where(Violation.event_started_at < selection.until_at)
        .group_by(Event.state)
    )
    rows = tx.execute(statement).all()
    return ViolationCounts(
        by_state={row.state: row.all for row in rows},
        oldest_waiting_at=next((row.oldest_at for row in rows if row.state == "detected"), None),
        issued=sum(row.issued for row in rows),
        contested=sum(row.contested for row in rows),
        cancelled=sum(row.cancelled for row in rows),
        paid=sum(row.paid for row in rows),
    )


def case(tx: Transaction, event_id: UUID, started_at: datetime) -> ViolationCase | None:
    """One violation with all that belongs to it, or None where the viewer cannot see it."""
    here = (Event.id == event_id, Event.started_at == started_at)
    found = tx.execute(_row_statement().where(*here)).one_or_none()
    if found is None:
        return None
    row = _row(found)
    facts = tx.execute(select(Event.facts).where(*here)).scalar_one()
    return ViolationCase(row, facts, _evidence(tx, row), _history(tx, row), _fine_source(tx, row))


def _evidence(tx: Transaction, row: ViolationRow) -> tuple[EvidenceRecord, ...]:
    columns = (
        Evidence.id,
        Evidence.kind,
        Evidence.path,
        Evidence.sha256,
        Evidence.size_bytes,
        Evidence.mime,
        Evidence.captured_at,
    )
    statement = select(*columns).where(Evidence.event_id == row.id)
    return tuple(
        EvidenceRecord(**found._mapping)
        for found in tx.execute(statement.order_by(Evidence.captured_at, Evidence.id))
    )


def _history(tx: Transaction, row: ViolationRow) -> tuple[StateChange, ...]:
    statement = (
        select(EventState.at, EventState.state, Viewer.name.label("viewer"), EventState.reason)
        .outerjoin(Viewer, Viewer.id == EventState.viewer_id)
        .where(EventState.event_id == row.id)
        .order_by(EventState.at, EventState.id)
    )
    return tuple(StateChange(**found._mapping) for found in tx.execute(statement))


def _fine_source(tx: Transaction, row: ViolationRow) -> FineSource | None:
    day = row.started_at.astimezone(LOCAL_ZONE).date()
    statement = (
        select(Fine.confirmed, Fine.source)
        .where(Fine.kind == row.kind, Fine.article == row.article)
        .where(Fine.mci_count == row.mci_count, Fine.valid_from <= day)
        .where(or_(Fine.valid_to.is_(None), Fine.valid_to > day))
        .order_by(Fine.valid_from.desc())
        .limit(1)
    )
    found = tx.execute(statement).one_or_none()
    return None if found is None else FineSource(found.confirmed, found.source)
