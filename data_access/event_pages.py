"""Pages of events by keyset: a page costs the same however deep it lies.

A page is found from the key of the last row that was seen (``started_at``, ``id``, and before
them the column that the order is by), never by counting rows that are skipped. Rows that arrive
meanwhile cannot push a row onto the next page or off it.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Row,
    Select,
    Text,
    any_,
    cast,
    func,
    or_,
    select,
    tuple_,
)

from data_access.database import Transaction
from data_access.domain.events import Response
from data_access.domain.words import N_
from data_access.plates import MOST_FOUND, is_searchable
from data_access.tables.happenings import Event
from data_access.tables.responses import Violation

BESIDE = timedelta(days=1)
"""A plate may have been read so long before or after the event that it belongs to."""


@dataclass(frozen=True, slots=True)
class EventSelection:
    """Which events: those that started in [from_at, until_at), narrowed by what is given.

    Empty values do not narrow. ``site_ids`` and ``camera_ids`` widen each other: an event of
    any of them is meant. ``plate`` is a fragment of upper-case letters and digits.
    """

    from_at: datetime
    until_at: datetime
    response: Response | None = None
    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    district_ids: tuple[int, ...] = ()
    site_ids: tuple[int, ...] = ()
    camera_ids: tuple[int, ...] = ()
    plate: str = ""
    confidence_from: float = 0.0


class Order(StrEnum):
    """What comes first."""

    NEWEST = "newest"
    OLDEST = "oldest"
    LEAST_SURE = "least_sure"
    LARGEST_FINE = "largest_fine"


ORDER_NAMES: dict[Order, str] = {
    Order.NEWEST: N_("Newest first"),
    Order.OLDEST: N_("Oldest first"),
    Order.LEAST_SURE: N_("Least certain first"),
    Order.LARGEST_FINE: N_("Largest fine first"),
}


@dataclass(frozen=True, slots=True)
class Cursor:
    """The row that a page begins after, or ends before when it goes ``backward``.

    ``value`` is that row's number in the column the order is by; time orders have none.
    """

    started_at: datetime
    id: UUID
    value: float | None = None
    backward: bool = False

    def __str__(self) -> str:
        """The cursor as it stands in an address."""
        value = "" if self.value is None else repr(self.value)
        direction = "before" if self.backward else "after"
        return "~".join((direction, self.started_at.isoformat(), str(self.id), value))

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The cursor of an address, or None where ``text`` is not one."""
        try:
            direction, started_at, number, value = text.split("~")
            at = datetime.fromisoformat(started_at)
            key = cls(at, UUID(number), float(value) if value else None, direction == "before")
        except ValueError:
            return None
        return key if at.tzinfo is not None and direction in ("before", "after") else None


@dataclass(frozen=True, slots=True)
class EventKey:
    """Where one event lies in an order."""

    id: UUID
    started_at: datetime
    value: float | None

    def cursor(self, *, backward: bool) -> Cursor:
        """The page after this event, or before it."""
        return Cursor(self.started_at, self.id, self.value, backward)


@dataclass(frozen=True, slots=True)
class KeyPage:
    """The keys of one page, in its order, and whether there is more on either side."""

    keys: tuple[EventKey, ...]
    earlier: bool
    later: bool


def conditions(selection: EventSelection) -> list[ColumnElement[bool]]:
    """The conditions on events that ``selection`` stands for; the period prunes partitions."""
    found = [Event.started_at >= selection.from_at, Event.started_at < selection.until_at]
    if selection.response:
        found.append(Event.response == str(selection.response))
    for column, values in (
        (Event.kind, selection.kinds),
        (Event.state, selection.states),
        (Event.district_id, selection.district_ids),
    ):
        if values:
            found.append(column.in_(values))
    places = ((Event.site_id, selection.site_ids), (Event.camera_id, selection.camera_ids))
    if any(numbers for _column, numbers in places):
        found.append(or_(*(column.in_(numbers) for column, numbers in places if numbers)))
    if selection.plate:
        found.append(_plate_condition(selection))
    if selection.confidence_from > 0:
        found.append(Event.confidence >= selection.confidence_from)
    return found


def _plate_condition(selection: EventSelection) -> ColumnElement[bool]:
    """Plates that hold the signs, and those that do but for one wrong sign.

    The cast keeps ANY from taking the subselect for a list of rows; it is evaluated once.
    """
    bare = func.replace(Event.plate, " ", "")
    exact = bare.contains(selection.plate, autoescape=True)
    if not is_searchable(selection.plate):
        return exact
    near = select(
        func.qala_plates_near(
            selection.plate, selection.from_at - BESIDE, selection.until_at + BESIDE, MOST_FOUND
        )
    )
    return or_(exact, Event.plate == any_(cast(near.scalar_subquery(), ARRAY(Text))))


FINE = func.coalesce(Violation.fine_tenge, 0)

_COLUMNS: dict[Order, tuple[ColumnElement[Any] | None, bool]] = {
    Order.NEWEST: (None, True),
    Order.OLDEST: (None, False),
    Order.LEAST_SURE: (Event.confidence, False),  # type: ignore[dict-item]
    Order.LARGEST_FINE: (FINE, True),
}
"""By what, and whether downwards."""


def key_statement(
    selection: EventSelection, order: Order, cursor: Cursor | None, limit: int
) -> Select[Any]:
    """The keys of ``limit`` events from ``cursor`` on; backward pages come in reverse."""
    value, downwards = _COLUMNS[order]
    place: list[Any] = [Event.started_at, Event.id]
    columns: list[Any] = [Event.id, Event.started_at]
    marks: list[Any] = [] if cursor is None else [cursor.started_at, cursor.id]
    if value is not None:
        columns.append(value.label("value"))
        place.insert(0, value)
        marks[:0] = [] if cursor is None else [cursor.value or 0.0]
    statement: Select[Any] = select(*columns)
    if order is Order.LARGEST_FINE:
        statement = statement.outerjoin(Violation, Violation.event_id == Event.id)
    falling = downwards != (cursor is not None and cursor.backward)
    if marks:
        here, there = tuple_(*place), tuple_(*marks)
        statement = statement.where(here < there if falling else here > there)
    return (
        statement.where(*conditions(selection))
        .order_by(*(key.desc() if falling else key.asc() for key in place))
        .limit(limit)
    )


def _key(row: Row[Any]) -> EventKey:
    value = row._mapping.get("value")
    return EventKey(row.id, row.started_at, None if value is None else float(value))


def keys(
    tx: Transaction,
    selection: EventSelection,
    order: Order = Order.NEWEST,
    cursor: Cursor | None = None,
    size: int = 50,
) -> KeyPage:
    """One page of keys; a backward page that would be short becomes the first page."""
    rows = tx.execute(key_statement(selection, order, cursor, size + 1)).all()
    more = len(rows) > size
    found = tuple(_key(row) for row in rows[:size])
    if cursor is None or not cursor.backward:
        return KeyPage(found, earlier=cursor is not None, later=more)
    if not more:
        return keys(tx, selection, order, None, size)
    return KeyPage(found[::-1], earlier=True, later=True)


def newer(tx: Transaction, selection: EventSelection, than: EventKey, limit: int = 100) -> int:
    """How many events of ``selection`` started after ``than``, counted up to ``limit``."""
    later = tuple_(Event.started_at, Event.id) > tuple_(than.started_at, than.id)
    found = select(Event.id).where(*conditions(selection), later).limit(limit).subquery()
    return int(tx.execute(select(func.count()).select_from(found)).scalar_one())


def without_states(selection: EventSelection) -> EventSelection:
    """The same events whatever has become of them."""
    return replace(selection, states=())
