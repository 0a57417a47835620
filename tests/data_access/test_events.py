from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import text

from data_access import events, fines
from data_access.database import Database
from data_access.domain.events import EventRecord
from data_access.errors import RowRefused
from data_access.event_rows import Place
from tests.detection_worker.items import NOON, a_file, an_event
from tests.small_city import SmallCity

pytestmark = pytest.mark.usefixtures("small_city")
LATER = NOON + timedelta(seconds=1)

Write = Callable[..., list[UUID]]


@pytest.fixture
def write(worker_database: Database) -> Write:
    def write_records(*records: EventRecord, **words: Any) -> list[UUID]:
        with worker_database.as_worker() as tx:
            return events.write(tx, records, LATER, **words)

    return write_records


def rows(database: Database, query: str) -> list[tuple[Any, ...]]:
    with database.as_owner() as tx:
        return [tuple(row) for row in tx.execute(text(query))]


def test_a_violation_gets_its_row_its_history_and_its_place_in_the_sums(
    write: Write, owner: Database
) -> None:
    event = an_event(kind="red_light", plate="123 ABC 02", evidence=(a_file(),))
    assert write(event) == [event.id]
    assert rows(owner, "SELECT district_id, site_id, response, state, written_at FROM events") == [
        (1, 1, "violation", "detected", LATER)
    ]
    assert rows(owner, "SELECT event_id, state, at, viewer_id FROM event_states") == [
        (event.id, "detected", NOON, None)
    ]
    assert rows(
        owner, "SELECT plate, article, mci_count, mci_tenge, fine_tenge FROM violations"
    ) == [("123 ABC 02", "599", Decimal(10), 4325, 43250)]
    assert rows(owner, "SELECT hour_at, district_id, kind, events FROM events_hourly") == [
        (NOON, 1, "red_light", 1)
    ]
    assert rows(owner, "SELECT day::text, site_id, district_id, events FROM events_daily") == [
        ("2026-05-04", 1, 1, 1)
    ]
    assert rows(owner, "SELECT event_id, camera_id, kind FROM evidence") == [
        (event.id, 1, "snapshot")
    ]


def test_writing_the_same_again_changes_nothing(write: Write, owner: Database) -> None:
    event = an_event(evidence=(a_file(),))
    assert write(event, event) == [event.id]
    assert write(event) == []
    for table in ("events", "event_states", "violations", "evidence"):
        assert rows(owner, f"SELECT count(*) FROM {table}") == [(1,)]
    assert rows(owner, "SELECT events FROM events_hourly") == [(1,)]
    assert rows(owner, "SELECT events FROM events_daily") == [(1,)]


def test_a_later_record_brings_the_event_up_to_date_and_leaves_its_state(
    write: Write, owner: Database
) -> None:
    event = an_event(evidence=(a_file(),))
    write(event)
    with owner.as_owner() as tx:
        tx.execute(text("UPDATE events SET state = 'confirmed'"))
    end = NOON + timedelta(seconds=9)
    closed = replace(
        event, ended_at=end, confidence=0.9, facts={"n": 2}, evidence=(a_file("clip"),)
    )
    write(closed)
    assert rows(owner, "SELECT state, ended_at, confidence, facts FROM events") == [
        ("confirmed", end, 0.9, {"n": 2})
    ]
    assert rows(owner, "SELECT kind FROM evidence ORDER BY kind") == [("clip",), ("snapshot",)]


def test_a_stale_record_does_not_open_a_closed_event_again(write: Write, owner: Database) -> None:
    event = an_event()
    write(replace(event, ended_at=LATER))
    write(event)
    assert rows(owner, "SELECT ended_at FROM events") == [(LATER,)]


