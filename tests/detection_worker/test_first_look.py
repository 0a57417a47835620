"""What was found at the first look is not asked for again."""

import numpy as np

from detection_worker.detection.detections import Detections
from detection_worker.first_look import KeptDetections
from detection_worker.frames import Image
from tests.detection_worker.tracking.sightings import a_box, detections


class Counting:
    """A detector that finds a car at a new place each time, and remembers whom it forgot."""

    name, model, labels, remembers = "counting", "none", ("car",), False

    def __init__(self) -> None:
        self.asked = 0
        self.forgotten: list[int] = []

    def detect(self, cameras: list[int], images: list[Image]) -> list[Detections]:
        found = [
            detections(("car", a_box(10 * (self.asked + n), 50), 0.8)) for n in range(len(images))
        ]
        self.asked += len(images)
        return found

    def forget(self, camera_id: int) -> None:
        self.forgotten.append(camera_id)


def pictures(count: int) -> list[Image]:
    return [np.zeros((4, 4, 3), np.uint8)] * count


def test_the_second_look_finds_the_same_without_asking() -> None:
    inner = Counting()
    kept = KeptDetections(inner)
    first = [*kept.detect([1, 1], pictures(2)), *kept.detect([1], pictures(1))]
    kept.forget(1)
    kept.rewind()
    second = [*kept.detect([1], pictures(1)), *kept.detect([1, 1], pictures(2))]
    assert [one.xyxy_px.tolist() for one in second] == [one.xyxy_px.tolist() for one in first]
    assert (inner.asked, inner.forgotten) == (3, [1])


def test_pictures_beyond_the_first_look_are_asked_for() -> None:
    inner = Counting()
    kept = KeptDetections(inner)
    kept.detect([1], pictures(1))
    kept.rewind()
    assert len(kept.detect([1, 1], pictures(2))) == 2
    assert inner.asked == 2


def test_it_calls_itself_what_the_detector_is_called() -> None:
    kept = KeptDetections(Counting())
    assert (kept.name, kept.model, kept.labels, kept.remembers) == (
        "counting", "none", ("car",), False,
    )  # fmt: skip
