import hashlib
import json
import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from data_access.domain.events import EventRecord, EvidenceRecord, TrafficCount
from data_access.domain.evidence import EvidenceKind
from data_access.evidence_check import check_event
from data_access.evidence_files import EvidenceFile
from data_access.evidence_keys import public_key
from data_access.evidence_manifest import opened
from data_access.media import MediaFolder
from detection_worker.event_desk import Change, EventChange
from detection_worker.evidence.case import NO_ROOM, PlateCrop
from detection_worker.evidence.recorder import EVIDENCE_FAILS, EvidenceRecorder
from detection_worker.evidence.room import CLIPS_NEED_BYTES, NO_CLIPS, NO_EVIDENCE, Room
from detection_worker.evidence.sealing import UNSIGNED, Sealer
from detection_worker.frames import Image, LargePicture, PlainPicture
from detection_worker.live_pictures import LivePictures
from detection_worker.packets import EncodedPicture, Group, Head
from detection_worker.pipeline import SeenPicture
from detection_worker.rules.scene import Finding, Mark
from tests.detection_worker.evidence.test_clips import played
from tests.detection_worker.items import NOON, an_event
from tests.detection_worker.pictures import a_frame
from tests.detection_worker.watching import PATIENCE_S, wait_until

FINDING = Finding("wrong_way", "track 7", 1, (7,), 0.8, {})


class Put:
    """An outbox that remembers what was put."""

    def __init__(self) -> None:
        self.items: list[EventRecord | TrafficCount] = []
        self._changed = threading.Condition()

    def put(self, item: EventRecord | TrafficCount) -> None:
        with self._changed:
            self.items.append(item)
            self._changed.notify_all()

    def wait_for(self, count: int) -> list[Any]:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.items) >= count, PATIENCE_S)
            return list(self.items)


Make = Callable[..., EvidenceRecorder]


@pytest.fixture
def outbox() -> Put:
    return Put()


@pytest.fixture
def media(tmp_path: Path) -> MediaFolder:
    return MediaFolder(tmp_path / "media")


@pytest.fixture
def make(tmp_path: Path, media: MediaFolder, outbox: Put) -> Iterator[Make]:
    made: list[EvidenceRecorder] = []

    def make_recorder(free_bytes: int = 10**12, **words: Any) -> EvidenceRecorder:
        room = Room(tmp_path, lambda folder: free_bytes)
        # A camera is not silent because the machine is busy.
        usual = {"sealer": Sealer(media, tmp_path / "home"), "silent_s": 3 * PATIENCE_S}
        words = usual | words
        recorder = EvidenceRecorder(media, outbox, LivePictures(), room, **words)
        recorder.start()
        made.append(recorder)
        return recorder

    yield make_recorder
    for recorder in made:
        recorder.stop(within_s=PATIENCE_S)


def change(kind: Change, record: EventRecord) -> EventChange:
    return EventChange(kind, record, FINDING)


def files(record: EventRecord) -> dict[str, EvidenceRecord]:
    return {file.kind: file for file in record.evidence}


def at(number: int) -> Any:
    return NOON + timedelta(seconds=number / 10)


def keep(recorder: EvidenceRecorder, numbers: range, **words: Any) -> None:
    for number in numbers:
        recorder.keep(a_frame(number, **words))


def test_a_snapshot_is_there_at_once_and_shows_the_picture_as_it_came(
    make: Make, media: MediaFolder
) -> None:
    frame = a_frame(60, size=(641, 479))
    recorder = make()
    record = recorder.record(change(Change.OPENED, an_event()), frame, ())
    snapshot = files(record)["snapshot"]
    content = media.absolute(snapshot.path).read_bytes()
    assert hashlib.sha256(content).hexdigest() == snapshot.sha256
    assert (len(content), snapshot.mime) == (snapshot.size_bytes, "image/jpeg")
    assert snapshot.captured_at == frame.captured_at
    image = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    assert image is not None and image.shape == frame.image_bgr.shape
    assert np.abs(image.astype(int) - frame.image_bgr.astype(int)).mean() < 2


