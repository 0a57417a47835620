"""Which of some cameras a scope sees: the question of every live picture."""

from sqlalchemy import select

from data_access.database import Transaction
from data_access.tables.places import Camera

BIGGEST = 2**63
"""No row has this number or a bigger one; PostgreSQL would refuse the question."""


def visible_cameras(tx: Transaction, ids: frozenset[int]) -> frozenset[int]:
    """Those of ``ids`` that exist and lie in the transaction's scope."""
    possible = {number for number in ids if number < BIGGEST}
    if not possible:
        return frozenset()
    return frozenset(tx.scalars(select(Camera.id).where(Camera.id.in_(possible))))
