"""Events written a second: through the outbox, against one transaction an event.

Both write the same kind of events with the same statements (``data_access.events.write``) to
the same PostgreSQL, which keeps its promises (fsync on). Through the outbox means all of it:
each of ``cameras`` threads puts its events one by one and waits until each is on disk; the
writer brings them to PostgreSQL; the clock stops when the last one is committed. Rounds
alternate; the figures are medians.
"""

import argparse
import statistics
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import uuid4

from data_access import camera_feeds, events
from data_access.connections import migrate_installation, owner_database, worker_database
from data_access.database import Database
from data_access.domain.events import EventRecord, EvidenceRecord
from data_access.domain.words import Names
from data_access.embedded import EmbeddedServer
from data_access.settings import Settings
from detection_worker.event_writer import EventWriter
from detection_worker.outbox import Outbox

LEAST_RATIO = 10.0
"""How many times single commits the outbox must reach."""

KINDS = ("spot_speed", "red_light", "crowd", "intrusion", "illegal_dump")
RING = [[71.0, 51.0], [72.0, 51.0], [72.0, 52.0], [71.0, 51.0]]


def measure(arguments: Sequence[str], settings: Settings) -> dict[str, Any]:
    """Events a second both ways, on a PostgreSQL made for this alone."""
    options = _options(arguments)
    with _database(settings) as (database, cameras, folder):
        rounds = [
            (
                _single(database, cameras, options.single),
                _outbox(database, cameras, folder, options),
            )
            for _ in range(options.rounds)
        ]
    single = statistics.median(rate for rate, _ in rounds)
    through = statistics.median(rate for _, rate in rounds)
    return {
        "single_commits_per_s": round(single, 1),
        "through_outbox_per_s": round(through, 1),
        "ratio": round(through / single, 2),
        "least_ratio": LEAST_RATIO,
        "reached": through / single >= LEAST_RATIO,
        "rounds": [{"single": round(one, 1), "outbox": round(other, 1)} for one, other in rounds],
        "events": {"single": options.single, "outbox": options.events},
        "cameras_at_once": options.cameras,
    }


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./qala bench ingest")
    parser.add_argument("--single", type=int, default=400, help="events committed one by one")
    parser.add_argument("--events", type=int, default=10_000, help="events through the outbox")
    parser.add_argument("--cameras", type=int, default=32, help="threads that put at once")
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args(arguments)


@contextmanager
def _database(settings: Settings) -> Iterator[tuple[Database, list[int], Path]]:
    """A fresh PostgreSQL with cameras in it, and a folder beside it."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="qala-ingest-")))
        server = EmbeddedServer(home)
        stack.callback(server.stop)
        fresh = replace(
            settings, home=home, database_url=server.start(),
            app_database_url=None, worker_database_url=None,
        )  # fmt: skip
        migrate_installation(fresh)
        cameras = _make_cameras(fresh)
        database = worker_database(fresh)
        stack.callback(database.close)
        yield database, cameras, home


def _make_cameras(settings: Settings, count: int = 50) -> list[int]:
    owner = owner_database(settings)
    with owner.as_owner() as tx:
        district = camera_feeds.add_district(tx, "city", Names("Город", "Қала", "City"), RING)
        camera_feeds.add_site(tx, district, Names("Место", "Орын", "Site"), 51.1, 71.4)
        spot = camera_feeds.first_spot(tx)
        assert spot is not None
        cameras = [camera_feeds.add_camera(tx, spot, number + 1) for number in range(count)]
    owner.close()
    return cameras


def _events(cameras: Sequence[int], count: int) -> list[EventRecord]:
    now = datetime.now(UTC)
    return [
        _event(cameras[number % len(cameras)], KINDS[number % len(KINDS)],
               now - timedelta(seconds=number))
        for number in range(count)
    ]  # fmt: skip


def _event(camera_id: int, kind: str, at: datetime) -> EventRecord:
    name = uuid4().hex
    snapshot = EvidenceRecord(
        uuid4(), "snapshot", f"{name[:2]}/{name}.jpg", name * 2, 120_000, "image/jpeg", at
    )
    facts = {"speed_kmh": 83.4, "limit_kmh": 60, "zone": "Перекрёсток", "track_s": 4.2}
    return EventRecord(
        uuid4(), kind, camera_id, at, at + timedelta(seconds=3), 0.87, facts, "123 ABC 02", (17,),
        (snapshot,),
    )  # fmt: skip


def _single(database: Database, cameras: Sequence[int], count: int) -> float:
    """Events a second with one transaction each."""
    records = _events(cameras, count)
    began = perf_counter()
    for record in records:
        with database.as_worker() as tx:
            events.write(tx, [record], datetime.now(UTC))
    return count / (perf_counter() - began)


def _outbox(
    database: Database, cameras: Sequence[int], folder: Path, options: argparse.Namespace
) -> float:
    """Events a second from the first ``put`` to the last commit."""
    records = _events(cameras, options.events)
    outbox = Outbox(folder / "outbox")
    writer = EventWriter(outbox, database.as_worker)
    writer.start()
    began = perf_counter()
    _put_at_once(outbox, records, options.cameras)
    writer.stop(within_s=600)
    spent_s = perf_counter() - began
    assert outbox.waiting == 0 and writer.written == len(records)
    outbox.close()
    return len(records) / spent_s


def _put_at_once(outbox: Outbox, records: Sequence[EventRecord], cameras: int) -> None:
    def put_share(share: Sequence[EventRecord]) -> None:
        for record in share:
            outbox.put(record)

    threads = [
        threading.Thread(target=put_share, args=(records[number::cameras],))
        for number in range(cameras)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
