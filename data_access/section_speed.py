"""Plates matched across the two cameras of linear sections, in one statement each."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, text

from data_access.database import Transaction
from data_access.domain.plates import PlateCrop
from data_access.domain.sections import PassageRead, Section, SectionPassage, TravelTimes

LEAST_CONFIDENCE = 0.7
"""Reads below it accuse nobody: where letters are 12 px and higher one in thirty is, and half of
these are misread."""

FASTEST_KMH = 300.0
"""Who would have been faster was not the same vehicle: plates are misread alike, and copied."""

SAME_PASSAGE_S = 30.0
"""Reads of one plate by one camera that follow so closely are one passage; its first one counts
at both ends, so that the places where plates are read cancel out."""

APART_S = 5400.0
"""How far apart, by their cameras' clocks, two reads may be that are compared to judge the
clocks: one that is an hour off must be found."""

_SECTION = """
    section.id, section.name_ru, section.entry_camera_id, section.exit_camera_id,
    section.length_m, section.limit_kmh, section.clock_offset_s, section.clock_error_s,
    section.length_error_m
"""

# Times that no clock shows cannot be worked out, and would end the statement for all sections. A
# row may be older than the check that refuses it: BETWEEN, unlike ``> 0``, is false for NaN.
_SOUND = """
    (SELECT * FROM linear_sections
     WHERE length_m BETWEEN 1e-3 AND 1e6 AND limit_kmh BETWEEN 5 AND 150
       AND clock_offset_s BETWEEN -86400 AND 86400
       AND clock_error_s BETWEEN 0 AND 86400 AND length_error_m BETWEEN 0 AND 1e6
     OFFSET 0)
"""

# OFFSET 0 keeps it a look-up for each read: joined, it would gather all reads of the plate.
_FIRST_OF_PASSAGE = """
    LATERAL (
        SELECT WHERE NOT EXISTS (
            SELECT FROM plate_reads same
            WHERE same.plate = {read}.plate AND same.camera_id = {read}.camera_id
              AND same.read_at < {read}.read_at
              AND same.read_at >= {read}.read_at - make_interval(secs => :same_s))
        OFFSET 0) AS {read}_is_first
"""

# The outer loop goes over each exit camera's reads of the window (ix_plate_reads_camera), the
# inner one looks one plate up within the seconds that would be too fast (ix_plate_reads_plate):
# the work grows with the window, not with the table. Each OFFSET 0 keeps that order: the planner
# does not know how few pass too fast.
PASSAGES = text(f"""
    SELECT pair.* FROM (
        SELECT {_SECTION}, later.plate, later.camera_id, later.read_at,
               later.id AS exit_id, later.read_at AS exit_at, later.confidence AS exit_confidence,
               entry.id AS entry_id, entry.read_at AS entry_at,
               entry.confidence AS entry_confidence
        FROM {_SOUND} section
        CROSS JOIN LATERAL (
            SELECT id, plate, camera_id, read_at, confidence FROM plate_reads
            WHERE camera_id = section.exit_camera_id
              AND read_at >= :since AND read_at < :until AND confidence >= :sure
            OFFSET 0) AS later
        CROSS JOIN LATERAL (
            SELECT early.id, early.read_at, early.confidence FROM plate_reads early
            CROSS JOIN {_FIRST_OF_PASSAGE.format(read="early")}
            WHERE early.plate = later.plate AND early.camera_id = section.entry_camera_id
              AND early.confidence >= :sure
              AND early.read_at > later.read_at - make_interval(
                  secs => section.clock_offset_s + section.length_m * 3.6 / section.limit_kmh)
              AND early.read_at <= later.read_at - make_interval(
                  secs => section.clock_offset_s + section.length_m * 3.6 / :fastest_kmh)
            ORDER BY early.read_at DESC LIMIT 1) AS entry
        WHERE section.entry_camera_id <> section.exit_camera_id
        OFFSET 0) AS pair
    CROSS JOIN {_FIRST_OF_PASSAGE.format(read="pair")}
    ORDER BY pair.read_at, pair.exit_id
