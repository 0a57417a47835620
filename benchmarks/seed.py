"""How long a demonstration city takes: from an empty, migrated database to the last commit.

Each city is made in a PostgreSQL of its own that keeps its promises (fsync on). The claim is
about the largest one: 120,000 cameras and their year in less than three minutes.
"""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from data_access.connections import migrate_installation, owner_database
from data_access.database import Database
from data_access.demonstration import counted_rows
from data_access.embedded import EmbeddedServer
from data_access.settings import Settings
from demo import seed
from demo.profiles import PROFILES

MOST_S: dict[str, float] = {"almaty": 180.0, "kosshy": 8.0}
"""What is claimed on two cores that do nothing else; the rest lies between the two."""

SEED = 1


def measure(arguments: Sequence[str], settings: Settings) -> dict[str, Any]:
    """Seconds and rows by city; ``--city`` chooses, again and again for several."""
    options = _options(arguments)
    cities = {name: _measure(name, settings) for name in options.city or PROFILES}
    return {
        "cities": cities,
        "reached": all(
            cities[name]["seconds"] <= MOST_S[name] for name in cities if name in MOST_S
        ),
    }


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./qala bench seed")
    parser.add_argument("--city", action="append", choices=list(PROFILES))
    return parser.parse_args(arguments)


def _measure(name: str, settings: Settings) -> dict[str, Any]:
    with _database(settings) as owner:
        began, began_cpu = perf_counter(), process_time()
        seed(owner, name, SEED, datetime.now(UTC))
        seconds, cpu = perf_counter() - began, process_time() - began_cpu
        with owner.as_owner() as tx:
            rows = counted_rows(tx)
    return {
        "seconds": round(seconds, 2),
        "most_s": MOST_S.get(name),
        "own_cpu_s": round(cpu, 2),
        "cameras": rows["cameras"],
        "events": rows["events"],
        "rows": sum(rows.values()),
    }


@contextmanager
def _database(settings: Settings) -> Iterator[Database]:
    """A fresh, migrated PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="qala-seed-") as folder:
        server = EmbeddedServer(Path(folder))
        try:
            fresh = replace(
                settings,
                home=Path(folder),
                database_url=server.start(),
                app_database_url=None,
                worker_database_url=None,
            )
            migrate_installation(fresh)
            owner = owner_database(fresh)
            yield owner
            owner.close()
        finally:
            server.stop()
