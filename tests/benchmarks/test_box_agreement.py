"""How ``bench train-yolo`` compares boxes, and what it trains on."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from benchmarks.box_agreement import against_truth, matched
from benchmarks.scene_pictures import LABELS, Picture, pictures, write_training_set
from detection_worker.detection.detections import Detections


def found(*rows: tuple[float, float, float, float, float, str]) -> Detections:
    boxes = np.array([row[:4] for row in rows], np.float32).reshape(-1, 4)
    return Detections(
        boxes, np.array([row[4] for row in rows], np.float32), tuple(row[5] for row in rows)
    )


PERSON = (10.0, 10.0, 30.0, 60.0, 0.9, "person")
CAR = (100.0, 50.0, 180.0, 90.0, 0.6, "car")


def truth(*rows: tuple[float, float, float, float, float, str], sure: bool = True) -> Picture:
    boxes = found(*rows)
    image = np.zeros((120, 200, 3), np.uint8)
    return Picture(image, boxes.xyxy_px, boxes.labels, np.full(len(boxes), sure))


def test_the_same_boxes_match_and_weaker_ones_are_not_asked_for() -> None:
    weak = (0.0, 0.0, 5.0, 5.0, 0.2, "car")
    figures = matched([found(PERSON, CAR, weak)], [found(CAR, PERSON)])
    assert figures == {"boxes": 2, "matched": 1.0, "confidence_gap": 0.0}


@pytest.mark.parametrize(
    "other",
    [
        found(),
        found((*PERSON[:5], "car")),  # another label
        found((14.0, *PERSON[1:])),  # moved by a fifth of its width
    ],
)
def test_another_box_does_not_match(other: Detections) -> None:
    assert matched([found(PERSON)], [other])["matched"] == 0.0


def test_what_is_found_is_judged_by_the_truth() -> None:
    false = (150.0, 5.0, 170.0, 25.0, 0.8, "person")
    figures = against_truth([found(PERSON, CAR, false)], [truth(PERSON, CAR)])
    assert figures == {"recall": 1.0, "precision": 0.75, "map50": 1.0}
    assert against_truth([found()], [truth(PERSON)])["recall"] == 0.0


def test_one_thing_found_twice_is_right_once() -> None:
    again = (*PERSON[:4], 0.5, "person")
    assert against_truth([found(PERSON, again)], [truth(PERSON)])["precision"] == 0.5


def test_a_box_on_what_is_hardly_visible_counts_neither_way() -> None:
    both = Picture(
        np.zeros((120, 200, 3), np.uint8),
        found(PERSON, CAR).xyxy_px,
        ("person", "car"),
        np.array([True, False]),
    )
    assert against_truth([found(PERSON, CAR)], [both])["precision"] == 1.0


def test_a_training_set_is_what_ultralytics_reads(tmp_path: Path) -> None:
    told = write_training_set(tmp_path / "set", {"train": 2, "val": 1}, seed=5).read_text()
    assert "train: images/train" in told and "0: person" in told and "1: car" in told
    images = sorted((tmp_path / "set" / "images" / "train").iterdir())
    assert len(images) == 2 and cv2.imread(str(images[0])) is not None
    for one in images:
        label = tmp_path / "set" / "labels" / "train" / f"{one.stem}.txt"
        for line in label.read_text().splitlines():
            number, *box = line.split()
            assert int(number) < len(LABELS) and all(0 <= float(part) <= 1 for part in box)


def test_other_seeds_show_other_pictures() -> None:
    first, again, other = (next(iter(pictures(1, seed))).image for seed in (5, 5, 6))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
