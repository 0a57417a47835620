from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from data_access.database import Database
from data_access.domain.intake import Call, CallKind, SosPress, UnitPosition
from data_access.domain.plates import PlateCrop, PlateRead
from data_access.errors import DataAccessError
from data_access.outbox_batches import Item, Refused, write_batch
from detection_worker.outbox_items import item_of, line_of
from tests.detection_worker.items import NOON, a_count, an_event

pytestmark = pytest.mark.usefixtures("small_city")
OUTBOX = uuid4()

Write = Callable[..., list[Refused]]


@dataclass(frozen=True)
class Numbered:
    number: int
    item: Item


def numbered(*items: Item, first: int = 1) -> list[Numbered]:
    return [Numbered(number, item) for number, item in enumerate(items, first)]


@pytest.fixture
def write(worker_database: Database) -> Write:
    def write_items(items: list[Numbered]) -> list[Refused]:
        with worker_database.as_worker() as tx:
            return write_batch(tx, OUTBOX, items, NOON)

    return write_items


@pytest.fixture
def value(owner: Database) -> Callable[[str], Any]:
    def value_of(query: str) -> Any:
        with owner.as_owner() as tx:
            return tx.scalar(text(query))

    return value_of


def test_a_batch_that_is_offered_again_is_not_counted_again(
    write: Write, value: Callable[[str], Any]
) -> None:
    batch = numbered(a_count(2), an_event(), a_count(3, minute=1))
    write(batch)
    write(batch)
    write([*batch, *numbered(a_count(10), first=4)])
    assert value("SELECT sum(count) FROM traffic_counts") == 15
    assert value("SELECT sum(count) FROM traffic_daily") == 15
    assert value("SELECT applied FROM outboxes") == 4


def test_a_crash_before_the_commit_leaves_everything_to_be_written_again(
    worker_database: Database, write: Write, value: Callable[[str], Any]
) -> None:
    batch = numbered(a_count(2))
    with pytest.raises(ZeroDivisionError), worker_database.as_worker() as tx:
        write_batch(tx, OUTBOX, batch, NOON)
        _ = 1 / 0
    write(batch)
    assert value("SELECT sum(count) FROM traffic_counts") == 2


def test_two_outboxes_do_not_take_each_other_s_numbers(
    worker_database: Database, value: Callable[[str], Any]
) -> None:
    for outbox in (uuid4(), uuid4()):
        with worker_database.as_worker() as tx:
            write_batch(tx, outbox, numbered(a_count(1)), NOON)
    assert value("SELECT sum(count) FROM traffic_counts") == 2


@pytest.mark.parametrize(
    "bad",
    [
        an_event(camera_id=99),
        an_event(ended_at=NOON - timedelta(hours=1)),
        an_event(kind="unheard_of"),
        an_event(facts={"name": "\0"}),
        an_event(kind="spot_speed", facts={"speed_kmh": "fast", "limit_kmh": 60}),
        a_count(-1),
        a_count(1, camera_id=99),
        a_count(1, direction="sideways"),
        SosPress(uuid4(), "nowhere", NOON),
        UnitPosition("nobody", NOON, 50.0, 71.0),
        Call(uuid4(), NOON, CallKind.FIGHT, latitude=0.0, longitude=0.0),
    ],
    ids=lambda item: type(item).__name__,
)
def test_one_impossible_item_is_refused_alone(
    write: Write, value: Callable[[str], Any], bad: Item
) -> None:
    good = [item for _ in range(4) for item in (a_count(1), an_event())]
    batch = numbered(*good[:5], bad, *good[5:])
    refused = write(batch)
    assert [one.numbered for one in refused] == [batch[5]]
    assert refused[0].reason
    assert value("SELECT count(*) FROM events") == 4
    assert value("SELECT sum(count) FROM traffic_hourly") == 4
    assert value("SELECT applied FROM outboxes") == len(batch)


def test_a_database_that_is_not_ready_is_nobody_s_fault(
    owner: Database, worker_database: Database
) -> None:
    with owner.as_owner() as tx:
        tx.execute(text("REVOKE INSERT ON events FROM qala_worker"))
    with pytest.raises(DataAccessError), worker_database.as_worker() as tx:
        write_batch(tx, OUTBOX, numbered(an_event()), NOON)


def test_plate_reads_are_written_once_and_survive_the_disk(
    write: Write, value: Callable[[str], Any]
) -> None:
    crop = PlateCrop("ab/ab.jpg", "0" * 64, 9)
    read = PlateRead(uuid4(), NOON, 1, "123ABC02", 0.9, "02", crop=crop)
    again = item_of(line_of(1, read)[:-1]).item
    assert again == read
    write(numbered(read))
    write(numbered(read, again, first=1))
    assert value("SELECT count(*) FROM plate_reads") == 1
    assert value("SELECT crop_path || region FROM plate_reads") == "ab/ab.jpg02"


def test_a_read_of_an_unknown_camera_is_set_aside_alone(
    write: Write, value: Callable[[str], Any]
) -> None:
    reads = [PlateRead(uuid4(), NOON, camera, "123ABC02", 0.9) for camera in (1, 99, 2)]
    (refused,) = write(numbered(*reads))
    assert refused.numbered.number == 2
    assert value("SELECT count(*) FROM plate_reads") == 2
