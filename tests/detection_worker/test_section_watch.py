import json
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from data_access.database import Database
from data_access.media import MediaFolder
from detection_worker.section_watch import SECTION_FAULT, SECTION_MEASURES, SectionWatch
from tests.data_access.sections import NOON, add_section, drive
from tests.detection_worker.watching import PATIENCE_S

pytestmark = pytest.mark.usefixtures("small_city")

AFTER = NOON + timedelta(minutes=1)
MakeWatch = Callable[..., SectionWatch]


@pytest.fixture
def watch(worker_database: Database, tmp_path: Path) -> MakeWatch:
    def make(now: datetime = AFTER) -> SectionWatch:
        media = MediaFolder(tmp_path / "media")
        return SectionWatch(worker_database.as_worker, media, now=lambda: now)

    return make


def rows(database: Database, query: str) -> list[tuple[Any, ...]]:
    with database.as_owner() as tx:
        return [tuple(row) for row in tx.execute(text(query))]


def test_who_was_too_fast_becomes_a_violation_with_its_sheet(
    watch: MakeWatch, owner: Database, tmp_path: Path
) -> None:
    with owner.as_owner() as tx:
        add_section(tx)
        entry, exit_ = drive(tx, "123ABC02", 90.0)
    (event,) = watch().look()
    assert rows(owner, "SELECT id, kind, camera_id, plate FROM events") == [
        (event, "section_speed", 2, "123ABC02")
    ]
    assert rows(owner, "SELECT article, mci_count::int, fine_tenge FROM violations") == [
        ("592", 10, 43250)
    ]
    ((path, sha256),) = rows(owner, "SELECT path, sha256 FROM evidence WHERE kind = 'readings'")
    media = MediaFolder(tmp_path / "media")
    assert media.sha256(path) == sha256
    sheet = json.loads(media.absolute(path).read_text())
    assert (sheet["entry"]["read_id"], sheet["exit"]["read_id"]) == (str(entry), str(exit_))
    assert (sheet["speed_kmh"], sheet["travel_s"], sheet["length_m"]) == (90.0, 40.0, 1000.0)
    assert sheet["fine"]["tenge"] == 43250
    assert sheet["fine"]["mci_tenge"] == 4325


def test_looking_again_writes_nothing_again(watch: MakeWatch, owner: Database) -> None:
    with owner.as_owner() as tx:
        add_section(tx)
        drive(tx, "123ABC02", 90.0)
    assert len(watch().look()) == 1
    assert watch().look() == []
    assert watch(AFTER + timedelta(seconds=30)).look() == []
    assert rows(owner, "SELECT count(*) FROM events") == [(1,)]
    assert rows(owner, "SELECT count(*) FROM evidence") == [(2,)]  # the numbers and the page


def test_reads_that_come_hours_late_are_found(watch: MakeWatch, owner: Database) -> None:
    with owner.as_owner() as tx:
        add_section(tx)
    late = watch(NOON + timedelta(hours=20))
    assert late.look() == []
    with owner.as_owner() as tx:
        drive(tx, "123ABC02", 90.0)
    assert late.look() == []  # the last minutes only
    assert len(watch(NOON + timedelta(hours=21)).look()) == 1


def test_reads_of_this_second_wait_for_their_earlier_ones(
    watch: MakeWatch, owner: Database
) -> None:
    with owner.as_owner() as tx:
        add_section(tx)
        drive(tx, "123ABC02", 90.0)
    assert watch(NOON + timedelta(seconds=1)).look() == []


@pytest.mark.parametrize(
    ("section", "offset_s", "sentence"),
    [
        ({"entry_camera_id": 2, "exit_camera_id": 1}, 0.0, "swap its two cameras"),
        ({}, 3600.0, "60 min apart"),
        ({}, -3600.0, "60 min apart"),
        ({}, -33.0, "Set both by the same time server"),
    ],
)
def test_a_section_that_cannot_be_trusted_accuses_nobody_and_says_why(
    watch: MakeWatch,
    owner: Database,
    section: dict[str, Any],
    offset_s: float,
    sentence: str,
) -> None:
    with owner.as_owner() as tx:
        add_section(tx, **section)
        for number in range(12):
            drive(tx, f"1{number:02}ABC02", 65.0, NOON - timedelta(minutes=number), offset_s)
    looking = watch(NOON + timedelta(minutes=5))
    assert looking.look() == []
    assert looking.trouble == SECTION_FAULT
    (said,) = looking.faults
    assert sentence in said


def test_usual_traffic_is_trusted(watch: MakeWatch, owner: Database) -> None:
    with owner.as_owner() as tx:
        add_section(tx)
        for number in range(12):
            drive(tx, f"1{number:02}ABC02", 55.0 + number, NOON - timedelta(minutes=number))
    looking = watch()
    assert looking.look() == []
    assert (looking.trouble, looking.faults) == ("", ())


def test_a_section_of_impossible_measures_is_named_and_the_others_are_watched(
    watch: MakeWatch, owner: Database
) -> None:
    """Such a row is older than the check that refuses it."""
    with owner.as_owner() as tx:
        tx.execute(text("ALTER TABLE linear_sections DROP CONSTRAINT ck_linear_sections_numbers"))
        add_section(tx, length_m="NaN", name_ru="Старая")
        add_section(tx)
        drive(tx, "123ABC02", 90.0)
    looking = watch()
    assert len(looking.look()) == 1
    assert looking.trouble == SECTION_MEASURES
    (said,) = looking.faults
    assert said.startswith("Section “Старая”: its length is nan ± 3 m")


def test_what_was_stopped_before_it_began_looks_at_nothing(
    watch: MakeWatch, owner: Database
) -> None:
    with owner.as_owner() as tx:
        add_section(tx)
        drive(tx, "123ABC02", 90.0)
    looking = watch()
    looking.stop()
    looking.start()
    looking.stop(within_s=PATIENCE_S)
    assert not [thread for thread in threading.enumerate() if thread.name == "sections"]
    with owner.as_owner() as tx:
        assert tx.scalar(text("SELECT count(*) FROM events")) == 0
