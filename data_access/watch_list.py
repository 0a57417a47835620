"""The watch list: plates that are looked for, with who added them, why and until when.

Nothing is deleted from it: what is removed says by whom, and both are in the audit log.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, insert, or_, select, update

from data_access import audit
from data_access.database import Transaction
from data_access.domain.people import Role, Viewer
from data_access.domain.plates import ListedPlate, fragment
from data_access.domain.words import N_
from data_access.errors import NotPermitted, RowRefused
from data_access.tables.people import Viewer as ViewerRow
from data_access.tables.people import WatchListed

KEEPERS = frozenset({Role.OPERATOR, Role.CHIEF, Role.ADMINISTRATOR})
"""Who may say whom the city looks for; the database lets only those who see all of it."""

SHORTEST_PLATE, LONGEST_PLATE = 4, 12
SHORTEST_REASON = 8
"""Shorter than this nobody can say why they look for a person's car."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the list as people see it."""

    id: int
    plate: str
    reason: str
    added_by: str
    added_at: datetime
    until_at: datetime


def add(
    tx: Transaction, viewer: Viewer, typed: str, reason: str, until_at: datetime, now: datetime
) -> int:
    """Look for a plate until ``until_at``; the number of the entry.

    Raises ``RowRefused`` for what is no plate, no reason or no time to come, and
    ``NotPermitted`` by role and scope, as ``remove`` does.
    """
    _check_role(viewer)
    plate, why = fragment(typed), reason.strip()
    _check(typed, plate, why, until_at, now)
    number = tx.scalars(
        insert(WatchListed)
        .values(plate=plate, reason=why, added_by=viewer.id, added_at=now, until_at=until_at)
        .returning(WatchListed.id)
    ).one()
    detail = {"reason": why, "until": until_at.isoformat()}
    audit.record(tx, viewer, "watch_list.add", f"plate {plate}", detail)
    return int(number)


def remove(tx: Transaction, viewer: Viewer, number: int, now: datetime) -> None:
    """Look for it no more. Raises ``RowRefused`` where there is no such entry."""
    _check_role(viewer)
    statement = (
        update(WatchListed)
        .where(WatchListed.id == number, WatchListed.removed_at.is_(None))
        .values(removed_by=viewer.id, removed_at=now)
        .returning(WatchListed.plate)
    )
    plate = tx.scalar(statement)
    if plate is None:
        raise RowRefused(N_("There is no entry {number} in the watch list."), number=number)
    audit.record(tx, viewer, "watch_list.remove", f"plate {plate}")


def entries(tx: Transaction, now: datetime) -> list[Entry]:
    """What is looked for now, the newest first."""
    statement = (
        select(
            WatchListed.id,
            WatchListed.plate,
            WatchListed.reason,
            ViewerRow.name,
            WatchListed.added_at,
            WatchListed.until_at,
        )
        .join(ViewerRow, ViewerRow.id == WatchListed.added_by)
        .where(*_current(now))
        .order_by(WatchListed.added_at.desc(), WatchListed.id.desc())
    )
    return [Entry(*row) for row in tx.execute(statement)]


def listed(tx: Transaction, now: datetime) -> Sequence[ListedPlate]:
    """What the worker looks for now."""
    statement = select(WatchListed.plate, WatchListed.reason).where(*_current(now))
    return [ListedPlate(*row) for row in tx.execute(statement.order_by(WatchListed.id))]


def _current(now: datetime) -> tuple[ColumnElement[bool], ...]:
    ends = or_(WatchListed.removed_at.is_(None), WatchListed.removed_at > now)
    return (WatchListed.until_at > now, ends)


def _check_role(viewer: Viewer) -> None:
    if viewer.role not in KEEPERS:
        raise NotPermitted(N_("Your role may not change the watch list."))


def _check(typed: str, plate: str, why: str, until_at: datetime, now: datetime) -> None:
    if not SHORTEST_PLATE <= len(plate) <= LONGEST_PLATE:
        raise RowRefused(
            N_("“{typed}” is no plate: write its letters and digits, like 123 ABC 02."),
            typed=typed,
        )
    if len(why) < SHORTEST_REASON:
        raise RowRefused(N_("Write why plate {plate} is looked for, in a few words."), plate=plate)
    if until_at <= now:
        raise RowRefused(N_("The search for plate {plate} would be over already."), plate=plate)