def test_a_clip_shows_five_seconds_before_the_event_and_five_after_it(
    make: Make, media: MediaFolder, outbox: Put
) -> None:
    recorder = make()
    keep(recorder, range(101))
    event = an_event(started_at=at(90))
    recorder.record(change(Change.OPENED, event), a_frame(100), ())
    keep(recorder, range(101, 131))
    closed = replace(event, ended_at=at(110))
    recorder.record(change(Change.CLOSED, closed), a_frame(130), ())
    keep(recorder, range(131, 200))
    record = outbox.wait_for(2)[-1]
    clip = files(record)["clip"]
    assert record.ended_at == at(110)
    assert clip.captured_at == at(40)
    assert clip.sha256 == media.sha256(clip.path)
    shown = played(media.absolute(clip.path))
    assert len(shown.pictures) == 121
    assert shown.times_s[-1] == pytest.approx(12.0, abs=0.001)
    assert set(files(record)) == {"snapshot", "drawing", "clip", "readings", "manifest"}


def test_an_event_that_lasts_has_its_clip_before_it_ends_and_keeps_it(
    make: Make, outbox: Put
) -> None:
    recorder = make()
    keep(recorder, range(60))
    event = an_event(started_at=at(59))
    recorder.record(change(Change.OPENED, event), a_frame(59), ())
    keep(recorder, range(60, 270))
    (record,) = outbox.wait_for(1)
    assert record.ended_at is None and "clip" in files(record)
    extended = recorder.record(change(Change.EXTENDED, event), a_frame(280), ())
    closed = recorder.record(
        change(Change.CLOSED, replace(event, ended_at=at(290))), a_frame(300), ()
    )
    assert set(files(extended)) == set(files(closed)) == {"snapshot", "drawing", "clip"}


def test_events_at_one_time_share_their_frames(make: Make, outbox: Put) -> None:
    recorder = make()
    keep(recorder, range(50))
    before = recorder.pre_roll_bytes
    events = [an_event(started_at=at(49)) for _ in range(5)]
    for event in events:
        recorder.record(change(Change.OPENED, event), a_frame(49), ())
    assert recorder.pre_roll_bytes == before
    for event in events:
        closed = replace(event, ended_at=at(49))
        recorder.record(change(Change.CLOSED, closed), a_frame(50), ())
    keep(recorder, range(50, 101))
    records = outbox.wait_for(10)
    assert {record.id for record in records} == {event.id for event in events}
    assert len({files(record)["clip"].path for record in records}) == 5


def test_each_camera_has_its_own_last_seconds(make: Make, media: MediaFolder, outbox: Put) -> None:
    recorder = make()
    keep(recorder, range(30), camera_id=1)
    keep(recorder, range(40), camera_id=2, size=(160, 120))
    event = an_event(camera_id=2, started_at=at(39), ended_at=at(39))
    recorder.record(change(Change.OPENED, event), a_frame(39, camera_id=2), ())
    keep(recorder, range(40, 100), camera_id=1)
    assert not outbox.items
    keep(recorder, range(40, 100), camera_id=2, size=(160, 120))
    record = outbox.wait_for(1)[0]
    assert played(media.absolute(files(record)["clip"].path)).size == (160, 120)


def test_a_camera_that_falls_silent_still_gets_its_clip(make: Make, outbox: Put) -> None:
    recorder = make(silent_s=0.1)
    keep(recorder, range(20))
    recorder.record(change(Change.OPENED, an_event(started_at=at(19))), a_frame(19), ())
    (record,) = outbox.wait_for(1)
    assert "clip" in files(record)


def test_what_is_being_taken_is_written_when_the_worker_stops(
    make: Make, media: MediaFolder, outbox: Put
) -> None:
    recorder = make()
    keep(recorder, range(20))
    recorder.record(change(Change.OPENED, an_event(started_at=at(19))), a_frame(19), ())
    recorder.stop(within_s=PATIENCE_S)
    (record,) = outbox.wait_for(1)
    assert len(played(media.absolute(files(record)["clip"].path)).pictures) == 20


def test_a_camera_that_is_left_gets_its_clip_and_is_forgotten(make: Make, outbox: Put) -> None:
    recorder = make()
    keep(recorder, range(20))
    recorder.record(change(Change.OPENED, an_event(started_at=at(19))), a_frame(19), ())
    recorder.forget(1)
    outbox.wait_for(1)
    assert recorder.pre_roll_bytes == 0


