from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from components.violation_filters import EventMark, ViolationFilters, filters_of, params_of
from data_access.domain.events import Response
from data_access.event_pages import Cursor, Order
from data_access.place_names import PlacesFound

TODAY = date(2026, 11, 20)
AT = datetime(2026, 11, 19, 7, tzinfo=UTC)
ALL_SET = ViolationFilters(
    days="own",
    first=date(2026, 11, 1),
    last=date(2026, 11, 9),
    states=("detected", "paid"),
    kinds=("spot_speed", "red_light"),
    district_ids=(1, 4),
    place="Абай & «рынок»",
    camera_id=12,
    sure_percent=80,
    order=Order.LARGEST_FINE,
    size=100,
    cursor=Cursor(AT, UUID(int=5), 43250.0),
)


@pytest.mark.parametrize("filters", [ViolationFilters(), ALL_SET])
def test_filters_survive_their_way_through_an_address(filters: ViolationFilters) -> None:
    assert filters_of(params_of(filters)) == filters


def test_the_usual_filters_have_a_bare_address() -> None:
    assert params_of(ViolationFilters()) == {}


@pytest.mark.parametrize(
    "broken",
    [
        {"days": ["3"]},
        {"days": ["own"], "from": ["2026-11-01"]},
        {"state": ["detectd"], "kind": ["crowd"]},
        {"district": ["-1", "x"], "camera": ["' OR 1=1"]},
        {"sure": ["many"], "order": ["random"], "size": ["1000000"]},
        {"page": ["after~now~1~"]},
    ],
)
def test_an_address_that_somebody_broke_shows_the_usual_rows(broken: dict[str, list[str]]) -> None:
    assert filters_of(broken) == ViolationFilters()


def test_an_event_is_named_by_its_id_and_its_start() -> None:
    mark = EventMark(UUID(int=7), AT)
    assert EventMark.parse(str(mark)) == mark
    for broken in ("", "x", f"{UUID(int=7)}", f"{UUID(int=7)}~2026-11-19T07:00:00", "~"):
        assert EventMark.parse(broken) is None


def test_a_period_has_today_in_it_to_its_last_minute() -> None:
    selection = ViolationFilters(days="1").selection(TODAY, None, "")
    assert selection.until_at - selection.from_at == timedelta(days=1)
    assert selection.from_at.astimezone(UTC) == datetime(2026, 11, 19, 19, tzinfo=UTC)
    assert selection.response is Response.VIOLATION


def test_words_that_name_no_place_let_nothing_through() -> None:
    selection = ViolationFilters(place="x").selection(TODAY, PlacesFound((), ()), "")
    assert selection.camera_ids == (0,)


def test_a_plate_never_stands_in_an_address() -> None:
    selection = ALL_SET.selection(TODAY, PlacesFound((2,), (9,)), "123ABC")
    assert selection.plate == "123ABC"
    assert (selection.site_ids, selection.camera_ids) == ((2,), (9,))
    assert "123ABC" not in str(params_of(ALL_SET))


def test_another_page_of_the_same_rows_is_not_another_filter() -> None:
    assert ALL_SET.narrowed_like(replace(ALL_SET, cursor=None))
    assert not ALL_SET.narrowed_like(replace(ALL_SET, size=25))
