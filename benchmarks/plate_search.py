"""How long a search for a plate takes among a million reads, under row-level security.

Side by side in one run: what a viewer of one of two districts and one of the whole city wait for
``data_access.plates.near``, whole plates and parts of them; and the same signs in a plain
condition, which row-level security keeps from the index and which forgives nothing.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.ingest import RING
from data_access import camera_feeds, plates
from data_access.camera_feeds import Spot
from data_access.connections import app_database, migrate_installation, owner_database
from data_access.database import Database, Transaction
from data_access.domain.people import WHOLE_CITY, Scope
from data_access.domain.words import Names
from data_access.embedded import EmbeddedServer
from data_access.settings import Settings

ROUNDS = 5

WRONG_SEARCHES = 60
"""Different plates, each with one sign changed: enough for the 95th percentile."""

DAYS = 300
"""Over how many days the reads are spread: ten monthly partitions."""

SEARCHES = {
    "whole": "123ABC02",
    "one_wrong": "128ABC02",
    "one_missing": "12ABC02",
    "part": "123ABC",
    "short_part": "3AB",
}

_FILL = """
    INSERT INTO plate_reads (id, read_at, camera_id, district_id, plate, region, confidence)
    SELECT gen_random_uuid(), now() - random() * %(days)s * interval '1 day', camera.id,
           camera.district_id,
           lpad((random() * 999)::int::text, 3, '0')
               || translate(chr(65 + (random() * 22)::int) || chr(65 + (random() * 22)::int)
                            || chr(65 + (random() * 22)::int), 'IQW', 'XYZ')
               || lpad((1 + random() * 19)::int::text, 2, '0'), '02', 0.9
    FROM generate_series(1, %(reads)s) AS n
    JOIN LATERAL (SELECT id, district_id FROM cameras ORDER BY id OFFSET mod(n, 2) LIMIT 1)
        AS camera ON true
"""

_PLAIN = """
    SELECT count(*) FROM plate_reads
    WHERE replace(plate, ' ', '') LIKE '%%' || %(signs)s || '%%'
        AND read_at >= %(from_at)s AND read_at < %(until_at)s
"""

_SOME = "SELECT replace(plate, ' ', '') FROM plate_reads LIMIT %(count)s"


def measure(arguments: list[str], settings: Settings) -> dict[str, Any]:
    """Milliseconds of each search, medians of five rounds; of many with one wrong sign, the p95."""
    parser = argparse.ArgumentParser(prog="./qala bench plate-search")
    parser.add_argument("--reads", type=int, default=1_000_000)
    asked = parser.parse_args(arguments)
    with _filled(settings, asked.reads) as (database, district):
        one = Scope(viewer_id=None, districts=frozenset({district}))
        return {
            "reads": asked.reads,
            "near_ms": {
                "whole_city": _milliseconds(database, WHOLE_CITY, _near),
                "one_district": _milliseconds(database, one, _near),
            },
            "near_one_wrong_p95_ms": {
                "whole_city": _p95_one_wrong(database, WHOLE_CITY),
                "one_district": _p95_one_wrong(database, one),
            },
            "plain_ms": {"one_district": _milliseconds(database, one, _plain)},
        }


def _near(tx: Transaction, signs: str, from_at: datetime, until_at: datetime) -> None:
    plates.near(tx, signs, from_at, until_at)


def _plain(tx: Transaction, signs: str, from_at: datetime, until_at: datetime) -> None:
    given = {"signs": signs, "from_at": from_at, "until_at": until_at}
    tx.exec_driver_sql(_PLAIN, given).scalar()


def _milliseconds(
    database: Database, scope: Scope, search: Callable[[Transaction, str, datetime, datetime], None]
) -> dict[str, float]:
    spent: dict[str, list[float]] = {name: [] for name in SEARCHES}
    for _ in range(ROUNDS):
        for name, signs in SEARCHES.items():
            spent[name].append(_spent_ms(database, scope, search, signs))
    return {name: round(median(times), 1) for name, times in spent.items()}


def _p95_one_wrong(database: Database, scope: Scope) -> float:
    """Of searches for plates that were read, each with its last letter exchanged."""
    with database.as_viewer(scope) as tx:
        read = tx.exec_driver_sql(_SOME, {"count": WRONG_SEARCHES}).scalars().all()
    wrong = [plate[:5] + ("A" if plate[5] != "A" else "B") + plate[6:] for plate in read]
    spent = [_spent_ms(database, scope, _near, signs) for signs in wrong]
    return round(float(np.percentile(spent, 95)), 1)


def _spent_ms(
    database: Database,
    scope: Scope,
    search: Callable[[Transaction, str, datetime, datetime], None],
    signs: str,
) -> float:
    until_at = datetime.now(UTC) + timedelta(days=1)
    with database.as_viewer(scope) as tx:
        began = perf_counter()
        search(tx, signs, until_at - timedelta(days=DAYS + 2), until_at)
        return (perf_counter() - began) * 1000


@contextmanager
def _filled(settings: Settings, reads: int) -> Iterator[tuple[Database, int]]:
    """A fresh PostgreSQL with two districts and their reads, and the first one's number."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="qala-search-")))
        server = EmbeddedServer(home)
        stack.callback(server.stop)
        fresh = replace(
            settings, home=home, database_url=server.start(),
            app_database_url=None, worker_database_url=None,
        )  # fmt: skip
        migrate_installation(fresh)
        owner = owner_database(fresh)
        stack.callback(owner.close)
        with owner.as_owner() as tx:
            district = _make_places(tx)
            tx.exec_driver_sql(_FILL, {"reads": reads, "days": DAYS})
        with owner.as_owner() as tx:
            tx.exec_driver_sql("ANALYZE plate_reads")
        database = app_database(fresh)
        stack.callback(database.close)
        yield database, district


def _make_places(tx: Transaction) -> int:
    """Two districts with a camera each; the number of the first."""
    return min(_make_district(tx, number) for number in (1, 2))


def _make_district(tx: Transaction, number: int) -> int:
    name = Names("Район", "Аудан", "District")
    district = camera_feeds.add_district(tx, f"d{number}", name, RING)
    site = camera_feeds.add_site(tx, district, name, 51.1, 71.4)
    camera_feeds.add_camera(tx, Spot(site, district, 51.1, 71.4), number)
    return district