def test_the_fine_follows_the_facts_until_an_officer_has_reviewed_it(
    write: Write, owner: Database
) -> None:
    event = an_event(kind="spot_speed", facts={"speed_kmh": 75, "limit_kmh": 60})
    write(event)
    faster = replace(event, facts={"speed_kmh": 85, "limit_kmh": 60})
    write(faster)
    fine = "SELECT article, mci_count, fine_tenge FROM violations"
    assert rows(owner, fine) == [("592", Decimal(10), 43250)]
    with owner.as_owner() as tx:
        tx.execute(text("UPDATE violations SET reviewed_at = now()"))
    write(replace(event, facts={"speed_kmh": 130, "limit_kmh": 60}))
    assert rows(owner, fine) == [("592", Decimal(10), 43250)]


@pytest.mark.parametrize(
    ("year", "over_kmh", "fine_tenge"),
    [
        (2024, 10, 18460),
        (2025, 19.9, 19660),
        (2026, 20, 43250),
        (2026, 60, 173000),
        (2026, 5, None),
    ],
)
def test_a_fine_is_that_of_the_day_and_of_the_speed(
    write: Write, owner: Database, year: int, over_kmh: float, fine_tenge: int | None
) -> None:
    """Also held equal to ``fines.fine``, which says the same for one violation."""
    at = datetime(year, 3, 2, 9, tzinfo=UTC)
    facts = {"speed_kmh": 60 + over_kmh, "limit_kmh": 60}
    write(an_event(kind="section_speed", facts=facts, started_at=at))
    assert rows(owner, "SELECT fine_tenge FROM violations") == [(fine_tenge,)]
    with owner.as_owner() as tx:
        found = fines.fine(tx, "section_speed", at.date(), over_kmh)
    assert (found.tenge if found else None) == fine_tenge


def test_a_kind_without_a_fine_is_a_violation_without_one(write: Write, owner: Database) -> None:
    write(an_event(kind="wrong_way"))
    assert rows(owner, "SELECT article, fine_tenge FROM violations") == [(None, None)]


def test_a_fine_that_is_no_number_prices_nothing_and_stops_no_event(
    write: Write, owner: Database
) -> None:
    """Such a row is older than the check that refuses it."""
    with owner.as_owner() as tx:
        tx.execute(text("ALTER TABLE fines_schedule DROP CONSTRAINT ck_fines_schedule_numbers"))
        tx.execute(text("UPDATE fines_schedule SET mci_count = 'NaN' WHERE kind = 'red_light'"))
        assert fines.fine(tx, "red_light", NOON.date()) is None
    assert len(write(an_event(kind="red_light"), an_event(kind="jaywalking"))) == 2
    assert rows(owner, "SELECT article, fine_tenge FROM violations ORDER BY article") == [
        ("615", 12975), (None, None)
    ]  # fmt: skip


def test_incidents_and_work_orders_get_their_rows(write: Write, owner: Database) -> None:
    write(an_event(kind="crowd"), an_event(kind="illegal_dump"))
    assert rows(owner, "SELECT acknowledged_at FROM incidents") == [(None,)]
    assert rows(owner, "SELECT deadline_at FROM work_orders") == [(NOON + timedelta(days=3),)]


def test_a_batch_is_counted_by_hour_day_and_kind(write: Write, owner: Database) -> None:
    evening = datetime(2026, 5, 4, 19, 30, tzinfo=UTC)  # half past midnight in the city
    write(
        *(an_event(kind="crowd") for _ in range(3)),
        an_event(kind="crowd", started_at=evening),
        an_event(kind="crowd", camera_id=6),
    )
    write(an_event(kind="crowd"))
    assert rows(owner, "SELECT day::text, site_id, events FROM events_daily ORDER BY 1, 2") == [
        ("2026-05-04", 1, 4),
        ("2026-05-04", 4, 1),
        ("2026-05-05", 1, 1),
    ]
    assert rows(owner, "SELECT sum(events) FROM events_hourly") == [(6,)]


def test_an_event_of_a_year_long_ago_or_to_come_is_kept(write: Write, owner: Database) -> None:
    times = [datetime(year, 1, 1, tzinfo=UTC) for year in (1970, 2038)]
    write(*(an_event(started_at=at) for at in times))
    assert rows(owner, "SELECT count(*) FROM events") == [(2,)]


