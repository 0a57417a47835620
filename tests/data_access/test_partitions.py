"""Monthly partitions: made ahead, made once, and no row without a place."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from sqlalchemy import insert, text

from data_access.database import Database, Transaction
from data_access.errors import DatabaseError, NotPermitted
from data_access.partitions import PARTITIONED, make_partitions
from data_access.tables.happenings import PlateRead
from tests.small_city import WEST, SmallCity

FAR = date(2031, 3, 1)


def read_plate(tx: Transaction, at: datetime) -> str:
    """A plate read at that moment; the partition it came to lie in."""
    row = {"id": uuid4(), "read_at": at, "camera_id": 1, "district_id": WEST, "plate": "777AAA02"}
    tx.execute(insert(PlateRead).values(**row, confidence=0.9))
    query = text("SELECT tableoid::regclass::text FROM plate_reads WHERE id = :id")
    return str(tx.scalar(query, {"id": row["id"]}))


def test_the_worker_makes_months_ahead_and_only_once(worker_database: Database) -> None:
    with worker_database.as_worker() as tx:
        made = make_partitions(tx, FAR, since=date(2031, 1, 15))
        again = make_partitions(tx, FAR, since=date(2031, 1, 15))
    assert (made, again) == (3 * len(PARTITIONED), 0)


def test_a_month_begins_at_midnight_of_utc(owner: Database, small_city: SmallCity) -> None:
    with owner.as_owner() as tx:
        tx.execute(text("SET LOCAL TIME ZONE 'Asia/Almaty'"))
        make_partitions(tx, FAR, since=date(2031, 2, 1))
        last = read_plate(tx, datetime(2031, 2, 28, 23, 59, 59, tzinfo=UTC))
        first = read_plate(tx, datetime(2031, 3, 1, tzinfo=UTC))
    assert (last, first) == ("plate_reads_2031_02", "plate_reads_2031_03")


def test_a_row_outside_all_months_is_kept_and_its_month_stays_there(
    worker_database: Database, owner: Database, small_city: SmallCity
) -> None:
    stray = datetime(2031, 2, 10, tzinfo=UTC)
    with owner.as_owner() as tx:
        assert read_plate(tx, stray) == "plate_reads_default"
    with worker_database.as_worker() as tx:
        made = make_partitions(tx, FAR, since=date(2031, 1, 1))
    with owner.as_owner() as tx:
        assert made == 3 * len(PARTITIONED) - 1
        assert read_plate(tx, stray) == "plate_reads_default"
        assert tx.scalar(text("SELECT count(*) FROM plate_reads")) == 2


@pytest.mark.parametrize("until", [date(2060, 1, 1), date(1999, 1, 1)])
def test_no_more_than_ten_years_are_made_at_once(worker_database: Database, until: date) -> None:
    with pytest.raises(DatabaseError, match="ten years at most"), worker_database.as_worker() as tx:
        make_partitions(tx, until)


def test_the_app_makes_no_partitions(app_database: Database, small_city: SmallCity) -> None:
    scope = next(iter(small_city.viewers.values())).scope
    with pytest.raises(NotPermitted), app_database.as_viewer(scope) as tx:
        make_partitions(tx, FAR)


def test_the_function_cannot_be_led_astray_by_a_search_path(
    worker_database: Database, owner: Database
) -> None:
    with owner.as_owner() as tx:
        tx.execute(text("CREATE SCHEMA evil"))
        tx.execute(text("GRANT USAGE ON SCHEMA evil TO qala_worker"))
        evil = "CREATE FUNCTION evil.to_char(date, text) RETURNS text RETURN '; DROP TABLE events'"
        tx.execute(text(evil))
    with worker_database.as_worker() as tx:
        tx.execute(text("SET LOCAL search_path = evil, public, pg_catalog"))
        assert make_partitions(tx, FAR, since=FAR) == len(PARTITIONED)
