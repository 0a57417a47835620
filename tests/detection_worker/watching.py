"""Cameras, feeds and detectors for the tests of the watch and of the worker."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import numpy as np

from data_access.domain.watch import WatchedCamera, Zone, ZoneShape
from detection_worker.detection.detections import Detections
from detection_worker.feeds.source import NO_ANSWER, FeedUnreachable
from detection_worker.frames import Image, Picture, PlainPicture
from tests.detection_worker.pictures import a_picture

PATIENCE_S = 90.0
"""For what another thread or process does, on however busy a machine."""


def wait_until(true: Callable[[], object], patience_s: float = PATIENCE_S) -> None:
    until = time.monotonic() + patience_s
    while not true():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.01)


def a_camera(camera_id: int, feed_url: str = "test://moving", **words: Any) -> WatchedCamera:
    return WatchedCamera(camera_id, f"C-{camera_id}", feed_url, **words)


def a_closed_zone(zone_id: int = 1) -> Zone:
    """Nobody may be anywhere in the picture."""
    corners = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
    params = {"hold_s": 0.2, "gap_s": 60.0}  # a busy machine shows no picture for seconds
    return Zone(zone_id, "Двор", "intrusion", ZoneShape.POLYGON, corners, params)


class Moving:
    """A live feed of a moving square, at about ``fps`` frames a second."""

    live = True

    def __init__(self, fps: float = 25.0, size: tuple[int, int] = (320, 240)) -> None:
        self._pause_s, self._size = 1 / fps, size
        self._closed = threading.Event()

    def frames(self) -> Iterator[tuple[datetime, Picture]]:
        number = 0
        while not self._closed.wait(self._pause_s):
            number += 1
            yield datetime.now(UTC), PlainPicture(a_picture(number, self._size))

    def close(self) -> None:
        self._closed.set()


class Broken:
    """A feed that nobody answers."""

    live = True

    def frames(self) -> Iterator[tuple[datetime, Picture]]:
        raise FeedUnreachable("test://broken", NO_ANSWER)
        yield  # pragma: no cover

    def close(self) -> None:
        """Nothing is open."""


def open_test_feed(camera: WatchedCamera) -> Moving | Broken:
    """``test://moving``, ``test://broken``; what follows a question mark changes nothing."""
    return Broken() if "broken" in camera.feed_url else Moving()


class WhiteSquares:
    """A detector that finds what is white, and calls it a person."""

    model = "white"
    remembers = False

    def __init__(self, name: str = "squares") -> None:
        self.name = name
        self.asked: dict[int, int] = {}
        self.fails = False

    def detect(self, cameras: list[int], images: list[Image]) -> list[Detections]:
        if self.fails:
            raise RuntimeError("the detector broke")
        for camera_id in cameras:
            self.asked[camera_id] = self.asked.get(camera_id, 0) + 1
        return [_white(image) for image in images]

    def forget(self, camera_id: int) -> None:
        """Nothing is remembered."""


def _white(image: Image) -> Detections:
    rows, columns = np.nonzero(image[:, :, 0] > 250)
    if not len(rows):
        return Detections.none()
    box = np.array([[columns.min(), rows.min(), columns.max() + 1, rows.max() + 1]], np.float32)
    return Detections(box, np.array([0.9], np.float32), ("person",))
