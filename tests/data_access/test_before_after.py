from datetime import date, timedelta

import pytest

from data_access import before_after
from data_access.before_after import BeforeAfterPlan, WeekOfSites
from data_access.database import Database
from data_access.domain.people import Role, Scope
from tests.small_city import SmallCity
from tests.support.sum_rows import put_day, put_hours

ALL = Scope(1, None)
CHANGED = date(2026, 5, 20)
PLAN = BeforeAfterPlan((1,), CHANGED, (2, 3), ("call_102",))


def put_call(owner: Database, day: date, events: int, site: int) -> None:
    with owner.as_owner() as tx:
        put_day(tx, day, events, site=site, kind="call_102", response="incident")


def test_a_plan_that_was_put_is_the_plan_that_is_read(
    app_database: Database, small_city: SmallCity
) -> None:
    with app_database.as_viewer(small_city.scope(Role.ADMINISTRATOR)) as tx:
        assert before_after.plan(tx) is None
        before_after.put_plan(tx, PLAN)
        assert before_after.plan(tx) == PLAN


@pytest.mark.usefixtures("small_city")
def test_weeks_are_counted_from_the_day_of_the_change(
    owner: Database, app_database: Database
) -> None:
    put_call(owner, CHANGED - timedelta(days=14), 1, site=1)
    put_call(owner, CHANGED - timedelta(days=1), 2, site=1)
    put_call(owner, CHANGED, 4, site=1)
    put_call(owner, CHANGED + timedelta(days=6), 8, site=1)
    put_call(owner, CHANGED + timedelta(days=7), 16, site=1)
    put_call(owner, CHANGED, 5, site=2)
    put_call(owner, CHANGED, 6, site=3)
    put_call(owner, CHANGED, 100, site=4)
    with owner.as_owner() as tx:
        put_day(tx, CHANGED, 100, site=1)
        put_hours(tx, CHANGED, 24, site=1)
    with app_database.as_viewer(ALL) as tx:
        found = before_after.sums(tx, PLAN, until=CHANGED + timedelta(days=14))
    assert found.changed == (
        WeekOfSites(-2, 1, 0.0),
        WeekOfSites(-1, 2, 0.0),
        WeekOfSites(0, 12, 24.0),
        WeekOfSites(1, 16, 0.0),
    )
    assert found.compared == (WeekOfSites(0, 11, 0.0),)


@pytest.mark.usefixtures("small_city")
def test_weeks_that_are_not_whole_are_left_out_on_both_sides(
    owner: Database, app_database: Database
) -> None:
    for days in (-10, -7, 0, 6, 7, 12):
        put_call(owner, CHANGED + timedelta(days=days), 1, site=1)
    with app_database.as_viewer(ALL) as tx:
        found = before_after.sums(tx, PLAN, until=CHANGED + timedelta(days=13))
    assert [(week.week, week.events) for week in found.changed] == [(-1, 1), (0, 2)]


def test_a_viewer_who_sees_only_some_of_the_sites_gets_no_half_comparison(
    app_database: Database, small_city: SmallCity
) -> None:
    with app_database.as_viewer(small_city.scope(Role.CHIEF)) as tx:
        found = before_after.sums(tx, PLAN, until=CHANGED + timedelta(days=14))
    assert not found.complete
