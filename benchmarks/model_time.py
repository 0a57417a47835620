"""How much processor time a detector spends inside its model, whatever its threads."""

import threading
import time
from collections.abc import Callable
from typing import Any

import numpy.typing as npt

from detection_worker.detection.letterbox import InputFormat
from detection_worker.detection.onnx import OnnxDetector
from detection_worker.detection.onnx_model import OpenedModel
from detection_worker.frames import Image

TRIALS = 10
"""Runs from which it is learnt how much of the work the caller's own thread does."""


class TimedModel:
    """Stands in the place of a detector's opened model, both of its kinds, and counts its runs.

    Made while nothing else happens in the process: only then does its processor time say what
    the threads of a model that takes all cores do beside the caller's.
    """

    def __init__(self, detector: OnnxDetector) -> None:
        self._lock = threading.Lock()
        self.reset()
        one, many = detector.for_one, detector.opened
        detector.opened = _Counting(many, self._count)
        detector.for_one = detector.opened if one is many else _Counting(one, self._count)

    def reset(self) -> None:
        """Count anew."""
        self.cpu_s, self.pictures = 0.0, 0

    def _count(self, cpu_s: float, pictures: int) -> None:
        with self._lock:
            self.cpu_s += cpu_s
            self.pictures += pictures


class _Counting:
    def __init__(self, opened: OpenedModel, count: Callable[[float, int], None]) -> None:
        self._opened, self._count = opened, count
        self.format, self.head, self.labels = opened.format, opened.head, opened.labels
        self._of_caller = _of_caller(opened)

    def format_for(self, image: Image, most_px: int = 0) -> InputFormat:
        """As the model says."""
        return self._opened.format_for(image, most_px)

    def run(self, tensor: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """As the model runs."""
        began = time.thread_time()
        output = self._opened.run(tensor)
        self._count((time.thread_time() - began) * self._of_caller, len(tensor))
        return output


def _of_caller(opened: OpenedModel) -> float:
    """Processor time of all threads for a second of the caller's."""
    tensor = opened.format.empty(opened.format.batch or 1)
    opened.run(tensor)
    all_began, own_began = time.process_time(), time.thread_time()
    for _ in range(TRIALS):
        opened.run(tensor)
    return (time.process_time() - all_began) / (time.thread_time() - own_began)
