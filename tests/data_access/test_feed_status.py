from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from data_access import feed_status, workers
from data_access.database import Database
from data_access.domain.feeds import FeedState, FeedStatus
from data_access.workers import WorkerReport

pytestmark = pytest.mark.usefixtures("small_city")
START = datetime(2026, 5, 4, 7, tzinfo=UTC)

Write = Callable[..., None]


def status(camera_id: int, state: FeedState, minute: int = 0, **changes: Any) -> FeedStatus:
    at = START + timedelta(minutes=minute)
    plain = FeedStatus(
        camera_id, state, "", updated_at=at, since_at=at, detector="motion", last_frame_at=at
    )
    return replace(plain, **changes)


@pytest.fixture
def write(worker_database: Database) -> Write:
    def write_statuses(*statuses: FeedStatus) -> None:
        with worker_database.as_worker() as tx:
            feed_status.write(tx, statuses)

    return write_statuses


def rows(database: Database, query: str) -> list[tuple[Any, ...]]:
    with database.as_owner() as tx:
        return [tuple(row) for row in tx.execute(text(query))]


def test_the_newest_status_of_a_camera_replaces_the_earlier_one(
    write: Write, owner: Database
) -> None:
    write(status(1, FeedState.CONNECTING), status(4, FeedState.LIVE, fps=25.0))
    write(status(1, FeedState.LIVE, 1, rules_off=("crowd",)))
    assert rows(
        owner, "SELECT camera_id, district_id, state, fps, rules_off FROM feed_status ORDER BY 1"
    ) == [(1, 1, "live", 0.0, ["crowd"]), (4, 2, "live", 25.0, [])]


def test_the_last_picture_is_remembered_over_a_restart_of_the_worker(
    write: Write, owner: Database
) -> None:
    write(status(1, FeedState.LIVE))
    write(status(1, FeedState.OFFLINE, 5, last_frame_at=None))
    assert rows(owner, "SELECT last_frame_at FROM feed_status") == [(START,)]


def test_an_outage_lasts_from_the_first_bad_state_to_the_first_good_one(
    write: Write, owner: Database
) -> None:
    write(status(1, FeedState.LIVE))
    write(status(1, FeedState.STALLED, 2, reason="no picture"))
    write(status(1, FeedState.OFFLINE, 3))
    write(status(1, FeedState.CONNECTING, 4))
    outage = "SELECT started_at, ended_at, state, reason, district_id FROM feed_outages"
    begin = START + timedelta(minutes=2)
    assert rows(owner, outage) == [(begin, None, "stalled", "no picture", 1)]
    write(status(1, FeedState.LIVE, 9))
    write(status(1, FeedState.LIVE, 10))
    assert rows(owner, outage) == [
        (begin, START + timedelta(minutes=9), "stalled", "no picture", 1)
    ]


def test_each_outage_is_a_row_of_its_own(write: Write, owner: Database) -> None:
    for minute in (1, 3, 5):
        write(status(2, FeedState.BROKEN, minute))
        write(status(2, FeedState.LIVE, minute + 1))
    assert rows(owner, "SELECT count(*), count(ended_at) FROM feed_outages") == [(3, 3)]


@pytest.mark.parametrize("state", [FeedState.OFF, FeedState.ENDED])
def test_switching_a_camera_off_is_no_outage_and_ends_one(
    write: Write, owner: Database, state: FeedState
) -> None:
    write(status(1, FeedState.OFFLINE), status(2, state))
    write(status(1, state, 1))
    assert rows(owner, "SELECT camera_id, ended_at IS NULL FROM feed_outages") == [(1, False)]


def test_a_camera_that_was_removed_is_passed_over(write: Write, owner: Database) -> None:
    write(status(99, FeedState.OFFLINE), status(1, FeedState.LIVE))
    assert rows(owner, "SELECT camera_id FROM feed_status") == [(1,)]


def test_camera_hours_add_up_by_site_and_day(worker_database: Database, owner: Database) -> None:
    day = date(2026, 5, 4)
    for online_s in ({1: 1800.0, 2: 1800.0, 6: 3600.0}, {1: 3600.0}, {}):
        with worker_database.as_worker() as tx:
            feed_status.add_online(tx, day, online_s)
    assert rows(
        owner,
        "SELECT site_id, district_id, cameras, online_hours FROM camera_hours_daily ORDER BY 1",
    ) == [(1, 1, 2, 2.0), (4, 2, 1, 1.0)]


def test_a_worker_s_last_report_stands(worker_database: Database, owner: Database) -> None:
    first = WorkerReport("worker", "motion", "", 6, 4.5, 0, "", START, START)
    for report in (first, replace(first, outbox_waiting=7, message="The disk is full.")):
        with worker_database.as_worker() as tx:
            workers.report(tx, report)
    assert rows(owner, "SELECT name, cameras, outbox_waiting, message FROM workers") == [
        ("worker", 6, 7, "The disk is full.")
    ]