""")  # noqa: S608 - constants of this module

_TIMES = text(f"""
    SELECT {_SECTION}, count(*) AS pairs,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY pair.apart_s) - section.clock_offset_s
               AS median_s
    FROM {_SOUND} section
    CROSS JOIN LATERAL (
        SELECT plate, read_at FROM plate_reads
        WHERE camera_id = section.exit_camera_id AND read_at >= :since AND read_at < :until
        ORDER BY read_at DESC LIMIT :most) AS later
    CROSS JOIN LATERAL (
        SELECT extract(epoch FROM later.read_at - early.read_at)::float8 AS apart_s
        FROM plate_reads early
        WHERE early.plate = later.plate AND early.camera_id = section.entry_camera_id
          AND early.read_at >= later.read_at - make_interval(secs => :apart_s)
          AND early.read_at <= later.read_at + make_interval(secs => :apart_s)
        ORDER BY abs(extract(epoch FROM later.read_at - early.read_at)) LIMIT 1) AS pair
    WHERE section.entry_camera_id <> section.exit_camera_id
    GROUP BY section.id, section.name_ru, section.entry_camera_id, section.exit_camera_id,
             section.length_m, section.limit_kmh, section.clock_offset_s, section.clock_error_s,
             section.length_error_m
    ORDER BY section.id
""")  # noqa: S608 - constants of this module

_UNSOUND = text(f"""
    SELECT {_SECTION} FROM linear_sections section
    WHERE section.id NOT IN (SELECT id FROM {_SOUND} AS sound)
      AND section.entry_camera_id <> section.exit_camera_id
    ORDER BY section.id
""")  # noqa: S608 - constants of this module

MOST_PAIRS = 200
"""Reads at each exit that are enough to judge its clocks."""

_ALONE = text("SELECT pg_try_advisory_xact_lock(hashtext('qala_section_speed'))")


def passages(tx: Transaction, since: datetime, until: datetime) -> list[SectionPassage]:
    """Who has left a section in [since, until) faster than its limit allows."""
    return [_passage(row) for row in tx.execute(PASSAGES, asked(since, until))]


def asked(since: datetime, until: datetime) -> dict[str, Any]:
    """What ``PASSAGES`` is to be given."""
    return {
        "since": since,
        "until": until,
        "sure": LEAST_CONFIDENCE,
        "fastest_kmh": FASTEST_KMH,
        "same_s": SAME_PASSAGE_S,
    }


def travel_times(tx: Transaction, until: datetime, over: timedelta) -> list[TravelTimes]:
    """How long the newest passages took by the cameras' clocks, also where that cannot be."""
    chosen = {"since": until - over, "until": until, "most": MOST_PAIRS, "apart_s": APART_S}
    return [
        TravelTimes(_section(row), row.pairs, row.median_s) for row in tx.execute(_TIMES, chosen)
    ]


def unsound(tx: Transaction) -> list[Section]:
    """Sections between two cameras whose measures cannot be; nobody is measured on them."""
    return [_section(row) for row in tx.execute(_UNSOUND)]


_CROPS = text("""
    SELECT id, crop_path, crop_sha256, crop_bytes FROM plate_reads
    WHERE (id = :entry_id AND read_at = :entry_at OR id = :exit_id AND read_at = :exit_at)
      AND crop_path IS NOT NULL
""")


def crops(tx: Transaction, passage: SectionPassage) -> tuple[PlateCrop | None, PlateCrop | None]:
    """The pictures of the plate at the entry and at the exit, where they were kept."""
    asked_for = {
        "entry_id": passage.entry.id, "entry_at": passage.entry.at,
        "exit_id": passage.exit.id, "exit_at": passage.exit.at,
    }  # fmt: skip
    found = {
        row.id: PlateCrop(row.crop_path, row.crop_sha256, row.crop_bytes)
        for row in tx.execute(_CROPS, asked_for)
    }
    return found.get(passage.entry.id), found.get(passage.exit.id)


def camera_codes(tx: Transaction, section: Section) -> dict[int, str]:
    """The numbers of a section's two cameras, as people know them."""
    rows = tx.execute(
        text("SELECT id, code FROM cameras WHERE id = ANY (:ids)"),
        {"ids": [section.entry_camera_id, section.exit_camera_id]},
    )
    return {row.id: row.code for row in rows}


def is_alone(tx: Transaction) -> bool:
    """Whether no other worker looks at the sections until this transaction ends."""
    return bool(tx.scalar(_ALONE))


def _passage(row: Row[*tuple[Any, ...]]) -> SectionPassage:
    return SectionPassage(
        _section(row),
        row.plate,
        PassageRead(row.entry_id, row.entry_at, row.entry_confidence),
        PassageRead(row.exit_id, row.exit_at, row.exit_confidence),
    )


def _section(row: Row[*tuple[Any, ...]]) -> Section:
    return Section(
        row.id, row.name_ru, row.entry_camera_id, row.exit_camera_id, row.length_m, row.limit_kmh,
        row.clock_offset_s, row.clock_error_s, row.length_error_m,
    )  # fmt: skip
