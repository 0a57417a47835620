"""From settings to databases: an installation of its own, and one on a server."""

from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import psycopg
import pytest
from sqlalchemy import text

from data_access import connections
from data_access.database import Transaction
from data_access.domain.people import WHOLE_CITY
from data_access.embedded import EmbeddedServer
from data_access.errors import DatabaseRefused
from data_access.keys import role_password
from data_access.migrate import newest_revision
from data_access.settings import Settings, read_settings
from tests.postgres import new_folder


@pytest.fixture
def embedded() -> Iterator[Settings]:
    """An installation with a PostgreSQL of its own."""
    folder = new_folder()
    yield read_settings({"QALA_HOME": str(folder / "home")})
    EmbeddedServer(folder / "home").stop()
    rmtree(folder)


def who(tx: Transaction) -> str:
    return str(tx.scalar(text("SELECT current_user")))


def test_an_installation_signs_in_as_three_roles_with_passwords_of_its_own(
    embedded: Settings,
) -> None:
    with connections.owner_session(embedded) as owner:
        with connections.owner_session(embedded):
            pass  # a second command finds the server and leaves it running
        assert connections.migrate_installation(embedded, owner.url) == newest_revision()
        app, worker = connections.app_database(embedded), connections.worker_database(embedded)
        with app.as_viewer(WHOLE_CITY) as tx:
            assert who(tx) == "qala_app"
        with worker.as_worker() as tx:
            assert who(tx) == "qala_worker"
        app.close()
        worker.close()
        with psycopg.connect(owner.url) as session:
            kept = session.execute("SELECT rolpassword FROM pg_authid WHERE rolname = 'qala_app'")
            assert str(kept.fetchone()).startswith("('SCRAM-SHA-256$")
    assert EmbeddedServer(embedded.home).running_url() is None


def test_a_password_that_was_lost_is_set_again_by_migrating(embedded: Settings) -> None:
    with connections.owner_session(embedded) as owner:
        connections.migrate_installation(embedded, owner.url)
        (embedded.home / "keys" / "qala_app.password").write_text("another-one\n")
        app = connections.app_database(embedded)
        cure = r"run \./qala db migrate"
        with pytest.raises(DatabaseRefused, match=cure), app.as_viewer(WHOLE_CITY):
            pass
        connections.migrate_installation(embedded, owner.url)
        with app.as_viewer(WHOLE_CITY) as tx:
            assert who(tx) == "qala_app"
        app.close()


def test_named_servers_are_used_as_they_are_named(tmp_path: Path) -> None:
    named = {
        "QALA_HOME": str(tmp_path),
        "QALA_DATABASE_URL": "postgresql://owner:o@db/qala",
        "QALA_APP_DATABASE_URL": "postgresql://qala_app:a@db/qala",
    }
    settings = read_settings(named)
    assert connections.owner_url(settings) == named["QALA_DATABASE_URL"]
    assert connections.app_url(settings) == named["QALA_APP_DATABASE_URL"]
    password = role_password(tmp_path, "qala_worker")
    named_worker = f"postgresql://qala_worker:{password}@db/qala"
    assert connections.worker_url(settings).startswith(named_worker)
