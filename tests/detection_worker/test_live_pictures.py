from dataclasses import replace

import cv2
import numpy as np
import pytest

from data_access.domain.watch import Zone, ZoneShape
from detection_worker.drawing import ACCENT, URGENT, WAITING
from detection_worker.evidence.kept_frames import compressed
from detection_worker.frames import Image
from detection_worker.live_pictures import LivePicture, LivePictures
from detection_worker.pipeline import SeenPicture
from detection_worker.tracking.tracks import Track, TrackPoint
from tests.detection_worker.items import NOON
from tests.detection_worker.pictures import a_frame

ZONE = Zone(1, "Двор", "crowd", ZoneShape.POLYGON, ((0.1, 0.1), (0.9, 0.1), (0.9, 0.9)))
LINE = Zone(2, "Въезд", "line_count", ZoneShape.LINE, ((0.0, 0.5), (1.0, 0.5)))
TRACK = Track(7, "car", 0.9, (400.0, 300.0, 600.0, 500.0), (TrackPoint(NOON, 500.0, 500.0),))
SEEN = SeenPicture(tracks=(TRACK,), zones=(ZONE, LINE))


def shown(picture: LivePicture | None) -> Image:
    assert picture is not None
    image = cv2.imdecode(np.frombuffer(picture.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert image is not None
    return image.astype(np.uint8)


def near(image: Image, colour: tuple[int, int, int]) -> int:
    """How many pixels have about this colour."""
    return int((np.abs(image.astype(int) - colour).max(axis=2) < 60).sum())


def lively(number: int = 0, seen: SeenPicture = SEEN) -> LivePictures:
    live = LivePictures()
    kept = compressed(a_frame(number, size=(1000, 800)))
    live.keep(1, kept)
    live.see(1, kept, seen)
    return live


def test_a_camera_without_a_picture_has_none() -> None:
    live = LivePictures()
    assert live.picture(1, 320, True) is None
    assert live.captured_at(1, True) is None


@pytest.mark.parametrize(("asked", "given"), [(1, 160), (160, 160), (161, 320), (640, 640)])
def test_widths_are_rounded_so_that_viewers_share_pictures(asked: int, given: int) -> None:
    assert shown(lively().picture(1, asked, True)).shape[1] == given


def test_a_picture_is_never_enlarged() -> None:
    assert shown(lively().picture(1, 9_999, True)).shape[:2] == (800, 1000)


def test_boxes_are_drawn_where_the_things_are_at_any_width() -> None:
    for width in (320, 640, 1000):
        image = shown(lively().picture(1, width, True))
        scale = image.shape[1] / 1000
        box = image[
            round(300 * scale) : round(500 * scale), round(395 * scale) : round(605 * scale)
        ]
        assert near(box, ACCENT) > 100 * scale
        assert near(image[: round(250 * scale), round(650 * scale) :], ACCENT) < 20


def test_without_boxes_the_picture_is_as_it_came() -> None:
    live = lively()
    assert near(shown(live.picture(1, 640, False)), ACCENT) == 0
    kept = compressed(a_frame(0, size=(1000, 800)))
    whole = live.picture(1, 1280, False)
    assert whole is not None and whole.jpeg == kept.jpeg


@pytest.mark.parametrize(("kind", "colour"), [("intrusion", URGENT), ("crowd", WAITING)])
def test_the_picture_is_framed_while_an_event_lasts(
    kind: str, colour: tuple[int, int, int]
) -> None:
    image = shown(lively(seen=replace(SEEN, open_kinds=(kind,))).picture(1, 640, True))
    assert near(image[:2], colour) > 600


def test_many_viewers_cost_one_drawing_a_frame() -> None:
    live = lively()
    first = live.picture(1, 320, True)
    assert all(live.picture(1, 320, True) is first for _ in range(10))
    assert live.picture(1, 640, True) is not first
    newer = compressed(a_frame(1, size=(1000, 800)))
    live.keep(1, newer)
    live.see(1, newer, SEEN)
    assert live.picture(1, 320, True) is not first


def test_boxes_stand_on_the_frame_they_were_found_in() -> None:
    live = lively(number=0)
    live.keep(1, compressed(a_frame(5, size=(1000, 800))))
    with_boxes, without = live.picture(1, 320, True), live.picture(1, 320, False)
    assert with_boxes is not None and with_boxes.captured_at == NOON
    assert without is not None and without.captured_at > NOON
    assert live.captured_at(1, True) == NOON


def test_boxes_that_are_too_old_are_not_shown() -> None:
    live = lively(seen=SeenPicture(tracks=(TRACK,)))
    live.keep(1, compressed(a_frame(20, size=(1000, 800))))
    picture = live.picture(1, 640, True)
    assert picture is not None and picture.captured_at > NOON
    assert near(shown(picture), ACCENT) == 0


def test_a_camera_that_is_forgotten_is_gone() -> None:
    live = lively()
    live.forget(1)
    live.forget(1)
    assert live.picture(1, 320, True) is None


def test_a_picture_that_is_too_old_is_no_live_picture() -> None:
    now_s = [100.0]
    live = LivePictures(clock=lambda: now_s[0])
    live.keep(1, compressed(a_frame(0)))
    now_s[0] += 29
    assert live.picture(1, 320, True) is not None
    now_s[0] += 2
    assert live.picture(1, 320, True) is None
    assert live.captured_at(1, True) is None


@pytest.mark.parametrize("size", [(1, 1), (2, 300), (300, 2)])
def test_drawing_survives_tiny_pictures_and_impossible_boxes(size: tuple[int, int]) -> None:
    live = LivePictures()
    kept = compressed(a_frame(0, size=size))
    box = replace(TRACK, box_xyxy=(-50.0, -1e6, 1e6, 1e6))
    same = replace(LINE, points=((0.5, 0.5), (0.5, 0.5)))
    live.keep(1, kept)
    live.see(1, kept, SeenPicture((box, TRACK), (same, ZONE), ("crowd", "unheard_of")))
    assert shown(live.picture(1, 160, True)).shape[1] == min(size[0], 160)
