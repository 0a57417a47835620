"""The same on a PostgreSQL server of the system, named by ``QALA_DATABASE_URL``.

The oldest version that Qala takes is the one to try: what it lacks, the wheel's newer one hides.
"""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from cli import db
from data_access.connections import app_database, worker_database
from data_access.domain.people import Scope
from data_access.migrate import newest_revision
from data_access.settings import Settings, read_settings
from data_access.tables import Base
from tests.cli.commands import run
from tests.support.system_server import oldest_of_the_system, served

WITH_DISTRICT = [table.name for table in Base.metadata.sorted_tables if "district_id" in table.c]


@pytest.fixture(scope="module")
def settings() -> Iterator[Settings]:
    programs = oldest_of_the_system()
    if programs is None:
        pytest.skip(
            "NO POSTGRESQL 15+ OF THE SYSTEM: the server named by QALA_DATABASE_URL is not tried; "
            "apt-get install postgresql puts one there"
        )
    folder = Path(tempfile.mkdtemp(prefix="qala-15-"))  # short: unix sockets have short names
    try:
        with served(programs, folder / "server") as url:
            yield read_settings({"QALA_DATABASE_URL": url, "QALA_HOME": str(folder / "home")})
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def seeded(settings: Settings) -> Settings:
    assert run(db, settings, "migrate") == 0
    assert run(db, settings, "seed", "--city", "shakhtinsk") == 0
    return settings


def test_the_tables_and_a_whole_city_come_to_a_server_of_the_system(seeded: Settings) -> None:
    with psycopg.connect(str(seeded.database_url)) as owner:
        assert owner.info.host == "127.0.0.1" and owner.info.server_version >= 150_000
        assert owner.execute("SELECT version_num FROM alembic_version").fetchone() == (
            newest_revision(),
        )
        cameras = owner.execute("SELECT count(*) FROM cameras").fetchone()
    assert cameras is not None and cameras[0] >= 311


def test_a_viewer_of_one_district_sees_no_row_of_another_in_any_table(seeded: Settings) -> None:
    owner = psycopg.connect(str(seeded.database_url))
    app = app_database(seeded)
    own = {int(row[0]) for row in owner.execute("SELECT id FROM districts ORDER BY id LIMIT 1")}
    filled = 0
    for table in WITH_DISTRICT:
        query = sql.SQL("SELECT DISTINCT district_id FROM {}").format(sql.Identifier(table))
        with owner.transaction():
            there = {int(row[0]) for row in owner.execute(query)}
        with app.as_viewer(Scope(viewer_id=1, districts=frozenset(own))) as tx:
            seen = {int(row[0]) for row in tx.exec_driver_sql(query.as_string(owner))}
        assert seen == there & own, table
        filled += len(there) > 1
    assert filled > 15, "a demonstration fills enough tables for this to be a proof"
    owner.close()
    app.close()


def test_the_worker_signs_in_with_a_password_of_its_own(seeded: Settings) -> None:
    worker = worker_database(seeded)
    with worker.as_worker() as tx:
        assert tx.exec_driver_sql("SELECT current_user").scalar() == "qala_worker"
    worker.close()
