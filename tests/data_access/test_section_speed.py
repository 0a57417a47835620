from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from data_access import section_speed
from data_access.database import Database, Transaction
from data_access.domain.sections import SectionPassage
from data_access.errors import RowRefused
from tests.data_access.sections import ENTRY, EXIT, NOON, add_read, add_section, drive

pytestmark = pytest.mark.usefixtures("small_city")


@pytest.fixture
def tx(owner: Database) -> Iterator[Transaction]:
    with owner.as_owner() as open_tx:
        yield open_tx


def passed(tx: Transaction) -> list[SectionPassage]:
    return section_speed.passages(tx, NOON - timedelta(hours=1), NOON + timedelta(hours=1))


def test_a_plate_at_both_ends_too_soon_is_a_passage(tx: Transaction) -> None:
    add_section(tx)
    entry, exit_ = drive(tx, "123ABC02", 90.0)
    (found,) = passed(tx)
    assert (found.plate, found.entry.id, found.exit.id) == ("123ABC02", entry, exit_)
    assert found.travel_s == pytest.approx(40.0)
    assert found.section.name == "Объездная"


@pytest.mark.parametrize("speed_kmh", [20.0, 59.9, 400.0])
def test_who_keeps_to_the_limit_or_cannot_be_real_is_none(
    tx: Transaction, speed_kmh: float
) -> None:
    add_section(tx)
    drive(tx, "123ABC02", speed_kmh)
    assert passed(tx) == []


def test_the_difference_of_the_clocks_is_taken_out(tx: Transaction) -> None:
    add_section(tx, clock_offset_s=-35.0)
    drive(tx, "123ABC02", 90.0, offset_s=-35.0)
    (found,) = passed(tx)
    assert found.travel_s == pytest.approx(40.0)


def test_other_plates_other_ways_and_doubtful_reads_match_nothing(tx: Transaction) -> None:
    add_section(tx)
    add_read(tx, ENTRY, "111AAA01", NOON)
    add_read(tx, EXIT, "222BBB02", NOON + timedelta(seconds=40))
    add_read(tx, EXIT, "333CCC03", NOON)
    add_read(tx, ENTRY, "333CCC03", NOON + timedelta(seconds=40))
    add_read(tx, ENTRY, "444DDD04", NOON, confidence=0.5)
    add_read(tx, EXIT, "444DDD04", NOON + timedelta(seconds=40))
    assert passed(tx) == []


def test_a_plate_read_several_times_in_passing_is_one_passage(tx: Transaction) -> None:
    add_section(tx)
    entry, exit_ = drive(tx, "123ABC02", 90.0)
    for camera, seconds in ((ENTRY, -39.0), (ENTRY, -38.0), (EXIT, 1.0), (EXIT, 2.0)):
        add_read(tx, camera, "123ABC02", NOON + timedelta(seconds=seconds))
    (found,) = passed(tx)
    assert (found.entry.id, found.exit.id) == (entry, exit_)


def test_who_comes_again_passes_again(tx: Transaction) -> None:
    add_section(tx)
    drive(tx, "123ABC02", 90.0)
    drive(tx, "123ABC02", 100.0, NOON + timedelta(minutes=10))
    assert [round(one.travel_s) for one in passed(tx)] == [40, 36]


def test_a_section_of_one_camera_or_of_none_is_left_alone(tx: Transaction) -> None:
    add_section(tx, exit_camera_id=ENTRY)
    add_section(tx, entry_camera_id=None)
    drive(tx, "123ABC02", 90.0)
    assert passed(tx) == []
    assert section_speed.travel_times(tx, NOON, timedelta(hours=1)) == []


def test_a_section_of_no_length_is_refused(owner: Database) -> None:
    with pytest.raises(RowRefused), owner.as_owner() as tx:
        add_section(tx, length_m=0.0)


def test_the_usual_time_shows_cameras_that_are_swapped(tx: Transaction) -> None:
    add_section(tx, entry_camera_id=EXIT, exit_camera_id=ENTRY)
    for number in range(5):
        drive(tx, f"10{number}ABC02", 60.0, NOON - timedelta(minutes=number))
    (times,) = section_speed.travel_times(tx, NOON, timedelta(hours=1))
    assert (times.pairs, times.median_s) == (5, pytest.approx(-60.0))


def test_the_worker_may_look_and_one_at_a_time(worker_database: Database) -> None:
    with worker_database.as_worker() as one, worker_database.as_worker() as other:
        assert passed(one) == []
        assert section_speed.is_alone(one)
        assert not section_speed.is_alone(other)


def test_plates_are_looked_up_by_index_alone(owner: Database) -> None:
    """The plan must never read a partition of plate_reads from end to end."""
    with owner.as_owner() as tx:
        add_section(tx)
        tx.execute(
            text(
                "INSERT INTO plate_reads (id, camera_id, district_id, plate, read_at, confidence)"
                " SELECT gen_random_uuid(), 1 + n % 6, 1, to_char(n % 5000, 'FM0000') || 'ABC02',"
                " CAST(:noon AS timestamptz) - make_interval(secs => n * 20), 0.9"
                " FROM generate_series(1, 20000) AS n"
            ),
            {"noon": NOON},
        )
        tx.execute(text("ANALYZE plate_reads"))
        plan = tx.execute(
            text(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {section_speed.PASSAGES.text}"),
            {
                "since": NOON - timedelta(minutes=15), "until": NOON, "sure": 0.8,
                "fastest_kmh": 300.0, "same_s": 30.0,
            },
        )  # fmt: skip
        lines = [row[0] for row in plan]
    executed = [line for line in lines if "never executed" not in line]
    assert not [line for line in executed if "Seq Scan on plate_reads" in line]
    assert len(executed) < len(lines)  # months out of reach are not touched
