from datetime import date

import pytest

from components.trend_view import (
    Compared,
    TrendView,
    compared_period,
    kinds_of,
    params_of,
    view_of,
)
from data_access.domain.events import Response
from data_access.domain.people import Role
from data_access.domain.periods import Period

YESTERDAY = date(2026, 11, 20)
VIEWS = (
    TrendView(),
    TrendView(days="28", compared=Compared.YEAR, rate=True),
    TrendView(response=Response.INCIDENT, kind="crowd", district_id=3),
    TrendView(days="own", first=date(2026, 1, 5), last=date(2026, 2, 3)),
)


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_survives_its_way_through_an_address(view: TrendView) -> None:
    assert view_of(params_of(view, Role.AKIM), Role.AKIM) == view


def test_the_usual_view_has_a_bare_address() -> None:
    assert params_of(TrendView(), Role.AKIM) == {}
    assert view_of({}, Role.MUNICIPAL).response is Response.WORK_ORDER


@pytest.mark.parametrize(
    "broken",
    [
        {"days": "5"},
        {"days": "own"},
        {"days": "own", "from": "yesterday", "to": "2026-01-01"},
        {"what": "murder"},
        {"kind": "crowd"},
        {"district": "1; DROP TABLE events"},
        {"against": "never", "per": "week"},
    ],
)
def test_an_address_that_somebody_broke_shows_the_usual_view(broken: dict[str, str]) -> None:
    assert view_of(broken, Role.AKIM) == TrendView()


def test_a_period_is_of_whole_days_and_ends_yesterday() -> None:
    assert TrendView().period(YESTERDAY) == Period(date(2026, 11, 14), YESTERDAY)
    own = TrendView("own", date(2026, 11, 1), date(2026, 12, 31))
    assert own.period(YESTERDAY) == Period(date(2026, 11, 1), YESTERDAY)
    turned = TrendView("own", date(2026, 11, 9), date(2026, 11, 1))
    assert turned.period(YESTERDAY).days == 1
    endless = TrendView("own", date(1990, 1, 1), YESTERDAY)
    assert endless.period(YESTERDAY).days == 732


def test_periods_are_compared_weekday_by_weekday() -> None:
    period = TrendView().period(YESTERDAY)
    for compared in Compared:
        other = compared_period(period, compared)
        assert other.days == period.days
        assert other.first.weekday() == period.first.weekday()


def test_each_response_has_its_own_kinds() -> None:
    assert "red_light" in kinds_of(Response.VIOLATION)
    assert "crowd" in kinds_of(Response.INCIDENT)
    assert "illegal_dump" in kinds_of(Response.WORK_ORDER)
