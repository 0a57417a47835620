"""The `onnx` detector: ONNX Runtime alone, for YOLO and YOLOX heads of any size and classes."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as ort

from detection_worker.detection.class_names import class_names
from detection_worker.detection.detections import Detections
from detection_worker.detection.families import suppression_groups
from detection_worker.detection.heads import Head, Raw, recognise
from detection_worker.detection.letterbox import Fit, InputFormat, Letterbox
from detection_worker.detection.suppression import suppress
from detection_worker.errors import ModelError, UnknownHead
from detection_worker.frames import Image

LEAST_CONFIDENCE = 0.1
"""Weaker boxes are dropped; ByteTrack makes use of weak ones down to 0.1 (Zhang et al., 2022)."""

OVERLAP_LIMIT = 0.65
"""IoU over which the weaker box goes: YOLOX's own evaluation value (Ge et al., 2021)."""

USUAL_SIDE_PX = 640
"""Input side of a model that leaves its size open and names none in its metadata."""

ORT_ERRORS = (
    ort.EPFail,
    ort.Fail,
    ort.InvalidArgument,
    ort.InvalidGraph,
    ort.InvalidProtobuf,
    ort.NoModel,
    ort.NoSuchFile,
    ort.NotImplemented,
    ort.RuntimeException,
)
"""What ONNX Runtime raises for a model it cannot load or run; they share no root of their own."""

_DTYPES = {"tensor(float)": np.float32, "tensor(float16)": np.float16, "tensor(uint8)": np.uint8}


class OnnxDetector:
    """Runs an ONNX file; its head, its input and its classes are read from the file.

    ``threads`` pictures are looked at side by side, each by one core: on two cores that gives
    a third more pictures a second than both cores on one picture. Raises ModelError for a
    file that is corrupt, has no known head, or whose classes have no names.
    """

    name = "onnx"
    remembers = False

    def __init__(self, path: Path, threads: int | None = None) -> None:
        self.model = path.stem
        self.threads = threads or os.cpu_count() or 1
        self.session = _open(path)
        metadata = self.session.get_modelmeta().custom_metadata_map
        wh = _input_wh(self.session, metadata)
        self.head = _head(path, self.session, metadata, wh)
        self.format = _input_format(self.session, wh, self.head)
        self.labels = class_names(path, metadata, self.head.classes)
        self._groups = np.array(suppression_groups(self.labels))
        self._pool = ThreadPoolExecutor(self.threads, "onnx") if self.threads > 1 else None
        self._own = threading.local()

    def detect(self, cameras: list[int], images: list[Image]) -> list[Detections]:
        """One result an image; many images are shared out over the threads."""
        size = self.format.batch or max(1, -(-len(images) // self.threads))
        shares = [images[start : start + size] for start in range(0, len(images), size)]
        if self._pool is None or len(shares) == 1:
            found = [self._look(share) for share in shares]
        else:
            found = list(self._pool.map(self._look, shares))
        return [detections for share in found for detections in share]

    def forget(self, camera_id: int) -> None:
        """Nothing is remembered of a camera."""

    def _look(self, images: list[Image]) -> list[Detections]:
        letterbox = self._letterbox(self.format.batch or len(images))
        fits = [letterbox.put(index, image) for index, image in enumerate(images)]
        output = self.session.run(None, {self.format.name: letterbox.tensor})[0]
        return [self._read(output[index], fit) for index, fit in enumerate(fits)]

    def _letterbox(self, batch: int) -> Letterbox:
        """This thread's own, kept from picture to picture."""
        kept: dict[int, Letterbox] = self._own.__dict__.setdefault("letterboxes", {})
        if batch not in kept:
            kept.clear()
            kept[batch] = Letterbox(self.format, batch)
        return kept[batch]

    def _read(self, output: npt.NDArray[Any], fit: Fit) -> Detections:
        raw = self.head.decode(output, LEAST_CONFIDENCE)
        if self.head.needs_suppression:
            kept = suppress(raw.xyxy, raw.confidence, self._groups[raw.classes], OVERLAP_LIMIT)
            raw = Raw(raw.xyxy[kept], raw.confidence[kept], raw.classes[kept])
        labels = tuple(self.labels[index] for index in raw.classes)
        return Detections(fit.back(raw.xyxy), np.clip(raw.confidence, 0, 1), labels)


def _open(path: Path) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    wanted = ("CUDAExecutionProvider", "CPUExecutionProvider")
    there = onnxruntime.get_available_providers()
    try:
        return onnxruntime.InferenceSession(
            str(path), options, providers=[name for name in wanted if name in there]
        )
    except ORT_ERRORS as error:
        raise ModelError(
            f"The model {path.name} cannot be loaded: it is missing, damaged or no ONNX file. "
            "Copy it again or export it again."
        ) from error


def _input_wh(session: Any, metadata: dict[str, str]) -> tuple[int, int]:
    """The input's size: from its shape, else from the metadata, else the usual one."""
    shape = session.get_inputs()[0].shape
    sides = shape[1:3] if shape[-1] == 3 else shape[2:4]
    if len(sides) == 2 and all(isinstance(side, int) for side in sides):
        return sides[1], sides[0]
    numbers = [
        int(word)
        for word in metadata.get("imgsz", "").strip("[]").split(",")
        if word.strip().isdigit()
    ]
    height, width = numbers if len(numbers) == 2 else (USUAL_SIDE_PX, USUAL_SIDE_PX)
    return width, height


def _head(path: Path, session: Any, metadata: dict[str, str], wh: tuple[int, int]) -> Head:
    """The head, found by running the model once on an empty picture."""
    task = metadata.get("task", "detect")
    if task != "detect":
        raise ModelError(f"The model {path.name} is made for “{task}”; Qala needs a detector.")
    shape = _output_shape(path, session, wh)
    head = recognise(shape, wh)
    if head is None:
        raise UnknownHead(
            f"The model {path.name} gives an output of shape {shape}, which is no YOLO or YOLOX "
            "head: export it with one of these, or use the ultralytics detector for it."
        )
    return head


def _output_shape(path: Path, session: Any, wh: tuple[int, int]) -> tuple[int, ...]:
    trial = _trial_input(session, wh)
    try:
        return tuple(session.run(None, {session.get_inputs()[0].name: trial})[0].shape)
    except ORT_ERRORS as error:
        raise ModelError(
            f"The model {path.name} does not run on a picture of {wh[0]}×{wh[1]} px: it is damaged "
            "or no detector."
        ) from error


def _trial_input(session: Any, wh: tuple[int, int]) -> npt.NDArray[Any]:
    return _format(session, wh, ultralytics=False).empty(_batch(session) or 1)


def _batch(session: Any) -> int | None:
    first = session.get_inputs()[0].shape[0]
    return first if isinstance(first, int) and first > 0 else None


def _input_format(session: Any, wh: tuple[int, int], head: Head) -> InputFormat:
    return _format(session, wh, ultralytics=not head.yolox)


def _format(session: Any, wh: tuple[int, int], ultralytics: bool) -> InputFormat:
    """YOLOX takes BGR 0–255 at the top left; the YOLO family RGB 0–1 in the middle."""
    given = session.get_inputs()[0]
    dtype = _DTYPES.get(given.type, np.float32)
    return InputFormat(
        name=given.name,
        wh=wh,
        batch=_batch(session),
        channels_last=given.shape[-1] == 3,
        dtype=dtype,
        rgb=ultralytics,
        unit_range=ultralytics and dtype is not np.uint8,
        centred=ultralytics,
    )
