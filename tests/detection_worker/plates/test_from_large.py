"""A vehicle is cut out of the large stream where the small one showed it."""

from datetime import timedelta

import numpy as np
import pytest

from detection_worker.evidence.kept_frames import JpegFrame, as_jpeg
from detection_worker.frames import Frame, Image, PlainPicture
from detection_worker.plates.from_large import place_of
from detection_worker.tracking.tracks import Track, TrackPoint
from tests.detection_worker.items import NOON

SMALL_WH, LARGE_WH = (200, 100), (800, 400)


def a_frame() -> Frame:
    return Frame(7, NOON, PlainPicture(np.zeros((SMALL_WH[1], SMALL_WH[0], 3), np.uint8)))


def a_car(left: float, pace_px_s: float = 0.0) -> Track:
    """Forty pixels wide and twenty high, with a second of straight way behind it."""
    way = tuple(
        TrackPoint(NOON - timedelta(seconds=back_s), left + 20 - pace_px_s * back_s, 60)
        for back_s in (1.0, 0.8, 0.6, 0.4, 0.2, 0.0)
    )
    return Track(1, "car", 0.9, (left, 40, left + 40, 60), way)


def large_picture(left: int) -> Image:
    """The car in the large picture, white."""
    image = np.zeros((LARGE_WH[1], LARGE_WH[0], 3), np.uint8)
    image[160:240, max(0, left) : left + 160] = 255
    return image


def kept(image: Image, later_s: float) -> JpegFrame:
    return JpegFrame(NOON + timedelta(seconds=later_s), as_jpeg(image, 95), LARGE_WH)


@pytest.mark.parametrize(
    ("pace_px_s", "later_s", "large_left"),
    [
        (0.0, 0.0, 240),
        (0.0, 0.2, 240),  # who stands is where he was
        (50.0, 0.2, 280),  # ten small pixels further on
        (-50.0, 0.2, 200),
        (50.0, -0.2, 200),
        (50.0, 0.1, 290),  # its stream is a seventh of a second behind its clock
    ],
)
def test_the_whole_vehicle_is_in_the_picture(
    pace_px_s: float, later_s: float, large_left: int
) -> None:
    place = place_of(a_frame(), a_car(60, pace_px_s))
    crop = place.cut(lambda camera_id, at: kept(large_picture(large_left), later_s))
    assert crop is not None
    white = np.argwhere(crop[..., 0] > 128)
    assert white[:, 1].max() - white[:, 1].min() + 1 == pytest.approx(160, abs=2)
    assert crop.shape[1] <= 160 + 2 * (7 + abs(pace_px_s) * 0.15 * 4) + 4


def test_its_picture_is_asked_for_by_camera_and_moment() -> None:
    asked: list[tuple[object, ...]] = []
    place_of(a_frame(), a_car(60)).cut(lambda *given: asked.append(given))
    assert asked == [(7, NOON)]


def test_a_vehicle_that_has_left_the_picture_by_then_gives_none() -> None:
    place = place_of(a_frame(), a_car(190, pace_px_s=400))
    assert place.cut(lambda camera_id, at: kept(large_picture(0), 0.25)) is None


class Damaged(JpegFrame):
    @property
    def image(self) -> Image:
        return None  # type: ignore[return-value]  # as a stream's frame may


def test_a_damaged_picture_gives_none() -> None:
    damaged = Damaged(NOON, b"", LARGE_WH)
    assert place_of(a_frame(), a_car(60)).cut(lambda camera_id, at: damaged) is None
