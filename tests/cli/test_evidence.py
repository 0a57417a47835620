import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from cli import evidence
from cli.failure import CommandFailure
from data_access import events
from data_access.database import Database
from data_access.domain.events import EvidenceRecord
from data_access.media import MediaFolder
from data_access.settings import Settings, read_settings
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
def files(settings: Settings, worker_database: Database) -> list[EvidenceRecord]:
    """Three files of evidence, each of an event of its own."""
    media = MediaFolder(settings.media_dir)
    records = [kept(media, b"picture %d" % number) for number in range(3)]
    with worker_database.as_worker() as tx:
        events.write(tx, [an_event(evidence=(record,)) for record in records], NOON)
    return records


Verify = Callable[..., int]


@pytest.fixture
def verify(settings: Settings) -> Verify:
    def run(*words: str) -> int:
        parser = argparse.ArgumentParser()
        evidence.add_arguments(parser)
        return evidence.run(parser.parse_args(["verify", *words]), settings)

    return run


def test_evidence_that_is_as_it_was_kept_passes(
    verify: Verify, files: list[EvidenceRecord], capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify("--all") == 0
    assert "Files checked: 3. Missing: 0. Changed: 0." in capsys.readouterr().out
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


@pytest.mark.parametrize("words", [(), ("nonsense",), ("--all", str(uuid4()))], ids=len)
def test_wrong_words_exit_with_two(verify: Verify, words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as exit_:
        verify(*words)
    assert exit_.value.code == 2
