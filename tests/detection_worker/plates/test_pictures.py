"""Pictures of plates on their way to the evidence."""

from dataclasses import replace

import numpy as np

from data_access.domain.watch import WatchedCamera
from detection_worker.evidence.case import PlateCrop
from detection_worker.plates.pictures import PlatePictures
from tests.detection_worker.items import NOON
from tests.detection_worker.plates.test_watcher import ScriptedDesk, a_car, a_watcher, seen


def a_crop(value: int = 0) -> PlateCrop:
    return PlateCrop(np.full((10, 30, 3), value, np.uint8), NOON)


def test_the_newest_picture_of_a_track_counts() -> None:
    pictures, last = PlatePictures(), a_crop()
    pictures.show(1, 7, a_crop())
    pictures.show(1, 7, last)
    assert pictures.of(1, (7,)) is last
    assert pictures.of(2, (7,)) is None


def test_of_several_tracks_nobody_knows_whose_plate_it_is() -> None:
    pictures = PlatePictures()
    pictures.show(1, 7, a_crop())
    assert pictures.of(1, (7, 8)) is None and pictures.of(1, ()) is None


def test_a_few_are_remembered_and_a_camera_is_forgotten() -> None:
    pictures = PlatePictures(most=2)
    for track in (1, 2, 3):
        pictures.show(1, track, a_crop())
    assert pictures.of(1, (1,)) is None and pictures.of(1, (3,)) is not None
    pictures.forget(1)
    assert pictures.of(1, (3,)) is None


def test_a_plate_that_was_read_is_shown_at_once_with_something_around_it() -> None:
    pictures = PlatePictures()
    watcher, _ = a_watcher(ScriptedDesk("123ABC02"), pictures=pictures)
    watcher.follow(WatchedCamera(1, "C-0001", ""))
    seen(watcher, 0, a_car())
    crop = pictures.of(1, (1,))
    assert crop is not None and crop.captured_at == NOON
    assert crop.image_bgr.shape[:2] == (30, 60)  # a plate of 40 × 10 with its height around it
    assert crop.image_bgr.base is None  # the vehicle's picture may go


def test_a_guess_is_no_evidence() -> None:
    pictures = PlatePictures()
    watcher, _ = a_watcher(ScriptedDesk("123ABC02", confidence=0.2), pictures=pictures)
    seen(watcher, 0, a_car())
    assert pictures.of(1, (1,)) is None


def test_numbers_of_tracks_that_begin_anew_get_no_older_plate() -> None:
    pictures, camera = PlatePictures(), WatchedCamera(1, "C-0001", "")
    watcher, _ = a_watcher(ScriptedDesk("123ABC02"), pictures=pictures)
    watcher.follow(camera)
    seen(watcher, 0, a_car())
    watcher.follow(replace(camera, code="C-1"))  # zones were edited: the tracks go on
    assert pictures.of(1, (1,)) is not None
    watcher.finish()
    assert pictures.of(1, (1,)) is None
    pictures.show(1, 1, a_crop())
    a_watcher(ScriptedDesk(), pictures=pictures)[0].follow(camera)
    assert pictures.of(1, (1,)) is None
