"""The motion detector on drawn pictures."""

import cv2
import numpy as np
import pytest

from detection_worker.detection.detections import Detections
from detection_worker.detection.motion import MOST_CONFIDENCE, WARM_UP, MotionDetector
from detection_worker.frames import Image

WIDTH, HEIGHT = 640, 360
CHANCE = np.random.default_rng(1)
GROUND = cv2.GaussianBlur(CHANCE.integers(60, 140, (HEIGHT, WIDTH, 3), np.uint8), (9, 9), 0)


def a_view(*boxes: tuple[int, int, int, int], noise: float = 2.0, light: int = 0) -> Image:
    """The ground with things (left, top, right, bottom) on it, and a camera's noise."""
    image = GROUND.astype(np.float32) + light + CHANCE.normal(0, noise, GROUND.shape)
    for left, top, right, bottom in boxes:
        image[top:bottom, left:right] = 235
    return np.clip(image, 0, 255).astype(np.uint8)


@pytest.fixture
def detector() -> MotionDetector:
    """One that knows the empty ground."""
    ready = MotionDetector()
    for _ in range(WARM_UP + 10):
        look(ready, a_view())
    return ready


def look(detector: MotionDetector, image: Image, camera_id: int = 1) -> Detections:
    return detector.detect([camera_id], [image])[0]


def test_nothing_is_found_on_the_empty_ground(detector: MotionDetector) -> None:
    assert sum(len(look(detector, a_view())) for _ in range(20)) == 0


def test_an_upright_thing_is_person_like_with_its_box(detector: MotionDetector) -> None:
    found = look(detector, a_view((300, 150, 324, 214)))
    assert found.labels == ("person_like",)
    assert found.xyxy_px[0] == pytest.approx([300, 150, 324, 214], abs=5)


def test_a_broad_thing_is_vehicle_like(detector: MotionDetector) -> None:
    assert look(detector, a_view((100, 200, 220, 260))).labels == ("vehicle_like",)


def test_its_confidence_never_pretends_to_be_sure(detector: MotionDetector) -> None:
    found = look(detector, a_view((300, 100, 340, 240), (20, 200, 180, 260)))
    assert len(found) == 2
    assert (found.confidence <= MOST_CONFIDENCE + 1e-6).all()
    assert (found.confidence > 0.4).all()


def test_a_shadow_is_no_thing(detector: MotionDetector) -> None:
    shaded = a_view(noise=0)
    shaded[200:260, 100:220] = (shaded[200:260, 100:220] * 0.7).astype(np.uint8)
    assert len(look(detector, shaded)) == 0


def test_specks_are_no_things(detector: MotionDetector) -> None:
    specks = [(x, y, x + 3, y + 3) for x in range(20, 600, 60) for y in range(20, 340, 60)]
    assert len(look(detector, a_view(*specks))) == 0


def test_a_light_that_goes_on_is_learnt_anew_and_finds_nothing(detector: MotionDetector) -> None:
    assert sum(len(look(detector, a_view(light=70))) for _ in range(WARM_UP + 15)) == 0
    assert look(detector, a_view((300, 150, 324, 214), light=70)).labels == ("person_like",)


def test_a_stream_that_changes_its_size_starts_anew(detector: MotionDetector) -> None:
    smaller = cv2.resize(a_view(), (320, 180))
    assert len(look(detector, smaller)) == 0


def test_a_thing_that_stays_at_first_is_not_lost_in_the_warm_up() -> None:
    detector = MotionDetector()
    for step in range(WARM_UP + 10):
        look(detector, a_view((20 + 20 * step, 150, 44 + 20 * step, 214)))
    assert look(detector, a_view((500, 150, 524, 214))).labels == ("person_like",)


def test_cameras_have_backgrounds_of_their_own(detector: MotionDetector) -> None:
    look(detector, a_view(light=90), camera_id=2)
    assert len(look(detector, a_view())) == 0
    assert len(look(detector, a_view((300, 150, 324, 214)))) == 1


def test_a_forgotten_camera_warms_up_again(detector: MotionDetector) -> None:
    detector.forget(1)
    assert len(look(detector, a_view((300, 150, 324, 214)))) == 0
