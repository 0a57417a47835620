from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event

from data_access import trends
from data_access.database import Database
from data_access.domain.events import Response
from data_access.domain.people import Role, Scope
from data_access.domain.periods import Period
from data_access.trends import (
    DayCount,
    DayHours,
    DayTraffic,
    HourCount,
    TrendSelection,
)
from tests.small_city import EAST, WEST, SmallCity
from tests.support.sum_rows import put_day, put_hour, put_hours, put_traffic

ALL = Scope(1, None)
MONDAY = date(2026, 11, 16)
WEEK = Period(MONDAY, MONDAY + timedelta(days=6))
VIOLATIONS = TrendSelection(Response.VIOLATION)

pytestmark = pytest.mark.usefixtures("small_city")


def test_a_period_knows_the_one_before_it_and_that_of_a_year_before() -> None:
    assert WEEK.days == 7
    assert WEEK.before() == Period(date(2026, 11, 9), date(2026, 11, 15))
    assert WEEK.year_before() == Period(date(2025, 11, 17), date(2025, 11, 23))
    assert WEEK.year_before().first.weekday() == WEEK.first.weekday()


def test_events_are_summed_by_day_and_kind_within_the_period(
    owner: Database, app_database: Database
) -> None:
    with owner.as_owner() as tx:
        put_day(tx, MONDAY, 3, site=1)
        put_day(tx, MONDAY, 4, site=3)
        put_day(tx, MONDAY, 5, kind="no_stopping")
        put_day(tx, MONDAY, 9, kind="crowd", response="incident")
        put_day(tx, MONDAY - timedelta(days=1), 100)
        put_day(tx, MONDAY + timedelta(days=7), 100)
    with app_database.as_viewer(ALL) as tx:
        assert trends.by_day(tx, WEEK, VIOLATIONS) == [
            DayCount(MONDAY, "no_stopping", 5),
            DayCount(MONDAY, "red_light", 7),
        ]
        narrowed = TrendSelection(Response.VIOLATION, ("red_light",), (EAST,))
        assert trends.by_day(tx, WEEK, narrowed) == [DayCount(MONDAY, "red_light", 4)]
        assert trends.totals(tx, WEEK) == {
            Response.VIOLATION: 12,
            Response.INCIDENT: 9,
            Response.WORK_ORDER: 0,
        }
        assert trends.first_day(tx) == MONDAY - timedelta(days=1)


def test_hours_are_those_of_the_citys_clock(owner: Database, app_database: Database) -> None:
    with owner.as_owner() as tx:
        # 19:00 UTC on Sunday is midnight on Monday in the city.
        put_hour(tx, datetime(2026, 11, 15, 19, tzinfo=UTC), 2)
        put_hour(tx, datetime(2026, 11, 15, 18, tzinfo=UTC), 50)
        put_hour(tx, datetime(2026, 11, 22, 18, tzinfo=UTC), 4)
        put_hour(tx, datetime(2026, 11, 22, 18, tzinfo=UTC), 5, district=2)
    with app_database.as_viewer(ALL) as tx:
        assert trends.by_hour(tx, WEEK, VIOLATIONS) == [HourCount(0, 0, 2), HourCount(6, 23, 9)]


def test_a_district_without_events_is_listed_with_its_camera_hours(
    owner: Database, app_database: Database
) -> None:
    with owner.as_owner() as tx:
        put_day(tx, MONDAY, 3, site=1)
        put_hours(tx, MONDAY, 48, site=1)
        put_hours(tx, MONDAY, 20, site=3)
        put_hours(tx, MONDAY, 23.5, site=4)
    with app_database.as_viewer(ALL) as tx:
        west, east = trends.by_district(tx, WEEK, VIOLATIONS)
        assert (west.id, west.events, west.camera_hours) == (WEST, 3, 48.0)
        assert (east.id, east.events, east.camera_hours) == (EAST, 0, 43.5)
        assert trends.camera_hours(tx, WEEK) == [DayHours(MONDAY, 91.5)]
        assert trends.camera_hours(tx, WEEK, (EAST,)) == [DayHours(MONDAY, 43.5)]


def test_hot_spots_are_ranked_by_events_or_by_rate(owner: Database, app_database: Database) -> None:
    with owner.as_owner() as tx:
        put_day(tx, MONDAY, 30, site=1)
        put_day(tx, MONDAY, 20, site=2)
        put_day(tx, MONDAY, 10, site=3)
        put_hours(tx, MONDAY, 960, site=1)
        put_hours(tx, MONDAY, 24, site=2)
        put_hours(tx, MONDAY, 1, site=3)
    with app_database.as_viewer(ALL) as tx:
        counted = trends.hot_spots(tx, WEEK, VIOLATIONS)
        assert [spot.id for spot in counted] == [1, 2, 3]
        assert counted[0].kind == "crossroad"
        rated = trends.hot_spots(tx, WEEK, VIOLATIONS, by_rate=True)
        assert [spot.id for spot in rated] == [2, 1], "an hour of watching makes no rate"
        assert len(trends.hot_spots(tx, WEEK, VIOLATIONS, limit=1)) == 1


def test_traffic_is_summed_by_day_and_class(owner: Database, app_database: Database) -> None:
    with owner.as_owner() as tx:
        put_traffic(tx, MONDAY, 5, "car")
        put_traffic(tx, MONDAY, 6, "car", camera=4)
        put_traffic(tx, MONDAY, 2, "bus")
    with app_database.as_viewer(ALL) as tx:
        assert trends.traffic(tx, WEEK) == [
            DayTraffic(MONDAY, "bus", 2),
            DayTraffic(MONDAY, "car", 11),
        ]
        assert trends.traffic(tx, WEEK, (EAST,)) == [DayTraffic(MONDAY, "car", 6)]


def test_a_chief_sees_the_sums_of_their_own_district(
    owner: Database, app_database: Database, small_city: SmallCity
) -> None:
    with owner.as_owner() as tx:
        put_day(tx, MONDAY, 3, site=1)
        put_day(tx, MONDAY, 4, site=3)
        put_hours(tx, MONDAY, 10, site=3)
    with app_database.as_viewer(small_city.scope(Role.CHIEF)) as tx:
        assert [place.events for place in trends.by_district(tx, WEEK, VIOLATIONS)] == [3]
        assert trends.camera_hours(tx, WEEK) == []


def test_no_trend_ever_reads_the_events_themselves(app_database: Database) -> None:
    statements: list[str] = []
    with app_database.as_viewer(ALL) as tx:
        event.listen(
            tx, "before_cursor_execute", lambda *said: statements.append(said[2]), named=False
        )
        trends.first_day(tx)
        trends.totals(tx, WEEK)
        trends.by_day(tx, WEEK, VIOLATIONS)
        trends.by_hour(tx, WEEK, VIOLATIONS)
        trends.by_district(tx, WEEK, VIOLATIONS)
        trends.hot_spots(tx, WEEK, VIOLATIONS)
        trends.camera_hours(tx, WEEK)
        trends.traffic(tx, WEEK)
    assert len(statements) == 8
    assert not [words for words in statements if "FROM events " in words.replace("\n", " ")]
