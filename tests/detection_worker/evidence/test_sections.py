"""The evidence of a section's average speed: both plates, the page, the numbers, a signature."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from sqlalchemy import text

from data_access.database import Database
from data_access.evidence_check import Checked, check_event
from data_access.evidence_files import EvidenceFile, evidence_of
from data_access.evidence_keys import public_key
from data_access.media import KeptFile, MediaFolder
from detection_worker.evidence.kept_frames import as_jpeg
from detection_worker.evidence.sealing import Sealer
from detection_worker.evidence.section_sheet import PAGE_WH
from detection_worker.section_watch import SectionWatch
from tests.data_access.sections import NOON, add_section, drive

pytestmark = pytest.mark.usefixtures("small_city")


@pytest.fixture
def media(tmp_path: Path) -> MediaFolder:
    return MediaFolder(tmp_path / "media")


def a_crop(media: MediaFolder, value: int) -> KeptFile:
    return media.keep(as_jpeg(np.full((40, 120, 3), value, np.uint8), 92), ".jpg")


def looked(database: Database, owner: Database, media: MediaFolder, home: Path, **more: Any) -> Any:
    """The event of one fast passage."""
    with owner.as_owner() as tx:
        add_section(tx)
        drive(tx, "123ABC02", 90.0, **more)
    sealer, now = Sealer(media, home), NOON + timedelta(minutes=1)
    (event,) = SectionWatch(database.as_worker, media, sealer, now=lambda: now).look()
    return event


def files_of(database: Database, event: Any) -> list[EvidenceFile]:
    with database.as_worker() as tx:
        return evidence_of(tx, event)


def checked(database: Database, event: Any, media: MediaFolder, home: Path) -> Checked:
    return check_event(files_of(database, event), media, public_key(home))


def test_it_is_signed_at_once_with_both_plates_and_the_page(
    worker_database: Database, owner: Database, media: MediaFolder, tmp_path: Path
) -> None:
    crops = a_crop(media, 60), a_crop(media, 200)
    event = looked(worker_database, owner, media, tmp_path, crops=crops)
    files = files_of(worker_database, event)
    kinds = sorted(file.kind for file in files)
    assert kinds == ["manifest", "plate", "plate", "readings", "sheet"]
    assert checked(worker_database, event, media, tmp_path).verdict == "valid"
    plates = [file for file in files if file.kind == "plate"]
    assert {file.sha256 for file in plates} == {crop.sha256 for crop in crops}
    assert not {file.path for file in plates} & {crop.path for crop in crops}  # copies of their own
    (page,) = [file for file in files if file.kind == "sheet"]
    image = cv2.imread(str(media.absolute(page.path)))
    assert image is not None and image.shape[:2] == (PAGE_WH[1], PAGE_WH[0])
    shown = {int(value) for value in np.unique(image)}
    assert {60, 200} <= shown  # both plates are on it


def test_a_changed_byte_of_the_page_or_of_a_plate_is_found(
    worker_database: Database, owner: Database, media: MediaFolder, tmp_path: Path
) -> None:
    crops = a_crop(media, 60), a_crop(media, 200)
    event = looked(worker_database, owner, media, tmp_path, crops=crops)
    for file in files_of(worker_database, event):
        path = media.absolute(file.path)
        whole = path.read_bytes()
        path.write_bytes(whole[:40] + bytes([whole[40] ^ 1]) + whole[41:])
        assert checked(worker_database, event, media, tmp_path).verdict == "changed", file.kind
        path.write_bytes(whole)
    assert checked(worker_database, event, media, tmp_path).verdict == "valid"


def test_the_numbers_say_the_error_and_the_fine_of_that_day(
    worker_database: Database, owner: Database, media: MediaFolder, tmp_path: Path
) -> None:
    event = looked(worker_database, owner, media, tmp_path)
    (file,) = [one for one in files_of(worker_database, event) if one.kind == "readings"]
    sheet = json.loads(media.absolute(file.path).read_text())
    assert (sheet["speed_kmh"], sheet["error_kmh"]) == (90.0, pytest.approx(0.5, abs=0.2))
    assert sheet["entry"]["camera"] == "C-0001" and sheet["exit"]["camera"] == "C-0002"
    fine = sheet["fine"]
    assert (fine["mci_tenge"], fine["tenge"], fine["day"]) == (4325, 43250, "2026-05-04")


@pytest.mark.parametrize("lost", ["gone", "changed"])
def test_a_plate_that_is_gone_or_changed_is_said_to_be_missing(
    lost: str, worker_database: Database, owner: Database, media: MediaFolder, tmp_path: Path
) -> None:
    crops = a_crop(media, 60), a_crop(media, 200)
    path = media.absolute(crops[0].path)
    path.unlink() if lost == "gone" else path.write_bytes(b"something else")
    event = looked(worker_database, owner, media, tmp_path, crops=crops)
    result = checked(worker_database, event, media, tmp_path)
    assert (result.verdict, result.findings) == ("incomplete", ())
    assert [file.kind for file in files_of(worker_database, event)].count("plate") == 1


def test_a_disk_that_takes_nothing_does_not_take_the_event(
    worker_database: Database, owner: Database, tmp_path: Path
) -> None:
    (tmp_path / "media").write_text("a file where the folder should be")
    event = looked(worker_database, owner, MediaFolder(tmp_path / "media"), tmp_path)
    with owner.as_owner() as tx:
        assert tx.scalar(text("SELECT count(*) FROM events WHERE kind = 'section_speed'")) == 1
    assert files_of(worker_database, event) == []


def test_an_event_that_cannot_be_written_leaves_no_files(
    worker_database: Database, owner: Database, media: MediaFolder, tmp_path: Path
) -> None:
    with owner.as_owner() as tx:
        tx.execute(text("REVOKE INSERT ON events FROM qala_worker"))
    with pytest.raises(Exception, match="events"):
        looked(worker_database, owner, media, tmp_path)
    assert not [path for path in (tmp_path / "media").glob("??/*") if path.is_file()]
