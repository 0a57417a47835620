"""The whole schedule of fines and the monthly index at once, for pricing many violations."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from data_access.database import Transaction
from data_access.fines import MOST_MCI
from data_access.tables.responses import Fine, MonthlyIndex


@dataclass(frozen=True, slots=True)
class FineRow:
    """One row of the schedule: bounds from below belong to it, bounds from above do not."""

    kind: str
    article: str
    mci_count: Decimal
    over_from_kmh: int | None
    over_to_kmh: int | None
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One MCI (МРП) in tenge from a day on."""

    valid_from: date
    tenge: int


@dataclass(frozen=True, slots=True)
class FineSchedule:
    """All rows, both lists in the order of their dates."""

    rows: tuple[FineRow, ...]
    index: tuple[IndexRow, ...]


def fine_schedule(tx: Transaction) -> FineSchedule:
    """What every kind of violation costs on every day."""
    columns = [getattr(Fine, name) for name in FineRow.__dataclass_fields__]
    priced = select(*columns).where(Fine.mci_count <= MOST_MCI)
    rows = tx.execute(priced.order_by(Fine.valid_from, Fine.id))
    index = tx.execute(
        select(MonthlyIndex.valid_from, MonthlyIndex.tenge).order_by(MonthlyIndex.valid_from)
    )
    return FineSchedule(
        tuple(FineRow(**row._mapping) for row in rows), tuple(IndexRow(*row) for row in index)
    )