def test_a_name_with_quotes_and_script_is_kept_as_it_is(write: Write, owner: Database) -> None:
    facts = {"name": "<script>alert('x')</script>\"; DROP TABLE events;--", "знак": "🚗🚓"}
    write(an_event(facts=facts, plate="🚗🚓"))
    assert rows(owner, "SELECT facts, plate FROM events") == [(facts, "🚗🚓")]


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"camera_id": 99}, "camera 99, which is not in the database"),
        ({"ended_at": NOON - timedelta(hours=1)}, "refuses a row"),
        ({"confidence": 1.5}, "refuses a row"),
    ],
)
def test_an_impossible_event_is_refused_and_nothing_is_half_written(
    write: Write, owner: Database, bad: dict[str, Any], words: str
) -> None:
    with pytest.raises(RowRefused, match=words):
        write(an_event(), an_event(**bad))
    for table in ("events", "event_states", "violations", "events_hourly", "events_daily"):
        assert rows(owner, f"SELECT count(*) FROM {table}") == [(0,)]


def test_an_event_without_a_camera_stands_where_it_was_placed(
    write: Write, owner: Database
) -> None:
    press = an_event(kind="sos_press", camera_id=0)
    write(press, places={press.id: Place(district_id=2)})
    assert rows(owner, "SELECT camera_id, site_id, district_id FROM events") == [(None, None, 2)]
    assert rows(owner, "SELECT site_id, district_id, events FROM events_daily") == [(0, 2, 1)]


def test_screens_hear_once_of_a_batch(write: Write, worker_url: str) -> None:
    known = an_event()
    write(known)
    with psycopg.connect(worker_url, autocommit=True) as listener:
        listener.execute("LISTEN qala_events")
        write(known, *(an_event() for _ in range(20)))
        heard = list(listener.notifies(timeout=60, stop_after=1))
        heard += list(listener.notifies(timeout=0.2))
    assert [note.payload for note in heard] == ['{"new" : 20, "changed" : 1}']


def test_events_that_a_crash_left_open_are_closed_at_what_is_known(
    write: Write, worker_database: Database, owner: Database
) -> None:
    left, others, closed = an_event(), an_event(camera_id=4), an_event(ended_at=NOON)
    write(left, others, closed)
    start = LATER + timedelta(hours=5)
    with worker_database.as_worker() as tx:
        assert events.close_orphans(tx, [1, 2], start) == [left.id]
        assert events.close_orphans(tx, [1, 2], start) == []
    end = "SELECT ended_at, facts -> 'ended_unknown' FROM events WHERE id = "
    assert rows(owner, f"{end} '{left.id}'") == [(LATER, True)]
    assert rows(owner, f"{end} '{others.id}'") == [(None, None)]


def test_the_closing_record_that_comes_later_knows_better_than_the_crash(
    write: Write, worker_database: Database, owner: Database
) -> None:
    event = an_event()
    write(event)
    with worker_database.as_worker() as tx:
        events.close_orphans(tx, [1], LATER + timedelta(hours=1))
    write(replace(event, ended_at=NOON + timedelta(seconds=4)))
    assert rows(owner, "SELECT ended_at, facts FROM events") == [
        (NOON + timedelta(seconds=4), event.facts)
    ]


def test_viewers_see_what_the_worker_wrote_in_their_district_alone(
    write: Write, app_database: Database, small_city: SmallCity
) -> None:
    from data_access.domain.people import Role

    write(an_event(id=uuid4(), camera_id=1), an_event(camera_id=4))
    with app_database.as_viewer(small_city.scope(Role.CHIEF)) as tx:
        assert tx.scalar(text("SELECT count(*) FROM events")) == 1
        assert tx.scalar(text("SELECT count(*) FROM violations")) == 1
