"""Monthly partitions of the time-ordered tables, made ahead of time.

Each of these tables has a default partition, so that no row is ever lost: a row whose month
has no partition (a camera with a clock in another year) is kept there and read as any other.
"""

from datetime import date, timedelta

from sqlalchemy import text

from data_access.database import Transaction

PARTITIONED = ("events", "plate_reads", "traffic_counts")
"""The tables with one partition a month (of UTC)."""

AHEAD = timedelta(days=92)
"""How far ahead the worker makes partitions: a worker off for a quarter loses nothing."""


def make_partitions(tx: Transaction, until: date, since: date | None = None) -> int:
    """Make the missing months from ``since`` (a year before today) to ``until``; how many.

    The owner and the worker may call it, as often as they like. A month that already has
    rows in the default partition is left there. More than ten years are refused.
    """
    made = tx.scalar(
        text("SELECT qala_make_partitions(:until, :since)"), {"until": until, "since": since}
    )
    return int(made or 0)
