"""What a camera usually shows outlives the worker, and what makes a kept view void."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from data_access.domain.sight import Sight
from data_access.domain.watch import WatchedCamera, Zone, ZoneShape
from data_access.errors import DatabaseUnreachable
from data_access.media import MediaFolder
from demo.scenes import SCENES
from demo.scenes.picture import spoiling
from detection_worker.evidence.kept_frames import KeptFrame, compressed
from detection_worker.evidence.room import Room
from detection_worker.frames import Frame, Image, PlainPicture
from detection_worker.health.sight_reporter import SightReporter
from detection_worker.health.usual_views import GOOD_FOR, UsualViews, origin_of

NOON = datetime(2026, 5, 4, 7, tzinfo=UTC)
CAMERA = WatchedCamera(1, "SQ-1", "rtsp://guard:old@10.0.0.7/main")
ZONE = Zone(1, "kerb", "no_stopping", ZoneShape.POLYGON, ((0.1, 0.1), (0.9, 0.1), (0.9, 0.9)))


@pytest.fixture(scope="module")
def street() -> list[Image]:
    return [SCENES["square"].draw(5.0 * number) for number in range(10)]


class Post:
    """A worker's eye on one camera, which a test may stop and start again."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._at = folder, NOON
        self.camera = CAMERA
        self.start()

    def start(self) -> None:
        """Begin as a new worker does: with nothing but what is on disk."""
        self._frames: dict[int, KeptFrame] = {}
        self._eye = SightReporter(
            lambda: self._frames,
            MediaFolder(self._folder / "media"),
            Room(self._folder, lambda folder: 10**12),
            _unreachable,  # type: ignore[arg-type]
            views=UsualViews(self._folder / "views"),
        )
        self._eye.follow([self.camera])

    def draws(self, camera: WatchedCamera) -> None:
        self.camera = camera
        self._eye.follow([camera])

    def waits(self, for_how_long: timedelta) -> None:
        self._at += for_how_long

    def sees(self, pictures: list[Image]) -> list[Sight]:
        """What is to be written while these pictures are seen."""
        said = []
        for picture in pictures:
            self._at += timedelta(seconds=5)
            self._frames = {1: compressed(Frame(1, self._at, PlainPicture(picture)))}
            said += self._eye.look()
        self.last = said[-1] if said else None
        return [one.sight for one in said]


def _unreachable() -> None:
    raise DatabaseUnreachable("away")


def turned(pictures: list[Image]) -> list[Image]:
    return [spoiling.shifted(image, 0.1) for image in pictures]


def test_a_view_that_was_turned_while_the_worker_was_down_is_found(
    tmp_path: Path, street: list[Image]
) -> None:
    post = Post(tmp_path)
    post.sees(street[:6])
    post.start()
    assert post.sees(turned(street[6:]))[-1] is Sight.SHIFTED
    assert post.last is not None
    assert post.last.measured["arrow"] == "→"
    assert post.last.measured["shift_px"] == pytest.approx(0.1 * street[0].shape[1], abs=6)


def test_a_password_that_changes_leaves_the_view_as_it_was(
    tmp_path: Path, street: list[Image]
) -> None:
    post = Post(tmp_path)
    post.sees(street[:6])
    post.camera = replace(CAMERA, feed_url="rtsp://guard:new@10.0.0.7/main")
    post.start()
    assert post.sees(turned(street[6:]))[-1] is Sight.SHIFTED


@pytest.mark.parametrize(
    "camera",
    [
        replace(CAMERA, feed_url="rtsp://guard:old@10.0.0.8/main"),
        replace(CAMERA, zones=(ZONE,)),
    ],
    ids=["another feed", "zones drawn anew"],
)
def test_another_feed_or_other_zones_make_a_kept_view_void(
    camera: WatchedCamera, tmp_path: Path, street: list[Image]
) -> None:
    post = Post(tmp_path)
    post.sees(street[:6])
    post.camera = camera
    post.start()
    assert Sight.SHIFTED not in post.sees(turned(street[6:]))


def test_a_month_makes_a_kept_view_void(tmp_path: Path, street: list[Image]) -> None:
    post = Post(tmp_path)
    post.sees(street[:6])
    post.waits(GOOD_FOR + timedelta(days=1))
    post.start()
    assert Sight.SHIFTED not in post.sees(turned(street[6:]))


def test_whoever_draws_zones_on_a_shifted_view_has_accepted_it(
    tmp_path: Path, street: list[Image]
) -> None:
    post = Post(tmp_path)
    post.sees(street[:6])
    assert post.sees(turned(street[6:]))[-1] is Sight.SHIFTED
    post.draws(replace(CAMERA, zones=(ZONE,)))
    assert post.sees(turned(street))[-1] is Sight.CLEAR


def test_a_kept_view_that_is_broken_is_learnt_anew(tmp_path: Path, street: list[Image]) -> None:
    post = Post(tmp_path)
    post.sees(street[:6])
    (file,) = (tmp_path / "views").iterdir()
    file.write_bytes(file.read_bytes()[:100])
    post.start()
    assert Sight.SHIFTED not in post.sees(turned(street[6:]))


def test_a_kept_view_comes_back_as_it_was(tmp_path: Path, street: list[Image]) -> None:
    post = Post(tmp_path)
    post.sees(street[:6])
    kept = UsualViews(tmp_path / "views").load(1, origin_of(CAMERA), NOON)
    assert kept is not None
    assert kept.edges.dtype == np.dtype(np.float32)
    assert kept.fine.dtype == np.dtype(np.float64)
    assert kept.pictures >= 4
    assert 0 < kept.light < 255
