"""The measures of linear sections, as the administrator corrects them."""

from dataclasses import replace
from math import inf, nan

import pytest

from data_access import linear_sections, section_speed
from data_access.database import Database
from data_access.domain.people import Role
from data_access.errors import RowRefused
from data_access.linear_sections import Measures, NotASurveyor
from tests.data_access.sections import NOON, add_section, drive
from tests.small_city import SmallCity

AN_HOUR_APART = Measures(1000.0, 60, 3600.0, 0.2, 3.0)


def keep(database: Database, city: SmallCity, role: Role, measures: Measures) -> None:
    with database.as_viewer(city.scope(role)) as tx:
        (section,) = linear_sections.sections(tx)
        linear_sections.measure(tx, city.viewers[role], section.id, measures)


def test_clocks_that_are_an_hour_apart_measure_once_it_is_known(
    owner: Database, app_database: Database, small_city: SmallCity
) -> None:
    with owner.as_owner() as tx:
        add_section(tx)
        drive(tx, "123ABC02", 90.0, offset_s=3600.0)
    keep(app_database, small_city, Role.ADMINISTRATOR, AN_HOUR_APART)
    with owner.as_owner() as tx:
        (found,) = section_speed.passages(tx, NOON, NOON.replace(hour=NOON.hour + 2))
    assert found.travel_s == pytest.approx(40.0)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("length_m", 0.0, "longer than 0 m"),
        ("length_m", -5.0, "longer than 0 m"),
        ("length_m", nan, "numbers is missing"),
        ("length_m", inf, "numbers is missing"),
        ("length_m", 2e6, "at most 1,000 km long"),
        ("limit_kmh", 0, "between 5 and 150"),
        ("clock_offset_s", nan, "numbers is missing"),
        ("clock_offset_s", 1e15, "at most a day apart"),
        ("clock_offset_s", -1e15, "at most a day apart"),
        ("clock_error_s", -0.1, "0 or more"),
        ("length_error_m", nan, "numbers is missing"),
        ("clock_error_s", 1e300, "at most 1,000 km for a length and a day for clocks"),
        ("length_error_m", 1e300, "at most 1,000 km for a length and a day for clocks"),
    ],
)
def test_what_cannot_be_measured_by_is_refused(
    owner: Database,
    app_database: Database,
    small_city: SmallCity,
    field: str,
    value: float,
    sentence: str,
) -> None:
    with owner.as_owner() as tx:
        add_section(tx)
    wrong = replace(AN_HOUR_APART, **{field: value})
    with pytest.raises(RowRefused, match=sentence):
        keep(app_database, small_city, Role.ADMINISTRATOR, wrong)


def test_nobody_but_the_administrator_measures(
    owner: Database, app_database: Database, small_city: SmallCity
) -> None:
    with owner.as_owner() as tx:
        add_section(tx)
    with pytest.raises(NotASurveyor):
        keep(app_database, small_city, Role.CHIEF, AN_HOUR_APART)
