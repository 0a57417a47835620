"""The watch list: who looks for which plate, why, until when."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from data_access import watch_list
from data_access.database import Database
from data_access.domain.people import Role
from data_access.domain.plates import ListedPlate, WatchList
from data_access.errors import DataAccessError, NotPermitted, RowRefused
from tests.small_city import SmallCity

NOW = datetime.now(UTC)
TOMORROW = NOW + timedelta(days=1)
REASON = "stolen on 3 May, case 118"


def add(database: Database, city: SmallCity, plate: str = "123 abc 02", **other: object) -> int:
    given = {"reason": REASON, "until_at": TOMORROW, "now": NOW} | other
    viewer = city.viewers[Role.OPERATOR]
    with database.as_viewer(viewer.scope) as tx:
        return watch_list.add(tx, viewer, plate, **given)  # type: ignore[arg-type]


def listed(database: Database, now: datetime = NOW) -> list[ListedPlate]:
    with database.as_worker() as tx:
        return list(watch_list.listed(tx, now))


def test_what_is_added_is_looked_for_until_its_day(
    app_database: Database, worker_database: Database, small_city: SmallCity
) -> None:
    add(app_database, small_city)
    assert listed(worker_database) == [ListedPlate("123ABC02", REASON)]
    assert listed(worker_database, TOMORROW) == []


def test_people_see_who_added_it_and_why(app_database: Database, small_city: SmallCity) -> None:
    add(app_database, small_city)
    with app_database.as_viewer(small_city.scope(Role.OPERATOR)) as tx:
        (entry,) = watch_list.entries(tx, NOW)
    assert (entry.plate, entry.reason, entry.until_at) == ("123ABC02", REASON, TOMORROW)
    assert entry.added_by == small_city.viewers[Role.OPERATOR].name


def test_what_is_removed_is_looked_for_no_more_and_both_are_in_the_audit_log(
    app_database: Database, worker_database: Database, owner: Database, small_city: SmallCity
) -> None:
    number = add(app_database, small_city)
    viewer = small_city.viewers[Role.ADMINISTRATOR]
    with app_database.as_viewer(viewer.scope) as tx:
        watch_list.remove(tx, viewer, number, NOW)
    assert listed(worker_database) == []
    with owner.as_owner() as tx:
        rows = tx.execute(text("SELECT action, subject, login FROM audit_records ORDER BY id"))
        assert [tuple(row) for row in rows] == [
            ("watch_list.add", "plate 123ABC02", "operator"),
            ("watch_list.remove", "plate 123ABC02", "administrator"),
        ]


@pytest.mark.parametrize("role", [Role.AKIM, Role.PATROL, Role.MUNICIPAL])
def test_who_does_not_watch_looks_for_nobody(
    role: Role, app_database: Database, small_city: SmallCity
) -> None:
    number, viewer = add(app_database, small_city), small_city.viewers[role]
    with app_database.as_viewer(viewer.scope) as tx:
        with pytest.raises(NotPermitted, match="may not change the watch list"):
            watch_list.add(tx, viewer, "456KLM16", REASON, TOMORROW, NOW)
        with pytest.raises(NotPermitted, match="may not change the watch list"):
            watch_list.remove(tx, viewer, number, NOW)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"plate": "🚗"}, "is no plate: write its letters and digits"),
        ({"plate": "12"}, "“12” is no plate"),
        ({"reason": "  so "}, "Write why plate 123ABC02 is looked for"),
        ({"until_at": NOW}, "would be over already"),
    ],
)
def test_what_cannot_be_looked_for_is_refused_with_what_to_do(
    app_database: Database, small_city: SmallCity, wrong: dict[str, object], sentence: str
) -> None:
    with pytest.raises(RowRefused, match=sentence):
        add(app_database, small_city, **wrong)  # type: ignore[arg-type]


def test_an_entry_that_is_not_there_is_named(app_database: Database, small_city: SmallCity) -> None:
    viewer = small_city.viewers[Role.OPERATOR]
    with (
        pytest.raises(RowRefused, match="no entry 7"),
        app_database.as_viewer(viewer.scope) as tx,
    ):
        watch_list.remove(tx, viewer, 7, NOW)


def test_who_sees_one_district_neither_sees_nor_changes_the_list(
    app_database: Database, small_city: SmallCity
) -> None:
    number = add(app_database, small_city)
    viewer = small_city.viewers[Role.CHIEF]
    with app_database.as_viewer(viewer.scope) as tx:
        assert watch_list.entries(tx, NOW) == []
    with pytest.raises(RowRefused), app_database.as_viewer(viewer.scope) as tx:
        watch_list.remove(tx, viewer, number, NOW)
    with pytest.raises(DataAccessError), app_database.as_viewer(viewer.scope) as tx:
        watch_list.add(tx, viewer, "456KLM16", REASON, TOMORROW, NOW)


@pytest.mark.parametrize(
    "statement", ["DELETE FROM watch_list", "UPDATE watch_list SET plate = 'AAAA'"]
)
def test_an_entry_is_never_deleted_or_rewritten(
    app_database: Database, small_city: SmallCity, statement: str
) -> None:
    add(app_database, small_city)
    with (
        pytest.raises(DataAccessError),
        app_database.as_viewer(small_city.scope(Role.OPERATOR)) as tx,
    ):
        tx.execute(text(statement))


@pytest.mark.parametrize(
    ("read", "found", "exact"),
    [
        ("123ABO02", "123ABO02", True),
        ("123AB002", "123AB002", True),
        ("I23ABO02", "123ABO02", False),
        ("123ABQ02", None, None),
    ],
)
def test_a_read_plate_is_found_with_o_and_0_counted_alike(
    read: str, found: str | None, exact: bool | None
) -> None:
    match = WatchList([ListedPlate("123ABO02", "a"), ListedPlate("123AB002", "b")]).match(read)
    assert (match.listed.plate if match else None) == found
    assert (match.exact if match else None) is exact
