"""Which of some cameras a scope sees: the question of every live picture."""

from sqlalchemy import select

from data_access.database import Transaction
from data_access.tables.places import Camera


def visible_cameras(tx: Transaction, ids: frozenset[int]) -> frozenset[int]:
    """Those of ``ids`` that exist and lie in the transaction's scope."""
    if not ids:
        return frozenset()
    return frozenset(tx.scalars(select(Camera.id).where(Camera.id.in_(ids))))
