from datetime import date, datetime, timedelta

import pytest

from data_access.database import Database
from data_access.day_figures import Compared, day_figures
from data_access.domain.events import Response
from data_access.domain.people import Role
from tests.small_city import SmallCity
from tests.support.sum_rows import put_hour, put_hours
from tests.support.violation_rows import NOON, put_violation

WEEK = timedelta(days=7)
MIDNIGHT = NOON - timedelta(hours=12)
NOW = NOON + timedelta(minutes=20)


def test_the_day_is_compared_with_the_same_weekday_until_the_same_minute(
    small_city: SmallCity, app_database: Database, owner: Database
) -> None:
    with owner.as_owner() as tx:
        for at, events in (
            (MIDNIGHT - timedelta(hours=1), 100),
            (MIDNIGHT, 5),
            (NOON - timedelta(hours=1), 7),
            (NOON, 1_000),  # the hour that runs is counted by event
            (MIDNIGHT - WEEK, 8),
            (NOON - WEEK, 1_000),
        ):
            put_hour(tx, at, events)
        put_violation(tx, at=NOON + timedelta(minutes=10))
        put_violation(tx, at=NOON - WEEK + timedelta(minutes=19))
        put_violation(tx, at=NOON - WEEK + timedelta(minutes=21))
    with app_database.as_viewer(small_city.scope(Role.CHIEF)) as tx:
        figures = day_figures(tx, NOW)
    assert figures.counts[Response.VIOLATION] == Compared(today=13, before=9)
    assert figures.counts[Response.INCIDENT] == Compared(0, 0)


def test_camera_hours_of_the_earlier_day_count_for_the_part_that_has_passed(
    small_city: SmallCity, app_database: Database, owner: Database
) -> None:
    with owner.as_owner() as tx:
        put_hours(tx, date(2026, 11, 20), 12.0)
        put_hours(tx, date(2026, 11, 13), 48.0)
        put_hours(tx, date(2026, 11, 13), 480.0, site=4)
    with app_database.as_viewer(small_city.scope(Role.CHIEF)) as tx:
        figures = day_figures(tx, NOON)
    assert figures.hours_today == 12.0
    assert figures.hours_before == pytest.approx(24.0)


def test_shortly_after_midnight_it_is_a_new_day_in_the_city(
    small_city: SmallCity, app_database: Database, owner: Database
) -> None:
    just_after = datetime.fromisoformat("2026-11-20T00:05:00+05:00")
    with owner.as_owner() as tx:
        put_violation(tx, at=just_after - timedelta(minutes=6))
        put_violation(tx, at=just_after - timedelta(minutes=1))
    with app_database.as_viewer(small_city.scope(Role.OPERATOR)) as tx:
        figures = day_figures(tx, just_after)
    assert figures.counts[Response.VIOLATION].today == 1
