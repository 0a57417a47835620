"""A disk that fills stops clips, then pictures, and never events; it is said and logged."""

import logging
import os
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from data_access.media import MediaFolder
from detection_worker.event_desk import Change, EventChange
from detection_worker.evidence import room as rooms
from detection_worker.evidence.recorder import EvidenceRecorder
from detection_worker.evidence.room import (
    CLIPS_NEED_BYTES,
    NO_CLIPS,
    NO_EVIDENCE,
    SNAPSHOTS_NEED_BYTES,
    Room,
)
from detection_worker.evidence.sealing import Sealer
from detection_worker.live_pictures import LivePictures
from detection_worker.outbox import Outbox
from tests.detection_worker.evidence.test_recorder import FINDING
from tests.detection_worker.items import an_event
from tests.detection_worker.pictures import a_frame
from tests.detection_worker.watching import PATIENCE_S


@pytest.mark.parametrize(
    ("free", "clips", "snapshots", "trouble"),
    [
        (CLIPS_NEED_BYTES, True, True, ""),
        (CLIPS_NEED_BYTES - 1, False, True, NO_CLIPS),
        (SNAPSHOTS_NEED_BYTES, False, True, NO_CLIPS),
        (SNAPSHOTS_NEED_BYTES - 1, False, False, NO_EVIDENCE),
        (0, False, False, NO_EVIDENCE),
    ],
)
def test_clips_stop_before_pictures(
    tmp_path: Path, free: int, clips: bool, snapshots: bool, trouble: str
) -> None:
    room = Room(tmp_path, lambda folder: free)
    assert (room.for_clips, room.for_snapshots, room.trouble) == (clips, snapshots, trouble)


def test_it_is_logged_once_when_it_begins_and_once_when_it_ends(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    free = [10**12]
    room = Room(tmp_path, lambda folder: free[0])
    with caplog.at_level(logging.WARNING, rooms.__name__):
        for left in (10**12, 10**8, 10**8, 10**12, 10**12):
            free[0] = left
            assert room.trouble == ("" if left == 10**12 else NO_CLIPS)
    assert [record.message.split(":")[0] for record in caplog.records] == [
        "The disk is nearly full",
        "There is room for evidence again. Free",
    ]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 60 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=60m", "qala-test", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only a root that may mount can make a small disk")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_on_a_real_disk_that_fills_events_go_on_when_clips_and_pictures_have_stopped(
    small_disk: Path,
) -> None:
    media, outbox = MediaFolder(small_disk / "media"), Outbox(small_disk / "outbox")
    room, sealer = Room(small_disk / "media"), Sealer(media, small_disk)
    recorder = EvidenceRecorder(media, outbox, LivePictures(), room, sealer=sealer)
    recorder.start()
    with closing(outbox):
        first = recorder.record(EventChange(Change.OPENED, an_event(), FINDING), a_frame(0), ())
        said = recorder.trouble
        (small_disk / "others").write_bytes(bytes(20_000_000))
        second = recorder.record(EventChange(Change.OPENED, an_event(), FINDING), a_frame(1), ())
        for event in (first, second):
            outbox.put(event)
        waiting = outbox.waiting
        recorder.stop(within_s=PATIENCE_S)
    assert ({file.kind for file in first.evidence}, said) == ({"snapshot", "drawing"}, NO_CLIPS)
    assert (second.evidence, recorder.trouble, waiting) == ((), NO_EVIDENCE, 2)
