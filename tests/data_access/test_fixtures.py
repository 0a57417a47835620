"""The ground that the other tests stand on."""

from sqlalchemy import text

from data_access.database import Database
from data_access.domain.people import Role
from data_access.migrate import newest_revision
from tests.small_city import SmallCity


def test_each_test_has_an_empty_migrated_database(owner: Database) -> None:
    with owner.as_owner() as tx:
        assert tx.scalar(text("SELECT count(*) FROM cameras")) == 0
        assert tx.scalar(text("SELECT version_num FROM alembic_version")) == newest_revision()


def test_the_small_city_numbers_its_cameras_from_one_to_six(
    small_city: SmallCity, app_database: Database, worker_database: Database
) -> None:
    with worker_database.as_worker() as tx:
        numbers = tx.scalars(text("SELECT id FROM cameras ORDER BY id")).all()
    with app_database.as_viewer(small_city.scope(Role.CHIEF)) as tx:
        seen = tx.scalars(text("SELECT id FROM cameras ORDER BY id")).all()
    assert (numbers, seen) == ([1, 2, 3, 4, 5, 6], [1, 2, 3])
