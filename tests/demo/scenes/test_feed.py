import threading
from datetime import UTC, datetime

import numpy as np
import pytest

from data_access.domain.watch import WatchedCamera
from demo.scenes import SCENES
from demo.scenes.feed import NoSuchScene, open_scene
from demo.scenes.stamp import stamp
from tests.detection_worker.feeds.footage import DRIFT


def camera(feed_url: str) -> WatchedCamera:
    return WatchedCamera(1, "KSH-0001", feed_url)


def test_a_scene_plays_in_real_time_with_the_time_of_day() -> None:
    feed = open_scene(camera("scene://roof?seed=3"))
    began_at, frames = datetime.now(UTC), feed.frames()
    times = [next(frames)[0] for _ in range(6)]
    ended_at = datetime.now(UTC)
    feed.close()
    steps = np.diff([at.timestamp() for at in times])
    assert feed.live
    assert (steps > 0.09).all()
    assert times[0].tzinfo is UTC
    assert began_at - DRIFT <= times[0] and times[-1] <= ended_at + DRIFT


def test_the_picture_is_the_scenes_with_place_and_time_written_in() -> None:
    feed = open_scene(camera("scene://square"))
    _, image = next(feed.frames())
    plain = SCENES["square"].draw(0.0)
    changed = np.nonzero((image != plain).any(axis=2))
    assert image.shape == plain.shape
    assert 0 < changed[0].max() < 40


def test_a_school_opens_with_no_vehicle_waiting() -> None:
    scene = SCENES["school_gate"]
    _, image = next(open_scene(camera("scene://school_gate?seed=1")).frames())
    assert (image[40:] == scene.draw(scene.opens_s, 1)[40:]).all()
    there = [one for one in scene.truth(scene.opens_s, 1).movers if one.label != "person"]
    assert all(one.speed_kmh > 5 for one in there if one.visible > 0)


def test_closing_ends_a_scene_that_waits_for_its_next_picture() -> None:
    feed = open_scene(camera("scene://courtyard"))
    frames = feed.frames()
    _, first = next(frames)
    threading.Timer(0.05, feed.close).start()
    assert all(image.shape == first.shape for _, image in frames), "it ends, as no scene does"
    assert next(frames, None) is None


@pytest.mark.parametrize("feed_url", ["scene://moon", "scene://", "scene://roof?seed=x"])
def test_an_unknown_scene_is_named_with_those_there_are(feed_url: str) -> None:
    with pytest.raises(NoSuchScene, match="crossroad"):
        open_scene(camera(feed_url))


def test_the_stamp_is_legible_and_in_local_time() -> None:
    image = np.full((360, 640, 3), 120, np.uint8)
    stamp(image, "ҚОСШЫ", datetime(2026, 3, 1, 7, 5, tzinfo=UTC))
    again = np.full((360, 640, 3), 120, np.uint8)
    stamp(again, "ҚОСШЫ", datetime(2026, 3, 1, 7, 6, tzinfo=UTC))
    left, right = image[:30, :200], image[:30, 440:]
    assert left.max() > 220
    assert right.max() > 220
    assert not np.array_equal(image[:, 440:], again[:, 440:])
    assert np.array_equal(image[:, :320], again[:, :320])