def test_a_nearly_full_disk_stops_clips_and_keeps_snapshots(make: Make, outbox: Put) -> None:
    recorder = make(free_bytes=CLIPS_NEED_BYTES - 1)
    keep(recorder, range(20))
    event = an_event(started_at=at(19))
    record = recorder.record(change(Change.OPENED, event), a_frame(19), ())
    recorder.forget(1)
    assert set(files(record)) == {"snapshot", "drawing"}
    assert recorder.trouble == NO_CLIPS
    assert not outbox.items


def test_a_full_disk_stops_snapshots_and_never_events(make: Make) -> None:
    recorder = make(free_bytes=0)
    keep(recorder, range(3))
    record = recorder.record(change(Change.OPENED, an_event()), a_frame(3), ())
    assert record.evidence == ()
    assert recorder.trouble == NO_EVIDENCE


def test_a_media_folder_that_cannot_be_written_is_said_and_leaves_nothing(
    tmp_path: Path, make: Make
) -> None:
    (tmp_path / "media").write_text("not a folder")
    recorder = make()
    record = recorder.record(change(Change.OPENED, an_event()), a_frame(3), ())
    assert (record.evidence, recorder.trouble) == ((), EVIDENCE_FAILS)


def test_the_last_seconds_of_many_cameras_stay_within_their_memory(make: Make) -> None:
    recorder = make(pre_roll_bytes=200_000)
    for camera in range(10):
        keep(recorder, range(60), camera_id=camera)
        assert recorder.pre_roll_bytes <= 200_000 + 10 * 4_000


def test_what_is_seen_without_being_kept_is_kept(make: Make) -> None:
    recorder = make()
    recorder.see(a_frame(0), SeenPicture())
    before = recorder.pre_roll_bytes
    assert before > 0
    recorder.see(a_frame(0), SeenPicture())
    assert recorder.pre_roll_bytes == before


def happened(recorder: EvidenceRecorder, outbox: Put, finding: Finding = FINDING) -> EventRecord:
    """An event from its beginning to its signature."""
    keep(recorder, range(21))
    event = an_event(started_at=at(19), facts=dict(finding.facts))
    recorder.record(EventChange(Change.OPENED, event, finding), a_frame(20), ())
    closed = replace(event, ended_at=at(20))
    recorder.record(EventChange(Change.CLOSED, closed, finding), a_frame(20), ())
    keep(recorder, range(21, 80))
    record: EventRecord = outbox.wait_for(2)[-1]
    return record


def rows(record: EventRecord) -> list[EvidenceFile]:
    return [
        EvidenceFile(
            file.id, record.id, file.kind, file.path, file.sha256, file.size_bytes, file.mime,
            file.captured_at,
        )
        for file in record.evidence
    ]  # fmt: skip


def test_when_the_last_file_is_there_a_manifest_that_names_each_is_signed(
    make: Make, media: MediaFolder, outbox: Put, tmp_path: Path
) -> None:
    record = happened(make(), outbox)
    checked = check_event(rows(record), media, public_key(tmp_path / "home"))
    assert (checked.findings, checked.verdict) == ((), "valid")
    assert checked.manifest is not None
    assert [file.name for file in checked.manifest.files] == [
        "snapshot.jpg", "drawing.jpg", "clip.mp4", "readings.json",
    ]  # fmt: skip
    statement = checked.manifest.statement
    assert (statement["rule"]["id"], statement["event"]["id"]) == ("wrong_way", str(record.id))
    assert statement["event"]["started_at"] == record.started_at.isoformat()


def test_the_readings_have_the_numbers_that_decided_and_what_was_marked(
    make: Make, media: MediaFolder, outbox: Put
) -> None:
    marks = (Mark(((10, 20), (30, 40)), "12 m"),)
    facts = {"speed_kmh": np.float32(83.5), "error_kmh": float("nan")}
    record = happened(make(), outbox, replace(FINDING, facts=facts, marks=marks))
    said = json.loads(media.absolute(files(record)["readings"].path).read_bytes())
    assert said["facts"] == {"speed_kmh": 83.5, "error_kmh": None}
    assert said["marks"] == [{"points_px": [[10, 20], [30, 40]], "text": "12 m", "closed": False}]
    assert (said["frame_wh"], said["measured_at"]) == ([320, 240], at(20).isoformat())


