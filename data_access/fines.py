"""What a violation costs: the schedule of fines and the monthly index, both with their dates.

They are rows that the administrator edits; the starting rows wait for the operator's lawyer.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import ColumnElement, or_, select

from data_access.database import Transaction
from data_access.domain.local_time import LOCAL_ZONE
from data_access.tables.responses import Fine, MonthlyIndex

HALF_WITHIN = timedelta(days=7)
"""Half is paid if it is paid within seven days of the order (FACTS: Fines)."""

MOST_MCI = Decimal("999999.99")
"""What the column can hold; NaN, which it holds too, is greater than that and prices nothing."""


@dataclass(frozen=True, slots=True)
class FineAmount:
    """The fine for one violation; ``confirmed`` once the operator's lawyer has confirmed it."""

    article: str
    mci_count: Decimal
    mci_tenge: int
    tenge: int
    confirmed: bool
    source: str


def fine(tx: Transaction, kind: str, day: date, over_kmh: float | None = None) -> FineAmount | None:
    """The fine for a violation of ``kind`` on the local ``day``; None if none was in force.

    ``over_kmh`` is how much over the limit it was; a row's lower bound belongs to it, its
    upper one does not.
    """
    tenge = monthly_index(tx, day)
    row = tx.execute(
        select(Fine.article, Fine.mci_count, Fine.confirmed, Fine.source)
        .where(Fine.kind == kind, Fine.mci_count <= MOST_MCI, *_in_force(day), *_at_speed(over_kmh))
        .order_by(Fine.valid_from.desc())
        .limit(1)
    ).one_or_none()
    if row is None or tenge is None:
        return None
    whole = int((row.mci_count * tenge).quantize(Decimal(1), ROUND_HALF_UP))
    return FineAmount(row.article, row.mci_count, tenge, whole, row.confirmed, row.source)


def monthly_index(tx: Transaction, day: date) -> int | None:
    """One MCI (МРП) in tenge on a day; None before the first row."""
    return tx.scalar(
        select(MonthlyIndex.tenge)
        .where(MonthlyIndex.valid_from <= day)
        .order_by(MonthlyIndex.valid_from.desc())
        .limit(1)
    )


def to_pay_tenge(whole_tenge: int, issued_at: datetime, paid_at: datetime) -> int:
    """What is to be paid on the day of ``paid_at``: half within seven days, rounded up.

    Days are local: an order of Monday evening costs half until the end of next Monday.
    """
    issued_on = issued_at.astimezone(LOCAL_ZONE).date()
    paid_on = paid_at.astimezone(LOCAL_ZONE).date()
    return (whole_tenge + 1) // 2 if paid_on - issued_on <= HALF_WITHIN else whole_tenge


def _in_force(day: date) -> tuple[ColumnElement[bool], ...]:
    return (Fine.valid_from <= day, or_(Fine.valid_to.is_(None), Fine.valid_to > day))


def _at_speed(over_kmh: float | None) -> tuple[ColumnElement[bool], ...]:
    if over_kmh is None:
        return (Fine.over_from_kmh.is_(None), Fine.over_to_kmh.is_(None))
    return (
        or_(Fine.over_from_kmh.is_(None), Fine.over_from_kmh <= over_kmh),
        or_(Fine.over_to_kmh.is_(None), Fine.over_to_kmh > over_kmh),
    )
