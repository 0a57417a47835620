import argparse
import hashlib
import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest
from sqlalchemy import delete, select, update

from cli import evidence
from cli.failure import CommandFailure
from data_access import events
from data_access.database import Database
from data_access.domain.events import EventRecord, EvidenceRecord
from data_access.media import MediaFolder
from data_access.settings import Settings, read_settings
from data_access.tables.happenings import Evidence
from data_access.tables.people import AuditRecord
from detection_worker.evidence.kept_frames import as_jpeg
from detection_worker.evidence.sealing import Sealer
from detection_worker.outbox import Outbox
from tests.detection_worker.items import NOON, an_event

pytestmark = pytest.mark.usefixtures("small_city")


@pytest.fixture
def settings(tmp_path: Path, worker_url: str) -> Settings:
    return read_settings({"QALA_HOME": str(tmp_path), "QALA_WORKER_DATABASE_URL": worker_url})


def kept(media: MediaFolder, content: bytes) -> EvidenceRecord:
    file = media.keep(content, ".jpg")
    return EvidenceRecord(
        uuid4(), "snapshot", file.path, file.sha256, file.size_bytes, "image/jpeg", NOON
    )


@pytest.fixture
def signed(settings: Settings, worker_database: Database) -> list[EventRecord]:
    """Three events, each with a snapshot, readings and a manifest."""
    media = MediaFolder(settings.media_dir)
    sealer = Sealer(media, settings.home)
    records = []
    for number in range(3):
        record = an_event(ended_at=NOON, evidence=(kept(media, b"picture %d" % number),))
        records.append(replace(record, evidence=(*record.evidence, *sealer.seal(record))))
    with worker_database.as_worker() as tx:
        events.write(tx, records, NOON)
    return records


@pytest.fixture
def files(signed: list[EventRecord]) -> list[EvidenceRecord]:
    """The snapshots of the three."""
    return [record.evidence[0] for record in signed]


Verify = Callable[..., int]


def do(settings: Settings, *words: str) -> int:
    parser = argparse.ArgumentParser()
    evidence.add_arguments(parser)
    return evidence.run(parser.parse_args(list(words)), settings)


@pytest.fixture
def verify(settings: Settings) -> Verify:
    def run(*words: str) -> int:
        return do(settings, "verify", *words)

    return run


def test_evidence_that_is_as_it_was_kept_passes(
    verify: Verify, files: list[EvidenceRecord], capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify("--all") == 0
    said = capsys.readouterr().out
    assert "Files checked: 9. Missing: 0. Changed: 0. Added: 0. Unknown: 0." in said
    assert "Events signed: 3, not signed: 0." in said
    assert verify(str(files[0].id)) == 0


def test_one_changed_byte_is_found(
    verify: Verify, files: list[EvidenceRecord], settings: Settings,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    path = settings.media_dir / files[1].path
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert verify("--all") == 1
    assert f"{files[1].path}: the snapshot of event" in capsys.readouterr().out
    assert (verify(str(files[1].id)), verify(str(files[0].id))) == (1, 0)


def test_a_missing_file_is_found(
    verify: Verify, files: list[EvidenceRecord], settings: Settings,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    (settings.media_dir / files[2].path).unlink()
    assert verify("--all") == 1
    assert "is missing." in capsys.readouterr().out


def test_a_file_that_no_event_knows_is_found_once_it_is_not_fresh(
    verify: Verify, files: list[EvidenceRecord], settings: Settings
) -> None:
    file = MediaFolder(settings.media_dir).keep(b"whose?", ".jpg")
    assert verify("--all") == 0
    long_ago = time.time() - 3_600
    os.utime(settings.media_dir / file.path, (long_ago, long_ago))
    assert verify("--all") == 1


def test_the_file_of_an_event_that_waits_in_the_outbox_is_known(
    verify: Verify, settings: Settings
) -> None:
    record = kept(MediaFolder(settings.media_dir), b"on its way")
    long_ago = time.time() - 3_600
    os.utime(settings.media_dir / record.path, (long_ago, long_ago))
    outbox = Outbox(settings.home / "outbox")
    outbox.put(an_event(evidence=(record,)))
    outbox.close()
    assert verify("--all") == 0


def test_an_unknown_number_is_a_sentence(verify: Verify) -> None:
    with pytest.raises(CommandFailure, match="no evidence with the number"):
        verify(str(uuid4()))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "or --all"),
        (("--all", str(uuid4())), "or --all"),
        (("nonsense",), "neither the number of an event nor a folder"),
    ],
)
def test_wrong_words_are_a_sentence(
    verify: Verify, settings: Settings, words: tuple[str, ...], sentence: str
) -> None:
    Sealer(MediaFolder(settings.media_dir), settings.home).key()
    with pytest.raises(CommandFailure, match=sentence):
        verify(*words)


