"""What a crash leaves unsigned is signed after the next start, and says what is missing."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from data_access import events
from data_access.database import Database
from data_access.domain.events import EventRecord, EvidenceRecord
from data_access.evidence_check import check_event
from data_access.evidence_files import evidence_of
from data_access.media import MediaFolder
from detection_worker.evidence.case import BROKEN_OFF
from detection_worker.evidence.sealing import Sealer
from detection_worker.evidence.unsealed import UnsealedEvidence, expected
from detection_worker.rules.movement import moment
from tests.detection_worker.items import an_event

pytestmark = pytest.mark.usefixtures("small_city")
NOW = datetime.now(UTC)


@pytest.fixture
def media(tmp_path: Path) -> MediaFolder:
    return MediaFolder(tmp_path / "media")


@pytest.fixture
def sealer(tmp_path: Path, media: MediaFolder) -> Sealer:
    return Sealer(media, tmp_path / "home")


def put(database: Database, media: MediaFolder, minutes: float, **more: Any) -> EventRecord:
    """An event of so many minutes ago with a snapshot and nothing else."""
    at = NOW - timedelta(minutes=minutes)
    file = media.keep(b"picture", ".jpg")
    snapshot = EvidenceRecord(uuid4(), "snapshot", file.path, file.sha256, 7, "image/jpeg", at)
    record = an_event(**{"started_at": at, "ended_at": at, "evidence": (snapshot,)} | more)
    with database.as_worker() as tx:
        events.write(tx, [record], NOW)
    return record


def looker(
    database: Database, media: MediaFolder, sealer: Sealer, known: tuple[UUID, ...] = (),
    cameras: tuple[int, ...] = (1,),
) -> UnsealedEvidence:  # fmt: skip
    return UnsealedEvidence(database.as_worker, media, sealer, lambda: known, lambda: cameras)


def test_what_was_left_is_signed_as_incomplete_with_what_there_is(
    worker_database: Database, media: MediaFolder, sealer: Sealer
) -> None:
    record = put(worker_database, media, 30)
    assert looker(worker_database, media, sealer).complete(NOW) == 1
    with worker_database.as_worker() as tx:
        files = evidence_of(tx, record.id)
    checked = check_event(files, media, sealer.key().public)
    assert (checked.findings, checked.verdict) == ((), "incomplete")
    assert checked.manifest is not None
    absent = checked.manifest.statement["absent"]
    assert {one["kind"] for one in absent} == {"drawing", "clip"}
    assert {one["reason"] for one in absent} == {BROKEN_OFF}
    assert checked.manifest.statement["event"]["camera_code"] == "C-0001"
    assert looker(worker_database, media, sealer).complete(NOW) == 0


def test_a_crossed_line_lacks_its_stills_and_a_section_its_sheet() -> None:
    crossing = an_event(kind="red_light", facts={"before_at": moment(NOW), "behind_at": "?"})
    assert expected(crossing) == ("snapshot", "drawing", "clip", "before")
    assert expected(an_event(kind="section_speed")) == ("sheet", "readings")


def test_what_somebody_is_still_at_work_on_is_left_to_them(
    worker_database: Database, media: MediaFolder, sealer: Sealer
) -> None:
    known = put(worker_database, media, 30)
    put(worker_database, media, 5)
    put(worker_database, media, 30, ended_at=None)
    put(worker_database, media, 30, camera_id=4)
    assert looker(worker_database, media, sealer, (known.id,)).complete(NOW) == 0


def test_a_camera_that_nobody_watches_any_more_is_signed_a_day_later(
    worker_database: Database, media: MediaFolder, sealer: Sealer
) -> None:
    put(worker_database, media, 26 * 60, camera_id=4)
    assert looker(worker_database, media, sealer).complete(NOW) == 1


def test_two_that_look_at_once_sign_once(
    worker_database: Database, media: MediaFolder, sealer: Sealer
) -> None:
    put(worker_database, media, 30)
    other = looker(worker_database, media, sealer)
    with worker_database.as_worker() as tx:
        from data_access.evidence_seals import unsealed

        before = NOW - timedelta(minutes=10)
        assert len(unsealed(tx, NOW - timedelta(days=1), before, [1], [], 5)) == 1
        assert other.complete(NOW) == 0
    assert other.complete(NOW) == 1


def test_events_without_any_evidence_are_not_signed(
    worker_database: Database, media: MediaFolder, sealer: Sealer
) -> None:
    put(worker_database, media, 30, evidence=())
    assert looker(worker_database, media, sealer).complete(NOW) == 0
