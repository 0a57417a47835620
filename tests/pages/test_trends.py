from datetime import UTC, date, datetime, timedelta

import pytest

from components.formats import local
from data_access import before_after
from data_access.before_after import BeforeAfterPlan
from data_access.database import Database
from data_access.domain.people import Role
from tests.pages.looking import is_refused, look, words_of
from tests.small_city import SmallCity
from tests.support.app import Screens, screens, shared_city, shared_city_owner, shared_screens
from tests.support.sum_rows import put_day, put_hour, put_hours, put_traffic

__all__ = ["screens", "shared_city", "shared_city_owner", "shared_screens"]

ALLOWED = (Role.AKIM, Role.CHIEF, Role.MUNICIPAL, Role.ADMINISTRATOR)


def today() -> date:
    return local(datetime.now(UTC)).date()


@pytest.fixture(scope="module")
def three_weeks(shared_city: tuple[SmallCity, str], shared_city_owner: str) -> None:
    """Sums of three weeks, twice as many violations in the last one, and a few today."""
    owner = Database(shared_city_owner)
    with owner.as_owner() as tx:
        for back in range(1, 22):
            day = today() - timedelta(days=back)
            for site in (1, 3):
                put_day(tx, day, 40 if back <= 7 else 20, site=site)
                put_hours(tx, day, 48.0, site=site)
            put_day(tx, day, 3, kind="illegal_dump", response="work_order")
            put_hour(tx, datetime(day.year, day.month, day.day, 7, tzinfo=UTC), 80)
            put_traffic(tx, day, 1000, "car")
        put_day(tx, today(), 5)
    owner.close()


@pytest.fixture
def lived(three_weeks: None, shared_screens: Screens) -> Screens:
    return shared_screens


@pytest.mark.parametrize("role", list(Role))
def test_trends_are_for_those_who_judge(role: Role, lived: Screens) -> None:
    assert is_refused(lived, role, "trends") is (role not in ALLOWED)
    if role in ALLOWED:
        assert "камеро-часов" in words_of(look(lived, role, "trends"))


def test_a_figure_stands_with_its_change_its_period_and_its_camera_hours(lived: Screens) -> None:
    shown = words_of(look(lived, Role.AKIM, "trends"))
    assert ">560<" in shown
    assert "▲ 100%" in shown
    assert "Раньше: 280" in shown
    assert "камеро-часов: 672, раньше: 672" in shown


def test_a_rate_says_what_it_is_divided_by(lived: Screens) -> None:
    shown = words_of(look(lived, Role.AKIM, "trends", per="hour"))
    assert "Событий на каждые 1000 камеро-часов" in shown
    assert ">833<" in shown


def test_the_day_that_is_not_over_is_in_no_figure(lived: Screens) -> None:
    shown = words_of(look(lived, Role.AKIM, "trends", days="28"))
    assert ">1\u202f120<" in shown, "today's five are not among them"
    assert "суммы начинаются" in shown, "the period before four weeks is not known"


def test_a_municipal_officer_begins_with_work_orders(lived: Screens) -> None:
    app = look(lived, Role.MUNICIPAL, "trends")
    assert app.session_state["trends_what"] == "work_order"


def test_a_chief_sees_the_figures_of_their_own_district(lived: Screens) -> None:
    assert ">280<" in words_of(look(lived, Role.CHIEF, "trends"))


def test_what_is_chosen_stands_in_the_address(lived: Screens) -> None:
    app = look(lived, Role.AKIM, "trends")
    app.session_state["trends_what"] = "work_order"
    app.toggle(key="trends_per").set_value(True)
    app.run()
    assert dict(app.query_params) == {"what": "work_order", "per": "hour"}


def test_an_empty_city_says_what_would_be_here(screens: Screens) -> None:
    assert "суммы по дням" in words_of(look(screens, Role.AKIM, "trends"))


def test_before_and_after_says_what_can_and_what_cannot_be_concluded(
    owner: Database, screens: Screens
) -> None:
    on = today() - timedelta(weeks=12)
    with owner.as_owner() as tx:
        before_after.put_plan(tx, BeforeAfterPlan((1,), on, (2, 3), ("call_102",)))
        for week in range(-12, 12):
            day = on + timedelta(weeks=week)
            for site, events in ((1, 20 if week < 0 else 10), (2, 40), (3, 40)):
                put_day(tx, day, events, site=site, kind="call_102", response="incident")
    shown = words_of(look(screens, Role.AKIM, "trends"))
    assert "−50% (95% интервал" in shown
    assert "больше, чем объясняет случайность" in shown
    assert "не по жребию" in shown
    half = words_of(look(screens, Role.CHIEF, "trends"))
    assert "вне ваших районов" in half
    assert "−50%" not in half
