"""The ultralytics detector with an untrained model, and without any network."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from detection_worker.detection.ultralytics import UltralyticsDetector, quiet_library
from detection_worker.errors import ModelError


@pytest.fixture(scope="module")
def untrained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """YOLO26n with random weights, made from the description in ultralytics' own wheel."""
    path = tmp_path_factory.mktemp("models") / "yolo26n.pt"
    library = quiet_library(path.parent)
    library.YOLO("yolo26n.yaml", task="detect", verbose=False).save(path)
    return path


def test_a_pt_file_looks_at_pictures_of_all_sizes_at_once(untrained: Path) -> None:
    detector = UltralyticsDetector(untrained)
    pictures = [np.full((h, w, 3), 90, np.uint8) for h, w in ((360, 640), (720, 1280), (64, 64))]
    found = detector.detect([1, 2, 3], pictures)
    assert len(found) == 3
    assert all(one.xyxy_px.shape == (len(one), 4) for one in found)
    assert (detector.model, len(detector.labels)) == ("yolo26n", 80)


def test_the_library_leaves_pillow_as_it_was(untrained: Path) -> None:
    UltralyticsDetector(untrained)
    assert Pillow.open.__module__ == "PIL.Image"


def test_no_pictures_are_no_work(untrained: Path) -> None:
    assert UltralyticsDetector(untrained).detect([], []) == []


def test_a_missing_file_is_said_and_nothing_is_fetched(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no model .*yolo26n\.pt: add one"):
        UltralyticsDetector(tmp_path / "yolo26n.pt")


def test_a_damaged_file_is_said(tmp_path: Path) -> None:
    path = tmp_path / "damaged.pt"
    path.write_bytes(b"not weights" * 100)
    with pytest.raises(ModelError, match=r"cannot use the model damaged\.pt"):
        UltralyticsDetector(path)


def test_an_absent_runtime_is_said(tmp_path: Path) -> None:
    path = tmp_path / "built.engine"
    path.write_bytes(b"engine" * 100)
    with pytest.raises(ModelError, match="tensorrt"):
        UltralyticsDetector(path)
