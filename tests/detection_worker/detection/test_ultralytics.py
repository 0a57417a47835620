"""The ultralytics detector with an untrained model, and without any network."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image as Pillow

from detection_worker.boxes import overlaps
from detection_worker.detection.families import suppression_groups
from detection_worker.detection.suppression import OVERLAP_LIMIT
from detection_worker.detection.ultralytics import UltralyticsDetector, quiet_library
from detection_worker.errors import ModelError
from detection_worker.frames import Image


@pytest.fixture(scope="module")
def untrained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """YOLO26n with random weights, always the same, made from the description in the wheel."""
    torch.manual_seed(1)
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


@pytest.fixture(scope="module")
def eager(untrained: Path) -> UltralyticsDetector:
    """The same, but sure of something: what it finds depends on the picture alone.

    Its layers are levelled on noise, since without that nothing of a picture reaches the head;
    the head is then toned down, and inclined to see things in every fiftieth cell.
    """
    torch.manual_seed(3)
    yolo = quiet_library(untrained.parent).YOLO(str(untrained), task="detect", verbose=False)
    for layer in yolo.model.modules():
        if isinstance(layer, torch.nn.BatchNorm2d):
            layer.momentum = None
            layer.reset_running_stats()
    head, noise = yolo.model.model[-1], torch.rand(2, 3, 640, 640)
    with torch.no_grad():
        yolo.model.train()(noise)
        for branch in (*head.cv2, *head.one2one_cv2):
            branch[-1].weight *= 0.01
        for branch in (*head.cv3, *head.one2one_cv3):
            branch[-1].weight *= 0.003
        scores = yolo.model.eval()(noise)[0][:, 4:].amax(dim=1)
        for branch in (*head.cv3, *head.one2one_cv3):
            branch[-1].bias -= torch.logit(scores.quantile(0.98))
    path = untrained.parent / "eager.pt"
    yolo.save(path)
    return UltralyticsDetector(path)


SURE = 50


def test_a_batch_over_cameras_finds_what_each_camera_alone_would(
    eager: UltralyticsDetector,
) -> None:
    chance = np.random.default_rng(2)
    sizes = [(180, 320), (240, 320), (180, 320), (320, 240), (100, 400), (240, 320)]
    pictures = [
        np.kron(chance.integers(0, 255, (h // 20, w // 20, 3)), np.ones((20, 20, 1))).astype(
            np.uint8
        )
        for h, w in sizes
    ]
    together = eager.detect(list(range(len(pictures))), pictures)
    assert sum(map(len, together)) > 50, "else nothing would be compared"
    for number, (found, picture) in enumerate(zip(together, pictures, strict=True)):
        (alone,) = eager.detect([number], [picture])
        # The least sure of hundreds change places where arithmetic is not exact.
        surest = found.xyxy_px[np.argsort(-found.confidence)[:SURE]]
        apart_px = np.abs(surest[:, None] - alone.xyxy_px[None]).max(axis=2, initial=0)
        assert (apart_px.min(axis=1, initial=np.inf) < 1.0).all()
        assert len(found) == pytest.approx(len(alone), rel=0.05)
        assert found.xyxy_px[:, 2].max(initial=0) <= picture.shape[1], "in its own pixels"


def noise(height: int, width: int) -> Image:
    """Blocks of colour, of which the eager model sees something in every fiftieth cell."""
    blocks = np.random.default_rng(2).integers(0, 255, (height // 20, width // 20, 3))
    return np.kron(blocks, np.ones((20, 20, 1))).astype(np.uint8)


def test_second_boxes_around_one_thing_go_as_with_the_other_detectors(
    eager: UltralyticsDetector,
) -> None:
    (found,) = eager.detect([1], [noise(360, 640)])
    assert len(found) > 20, "else nothing would overlap"
    groups = dict(zip(eager.labels, suppression_groups(eager.labels), strict=True))
    group = np.array([groups[label] for label in found.labels])
    rivals = (overlaps(found.xyxy_px, found.xyxy_px) > OVERLAP_LIMIT + 0.01) & (
        group[:, None] == group
    )
    assert not np.triu(rivals, 1).any()


def test_it_looks_closer_where_it_is_told_to(eager: UltralyticsDetector) -> None:
    picture, looked_at = noise(720, 1280), []
    for most_px in (0, 1280 * 736):
        eager.look_closer(most_px)
        eager.detect([1], [picture])
        looked_at.append(tuple(eager._yolo.predictor.imgsz))
    eager.look_closer(0)
    assert looked_at == [(384, 640), (736, 1280)]


def test_the_library_leaves_pillow_as_it_was(untrained: Path) -> None:
    UltralyticsDetector(untrained)
    assert Pillow.open.__module__ == "PIL.Image"


def test_the_library_leaves_the_process_its_processors(untrained: Path) -> None:
    code = (
        "import os; from pathlib import Path; "
        "from detection_worker.detection.ultralytics import quiet_library; "
        f"quiet_library(Path({str(untrained.parent)!r})); print(os.environ.get('OMP_NUM_THREADS'))"
    )
    environment = {key: word for key, word in os.environ.items() if key != "OMP_NUM_THREADS"}
    said = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "None"


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
