"""Average speed on linear sections: how right it is, and how fast plates are matched.

A PostgreSQL of its own gets ``--reads`` plate reads over the last days from ``--cameras``
cameras, and among them passages of known speeds over sections of 1, 2 and 4 km. The clocks of
the two cameras differ by up to two seconds; what the installation knows of that has the error
that it says. Then the worker's own statement looks for who was too fast: the time it takes for
the last minutes and for a whole day, the plan that PostgreSQL chose, and how far the speeds are
from the truth. The index for the tolerant search is left out while the table is filled: nothing
here uses it.
"""

import argparse
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from data_access import camera_feeds, section_speed
from data_access.connections import migrate_installation, owner_database
from data_access.database import Database
from data_access.domain.sections import SectionPassage
from data_access.domain.words import Names
from data_access.embedded import EmbeddedServer
from data_access.section_reads import SimulatedDrive, add_section, explain, fill, write_drives
from data_access.settings import Settings
from detection_worker.rules.section_speed import Params, evaluate, read_speed

RING = [[71.0, 51.0], [72.0, 51.0], [72.0, 52.0], [71.0, 51.0]]
LENGTHS_M, LIMIT_KMH = (1000.0, 2000.0, 4000.0), 60
SPEEDS_KMH = (62.0, 130.0)

CLOCK_OFF_S, CLOCK_ERROR_S = 2.0, 0.1
READ_SD_M, FRAME_S = 1.0, 0.04
"""Where a plate is read varies by so much (deviation), and when by half a frame to either side."""

WANTED_KMH, WANTED_SHARE, WANTED_MS = 1.0, 0.99, 100.0
"""What must be reached: the error and the share of passages within it; a look at the last
minutes is to be nothing beside the seconds between two looks."""