def test_the_drawing_has_the_marks_and_the_snapshot_has_not(
    make: Make, media: MediaFolder, outbox: Put
) -> None:
    marks = (Mark(((40, 200), (280, 200))),)
    record = happened(make(), outbox, replace(FINDING, marks=marks))

    def picture(kind: str) -> Any:
        return cv2.imread(str(media.absolute(files(record)[kind].path))).astype(int)

    snapshot, drawing = picture("snapshot"), picture("drawing")
    assert np.abs(drawing[200, 60:260] - snapshot[200, 60:260]).mean() > 40
    assert np.abs(drawing[100:150] - snapshot[100:150]).mean() < 3
    assert drawing.shape[0] > snapshot.shape[0]


def test_a_finding_that_grew_stronger_is_drawn_again_on_its_own_picture(
    make: Make, media: MediaFolder, outbox: Put
) -> None:
    recorder = make()
    keep(recorder, range(60))
    event = an_event(started_at=at(19))
    recorder.record(change(Change.OPENED, event), a_frame(20), ())
    stronger = replace(FINDING, facts={"duration_s": 3}, confidence=0.9)
    extended = EventChange(Change.EXTENDED, event, stronger, found_at=at(50))
    recorder.record(extended, a_frame(59), ())
    closed = EventChange(Change.CLOSED, replace(event, ended_at=at(59)), stronger, at(50))
    recorder.record(closed, a_frame(59), ())
    keep(recorder, range(60, 120))
    record = outbox.wait_for(2)[-1]
    drawings = [file for file in record.evidence if file.kind == "drawing"]
    assert [file.captured_at for file in drawings] == [at(20), at(50)]


def test_the_crop_of_a_plate_becomes_evidence_where_one_is_given(
    make: Make, media: MediaFolder, outbox: Put
) -> None:
    crops = [PlateCrop(a_frame(0).image_bgr[:20, :60], at(18)), None]

    def plate_of(camera_id: int, track_ids: Any) -> PlateCrop | None:
        assert (camera_id, track_ids) == (1, (7,))
        return crops.pop(0) if crops else None

    record = happened(make(plate_of=plate_of), outbox)
    assert files(record)["plate"].captured_at == at(18)
    assert [file.kind for file in record.evidence].count("plate") == 1


def test_what_is_missing_is_said_in_the_manifest(
    make: Make, media: MediaFolder, outbox: Put
) -> None:
    recorder = make(free_bytes=CLIPS_NEED_BYTES - 1)
    keep(recorder, range(20))
    event = an_event(started_at=at(19))
    recorder.record(change(Change.OPENED, event), a_frame(19), ())
    recorder.record(change(Change.CLOSED, replace(event, ended_at=at(19))), a_frame(19), ())
    recorder.forget(1)
    (record,) = outbox.wait_for(1)
    manifest = opened(media.absolute(files(record)["manifest"].path).read_bytes())
    assert manifest.statement["absent"] == [{"kind": "clip", "reason": NO_ROOM}]
    assert not manifest.is_complete


def test_a_damaged_key_leaves_events_unsigned_and_is_said(
    make: Make, outbox: Put, tmp_path: Path
) -> None:
    (tmp_path / "home" / "keys").mkdir(parents=True)
    (tmp_path / "home" / "keys" / "evidence.key").write_text("not a key")
    recorder = make()
    keep(recorder, range(20))
    event = an_event(started_at=at(19))
    recorder.record(change(Change.OPENED, event), a_frame(19), ())
    recorder.record(change(Change.CLOSED, replace(event, ended_at=at(19))), a_frame(19), ())
    recorder.forget(1)
    wait_until(lambda: not recorder.known_events)
    (record,) = outbox.wait_for(1)
    assert "manifest" not in files(record)
    assert recorder.trouble == UNSIGNED
    assert (tmp_path / "home" / "keys" / "evidence.key").read_text() == "not a key"


