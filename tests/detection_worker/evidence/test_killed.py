"""kill -9 while evidence is being written: nothing half-written counts, and events stand."""

import json
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import cv2
import pytest

from data_access import events
from data_access.database import Database
from data_access.domain.events import EventRecord
from data_access.evidence_check import check_event
from data_access.evidence_files import evidence_of
from data_access.media import MediaFolder
from detection_worker.evidence.sealing import Sealer
from detection_worker.evidence.unsealed import UnsealedEvidence
from detection_worker.evidence.verification import unknown
from detection_worker.outbox import Outbox
from tests.detection_worker.evidence.test_clips import played
from tests.detection_worker.items import NOON

pytestmark = pytest.mark.usefixtures("small_city")

LATER = NOON + timedelta(hours=1)
PATIENCE_S = 200.0

SOME = 12
"""Files after which some events are complete in the outbox."""

CHILD = """
import sys, time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from data_access.media import MediaFolder
from detection_worker.event_desk import Change, EventChange
from detection_worker.evidence.recorder import EvidenceRecorder
from detection_worker.evidence.room import Room
from detection_worker.evidence.sealing import Sealer
from detection_worker.live_pictures import LivePictures
from detection_worker.outbox import Outbox
from detection_worker.rules.movement import moment
from detection_worker.rules.scene import Finding
from tests.detection_worker.items import NOON, an_event
from tests.detection_worker.pictures import a_frame

home = Path(sys.argv[1])
media, outbox = MediaFolder(home / "media"), Outbox(home / "outbox")
sealer = Sealer(media, home)
recorder = EvidenceRecorder(media, outbox, LivePictures(), Room(home), sealer=sealer)
recorder.start()
finding = Finding("red_light", "track 7", 1, (7,), 0.8, {})
for number in range(100_000):
    frame = a_frame(number, size=(960, 540))
    recorder.keep(frame)
    if number % 20 == 19:
        at = frame.captured_at
        facts = {"before_at": moment(at - timedelta(seconds=1)), "behind_at": moment(at)}
        event = an_event(kind="red_light", started_at=at, facts=facts)
        outbox.put(recorder.record(EventChange(Change.OPENED, event, finding), frame, ()))
        over = replace(event, ended_at=at)
        outbox.put(recorder.record(EventChange(Change.CLOSED, over, finding), frame, ()))
"""


def killed_while_writing(home: Path, suffix: str) -> list[Path]:
    """What a recorder had begun when it was killed while it wrote a file with ``suffix``."""
    media, until = home / "media", time.monotonic() + PATIENCE_S
    with subprocess.Popen([sys.executable, "-c", CHILD, str(home)]) as child:
        while time.monotonic() < until and child.poll() is None:
            if len(list(media.glob("??/*"))) > SOME and list(media.glob(f"??/*.begun{suffix}")):
                child.send_signal(signal.SIGSTOP)  # so that it cannot finish what was seen
                if list(media.glob(f"??/*.begun{suffix}")):
                    break
                child.send_signal(signal.SIGCONT)
        child.send_signal(signal.SIGKILL)
    return list(media.glob("??/*.begun.*"))


@pytest.mark.parametrize("suffix", [".mp4", ".jpg", ".json"])
def test_after_kill_9_nothing_half_written_is_served_and_the_events_stand(
    suffix: str, tmp_path: Path, worker_database: Database
) -> None:
    assert killed_while_writing(tmp_path, suffix)
    media, outbox = MediaFolder(tmp_path / "media"), Outbox(tmp_path / "outbox")
    assert media.remove_begun()
    assert not list((tmp_path / "media").glob("??/*.begun.*"))
    for path in (tmp_path / "media").glob("??/*"):
        assert is_whole(path)
    records = [one.item for one in outbox.read(10_000_000)]
    outbox.close()
    found = [record for record in records if isinstance(record, EventRecord)]
    assert found
    with worker_database.as_worker() as tx:
        events.write(tx, found, NOON)
    sealer = Sealer(media, tmp_path)
    looker = UnsealedEvidence(worker_database.as_worker, media, sealer, list, lambda: (1,))
    while looker.complete(LATER):
        pass
    known: set[str] = set()
    for number in {record.id for record in found if record.ended_at is not None}:
        with worker_database.as_worker() as tx:
            files = evidence_of(tx, number)
        known |= {file.path for file in files}
        checked = check_event(files, media, sealer.key().public)
        assert (checked.findings, checked.verdict in ("valid", "incomplete")) == ((), True)
        assert {"snapshot", "before", "behind", "drawing"} <= {file.kind for file in files}
    # What was whole and not yet put is found by ``evidence verify``, and belongs to no event.
    assert len(list(unknown(tmp_path / "media", known, fresh_s=-60))) <= 8


def is_whole(path: Path) -> bool:
    if path.suffix == ".json":
        return bool(json.loads(path.read_bytes()))
    if path.suffix == ".mp4":
        return len(played(path).pictures) > 1
    return cv2.imread(str(path)) is not None and path.read_bytes()[-2:] == b"\xff\xd9"
