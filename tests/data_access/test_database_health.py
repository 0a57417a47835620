from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from data_access import database_health
from data_access.database import Database
from data_access.database_health import PartitionedTable
from data_access.domain.people import Scope
from data_access.tables.people import Worker
from tests.small_city import SmallCity
from tests.support.sum_rows import put_day
from tests.support.violation_rows import NOON, put_violation

ALL = Scope(1, None)


def test_tables_kept_by_months_say_up_to_which_day_they_are_made(app_database: Database) -> None:
    today = datetime.now(UTC).date()
    with app_database.as_viewer(ALL) as tx:
        tables = database_health.partitioned_tables(tx)
        size_bytes = database_health.database_bytes(tx)
    assert [table.name for table in tables] == ["events", "plate_reads", "traffic_counts"]
    for table in tables:
        assert table.until is not None
        assert table.until > today
        assert table.partitions >= 12
        assert 0 < table.size_bytes < size_bytes


def test_days_ahead_are_counted_to_the_end_of_the_last_month() -> None:
    now = datetime(2026, 11, 20, 23, tzinfo=UTC)
    assert database_health.days_ahead(PartitionedTable("x", 1, 1, date(2026, 12, 1)), now) == 11
    assert database_health.days_ahead(PartitionedTable("x", 1, 1, None), now) is None


def test_each_figure_says_how_fresh_it_is(
    owner: Database, app_database: Database, small_city: SmallCity
) -> None:
    with app_database.as_viewer(ALL) as tx:
        empty = database_health.freshness(tx, NOON)
    assert empty == database_health.Freshness(None, None, None, None, None, None)
    with owner.as_owner() as tx:
        row = {"name": "main", "detector": "motion", "started_at": NOON, "updated_at": NOON}
        tx.execute(insert(Worker), row)
        put_violation(tx, at=NOON - timedelta(minutes=2))
        put_violation(tx, at=NOON - timedelta(minutes=9))
        put_day(tx, NOON.date(), 2)
    with app_database.as_viewer(ALL) as tx:
        fresh = database_health.freshness(tx, NOON)
    assert fresh.worker_at == NOON
    assert fresh.event_at == NOON - timedelta(minutes=2)
    assert fresh.events_day == NOON.date()
    assert fresh.camera_hours_day is None


def test_a_folder_that_is_not_there_has_no_disk(tmp_path: Path) -> None:
    space = database_health.disk_space(tmp_path)
    assert space is not None
    assert 0 < space.free_bytes <= space.total_bytes
    assert database_health.disk_space(tmp_path / "not yet made") is not None
    assert database_health.disk_space(tmp_path / "missing" / "media") is None
