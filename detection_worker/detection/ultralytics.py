"""The `ultralytics` detector: whatever ultralytics loads. The only module that imports it.

It is imported when a model is opened, since that takes seconds. It never goes out to the
network by itself and never installs packages: weights come from the models folder, where
``detection.fetch`` may have put them.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from pickle import PickleError
from typing import Any

import numpy as np
from PIL import Image as Pillow

from detection_worker.cores import VARIABLE
from detection_worker.detection.detections import Detections
from detection_worker.detection.families import suppression_groups
from detection_worker.detection.input_size import Size, fitting_wh
from detection_worker.detection.onnx_model import ORT_ERRORS
from detection_worker.detection.suppression import LEAST_CONFIDENCE, OVERLAP_LIMIT, suppress
from detection_worker.errors import ModelError
from detection_worker.frames import Image

USUAL_SIDE_PX = 640
"""Input side of a model that does not say what it was trained with."""

OUR_OWN = {"conf": LEAST_CONFIDENCE, "iou": 1.0, "verbose": False}
"""Ultralytics leaves the suppression of second boxes to us: weights find the same whichever of our
detectors runs them."""

QUIET = {"YOLO_OFFLINE": "true", "YOLO_AUTOINSTALL": "false", "YOLO_VERBOSE": "false"}
"""No downloads, no usage statistics, no pip: a police worker calls nobody unasked."""

LOADING_ERRORS = (
    *ORT_ERRORS,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    ImportError,
    LookupError,
    OSError,
    PickleError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What came out of ultralytics and torch for damaged files, foreign pickles and absent runtimes."""


class UltralyticsDetector:
    """Runs .pt, TensorRT .engine, an OpenVINO folder or .onnx through ultralytics.

    Raises ModelError where the file is damaged, is no detector, or its runtime is missing.
    """

    name = "ultralytics"
    remembers = False

    def __init__(self, path: Path) -> None:
        self.model = path.name.removesuffix("_openvino_model").removesuffix(path.suffix)
        self._yolo = _load(path)
        self._names: dict[int, str] = dict(self._yolo.names)
        self.labels = tuple(self._names.values())
        groups = suppression_groups(self.labels)
        self._groups = dict(zip(self._names, groups, strict=True))
        self._own_wh, self._most_px = _own_wh(self._yolo), 0

    def look_closer(self, most_px: int) -> None:
        """From now on look at pictures of about ``most_px`` pixels, where the model allows it."""
        self._most_px = most_px

    def detect(self, cameras: list[int], images: list[Image]) -> list[Detections]:
        """One result an image; those of one size go through the model in one batch.

        In a batch of several sizes ultralytics pads each to a square: what it finds in a picture
        would depend on the cameras beside it.
        """
        found: dict[int, Detections] = {}
        for shape in dict.fromkeys(image.shape for image in images):
            places = [at for at, image in enumerate(images) if image.shape == shape]
            alike = [images[at] for at in places]
            width, height = fitting_wh(alike[0], self._own_wh, self._most_px)
            # A file made for one size keeps to that, whatever is asked.
            results = self._yolo.predict(alike, imgsz=(height, width), **OUR_OWN)
            found.update(zip(places, map(self._read, results), strict=True))
        return [found[at] for at in range(len(images))]

    def forget(self, camera_id: int) -> None:
        """Nothing is remembered of a camera."""

    def _read(self, result: Any) -> Detections:
        rows = np.asarray(result.boxes.data.cpu().numpy(), np.float32)
        groups = np.array([self._groups[int(index)] for index in rows[:, 5]], np.int64)
        rows = rows[suppress(rows[:, :4], rows[:, 4], groups, OVERLAP_LIMIT)]
        labels = tuple(self._names[int(index)] for index in rows[:, 5])
        return Detections(rows[:, :4], rows[:, 4], labels)


def _own_wh(yolo: Any) -> Size:
    """The size that a tried model was exported for or trained with."""
    told = getattr(yolo.predictor.model, "imgsz", None) or yolo.overrides.get("imgsz")
    sides = told if isinstance(told, (list, tuple)) else [told or USUAL_SIDE_PX]
    return int(sides[-1]), int(sides[0])


def quiet_library(settings: Path) -> Any:
    """The package ultralytics, imported so that it changes nothing and calls nobody.

    It replaces Pillow's ``open`` by one that answers a file that is no picture with the
    installation of one more package, and tells the whole process to use one processor; both are
    taken back.
    """
    for name, value in (QUIET | {"YOLO_CONFIG_DIR": str(settings)}).items():
        os.environ.setdefault(name, value)
    own_open, processors = Pillow.open, os.environ.get(VARIABLE)
    import ultralytics

    Pillow.open = own_open
    if processors is None:
        os.environ.pop(VARIABLE, None)
    return ultralytics


def _load(path: Path) -> Any:
    """The model, tried once on an empty picture: many faults show only then."""
    if not path.exists():
        raise ModelError(f"There is no model {path}: add one with ./qala models add FILE.")
    library = quiet_library(path.parent / ".ultralytics")
    try:
        yolo = library.YOLO(str(path), task="detect", verbose=False)
        yolo.predict([np.zeros((64, 64, 3), np.uint8)], verbose=False)
    except LOADING_ERRORS as error:
        raise ModelError(_sentence(path, error)) from error
    if getattr(yolo, "task", "detect") != "detect":
        raise ModelError(f"The model {path.name} is made for “{yolo.task}”; Qala needs a detector.")
    return yolo


def _sentence(path: Path, error: Exception) -> str:
    words = str(error).replace(str(path), path.name).strip()
    lines: Sequence[str] = words.splitlines() or [type(error).__name__]
    return (
        f"ultralytics cannot use the model {path.name} ({lines[0][:200]}): copy it again, or "
        "install the runtime it was made for."
    )
