"""The thread that looks at cameras' newest pictures: what it writes, and the proof it keeps."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data_access.domain.sight import CameraSight, Sight
from data_access.errors import DatabaseUnreachable
from data_access.media import MediaFolder
from demo.scenes import SCENES
from demo.scenes.picture import spoiling
from detection_worker.evidence.kept_frames import KeptFrame, compressed
from detection_worker.evidence.room import Room
from detection_worker.frames import Frame, Image, PlainPicture
from detection_worker.health.sight_reporter import SightReporter

NOON = datetime(2026, 5, 4, 7, tzinfo=UTC)


class Camera:
    """One camera whose newest picture a test decides."""

    def __init__(self) -> None:
        self.frames: dict[int, KeptFrame] = {}
        self._at = NOON

    def shows(self, image: Image) -> None:
        self._at += timedelta(seconds=5)
        self.frames = {1: compressed(Frame(1, self._at, PlainPicture(image)))}


def unreachable() -> None:
    raise DatabaseUnreachable("away")


def reporter(camera: Camera, media: Path, free: int = 10**12) -> SightReporter:
    room = Room(media, lambda folder: free)
    return SightReporter(lambda: camera.frames, MediaFolder(media), room, unreachable)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def street() -> list[Image]:
    return [SCENES["square"].draw(5.0 * number) for number in range(9)]


def seen(camera: Camera, eye: SightReporter, pictures: list[Image]) -> list[CameraSight]:
    """What is to be written after each of the pictures."""
    found = []
    for picture in pictures:
        camera.shows(picture)
        found += eye.look()
    return found


def test_a_covered_camera_is_written_with_its_picture(tmp_path: Path, street: list[Image]) -> None:
    camera = Camera()
    eye = reporter(camera, tmp_path)
    seen(camera, eye, street[:6])
    covered = seen(camera, eye, [spoiling.covered(image) for image in street[6:]])[-1]
    assert covered.sight is Sight.COVERED
    assert covered.measured["lost_percent"] > 50
    proof = MediaFolder(tmp_path)
    assert proof.sha256(covered.proof_path) == covered.proof_sha256
    assert proof.absolute(covered.proof_path).read_bytes() == camera.frames[1].jpeg


def test_a_picture_that_was_looked_at_is_not_looked_at_again(
    tmp_path: Path, street: list[Image]
) -> None:
    camera = Camera()
    eye = reporter(camera, tmp_path)
    assert len(seen(camera, eye, street[:1])) == 1
    assert eye.look() == []


def test_on_a_full_disk_the_fault_is_written_without_a_picture(
    tmp_path: Path, street: list[Image]
) -> None:
    camera = Camera()
    eye = reporter(camera, tmp_path, free=0)
    seen(camera, eye, street[:6])
    covered = seen(camera, eye, [spoiling.covered(image) for image in street[6:]])[-1]
    assert (covered.sight, covered.proof_path) == (Sight.COVERED, "")
    assert list(tmp_path.iterdir()) == []
