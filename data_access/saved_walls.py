"""Walls of live pictures that viewers keep by name; each sees their own alone."""

from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from data_access.database import Transaction
from data_access.domain.words import N_
from data_access.errors import RowRefused
from data_access.tables.people import SavedWall

Address = dict[str, Any]
"""A wall as it stands in the page's address: tiles, order, district, filter."""

MOST = 24
LONGEST = 40
"""Walls of a viewer, and characters of a name, that a list above the tiles can show."""


def saved_walls(tx: Transaction) -> dict[str, Address]:
    """The walls of the transaction's viewer by name, in the order of the names."""
    rows = tx.execute(select(SavedWall.name, SavedWall.address).order_by(SavedWall.name))
    return {row.name: dict(row.address) for row in rows}


def save(tx: Transaction, viewer_id: int, name: str, address: Address) -> None:
    """Keep a wall, in the place of another of this name.

    Raises ``RowRefused`` for an empty or too long name, and for one wall too many.
    """
    words = " ".join(name.split())
    if not words or len(words) > LONGEST or not words.isprintable():
        raise RowRefused(
            N_("A wall needs a name of 1 to {longest} characters. Choose another."),
            longest=LONGEST,
        )
    others = select(func.count()).select_from(SavedWall).where(SavedWall.name != words)
    if (tx.scalar(others) or 0) >= MOST:
        raise RowRefused(N_("You have {most} saved walls. Delete one to save another."), most=MOST)
    row = insert(SavedWall).values(viewer_id=viewer_id, name=words, address=address)
    key = [SavedWall.viewer_id, SavedWall.name]
    tx.execute(
        row.on_conflict_do_update(index_elements=key, set_={"address": row.excluded.address})
    )


def forget(tx: Transaction, name: str) -> None:
    """Delete one of the viewer's walls; nothing happens where it is gone."""
    tx.execute(delete(SavedWall).where(SavedWall.name == name))
