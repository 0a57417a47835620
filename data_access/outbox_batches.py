"""Batches from a worker's outbox: each item is written once, whatever crashes in between.

How far an outbox has been written stands in ``outboxes`` and moves on in the transaction that
writes its items. A worker that dies after the commit and before it has forgotten the items
offers them again; they are at or below the mark and are passed over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from data_access import calls, events, plates, sos, traffic, units
from data_access.database import Transaction
from data_access.domain.events import EventRecord, TrafficCount
from data_access.domain.intake import Call, SosPress, UnitPosition
from data_access.domain.plates import PlateRead
from data_access.errors import RowRefused

Item = EventRecord | TrafficCount | PlateRead | SosPress | Call | UnitPosition


class Numbered(Protocol):
    """An item with its number in the outbox; numbers grow."""

    @property
    def number(self) -> int:
        """The place in the outbox."""
        ...

    @property
    def item(self) -> Item:
        """What is to be written."""
        ...


N = TypeVar("N", bound=Numbered)


@dataclass(frozen=True, slots=True)
class Refused(Generic[N]):
    """An item that the database can never take, and why."""

    numbered: N
    reason: str


_MARK = text(
    "INSERT INTO outboxes (id, applied, updated_at) VALUES (:id, 0, :now)"
    " ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at RETURNING applied"
)
_MOVE_MARK = text("UPDATE outboxes SET applied = :applied WHERE id = :id")

_ITEMS_FAULT = ("22", "23")
"""SQLSTATE classes that an item itself is to blame for: its values, or what it refers to."""


def write_batch(
    tx: Transaction, outbox: UUID, items: Sequence[N], now: datetime
) -> list[Refused[N]]:
    """Write ``items``, oldest first, those that are not written yet; returns the refused ones.

    One bad item costs its neighbours nothing: the batch is halved until it stands alone.
    """
    applied = tx.execute(_MARK, {"id": outbox, "now": now}).scalar_one()
    fresh = [item for item in items if item.number > applied]
    if not fresh:
        return []
    refused = _write_or_halve(tx, fresh, now)
    tx.execute(_MOVE_MARK, {"id": outbox, "applied": fresh[-1].number})
    return refused


def _write_or_halve(tx: Transaction, items: Sequence[N], now: datetime) -> list[Refused[N]]:
    reason = _write(tx, items, now)
    if reason is None:
        return []
    if len(items) == 1:
        return [Refused(items[0], reason)]
    middle = len(items) // 2
    return _write_or_halve(tx, items[:middle], now) + _write_or_halve(tx, items[middle:], now)


def _write(tx: Transaction, items: Sequence[Numbered], now: datetime) -> str | None:
    """Write all or nothing; why nothing, where that is the fault of an item."""
    try:
        with tx.begin_nested():
            _write_each_kind(tx, [numbered.item for numbered in items], now)
    except RowRefused as refusal:
        return str(refusal)
    except DBAPIError as error:
        state = str(getattr(error.orig, "sqlstate", None) or "")
        if not state.startswith(_ITEMS_FAULT):
            raise
        return str(error.orig).strip()
    return None


def _write_each_kind(tx: Transaction, items: Sequence[Item], now: datetime) -> None:
    events.write(tx, [item for item in items if isinstance(item, EventRecord)], now)
    traffic.add(tx, [item for item in items if isinstance(item, TrafficCount)])
    plates.write(tx, [item for item in items if isinstance(item, PlateRead)])
    for item in items:
        match item:
            case SosPress():
                sos.press(tx, item, now)
            case Call():
                calls.add(tx, item, now)
            case UnitPosition():
                units.move(tx, item)
