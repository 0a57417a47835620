from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import postgresql

from data_access import event_pages
from data_access.database import Database
from data_access.domain.events import Response
from data_access.domain.people import Role, Scope
from data_access.event_pages import Cursor, EventSelection, Order
from data_access.partitions import make_partitions
from tests.small_city import SmallCity
from tests.support.violation_rows import NOON, put_violation

WEEK = EventSelection(NOON - timedelta(days=7), NOON + timedelta(days=1), Response.VIOLATION)
ALL = Scope(1, None)


def put_row(owner: Database, minutes: float, number: int, **more: object) -> UUID:
    """A violation so many minutes before noon, with an id that sorts by ``number``."""
    with owner.as_owner() as tx:
        return put_violation(
            tx, at=NOON - timedelta(minutes=minutes), event_id=UUID(int=number), **more
        )


def walk(app: Database, order: Order, size: int, selection: EventSelection = WEEK) -> list[int]:
    """All pages from the first to the last."""
    seen: list[int] = []
    cursor: Cursor | None = None
    with app.as_viewer(ALL) as tx:
        while True:
            page = event_pages.keys(tx, selection, order, cursor, size)
            seen += [key.id.int for key in page.keys]
            if not page.later:
                return seen
            cursor = page.keys[-1].cursor(backward=False)


@pytest.fixture
def rows_of_one_minute(owner: Database, small_city: SmallCity) -> list[int]:
    """Seven violations, five of them in the same instant."""
    for number, minutes in enumerate((0, 5, 5, 5, 5, 5, 9), start=1):
        put_row(owner, minutes, number, confidence=0.5, fine_tenge=1000)
    return [1, 6, 5, 4, 3, 2, 7]


def test_pages_meet_without_a_gap_or_a_double_where_times_are_equal(
    app_database: Database, rows_of_one_minute: list[int]
) -> None:
    for size in (1, 2, 3, 7, 50):
        assert walk(app_database, Order.NEWEST, size) == rows_of_one_minute
        assert walk(app_database, Order.OLDEST, size) == rows_of_one_minute[::-1]


def test_orders_by_another_column_meet_too_where_that_column_is_equal(
    app_database: Database, rows_of_one_minute: list[int]
) -> None:
    for order in (Order.LEAST_SURE, Order.LARGEST_FINE):
        whole = walk(app_database, order, 50)
        assert sorted(whole) == sorted(rows_of_one_minute)
        assert walk(app_database, order, 2) == whole


def test_the_page_before_is_the_page_that_one_came_from(
    app_database: Database, rows_of_one_minute: list[int]
) -> None:
    with app_database.as_viewer(ALL) as tx:
        first = event_pages.keys(tx, WEEK, size=2)
        second = event_pages.keys(tx, WEEK, cursor=first.keys[-1].cursor(backward=False), size=2)
        third = event_pages.keys(tx, WEEK, cursor=second.keys[-1].cursor(backward=False), size=2)
        again = event_pages.keys(tx, WEEK, cursor=third.keys[0].cursor(backward=True), size=2)
    assert again.keys == second.keys
    assert again.earlier
    assert again.later


def test_going_back_over_the_beginning_gives_a_whole_first_page(
    app_database: Database, rows_of_one_minute: list[int]
) -> None:
    with app_database.as_viewer(ALL) as tx:
        first = event_pages.keys(tx, WEEK, size=3)
        back = event_pages.keys(tx, WEEK, cursor=first.keys[1].cursor(backward=True), size=3)
    assert back.keys == first.keys
    assert not back.earlier


def test_rows_that_arrive_meanwhile_do_not_move_the_next_page(
    owner: Database, app_database: Database, rows_of_one_minute: list[int]
) -> None:
    with app_database.as_viewer(ALL) as tx:
        first = event_pages.keys(tx, WEEK, size=3)
    put_row(owner, -5, 100)
    put_row(owner, 2, 101)
    with app_database.as_viewer(ALL) as tx:
        second = event_pages.keys(tx, WEEK, cursor=first.keys[-1].cursor(backward=False), size=3)
    assert [key.id.int for key in second.keys] == rows_of_one_minute[3:6]


