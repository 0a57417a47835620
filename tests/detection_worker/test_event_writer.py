import json
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from data_access.database import Database, Transaction
from data_access.errors import DatabaseUnreachable
from data_access.outbox_batches import write_batch
from detection_worker.event_writer import DATABASE_AWAY, DATABASE_REFUSES, EventWriter, Pauses
from detection_worker.outbox import Outbox
from tests.detection_worker.items import NOON, a_count, an_event
from tests.detection_worker.watching import PATIENCE_S, wait_until

pytestmark = pytest.mark.usefixtures("small_city")
QUICK = Pauses(first_s=0.01, longest_s=0.05)


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with closing(Outbox(tmp_path / "outbox")) as outbox:
        yield outbox


Start = Callable[..., EventWriter]


@pytest.fixture
def start(outbox: Outbox, worker_database: Database) -> Iterator[Start]:
    """Starts writers and stops them at the end."""
    started: list[EventWriter] = []

    def start_writer(as_worker: Any = worker_database.as_worker, **words: Any) -> EventWriter:
        writer = EventWriter(outbox, as_worker, QUICK, **words)
        started.append(writer)
        writer.start()
        return writer

    yield start_writer
    for writer in started:
        writer.stop()


def value(database: Database, query: str) -> Any:
    with database.as_owner() as tx:
        return tx.scalar(text(query))


def test_what_is_put_is_written_and_forgotten(
    outbox: Outbox, start: Start, owner: Database
) -> None:
    start()
    outbox.put(an_event())
    outbox.put_all([a_count(2), a_count(3)])
    wait_until(lambda: outbox.waiting == 0)
    assert value(owner, "SELECT count(*) FROM events") == 1
    assert value(owner, "SELECT count FROM traffic_counts") == 5


def test_what_an_earlier_worker_left_is_written(
    tmp_path: Path, worker_database: Database, owner: Database
) -> None:
    with closing(Outbox(tmp_path / "left")) as left:
        left.put_all([an_event() for _ in range(30)])
    with closing(Outbox(tmp_path / "left")) as outbox:
        writer = EventWriter(outbox, worker_database.as_worker, QUICK, batch_items=7)
        writer.start()
        writer.stop(within_s=PATIENCE_S)
        assert outbox.waiting == 0
    assert value(owner, "SELECT count(*) FROM events") == 30


def test_a_crash_after_the_commit_does_not_count_twice(
    tmp_path: Path, worker_database: Database, owner: Database
) -> None:
    folder = tmp_path / "crashed"
    with closing(Outbox(folder)) as outbox:
        outbox.put(a_count(4))
        with worker_database.as_worker() as tx:
            write_batch(tx, outbox.id, outbox.read(10), datetime.now(UTC))
    with closing(Outbox(folder)) as again:
        again.put(a_count(1))
        writer = EventWriter(again, worker_database.as_worker, QUICK)
        writer.start()
        writer.stop(within_s=PATIENCE_S)
    assert value(owner, "SELECT count FROM traffic_counts") == 5


def test_an_item_that_cannot_be_written_is_set_aside_and_blocks_nobody(
    outbox: Outbox, start: Start, owner: Database, tmp_path: Path
) -> None:
    start()
    outbox.put_all([an_event(), an_event(camera_id=99), an_event()])
    wait_until(lambda: outbox.waiting == 0)
    assert value(owner, "SELECT count(*) FROM events") == 2
    assert outbox.set_aside_count == 1
    aside = json.loads((tmp_path / "outbox" / "set_aside.jsonl").read_text())
    assert "camera 99, which is not in the database" in aside["reason"]


class Door:
    """A way to the database that can be shut."""

    def __init__(self, database: Database, error: Exception) -> None:
        self.shut = True
        self._database, self._error = database, error

    def as_worker(self) -> AbstractContextManager[Transaction]:
        if self.shut:
            raise self._error
        return self._database.as_worker()


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (DatabaseUnreachable("Nobody answers."), DATABASE_AWAY),
        (ValueError("a mistake of ours"), DATABASE_REFUSES),
    ],
    ids=["away", "refuses"],
)
def test_while_the_database_takes_nothing_findings_wait_and_it_is_said(
    outbox: Outbox, start: Start, worker_database: Database, owner: Database,
    error: Exception, trouble: str,
) -> None:  # fmt: skip
    door = Door(worker_database, error)
    writer = start(door.as_worker)
    outbox.put(an_event())
    wait_until(lambda: writer.trouble)
    assert (writer.trouble, outbox.waiting, writer.stuck) == (trouble, 1, False)
    door.shut = False
    wait_until(lambda: outbox.waiting == 0)
    wait_until(lambda: not writer.trouble)
    assert value(owner, "SELECT count(*) FROM events") == 1


def test_a_server_that_is_not_there_is_away(outbox: Outbox, start: Start) -> None:
    nobody = Database("postgresql://qala_worker:x@127.0.0.1:1/qala")
    writer = start(nobody.as_worker)
    outbox.put(an_event())
    wait_until(lambda: writer.trouble == DATABASE_AWAY)
    nobody.close()


def test_a_connection_that_is_cut_costs_nothing(
    outbox: Outbox, start: Start, owner_url: str, owner: Database
) -> None:
    start()
    outbox.put(an_event())
    wait_until(lambda: outbox.waiting == 0)
    with psycopg.connect(owner_url, autocommit=True) as server:
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'qala_worker'"
        )
    outbox.put(an_event())
    wait_until(lambda: outbox.waiting == 0)
    assert value(owner, "SELECT count(*) FROM events") == 2


def test_pauses_grow_and_stay_bounded() -> None:
    pauses = Pauses(first_s=0.5, longest_s=30)
    assert [pauses.after(failures) for failures in (1, 2, 3, 9, 5_000)] == [0.5, 1, 2, 30, 30]


def test_many_threads_can_report_while_batches_are_written(
    outbox: Outbox, start: Start, owner: Database
) -> None:
    start(batch_items=50)

    def report() -> None:
        for minute in range(20):
            outbox.put(a_count(1, minute=minute))
            outbox.put(an_event(started_at=NOON))

    threads = [threading.Thread(target=report) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wait_until(lambda: outbox.waiting == 0)
    assert value(owner, "SELECT count(*) FROM events") == 80
    assert value(owner, "SELECT sum(count) FROM traffic_hourly") == 80
