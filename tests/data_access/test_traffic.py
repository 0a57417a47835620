from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

from data_access import traffic
from data_access.database import Database
from data_access.errors import RowRefused
from tests.detection_worker.items import NOON, a_count

pytestmark = pytest.mark.usefixtures("small_city")


def rows(database: Database, query: str) -> list[tuple[Any, ...]]:
    with database.as_owner() as tx:
        return [tuple(row) for row in tx.execute(text(query))]


def test_counts_add_up_by_minute_hour_and_day(worker_database: Database, owner: Database) -> None:
    with worker_database.as_worker() as tx:
        traffic.add(tx, [a_count(2), a_count(3), a_count(1, minute=59), a_count(1, label="bus")])
        traffic.add(tx, [a_count(4), a_count(1, minute=60), a_count(1, direction="backward")])
    assert rows(
        owner, "SELECT count FROM traffic_counts WHERE label = 'car' ORDER BY minute_at, direction"
    ) == [(1,), (9,), (1,), (1,)]
    assert rows(
        owner,
        "SELECT hour_at, label, direction, district_id, count FROM traffic_hourly ORDER BY 1, 2, 3",
    ) == [
        (NOON, "bus", "forward", 1, 1),
        (NOON, "car", "backward", 1, 1),
        (NOON, "car", "forward", 1, 10),
        (NOON.replace(hour=8), "car", "forward", 1, 1),
    ]
    assert rows(owner, "SELECT sum(count) FROM traffic_daily") == [(13,)]


def test_a_day_begins_at_midnight_of_the_city(worker_database: Database, owner: Database) -> None:
    evening = datetime(2026, 5, 4, 18, 59, tzinfo=UTC)
    with worker_database.as_worker() as tx:
        traffic.add(tx, [a_count(1, minute_at=evening)])
        traffic.add(tx, [a_count(1, minute_at=evening.replace(hour=19))])
    assert rows(owner, "SELECT day::text FROM traffic_daily ORDER BY day") == [
        ("2026-05-04",),
        ("2026-05-05",),
    ]


def test_the_count_of_an_unknown_camera_is_refused_with_all_the_others(
    worker_database: Database, owner: Database
) -> None:
    with pytest.raises(RowRefused, match="camera 77"), worker_database.as_worker() as tx:
        traffic.add(tx, [a_count(1), a_count(1, camera_id=77)])
    assert rows(owner, "SELECT count(*) FROM traffic_counts") == [(0,)]