def test_a_camera_whose_clock_goes_back_still_has_its_events_signed(
    make: Make, outbox: Put, media: MediaFolder, tmp_path: Path
) -> None:
    recorder = make()
    keep(recorder, range(30))
    event = an_event(started_at=at(29))
    recorder.record(change(Change.OPENED, event), a_frame(29), ())
    earlier = at(-36_000)
    for number in range(40):
        recorder.keep(a_frame(number, start=earlier))
    closed = EventChange(Change.CLOSED, replace(event, ended_at=at(29)), FINDING, at(29))
    recorder.record(closed, a_frame(39, start=earlier), ())
    recorder.forget(1)
    record = outbox.wait_for(2)[-1]
    checked = check_event(rows(record), media, public_key(tmp_path / "home"))
    assert checked.verdict == "valid"
    assert len(played(media.absolute(files(record)["clip"].path)).pictures) == 30


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_disk_that_fills_under_a_clip_leaves_nothing_half_written(
    tmp_path: Path, make: Make, outbox: Put
) -> None:
    disk = tmp_path / "media"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=100k", "qala-test", str(disk)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("this root may not mount")
    try:
        recorder = make()
        noise = np.random.default_rng(1).integers(0, 255, (480, 640, 3), np.uint8)
        frames = [
            replace(a_frame(number), picture=PlainPicture(np.roll(noise, number)))
            for number in range(40)
        ]
        for frame in frames:
            recorder.keep(frame)
        record = recorder.record(change(Change.OPENED, an_event(started_at=at(39))), frames[-1], ())
        recorder.forget(1)
        recorder.stop(within_s=PATIENCE_S)
        assert (record.evidence, outbox.items) == ((), [])
        assert recorder.trouble == EVIDENCE_FAILS
        assert [path for path in disk.rglob("*") if path.is_file()] == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_evidence_of_a_camera_with_two_streams_is_of_the_large_one(
    make: Make, media: MediaFolder
) -> None:
    recorder = make()
    shot = a_frame(0, size=(640, 480))
    large = LargePicture.of(1, shot.captured_at, shot.picture)
    frame = replace(a_frame(0), large=large)
    recorder.keep(large)
    recorder.see(frame, SeenPicture())
    record = recorder.record(EventChange(Change.OPENED, an_event(), FINDING), frame, ())
    (snapshot,) = (one for one in record.evidence if one.kind == EvidenceKind.SNAPSHOT)
    picture = cv2.imread(str(media.absolute(snapshot.path)))
    assert picture is not None
    assert picture.shape == (480, 640, 3)
    shown = recorder._live.picture(1, 640, True)
    assert shown is not None
    assert cv2.imdecode(np.frombuffer(shown.jpeg, np.uint8), 1).shape == (480, 640, 3)  # type: ignore[union-attr]


def test_the_journey_does_not_wait_for_a_large_picture_to_be_decoded(
    make: Make, media: MediaFolder, outbox: Put
) -> None:
    recorder, decode = make(), threading.Event()
    shot, encoded = a_frame(0, size=(640, 480)), EncodedPicture(Group(Head("h264", None)), 0, 1)

    def look() -> Image:
        assert decode.wait(PATIENCE_S)
        return shot.image_bgr

    large = LargePicture(1, shot.captured_at, (640, 480), look, encoded)
    frame = replace(a_frame(0), large=large)
    record = recorder.record(EventChange(Change.OPENED, an_event(), FINDING), frame, ())
    assert record.evidence == ()
    decode.set()
    snapshot, drawing = outbox.wait_for(1)[0].evidence
    assert (snapshot.kind, drawing.kind) == (EvidenceKind.SNAPSHOT, EvidenceKind.DRAWING)
    assert cv2.imread(str(media.absolute(snapshot.path))).shape == (480, 640, 3)  # type: ignore[union-attr]


def test_an_event_with_a_damaged_large_picture_has_the_small_one(
    make: Make, media: MediaFolder, outbox: Put
) -> None:
    recorder, encoded = make(), EncodedPicture(Group(Head("h264", None)), 0, 1)
    large = LargePicture(1, a_frame(0).captured_at, (640, 480), lambda: None, encoded)
    frame = replace(a_frame(0), large=large)
    recorder.record(EventChange(Change.OPENED, an_event(), FINDING), frame, ())
    snapshot = outbox.wait_for(1)[0].evidence[0]
    shape = cv2.imread(str(media.absolute(snapshot.path))).shape  # type: ignore[union-attr]
    assert shape == frame.image_bgr.shape
