"""Hearing of new events, also after the database went away."""

from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import pytest
from sqlalchemy import text

from data_access.database import Database
from data_access.embedded import EmbeddedServer
from data_access.listen import Listener
from tests.postgres import FAST, new_folder

SOON_S = 60.0


def notify(database: Database) -> None:
    with database.as_owner() as tx:
        tx.execute(text("NOTIFY qala_events"))


@pytest.fixture
def listener(app_url: str) -> Iterator[Listener]:
    listener = Listener(app_url)
    listener.start()
    yield listener
    listener.stop()


def test_a_notification_raises_the_version(listener: Listener, owner: Database) -> None:
    begun = listener.wait_since(0, SOON_S)
    assert listener.connected
    assert not listener.changed_since(begun)
    notify(owner)
    heard = listener.wait_since(begun, SOON_S)
    assert heard > begun
    assert listener.changed_since(begun)
    notify(owner)
    assert listener.wait_since(heard, SOON_S) > heard


def test_what_is_said_elsewhere_is_not_heard(listener: Listener, owner: Database) -> None:
    begun = listener.wait_since(0, SOON_S)
    with owner.as_owner() as tx:
        tx.execute(text("NOTIFY other"))
    assert listener.wait_since(begun, 0.2) == begun


def test_a_connection_that_was_cut_is_made_anew_and_counts_as_a_change(
    listener: Listener, owner: Database
) -> None:
    begun = listener.wait_since(0, SOON_S)
    with owner.as_owner() as tx:
        tx.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN qala_events' AND datname = current_database()")
        )  # fmt: skip
    again = listener.wait_since(begun, SOON_S)
    assert again > begun
    notify(owner)
    assert listener.wait_since(again, SOON_S) > again


def test_it_waits_for_a_server_that_starts_later_and_stops_at_once_without_one() -> None:
    folder = new_folder()
    server = EmbeddedServer(folder / "home", FAST)
    url = server.start()
    server.stop()
    listener = Listener(url)
    listener.start()
    assert listener.wait_since(0, 0.3) == 0
    server.start()
    assert listener.wait_since(0, SOON_S) > 0
    server.stop()
    listener.stop()
    assert not listener.connected
    rmtree(Path(folder))
