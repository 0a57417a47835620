"""Plate reads: written once, searched with one wrong sign, within the viewer's districts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from data_access import plates
from data_access.database import Database
from data_access.domain.people import Role
from data_access.domain.plates import PlateCrop, PlateRead
from data_access.errors import RowRefused
from tests.small_city import SmallCity

NOW = datetime(2026, 5, 4, 7, 0, tzinfo=UTC)
PERIOD = (NOW - timedelta(days=1), NOW + timedelta(days=1))


def a_read(plate: str, camera_id: int = 1, **changes: object) -> PlateRead:
    read = PlateRead(uuid4(), NOW, camera_id, plate, 0.9, plate[-2:])
    return replace(read, **changes)  # type: ignore[arg-type]


@pytest.fixture
def city(worker_database: Database, small_city: SmallCity) -> SmallCity:
    reads = [
        a_read("123ABC02"),
        a_read("128ABC02"),
        a_read("456 KLM 16"),
        a_read("123ABC01", camera_id=4),
        a_read("A777AA77", camera_id=4),
    ]
    with worker_database.as_worker() as tx:
        plates.write(tx, reads)
    return small_city


def near(database: Database, city: SmallCity, role: Role, signs: str) -> list[str]:
    with database.as_viewer(city.scope(role)) as tx:
        return plates.near(tx, signs, *PERIOD)


@pytest.mark.parametrize(
    ("signs", "found"),
    [
        ("123ABC02", ["123ABC01", "123ABC02", "128ABC02"]),
        ("456KLN16", ["456 KLM 16"]),  # one wrong
        ("456KM16", ["456 KLM 16"]),  # one missing
        ("4566KLM16", ["456 KLM 16"]),  # one too many
        ("456KNN16", []),  # two wrong
        ("456", ["456 KLM 16"]),
        ("466", []),  # too short to forgive
        ("A777AA", ["A777AA77"]),
        ("999XYZ99", []),
    ],
)
def test_a_search_forgives_one_wrong_sign_of_six_or_more(
    app_database: Database, city: SmallCity, signs: str, found: list[str]
) -> None:
    assert near(app_database, city, Role.AKIM, signs) == found


def test_a_search_finds_nothing_of_other_districts(app_database: Database, city: SmallCity) -> None:
    assert near(app_database, city, Role.CHIEF, "123ABC02") == ["123ABC02", "128ABC02"]
    assert near(app_database, city, Role.PATROL, "123ABC02") == ["123ABC01"]
    assert near(app_database, city, Role.CHIEF, "A777AA77") == []


def test_a_search_finds_nothing_of_other_days(app_database: Database, city: SmallCity) -> None:
    with app_database.as_viewer(city.scope(Role.AKIM)) as tx:
        assert plates.near(tx, "123ABC02", NOW - timedelta(days=2), NOW) == []


def test_the_reads_of_near_plates_come_newest_first_with_their_crop(
    app_database: Database, worker_database: Database, city: SmallCity
) -> None:
    later = a_read(
        "129ABC02", read_at=NOW + timedelta(hours=1), crop=PlateCrop("ab/ab.jpg", "0" * 64, 9)
    )
    with worker_database.as_worker() as tx:
        plates.write(tx, [later])
    with app_database.as_viewer(city.scope(Role.CHIEF)) as tx:
        found = plates.reads(tx, "129ABC02", *PERIOD)
    assert (found[0].plate, found[0].crop_path) == ("129ABC02", "ab/ab.jpg")


def test_a_read_that_is_written_again_is_there_once(
    worker_database: Database, app_database: Database, small_city: SmallCity
) -> None:
    read = a_read("123ABC02")
    for _ in range(2):
        with worker_database.as_worker() as tx:
            plates.write(tx, [read, read])
    with app_database.as_viewer(small_city.scope(Role.AKIM)) as tx:
        assert len(plates.reads(tx, "123ABC02", *PERIOD)) == 1


def test_a_read_of_an_unknown_camera_is_refused_with_its_number(
    worker_database: Database, small_city: SmallCity
) -> None:
    with (
        pytest.raises(RowRefused, match="camera 99, which is not in the database"),
        worker_database.as_worker() as tx,
    ):
        plates.write(tx, [a_read("123ABC02"), a_read("123ABC02", camera_id=99)])


@pytest.mark.parametrize(
    ("signs", "searchable"),
    [("12", True), ("1", False), ("123ABC02", True), ("1" * 13, False), ("%_", False)],
)
def test_what_cannot_be_a_part_of_a_plate_is_not_searched(signs: str, searchable: bool) -> None:
    assert plates.is_searchable(signs) == searchable
