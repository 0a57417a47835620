"""Our side of the comparison, with a model that finds nothing."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.against_ultralytics import Spent, _figures, _ours
from benchmarks.model_time import TimedModel
from benchmarks.stream_films import Clip, write_film
from detection_worker.detection.onnx import OnnxDetector
from tests.detection_worker.detection.onnx_files import write_model


def test_every_frame_is_watched_and_still_ones_are_not_asked_for(tmp_path: Path) -> None:
    nothing = np.zeros((1, 84, 6), np.float32)
    detector = OnnxDetector(
        write_model(tmp_path / "m.onnx", nothing, metadata={"names": str({0: "person", 1: "car"})})
    )
    timed = TimedModel(detector)
    pictures = [np.full((90, 160, 3), 20 * number, np.uint8) for number in range(10)]
    for picture, left in zip(pictures, range(0, 100, 10), strict=True):
        picture[20:60, left : left + 30] = 255
    films = [write_film(tmp_path, Clip(name, 5.0, pictures), 50, 0.9) for name in ("a", "b")]
    spent = _ours(films, detector, timed)
    assert spent.frames == 100
    assert 0.1 <= spent.asked / spent.frames <= 0.35
    assert 0 < spent.model_cpu_s < spent.cpu_s


def test_the_ratio_is_the_median_of_the_rounds() -> None:
    ours = [Spent(100, 1.0, 0.5, 20, 0.4), Spent(100, 2.0, 0.5, 20, 0.4), Spent(100, 1.0, 0.5)]
    theirs = [Spent(100, 10.0, 8.0), Spent(100, 10.0, 8.0), Spent(100, 14.0, 8.0)]
    told = _figures("four fifths", list(zip(ours, theirs, strict=True)))
    assert (told["ratio"], told["reached"], told["each_ratio"]) == (10.0, True, [10.0, 5.0, 14.0])
    assert told["qala"]["non_inference_share"] == pytest.approx(0.2, abs=0.9)
    assert told["ultralytics"]["streams"] == 2.0
