"""Plate reads in bulk for the benchmark of linear sections."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter

from sqlalchemy import text

from data_access.database import Database, Transaction
from data_access.event_rows import as_json
from data_access.section_speed import PASSAGES, asked

_SECTION = text("""
    INSERT INTO linear_sections (district_id, entry_camera_id, exit_camera_id, length_m, limit_kmh,
                                 path, name_ru, name_kk, name_en, clock_offset_s, clock_error_s)
    SELECT district_id, :entry, :exit, :length_m, :limit_kmh, '[]', 'С', 'У', 'S', :offset_s,
           :error_s
    FROM cameras WHERE id = :entry
""")

_DRIVES = text("""
    INSERT INTO plate_reads (id, read_at, camera_id, district_id, plate, confidence)
    SELECT gen_random_uuid(), read_at, camera.id, camera.district_id, plate, 0.95
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS given(
        camera_id bigint, plate text, read_at timestamptz)
    JOIN cameras camera ON camera.id = given.camera_id
""")

_INDEXES = text("""
    SELECT indexname, indexdef FROM pg_indexes
    WHERE tablename = 'plate_reads' AND indexname <> 'pk_plate_reads'
""")

# Plates of 200,000 vehicles, some of them seen far more often than others; reads are spread over
# the days as they come.
_FILL = text("""
    INSERT INTO plate_reads (id, read_at, camera_id, district_id, plate, confidence)
    SELECT gen_random_uuid(), CAST(:now AS timestamptz) - make_interval(secs => random() * :over_s),
           camera, (SELECT min(id) FROM districts),
           to_char(floor(200000 * power(random(), 2)), 'FM000000') || 'ABC', 0.7 + 0.3 * random()
    FROM (SELECT (CAST(:cameras AS bigint[]))[1 + floor(random() * :count)] AS camera
          FROM generate_series(1, :reads)) AS seen
""")


@dataclass(frozen=True, slots=True)
class SimulatedDrive:
    """One vehicle at the entry and at the exit, by the clocks of the two cameras."""

    plate: str
    entry_camera_id: int
    entry_at: datetime
    exit_camera_id: int
    exit_at: datetime


def add_section(
    tx: Transaction,
    entry: int,
    exit_: int,
    length_m: float,
    limit_kmh: int,
    offset_s: float,
    error_s: float,
) -> None:
    """A section between two cameras."""
    row = {
        "entry": entry, "exit": exit_, "length_m": length_m, "limit_kmh": limit_kmh,
        "offset_s": offset_s, "error_s": error_s,
    }  # fmt: skip
    tx.execute(_SECTION, row)


def write_drives(tx: Transaction, drives: Sequence[SimulatedDrive]) -> None:
    """Both reads of each drive."""
    reads = [
        {"camera_id": camera, "plate": drive.plate, "read_at": at.isoformat()}
        for drive in drives
        for camera, at in (
            (drive.entry_camera_id, drive.entry_at),
            (drive.exit_camera_id, drive.exit_at),
        )
    ]
    tx.execute(_DRIVES, {"rows": as_json(reads)})


def fill(database: Database, cameras: Sequence[int], reads: int, days: int, now: datetime) -> float:
    """Fill plate_reads up with chance reads; how long it took in seconds.

    Indexes are made anew afterwards, all but the one for tolerant search.
    """
    began = perf_counter()
    chosen = {
        "now": now, "over_s": days * 86_400.0, "cameras": list(cameras), "count": len(cameras),
        "reads": reads,
    }  # fmt: skip
    with database.as_owner() as tx:
        indexes = [(row.indexname, row.indexdef) for row in tx.execute(_INDEXES)]
        for name, _ in indexes:
            tx.execute(text(f"DROP INDEX {name}"))
        tx.execute(text("ALTER TABLE plate_reads DISABLE TRIGGER ALL"))
        tx.execute(_FILL, chosen)
        for _, definition in indexes:
            if " gin " not in definition:
                tx.execute(text(definition.replace(" ON ONLY ", " ON ")))
        tx.execute(text("ANALYZE plate_reads"))
    return perf_counter() - began


def explain(tx: Transaction, since: datetime, until: datetime) -> list[str]:
    """The plan of the statement that matches plates, as it was executed."""
    plan = text(f"EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF) {PASSAGES.text}")
    return [str(row[0]) for row in tx.execute(plan, asked(since, until))]