def test_rows_that_arrived_since_are_counted_up_to_a_limit(
    owner: Database, app_database: Database, rows_of_one_minute: list[int]
) -> None:
    with app_database.as_viewer(ALL) as tx:
        first = event_pages.keys(tx, WEEK, size=3).keys[0]
        assert event_pages.newer(tx, WEEK, first) == 0
    for number in (100, 101, 102):
        put_row(owner, -5, number)
    put_row(owner, 2, 103)
    with app_database.as_viewer(ALL) as tx:
        assert event_pages.newer(tx, WEEK, first) == 3
        assert event_pages.newer(tx, WEEK, first, limit=2) == 2


def test_a_cursor_survives_its_way_through_an_address() -> None:
    for cursor in (
        Cursor(NOON, UUID(int=5), None, backward=True),
        Cursor(NOON + timedelta(microseconds=7), UUID(int=6), 0.1 + 0.2),
    ):
        assert Cursor.parse(str(cursor)) == cursor


@pytest.mark.parametrize(
    "words",
    [
        "",
        "after",
        "after~yesterday~x~",
        "sideways~2026-11-20T07:00:00+00:00~00000000-0000-0000-0000-000000000005~",
        "after~2026-11-20T07:00:00~00000000-0000-0000-0000-000000000005~",
        "after~2026-11-20T07:00:00+00:00~00000000-0000-0000-0000-000000000005~much",
    ],
)
def test_an_address_that_somebody_broke_leads_to_the_first_page(words: str) -> None:
    assert Cursor.parse(words) is None


NARROWED: list[tuple[dict[str, object], list[int]]] = [
    ({"kinds": ("no_stopping",)}, [2]),
    ({"states": ("confirmed", "paid")}, [3]),
    ({"district_ids": (2,)}, [4]),
    ({"site_ids": (2,)}, [5]),
    ({"camera_ids": (4,)}, [4]),
    ({"site_ids": (2,), "camera_ids": (4,)}, [4, 5]),
    ({"plate": "77XY"}, [1]),
    ({"plate": "%"}, []),
    ({"confidence_from": 0.95}, [6]),
    ({"until_at": NOON - timedelta(hours=1)}, [6]),
]


def test_each_filter_narrows(
    owner: Database, app_database: Database, small_city: SmallCity
) -> None:
    put_row(owner, 1, 1, plate="777 XYZ 16")
    put_row(owner, 2, 2, kind="no_stopping")
    put_row(owner, 3, 3, state="confirmed")
    put_row(owner, 4, 4, camera_id=4)
    put_row(owner, 5, 5, camera_id=3)
    put_row(owner, 90, 6, confidence=0.97)
    for narrowed, expected in NARROWED:
        found = walk(app_database, Order.NEWEST, 50, replace(WEEK, **narrowed))
        assert found == expected, narrowed


def test_a_viewer_pages_through_their_own_district_alone(
    owner: Database, app_database: Database, small_city: SmallCity
) -> None:
    put_row(owner, 1, 1, camera_id=1)
    put_row(owner, 2, 2, camera_id=4)
    with app_database.as_viewer(small_city.scope(Role.CHIEF)) as tx:
        assert [key.id.int for key in event_pages.keys(tx, WEEK).keys] == [1]


def test_a_page_walks_an_index_within_the_months_of_its_period(
    app_database: Database, owner: Database, small_city: SmallCity
) -> None:
    """Asked under row-level security, as a viewer asks it."""
    with owner.as_owner() as tx:
        make_partitions(tx, NOON.date(), since=date(2026, 9, 1))
    cursor = Cursor(NOON, UUID(int=5))
    statement = event_pages.key_statement(WEEK, Order.NEWEST, cursor, 51)
    words = str(
        statement.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
    )
    with app_database.as_viewer(small_city.scope(Role.OPERATOR)) as tx:
        tx.execute(text("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off"))
        plan = "\n".join(tx.scalars(text(f"EXPLAIN {words}")))
    assert "Index Cond" in plan
    assert "ROW(" in plan.split("Index Cond", 1)[1]
    assert "events_2026_11" in plan
    assert "events_2026_09" not in plan
    assert "Sort" not in plan
