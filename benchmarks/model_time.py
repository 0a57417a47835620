"""How much processor time a detector spends inside its model, whatever its threads."""

import threading
import time
from typing import Any

import numpy.typing as npt

from detection_worker.detection.letterbox import InputFormat
from detection_worker.detection.onnx import OnnxDetector
from detection_worker.detection.onnx_model import OpenedModel
from detection_worker.frames import Image


class TimedModel:
    """Stands in the place of a detector's opened model and counts its runs.

    A run belongs to one thread, since the sessions have no threads of their own.
    """

    def __init__(self, detector: OnnxDetector) -> None:
        self._opened: OpenedModel = detector.opened
        self._lock = threading.Lock()
        self.format, self.head, self.labels = (
            self._opened.format,
            self._opened.head,
            self._opened.labels,
        )
        self.reset()
        detector.opened = self

    def reset(self) -> None:
        """Count anew."""
        self.cpu_s, self.pictures = 0.0, 0

    def format_for(self, image: Image, most_px: int = 0) -> InputFormat:
        """As the model says."""
        return self._opened.format_for(image, most_px)

    def run(self, tensor: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """As the model runs."""
        began = time.thread_time()
        output = self._opened.run(tensor)
        spent = time.thread_time() - began
        with self._lock:
            self.cpu_s += spent
            self.pictures += len(tensor)
        return output