def measure(arguments: Sequence[str], settings: Settings) -> dict[str, Any]:
    """The figures; raises OSError where there is no room for the table."""
    parser = argparse.ArgumentParser(prog="./qala bench sections")
    parser.add_argument("--reads", type=int, default=10_000_000)
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--cameras", type=int, default=160)
    parser.add_argument("--passages", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    with _city(settings, given.cameras) as (database, cameras):
        now = datetime.now(UTC)
        drives = _drives(database, cameras, given, now)
        filled_s = fill(database, cameras, given.reads, given.days, now)
        looks = {
            name: _look(database, now, over, given.rounds)
            for name, over in (("15_min", timedelta(minutes=15)), ("1_day", timedelta(days=1)))
        }
        with database.as_owner() as tx:
            found = section_speed.passages(tx, now - timedelta(days=1), now)
            plan = explain(tx, now - timedelta(minutes=15), now)
    accuracy = _accuracy(drives, found)
    return {
        "given": vars(given),
        "filled_in_s": round(filled_s, 1),
        "looks": looks,
        "accuracy": accuracy,
        "wanted": {"within_kmh": WANTED_KMH, "share": WANTED_SHARE, "look_ms": WANTED_MS},
        "reached": {
            "share": accuracy["within_wanted_share"] >= WANTED_SHARE,
            "look": looks["15_min"]["median_ms"] <= WANTED_MS,
        },
        "plan": _executed(plan),
    }


@contextmanager
def _city(settings: Settings, count: int) -> Iterator[tuple[Database, list[int]]]:
    """A fresh PostgreSQL with cameras in it."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="qala-sections-")))
        server = EmbeddedServer(home)
        stack.callback(server.stop)
        fresh = replace(
            settings, home=home, database_url=server.start(),
            app_database_url=None, worker_database_url=None,
        )  # fmt: skip
        migrate_installation(fresh)
        database = owner_database(fresh)
        stack.callback(database.close)
        with database.as_owner() as tx:
            district = camera_feeds.add_district(tx, "city", Names("Город", "Қала", "City"), RING)
            camera_feeds.add_site(tx, district, Names("Место", "Орын", "Site"), 51.1, 71.4)
            spot = camera_feeds.first_spot(tx)
            assert spot is not None
            cameras = [camera_feeds.add_camera(tx, spot, number + 1) for number in range(count)]
        yield database, cameras


def _drives(
    database: Database, cameras: Sequence[int], given: argparse.Namespace, now: datetime
) -> dict[str, float]:
    """Write the passages; the true speed by plate."""
    chance = np.random.default_rng(given.seed)
    sections = [_section(database, pair, chance) for pair in _pairs(cameras)]
    drives = [
        _drive(chance, number, sections[number % len(sections)], now)
        for number in range(given.passages)
    ]
    with database.as_owner() as tx:
        write_drives(tx, [drive for drive, _ in drives])
    return {drive.plate: speed for drive, speed in drives}


def _pairs(cameras: Sequence[int]) -> list[tuple[int, int, float]]:
    """Entry, exit and length: half of the cameras stand at sections."""
    return [
        (cameras[number], cameras[number + 1], LENGTHS_M[number // 2 % len(LENGTHS_M)])
        for number in range(0, len(cameras) // 2, 2)
    ]


_Section = tuple[int, int, float, float]


def _section(
    database: Database, pair: tuple[int, int, float], chance: np.random.Generator
) -> _Section:
    """A section whose clocks differ; the difference that the installation knows is a little off."""
    entry, exit_, length_m = pair
    true_s = float(chance.uniform(-CLOCK_OFF_S, CLOCK_OFF_S))
    known_s = true_s + float(chance.normal(0, CLOCK_ERROR_S / 1.96))
    with database.as_owner() as tx:
        add_section(tx, entry, exit_, length_m, LIMIT_KMH, known_s, CLOCK_ERROR_S)
    return entry, exit_, length_m, true_s


def _drive(
    chance: np.random.Generator, number: int, section: _Section, now: datetime
) -> tuple[SimulatedDrive, float]:
    entry, exit_, length_m, clock_s = section
    speed_kmh = float(chance.uniform(*SPEEDS_KMH))
    left_s = float(chance.uniform(10, 85_000))
    gone_m = length_m + float(chance.normal(0, READ_SD_M) - chance.normal(0, READ_SD_M))
    travel_s = gone_m / speed_kmh * 3.6
    late_s = chance.uniform(-FRAME_S / 2, FRAME_S / 2, 2)
    left_at = now - timedelta(seconds=left_s)
    return (
        SimulatedDrive(
            f"T{number:06}",
            entry,
            left_at - timedelta(seconds=travel_s - float(late_s[0])),
            exit_,
            left_at + timedelta(seconds=clock_s + float(late_s[1])),
        ),
        speed_kmh,
    )


def _look(database: Database, now: datetime, over: timedelta, rounds: int) -> dict[str, Any]:
    spent_ms, found = [], 0
    for _ in range(rounds):
        with database.as_owner() as tx:
            began = perf_counter()
            found = len(section_speed.passages(tx, now - over, now))
            spent_ms.append((perf_counter() - began) * 1000)
    return {
        "median_ms": round(statistics.median(spent_ms), 1),
        "worst_ms": round(max(spent_ms), 1),
        "passages": found,
    }


def _executed(plan: Sequence[str]) -> list[str]:
    """What of the plan was done: scans that were executed, and the times."""
    told = ("Scan", "Nested Loop", " Time:")
    return [
        line.strip()
        for line in plan
        if any(word in line for word in told) and "never executed" not in line
    ]


def _accuracy(drives: dict[str, float], found: Sequence[SectionPassage]) -> dict[str, Any]:
    mine = [one for one in found if one.plate in drives]
    readings = [(read_speed(one), drives[one.plate]) for one in mine]
    errors = [abs(reading.speed_kmh - true) for reading, true in readings if reading]
    claimed = [reading.error_kmh for reading, _ in readings if reading]
    inside = sum(a <= b for a, b in zip(errors, claimed, strict=True))
    accused = [one for one in found if evaluate(one, Params())]
    return {
        "passages": len(drives),
        "matched_share": round(len({one.plate for one in mine}) / len(drives), 4),
        "strangers_accused": sum(one.plate not in drives for one in accused),
        "median_error_kmh": round(statistics.median(errors), 3),
        "p99_error_kmh": round(float(np.percentile(errors, 99)), 3),
        "within_wanted_share": round(sum(e <= WANTED_KMH for e in errors) / len(errors), 4),
        "within_own_error_share": round(inside / len(errors), 4),
    }
