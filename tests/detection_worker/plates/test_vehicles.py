"""Where the vehicles of a photograph are."""

from pathlib import Path

import numpy as np
import pytest

from detection_worker.detection.detections import Detections
from detection_worker.frames import Image
from detection_worker.plates.vehicles import vehicle_boxes, vehicle_detector


class Sees:
    """A detector that finds what it was told."""

    name, model, remembers = "told", "told", False
    labels = ("car", "person", "truck")

    def __init__(self, *found: tuple[str, float, tuple[int, int, int, int]]) -> None:
        self._found = found

    def detect(self, cameras: list[int], images: list[Image]) -> list[Detections]:
        labels, sure, boxes = zip(*self._found, strict=True)
        return [Detections(np.array(boxes, np.float32), np.array(sure, np.float32), labels)]

    def forget(self, camera_id: int) -> None:
        """Nothing is remembered."""


def test_vehicles_are_given_the_largest_first_and_a_little_wider() -> None:
    detector = Sees(
        ("car", 0.9, (100, 100, 200, 180)),
        ("person", 0.9, (10, 10, 300, 300)),
        ("truck", 0.6, (150, 50, 400, 290)),
        ("car", 0.1, (0, 0, 50, 50)),
    )
    picture = np.zeros((300, 400, 3), np.uint8)
    assert vehicle_boxes(detector, picture) == [(137, 38, 400, 300), (95, 96, 205, 184)]


def test_without_a_model_plates_are_read_all_the_same(tmp_path: Path) -> None:
    assert vehicle_detector(tmp_path) is None
    assert vehicle_detector(tmp_path / "missing") is None
    (tmp_path / "broken.onnx").write_bytes(b"no model")
    assert vehicle_detector(tmp_path) is None


@pytest.mark.shared
def test_the_shared_model_sees_the_car_around_a_plate(shared_folder: Path) -> None:
    from detection_worker.plates.photograph import open_photograph

    detector = vehicle_detector(shared_folder / "models")
    assert detector is not None
    (left, top, width, height) = (
        int(part) for part in (shared_folder / "plates/us/car2.txt").read_text().split()[1:5]
    )
    boxes = vehicle_boxes(detector, open_photograph(shared_folder / "plates/us/car2.jpg"))
    assert any(
        box[0] <= left and box[1] <= top and left + width <= box[2] and top + height <= box[3]
        for box in boxes
    )