def test_a_forged_row_does_not_hide_a_changed_file(
    verify: Verify, signed: list[EventRecord], settings: Settings, owner: Database,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    path = settings.media_dir / signed[0].evidence[0].path
    path.write_bytes(b"another")
    forged = {"sha256": hashlib.sha256(b"another").hexdigest(), "size_bytes": 7}
    with owner.as_owner() as tx:
        tx.execute(update(Evidence).where(Evidence.path == signed[0].evidence[0].path), forged)
    assert verify(str(signed[0].id)) == 1
    assert "is not the one that was signed" in capsys.readouterr().out


def test_a_file_added_after_the_signature_and_a_row_taken_away_are_found(
    verify: Verify, signed: list[EventRecord], settings: Settings, worker_database: Database,
    owner: Database, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    late = kept(MediaFolder(settings.media_dir), b"late")
    with worker_database.as_worker() as tx:
        events.write(tx, [replace(signed[0], evidence=(late,))], NOON)
    with owner.as_owner() as tx:
        tx.execute(delete(Evidence).where(Evidence.path == signed[1].evidence[0].path))
    assert verify("--all") == 1
    said = capsys.readouterr().out
    assert f"{late.path}: the snapshot of event {signed[0].id} was added" in said
    assert f"{signed[1].evidence[0].path}: the snapshot of event" in said
    assert "was signed and is missing" in said


def test_a_manifest_that_is_taken_away_is_found_a_day_later(
    verify: Verify, signed: list[EventRecord], owner: Database,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    with owner.as_owner() as tx:
        tx.execute(delete(Evidence).where(Evidence.kind == "manifest"))
    assert verify(str(signed[0].id)) == 1
    assert "is not signed" in capsys.readouterr().out


def test_an_exported_folder_proves_itself_elsewhere_with_the_public_key(
    signed: list[EventRecord], settings: Settings, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    folder, key = tmp_path / "court", tmp_path / "public.pem"
    assert do(settings, "export", str(signed[0].id), str(folder)) == 0
    assert do(settings, "key", str(key)) == 0
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["manifest.json", "readings.json", "snapshot.jpg"]
    elsewhere = read_settings({"QALA_HOME": str(tmp_path / "elsewhere")})
    assert do(elsewhere, "verify", str(folder), "--key", str(key)) == 0
    assert "as it was signed" in capsys.readouterr().out
    (folder / "snapshot.jpg").write_bytes(b"picture 1")
    assert do(elsewhere, "verify", str(folder), "--key", str(key)) == 1
    assert "snapshot.jpg: the snapshot was changed" in capsys.readouterr().out


def test_a_folder_without_a_key_to_prove_it_is_a_sentence(
    signed: list[EventRecord], settings: Settings, tmp_path: Path
) -> None:
    do(settings, "export", str(signed[0].id), str(tmp_path / "court"))
    elsewhere = read_settings({"QALA_HOME": str(tmp_path / "elsewhere")})
    with pytest.raises(CommandFailure, match="--key FILE"):
        do(elsewhere, "verify", str(tmp_path / "court"))
    assert not (tmp_path / "elsewhere").exists()


def test_an_export_goes_into_an_empty_folder_and_is_recorded(
    signed: list[EventRecord], settings: Settings, tmp_path: Path, owner: Database
) -> None:
    do(settings, "export", str(signed[0].id), str(tmp_path / "court"))
    with pytest.raises(CommandFailure, match="is not empty"):
        do(settings, "export", str(signed[0].id), str(tmp_path / "court"))
    with pytest.raises(CommandFailure, match="no masked evidence"):
        do(settings, "export", str(signed[0].id), str(tmp_path / "masked"), "--masked")
    with owner.as_owner() as tx:
        (row,) = tx.execute(select(AuditRecord)).all()
    assert (row.action, row.login) == ("evidence.export", "./qala evidence")


def test_masked_files_are_made_once_exported_and_proved(
    settings: Settings, worker_database: Database, tmp_path: Path, owner: Database
) -> None:
    media = MediaFolder(settings.media_dir)
    sealer = Sealer(media, settings.home)
    picture = np.full((120, 160, 3), 90, np.uint8)
    record = an_event(ended_at=NOON, evidence=(kept(media, as_jpeg(picture, 90)),))
    record = replace(record, evidence=(*record.evidence, *sealer.seal(record)))
    with worker_database.as_worker() as tx:
        events.write(tx, [record], NOON)
    assert do(settings, "mask", str(record.id)) == do(settings, "mask", str(record.id)) == 0
    folder = tmp_path / "for the press"
    assert do(settings, "export", str(record.id), str(folder), "--masked") == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "manifest.json", "masked_snapshot.jpg",
    ]  # fmt: skip
    assert do(settings, "verify", str(record.id), str(folder)) == 0
    with owner.as_owner() as tx:
        actions = [row.action for row in tx.execute(select(AuditRecord.action))]
    assert actions == ["evidence.mask", "evidence.mask", "evidence.export"]
    with pytest.raises(CommandFailure, match="not the number of an event"):
        do(settings, "mask", "nonsense")


def test_how_long_evidence_is_kept_is_shown_and_changed(
    owner_url: str, owner: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = read_settings({"QALA_HOME": str(tmp_path), "QALA_DATABASE_URL": owner_url})
    assert do(settings, "retention") == 0
    assert "all                      90 days" in capsys.readouterr().out
    do(settings, "retention", "violation", "365")
    do(settings, "retention", "crowd", "30")
    do(settings, "retention", "crowd", "0")
    said = capsys.readouterr().out.splitlines()[-3:]
    assert said[1] == "violation                365 days"
    for words in (("all", "0"), ("all", "-1"), ("all",), ("crowd", "-1"), ("crowd", "99999999")):
        with pytest.raises(CommandFailure):
            do(settings, "retention", *words)
    with owner.as_owner() as tx:
        rows = tx.execute(select(AuditRecord.login, AuditRecord.detail).order_by(AuditRecord.id))
        done = [(login, detail["before"], detail["after"]) for login, detail in rows]
    usual = {"days": 90, "responses": {}, "kinds": {}}
    longer = usual | {"responses": {"violation": 365}}
    shorter = longer | {"kinds": {"crowd": 30}}
    assert done == [
        ("./qala evidence", usual, longer),
        ("./qala evidence", longer, shorter),
        ("./qala evidence", shorter, longer),
    ]
