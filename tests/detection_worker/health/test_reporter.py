from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from data_access.database import Database, Transaction
from data_access.domain.feeds import FeedState, FeedStatus
from data_access.errors import DatabaseUnreachable
from detection_worker.health.report import HealthReport
from detection_worker.health.reporter import CameraHours, ChangedFeeds, HealthReporter
from tests.detection_worker.test_port import REPORT
from tests.detection_worker.watching import PATIENCE_S, wait_until

NOW = datetime(2026, 5, 4, 7, tzinfo=UTC)
FEED = FeedStatus(1, FeedState.LIVE, "", NOW, NOW, "motion", last_frame_at=NOW)


def test_a_feed_is_written_when_it_changes_and_every_ten_seconds() -> None:
    changed = ChangedFeeds()
    assert changed.to_write([FEED], 0.0) == [FEED]
    changed.are_written([FEED], 0.0)
    faster = replace(FEED, fps=12.0, dropped=9, updated_at=NOW + timedelta(seconds=2))
    assert changed.to_write([faster], 2.0) == []
    offline = replace(FEED, state=FeedState.OFFLINE)
    assert changed.to_write([offline], 4.0) == [offline]
    assert changed.to_write([faster], 10.0) == [faster]


def test_what_was_not_written_is_still_to_be_written() -> None:
    changed = ChangedFeeds()
    changed.to_write([FEED], 0.0)
    assert changed.to_write([FEED], 2.0) == [FEED]


def test_camera_hours_count_the_time_that_cameras_were_live() -> None:
    hours = CameraHours()
    off = replace(FEED, camera_id=2, state=FeedState.OFFLINE)
    for now_s in (100.0, 102.0, 104.0):
        hours.pass_time([FEED, off], now_s)
    hours.pass_time([replace(FEED, state=FeedState.STALLED), off], 110.0)
    assert hours.online_s == {1: 4.0}


@pytest.fixture
def report() -> Iterator[list[HealthReport]]:
    """The report that the reporter is given; a test may put another in its place."""
    yield [replace(REPORT, feeds=(FEED,), at=NOW, started_at=NOW)]


Start = Callable[..., HealthReporter]


@pytest.fixture
def start(worker_database: Database, report: list[HealthReport]) -> Iterator[Start]:
    started: list[HealthReporter] = []

    def start_reporter(as_worker: Any = worker_database.as_worker) -> HealthReporter:
        reporter = HealthReporter(lambda: report[0], as_worker, every_s=0.02)
        started.append(reporter)
        reporter.start()
        return reporter

    yield start_reporter
    for reporter in started:
        reporter.stop(within_s=PATIENCE_S)


def rows(database: Database, query: str) -> list[tuple[Any, ...]]:
    with database.as_owner() as tx:
        return [tuple(row) for row in tx.execute(text(query))]


@pytest.mark.usefixtures("small_city")
def test_the_worker_and_its_feeds_are_in_the_database(
    start: Start, report: list[HealthReport], owner: Database
) -> None:
    start()
    wait_until(lambda: rows(owner, "SELECT state FROM feed_status") == [("live",)])
    assert rows(owner, "SELECT name, detector, cameras FROM workers") == [("worker", "motion", 1)]
    report[0] = replace(
        report[0], feeds=(replace(FEED, state=FeedState.OFFLINE),), troubles=("One.", "Two.")
    )
    wait_until(lambda: rows(owner, "SELECT state FROM feed_status") == [("offline",)])
    assert rows(owner, "SELECT camera_id, ended_at FROM feed_outages") == [(1, None)]
    wait_until(lambda: rows(owner, "SELECT message FROM workers") == [("One.\nTwo.",)])


@pytest.mark.usefixtures("small_city")
def test_the_last_report_says_that_the_worker_was_stopped_and_adds_its_hours(
    start: Start, owner: Database
) -> None:
    reporter = start()
    wait_until(lambda: rows(owner, "SELECT 1 FROM workers"))
    reporter.stop(within_s=PATIENCE_S)
    assert rows(owner, "SELECT message FROM workers") == [("The worker was stopped.",)]
    assert rows(owner, "SELECT online_hours > 0 FROM camera_hours_daily") == [(True,)]


@pytest.mark.usefixtures("small_city")
def test_a_camera_that_is_watched_no_more_is_shown_as_switched_off(
    start: Start, report: list[HealthReport], owner: Database
) -> None:
    start()
    wait_until(lambda: rows(owner, "SELECT state FROM feed_status") == [("live",)])
    report[0] = replace(report[0], feeds=())
    wait_until(lambda: rows(owner, "SELECT state FROM feed_status") == [("off",)])
    assert rows(owner, "SELECT last_frame_at FROM feed_status") == [(NOW,)]


def test_partitions_are_made_ahead(
    start: Start, report: list[HealthReport], owner: Database
) -> None:
    report[0] = replace(report[0], at=datetime(2030, 5, 4, tzinfo=UTC), feeds=())
    start()
    made = "SELECT count(*) FROM pg_class WHERE relname ~ '^events_2030.?0?8$'"
    wait_until(lambda: rows(owner, made) == [(1,)])


@pytest.mark.usefixtures("small_city")
def test_a_database_that_is_away_for_a_while_gets_the_newest_report_afterwards(
    start: Start, worker_database: Database, owner: Database
) -> None:
    attempts: list[int] = []

    def as_worker() -> AbstractContextManager[Transaction]:
        attempts.append(1)
        if len(attempts) < 4:
            raise DatabaseUnreachable("Nobody answers.")
        return worker_database.as_worker()

    start(as_worker)
    wait_until(lambda: rows(owner, "SELECT state FROM feed_status") == [("live",)])
