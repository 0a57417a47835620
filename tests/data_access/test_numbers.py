"""What is no number, or knows no bound, is refused by the tables; what is there already is kept."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from data_access import cameras, section_speed, situation, zone_editing
from data_access.database import Database
from data_access.domain.events import Response
from data_access.domain.people import Role
from data_access.errors import DatabaseError, RowRefused
from data_access.migrate import migrate, newest_revision
from data_access.row_checks import MOST_NAMED
from tests.data_access import every_table
from tests.data_access.sections import ENTRY, EXIT, NOON, add_section, drive
from tests.small_city import SmallCity
from tests.support.incident_rows import put_incident

NO_NUMBERS = ("'NaN'", "'Infinity'", "'-Infinity'")
BEFORE = "0008"

FLOATS = [
    "linear_sections.length_m", "linear_sections.clock_offset_s", "linear_sections.clock_error_s",
    "linear_sections.length_error_m", "camera_feeds.analysed_fps", "units.latitude",
    "units.longitude", "calls.latitude", "calls.longitude", "feed_status.fps",
    "feed_status.analysed_fps", "feed_status.latency_ms", "workers.inference_ms",
    "rule_trials.seconds", "camera_hours_daily.online_hours", "sites.latitude",
    "sites.longitude", "cameras.latitude", "cameras.longitude", "cameras.azimuth_deg",
    "cameras.field_of_view_deg", "sos_buttons.latitude", "sos_buttons.longitude",
    "events.confidence", "plate_reads.confidence",
]  # fmt: skip


@pytest.fixture
def filled(small_city: SmallCity, owner: Database) -> Iterator[Database]:
    """Every table has rows."""
    with owner.as_owner() as tx:
        every_table.fill(tx)
    yield owner


def refused(database: Database, statement: str) -> bool:
    """Whether the tables refuse it; a statement that meets no row is a mistake of the test."""
    try:
        with database.as_owner() as tx:
            assert tx.execute(text(statement)).rowcount > 0
    except RowRefused:
        return True
    except DatabaseError as error:  # PostgreSQL cannot work out where that is on the map
        return "input is out of range" in str(error)
    return False


def test_every_column_of_floats_is_looked_at(filled: Database) -> None:
    """``map_x`` and ``map_y`` follow from the place."""
    query = """SELECT table_name || '.' || column_name FROM information_schema.columns
        JOIN pg_class c ON c.relname = table_name AND NOT c.relispartition
        WHERE table_schema = 'public' AND data_type = 'double precision'
            AND column_name NOT IN ('map_x', 'map_y')"""
    with filled.as_owner() as tx:
        assert set(tx.scalars(text(query))) == set(FLOATS)


def test_no_column_of_floats_takes_what_is_no_number(filled: Database) -> None:
    taken = []
    for name in FLOATS:
        table, _, column = name.partition(".")
        for value in NO_NUMBERS:
            if not refused(filled, f"UPDATE {table} SET {column} = {value}"):
                taken.append((name, value))
    assert taken == []


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("linear_sections", "length_m = 1000001"),
        ("linear_sections", "clock_offset_s = -86401"),
        ("linear_sections", "clock_error_s = 86401"),
        ("linear_sections", "length_error_m = 1e300"),
        ("linear_sections", "path = '[[71.3, 1e400]]'"),
        ("linear_sections", "path = '{}'"),
        ("fines_schedule", "mci_count = 'NaN'"),
        ("violations", "mci_count = 'NaN'"),
        ("violations", "mci_count = -1"),
        ("districts", "boundary = '[[71.3, 51], [71.4, 51], [1e400, 52]]'"),
        ("streets", "path = '[71.3, 51]'"),
        ("zones", "points = '[[0, 0], [1e400, 1]]'"),
        ("zones", "points = '[[0, 0], [1, \"1\"]]'"),
        ("zones", "points = '[0, 1]'"),
        ("zones", "points = '[[0, 0], [1, 1, 1]]'"),
        ("calibrations", "pairs = '[[0, 0, 1e400, 0]]'"),
        ("calibrations", "pairs = '[[0, 0, null, 0]]'"),
        ("calibrations", "pairs = '7'"),
        ("camera_feeds", "analysed_fps = -1"),
        ("units", "latitude = NULL, longitude = 71"),
        ("calls", "latitude = 90"),
        ("camera_hours_daily", "online_hours = 1e300"),
    ],
)
def test_what_would_stop_a_reader_of_all_rows_is_refused(
    filled: Database, table: str, change: str
) -> None:
    assert refused(filled, f"UPDATE {table} SET {change}")


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("linear_sections", "length_m = 999999, clock_offset_s = 86400, clock_error_s = 0"),
        ("linear_sections", "path = '[[71.3, 51], [71.4, 51.1]]'"),
        ("zones", "points = '[[0, 0], [0.5, 1], [1, 0]]'"),
        ("calibrations", "pairs = '[[0.1, 0.9, -3.5, 1e5]]'"),
        ("calibrations", "pairs = '[]'"),
        ("camera_feeds", "analysed_fps = 1000"),
        ("units", "latitude = NULL, longitude = NULL"),
        ("calls", "latitude = 51, longitude = NULL"),
        ("feed_status", "latency_ms = -5e12"),
        ("violations", "mci_count = NULL"),
    ],
)
def test_what_is_measured_and_drawn_is_taken(filled: Database, table: str, change: str) -> None:
    assert not refused(filled, f"UPDATE {table} SET {change}")


def before(url: str, *statements: str) -> None:
    """Go back to the revision before the checks, and write what it let pass."""
    migrate(url, BEFORE)
    with psycopg.connect(url) as session:
        for statement in statements:
            assert session.execute(statement).rowcount > 0  # type: ignore[call-overload]


def rows(database: Database, query: str) -> list[tuple[Any, ...]]:
    with database.as_owner() as tx:
        return [tuple(row) for row in tx.execute(text(query))]


def test_measures_from_before_stay_and_are_named_until_they_are_corrected(
    filled: Database, owner_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    before(owner_url, "UPDATE linear_sections SET length_m = 'NaN' WHERE id = 2")
    with caplog.at_level(logging.WARNING):
        assert migrate(owner_url) == newest_revision()
    (said,) = caplog.messages
    assert "linear_sections has rows from before that break ck_linear_sections_numbers" in said
    assert (
        ": id 2 (length_m NaN, path [], clock_offset_s 0, clock_error_s 0.2, length_error_m 3). "
        in said
    )
    measures = "SELECT id, length_m::text, clock_error_s FROM linear_sections ORDER BY id"
    assert rows(filled, measures) == [(1, "900", 0.2), (2, "NaN", 0.2)]
    caplog.clear()
    migrate(owner_url)
    assert caplog.messages == [said]


def test_a_check_that_old_rows_break_holds_for_new_ones_and_is_proved_once_they_are_mended(
    filled: Database, owner_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    before(owner_url, "UPDATE linear_sections SET length_m = 'NaN' WHERE id = 2")
    migrate(owner_url)
    assert refused(filled, "UPDATE linear_sections SET clock_error_s = 'NaN' WHERE id = 1")
    assert refused(filled, "UPDATE linear_sections SET length_error_m = 4 WHERE id = 2")
    assert not refused(filled, "UPDATE linear_sections SET length_m = 800 WHERE id = 2")
    caplog.clear()
    migrate(owner_url)
    assert caplog.messages == []
    unproved = "SELECT conname FROM pg_constraint WHERE NOT convalidated"
    assert rows(filled, unproved) == []


def test_many_rows_are_named_by_the_first_of_them(
    filled: Database, owner_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    with filled.as_owner() as tx:
        for _ in range(MOST_NAMED):
            add_section(tx)
    before(owner_url, "UPDATE linear_sections SET clock_offset_s = 'Infinity'")
    migrate(owner_url)
    (said,) = caplog.messages
    assert said.count("id ") == said.count("clock_offset_s Infinity") == MOST_NAMED
    assert "and others" in said


@pytest.mark.parametrize(
    ("table", "wrong", "mended", "kept"),
    [
        ("units", "latitude = 'NaN', longitude = 71.5", "latitude, longitude", {
            "latitude": "NaN", "longitude": "71.5"}),
        ("calls", "latitude = 51, longitude = 'Infinity'", "latitude, longitude", {
            "latitude": "51", "longitude": "Infinity"}),
        ("camera_feeds", "analysed_fps = 'NaN'", "nullif(analysed_fps, 10)", {
            "analysed_fps": "NaN"}),
        ("camera_hours_daily", "online_hours = 'NaN'", "nullif(online_hours, 0)", {
            "online_hours": "NaN"}),
        ("feed_status", "fps = 25, latency_ms = 'NaN'", "nullif(fps, 0), nullif(latency_ms, 0)", {
            "fps": "25", "analysed_fps": "0", "latency_ms": "NaN"}),
        ("workers", "inference_ms = 'Infinity'", "nullif(inference_ms, 0)", {
            "inference_ms": "Infinity"}),
        ("rule_trials", "seconds = 'NaN'", "nullif(seconds, 0)", {"seconds": "NaN"}),
    ],
)  # fmt: skip
def test_readings_from_before_become_their_default_and_the_audit_log_keeps_what_they_were(
    filled: Database, owner_url: str, table: str, wrong: str, mended: str, kept: dict[str, str]
) -> None:
    before(owner_url, f"UPDATE {table} SET {wrong}")
    migrate(owner_url)
    assert {value for row in rows(filled, f"SELECT {mended} FROM {table}") for value in row} == {
        None
    }
    log = rows(filled, "SELECT login, action, subject, detail FROM audit_records")
    assert len(log) == rows(filled, f"SELECT count(*) FROM {table}")[0][0]
    for login, action, subject, detail in log:
        assert (login, action, detail) == ("./qala db migrate", "numbers.mend", kept)
        assert subject.startswith(f"{table} ")


def test_sound_rows_go_up_and_down_unchanged(filled: Database, owner_url: str) -> None:
    query = "SELECT t::text FROM units t UNION ALL SELECT t::text FROM linear_sections t ORDER BY 1"
    there = rows(filled, query)
    migrate(owner_url, BEFORE)
    migrate(owner_url)
    assert rows(filled, query) == there
    assert rows(filled, "SELECT count(*) FROM audit_records") == [(0,)]


WRONG_MEASURES = [
    {"length_m": "NaN"}, {"length_m": "Infinity"}, {"clock_offset_s": "NaN"},
    {"clock_offset_s": 1e15}, {"clock_error_s": "NaN"}, {"length_error_m": "Infinity"},
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG_MEASURES, ids=str)
def test_one_section_of_impossible_measures_stops_no_other(
    small_city: SmallCity, owner: Database, wrong: dict[str, Any]
) -> None:
    """As such a row from before the check stands beside a sound one."""
    with owner.as_owner() as tx:
        tx.execute(text("ALTER TABLE linear_sections DROP CONSTRAINT ck_linear_sections_numbers"))
        add_section(tx, **wrong)
        add_section(tx)
        add_section(tx, **wrong, entry_camera_id=EXIT, exit_camera_id=ENTRY)
        drive(tx, "123ABC02", 90.0)
        passed = section_speed.passages(tx, NOON - timedelta(hours=1), NOON + timedelta(hours=1))
        times = section_speed.travel_times(tx, NOON + timedelta(hours=1), timedelta(hours=2))
        unsound = section_speed.unsound(tx)
    assert [(one.section.id, one.plate) for one in passed] == [(2, "123ABC02")]
    assert [one.section.id for one in times] == [2]
    assert [one.id for one in unsound] == [1, 3]


def test_a_section_without_cameras_is_not_called_unsound(
    small_city: SmallCity, owner: Database
) -> None:
    with owner.as_owner() as tx:
        add_section(tx, entry_camera_id=None)
        add_section(tx)
        assert section_speed.unsound(tx) == []


def test_an_event_whose_place_no_float_holds_stops_no_other(
    small_city: SmallCity, app_database: Database, owner: Database
) -> None:
    with owner.as_owner() as tx:
        numbers = [put_incident(tx, at=NOON - timedelta(minutes=ago)) for ago in (1, 2)]
        tx.execute(
            text(
                "UPDATE events SET camera_id = NULL, facts = CAST(:facts AS jsonb) WHERE id = :id"
            ),
            {"facts": '{"latitude": 1e400, "longitude": "west"}', "id": numbers[0]},
        )
        tx.execute(
            text(
                "UPDATE events SET camera_id = NULL, facts = CAST(:facts AS jsonb) WHERE id = :id"
            ),
            {"facts": '{"latitude": 51.25, "longitude": 71.5}', "id": numbers[1]},
        )
    with app_database.as_viewer(small_city.scope(Role.OPERATOR)) as tx:
        queue = {item.id: item for item in situation.queue(tx, Response.INCIDENT)}
    assert queue.keys() == set(numbers)
    assert (queue[numbers[1]].latitude, queue[numbers[1]].longitude) == (51.25, 71.5)


@pytest.mark.parametrize("points", ["[0, 1]", "[[0, 0], [1e400, 1]]", '[[0, "x"], [1, 1]]'])
def test_a_zone_or_a_calibration_that_cannot_be_read_stops_no_camera(
    filled: Database, points: str
) -> None:
    """As such a row from before the checks stands beside sound ones."""
    with filled.as_owner() as tx:
        tx.execute(text("ALTER TABLE zones DROP CONSTRAINT ck_zones_numbers"))
        tx.execute(text("ALTER TABLE calibrations DROP CONSTRAINT ck_calibrations_numbers"))
        good = {"good": "[[0, 0, 0, 0], [1, 0, 5, 0], [1, 1, 5, 9], [0, 1, 0, 9]]"}
        tx.execute(text("UPDATE calibrations SET pairs = CAST(:good AS jsonb)"), good)
        bad = {"bad": points}
        tx.execute(text("UPDATE zones SET points = CAST(:bad AS jsonb) WHERE camera_id = 1"), bad)
        tx.execute(
            text("UPDATE calibrations SET pairs = CAST(:bad AS jsonb) WHERE camera_id = 1"), bad
        )
        watched = {one.id: one for one in cameras.watched(tx)}
        assert zone_editing.drawn(tx, 1) == []
        assert zone_editing.calibration(tx, 1) is None
        assert len(zone_editing.drawn(tx, 4)) == 1
    assert (watched[1].zones, watched[1].calibration) == ((), None)
    assert len(watched[4].zones) == 1
    assert watched[4].calibration is not None
