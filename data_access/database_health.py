"""The health of what lies under the screens: partitions, sizes, free space, freshness."""

import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import func, select, text

from data_access.database import Transaction
from data_access.tables.feeds import FeedStatus
from data_access.tables.happenings import Event
from data_access.tables.people import Worker
from data_access.tables.sums import CameraHoursDaily, EventsDaily, TrafficHourly

_PARTITIONS = text(
    """
    SELECT parent.relname AS parent,
           count(*) AS partitions,
           sum(pg_total_relation_size(child.oid)) AS size_bytes,
           max(substring(pg_get_expr(child.relpartbound, child.oid)
               FROM $$TO \\('(\\d{4}-\\d{2}-\\d{2})$$)) AS until
    FROM pg_inherits
    JOIN pg_class parent ON parent.oid = inhparent AND parent.relkind = 'p'
    JOIN pg_class child ON child.oid = inhrelid
    GROUP BY parent.relname
    ORDER BY parent.relname
    """
)


@dataclass(frozen=True, slots=True)
class PartitionedTable:
    """A table by months: how many there are, how large, and up to which day they are made."""

    name: str
    partitions: int
    size_bytes: int
    until: date | None


@dataclass(frozen=True, slots=True)
class Freshness:
    """The newest of each figure that screens show, aware UTC; None where there is none yet."""

    worker_at: datetime | None
    feeds_at: datetime | None
    event_at: datetime | None
    traffic_at: datetime | None
    events_day: date | None
    camera_hours_day: date | None


@dataclass(frozen=True, slots=True)
class DiskSpace:
    """The disk that a folder lies on."""

    free_bytes: int
    total_bytes: int


def partitioned_tables(tx: Transaction) -> list[PartitionedTable]:
    """The tables that are kept by months."""
    return [
        PartitionedTable(
            row.parent,
            row.partitions,
            int(row.size_bytes),
            date.fromisoformat(row.until) if row.until else None,
        )
        for row in tx.execute(_PARTITIONS)
    ]


def database_bytes(tx: Transaction) -> int:
    """How large the whole database is."""
    size = tx.execute(select(func.pg_database_size(func.current_database()))).scalar_one()
    return int(size)


def freshness(tx: Transaction, now: datetime) -> Freshness:
    """The newest moment of each figure; each is one look at the end of an index."""
    newest = select(Event.written_at).where(Event.started_at <= now)
    return Freshness(
        worker_at=tx.execute(select(func.max(Worker.updated_at))).scalar_one(),
        feeds_at=tx.execute(select(func.max(FeedStatus.updated_at))).scalar_one(),
        event_at=tx.execute(newest.order_by(Event.started_at.desc()).limit(1)).scalar_one_or_none(),
        traffic_at=tx.execute(select(func.max(TrafficHourly.hour_at))).scalar_one(),
        events_day=tx.execute(select(func.max(EventsDaily.day))).scalar_one(),
        camera_hours_day=tx.execute(select(func.max(CameraHoursDaily.day))).scalar_one(),
    )


def disk_space(folder: Path) -> DiskSpace | None:
    """The disk of ``folder``, or None where neither it nor the folder around it is here.

    Before the first file of evidence there is no media folder yet, only its place.
    """
    try:
        usage = shutil.disk_usage(folder if folder.exists() else folder.parent)
    except OSError:
        return None
    return DiskSpace(usage.free, usage.total)


def days_ahead(table: PartitionedTable, now: datetime) -> int | None:
    """For how many days from now ``table`` has partitions; None where it has none with an end."""
    return None if table.until is None else (table.until - now.astimezone(UTC).date()).days
