"""An ONNX file with a YOLO or YOLOX head: its session, its input and its classes."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as ort

from detection_worker.detection.class_names import class_names
from detection_worker.detection.heads import Head, recognise
from detection_worker.detection.input_size import STEP_PX, Size, fitting_wh, whole_cells
from detection_worker.detection.letterbox import InputFormat
from detection_worker.detection.model_input import check_input, input_format, input_wh
from detection_worker.detection.open_size import with_open_size
from detection_worker.detection.own_size import with_size
from detection_worker.detection.protobuf import NotProtobuf
from detection_worker.errors import ModelError, UnknownHead
from detection_worker.frames import Image

MOST_SIZES = 4
"""Sizes that a model is made anew for, each with its own copy of the weights: cameras are 16:9,
4:3, 5:4 or upright. What is of a fifth size is padded to the model's own."""

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

MakeSession = Callable[[str | bytes], Any]
"""A session for a file's path or for its bytes; raises one of ``ORT_ERRORS``."""

SPIN_US = "200"
"""How long a thread spins for the others before it sleeps. A YOLO26n on two cores takes 33 ms so
and 40 without; beside two busy programs 88 and 80, where spinning without end takes 114."""

_GRAPHICS = "CUDAExecutionProvider"


class MadeSizes:
    """A model that was made anew for the sizes of pictures that came; any thread may ask.

    ``make`` gives the session for a size, and raises ``ORT_ERRORS`` or ``NotProtobuf``.
    """

    def __init__(self, make: Callable[[Size], Any], made: Mapping[Size, Any]) -> None:
        self._make, self._made = make, dict(made)
        self._lock = threading.Lock()

    def session(self, wh: Size) -> Any | None:
        """The session for a size; None where there is none."""
        with self._lock:
            if wh not in self._made and len(self._made) < MOST_SIZES:
                self._made[wh] = self._tried(wh)
            return self._made.get(wh)

    def _tried(self, wh: Size) -> Any | None:
        try:
            return self._make(wh)
        except (*ORT_ERRORS, NotProtobuf, OSError):
            return None


class OpenedModel(Protocol):
    """What the detector needs of a model; a benchmark puts one that counts in its place."""

    @property
    def format(self) -> InputFormat:
        """The input it was made for."""
        ...

    @property
    def head(self) -> Head:
        """How its output is read."""
        ...

    @property
    def labels(self) -> tuple[str, ...]:
        """Its classes."""
        ...

    def format_for(self, image: Image, most_px: int = 0) -> InputFormat:
        """The input that fits the picture best."""
        ...

    def run(self, tensor: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """The raw output for an input."""
        ...


@dataclass(frozen=True, slots=True)
class OnnxModel:
    """An opened file.

    Where it takes ``any_size``, or is made anew for the ``sizes`` that come, a wide picture is
    not padded to a square.
    """

    session: Any
    format: InputFormat
    head: Head
    labels: tuple[str, ...]
    any_size: bool
    sizes: MadeSizes | None = None

    def format_for(self, image: Image, most_px: int = 0) -> InputFormat:
        """The input that fits the picture best (``fitting_wh``), or the model's own."""
        wh = fitting_wh(image, self.format.wh, most_px)
        if self.any_size or (self.sizes is not None and self.sizes.session(wh) is not None):
            return replace(self.format, wh=wh)
        return self.format

    def run(self, tensor: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """The raw output for an input."""
        session = self.session
        if self.sizes is not None:
            session = self.sizes.session((tensor.shape[3], tensor.shape[2])) or session
        return np.asarray(session.run(None, {self.format.name: tensor})[0])


def open_model_file(path: Path, threads: int = 1) -> OnnxModel:
    """Open a file and try it once; each of its runs takes ``threads`` cores.

    Raises ModelError where it is missing, damaged or made for something else than detection,
    or where its classes have no names; UnknownHead where its output is of no known kind.
    """
    make = partial(_session, threads)
    session = _opened(path, make)
    metadata: Mapping[str, str] = session.get_modelmeta().custom_metadata_map
    _check_task(path, metadata)
    check_input(path, session)
    wh = input_wh(session, metadata)
    head = _head(path, session, wh)
    labels = class_names(path, metadata, head.classes)
    model = OnnxModel(session, input_format(session, wh, head.yolox), head, labels, any_size=False)
    return _of_any_size(path, model, make) or _of_made_sizes(path, model, make) or model


def _opened(path: Path, make: MakeSession) -> Any:
    try:
        return make(str(path))
    except ORT_ERRORS as error:
        raise ModelError(
            f"The model {path.name} cannot be loaded: it is missing, damaged or no ONNX file. "
            "Copy it again or export it again."
        ) from error


def _session(threads: int, model: str | bytes) -> Any:
    """Its threads wait for each other within a run alone, and briefly (``SPIN_US``)."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.spin_duration_us", SPIN_US)
    options.add_session_config_entry("session.force_spinning_stop", "1")
    options.log_severity_level = 4  # what fails is raised; a size that is tried may fail
    there = onnxruntime.get_available_providers()
    wanted = (_GRAPHICS, "CPUExecutionProvider")
    return onnxruntime.InferenceSession(
        model, options, providers=[name for name in wanted if name in there]
    )


def on_processor() -> bool:
    """Whether sessions run on the processor, for want of a graphics card that is known here."""
    return _GRAPHICS not in onnxruntime.get_available_providers()


def _check_task(path: Path, metadata: Mapping[str, str]) -> None:
    task = metadata.get("task", "detect")
    if task != "detect":
        raise ModelError(f"The model {path.name} is made for “{task}”; Qala needs a detector.")


def _head(path: Path, session: Any, wh: tuple[int, int]) -> Head:
    """The head, by what comes out for an empty picture."""
    try:
        shape = _trial(session, input_format(session, wh, yolox=True)).shape
    except (*ORT_ERRORS, ValueError, MemoryError) as error:
        raise ModelError(
            f"The model {path.name} does not run on a picture of {wh[0]}×{wh[1]} px: it is damaged "
            "or no detector."
        ) from error
    head = recognise(shape, wh)
    if head is None:
        raise UnknownHead(
            f"The model {path.name} gives an output of shape {shape}, which is no YOLO or YOLOX "
            "head: export it with one of these, or use the ultralytics detector for it."
        )
    return head


def _of_any_size(path: Path, model: OnnxModel, make: MakeSession) -> OnnxModel | None:
    """The model for pictures of any size, if it goes along with that; it is tried, not believed."""
    if not _has_whole_cells(model.format):
        return None
    try:
        session = make(with_open_size(path.read_bytes()))
    except (*ORT_ERRORS, NotProtobuf, OSError):
        return None
    goes_along = _goes_along(model, lambda wh: session)
    return replace(model, session=session, any_size=True) if goes_along else None


def _of_made_sizes(path: Path, model: OnnxModel, make: MakeSession) -> OnnxModel | None:
    """The model made anew for each size of pictures, if it goes along with that."""
    if not _has_whole_cells(model.format):
        return None

    def of_size(wh: Size) -> Any:
        return make(with_size(path.read_bytes(), model.format.wh, wh))

    if not _goes_along(model, of_size):
        return None
    return replace(model, sizes=MadeSizes(of_size, {model.format.wh: model.session}))


def _has_whole_cells(format: InputFormat) -> bool:
    width, height = format.wh
    return not format.channels_last and width % STEP_PX == 0 and height % STEP_PX == 0


def _goes_along(model: OnnxModel, session_for: Callable[[Size], Any]) -> bool:
    """Whether it gives the same for its own size, and the same kind of head for half of it."""
    width, height = model.format.wh
    lower = (width, whole_cells(height // 2))
    try:
        same = np.allclose(
            _trial(session_for(model.format.wh), model.format),
            _trial(model.session, model.format),
        )
        half = recognise(_trial(session_for(lower), replace(model.format, wh=lower)).shape, lower)
    except (*ORT_ERRORS, NotProtobuf, OSError):
        return False
    return bool(same) and half is not None and half.name == model.head.name


def _trial(session: Any, format: InputFormat) -> npt.NDArray[Any]:
    """What comes out for a picture of noise, the same for the same size."""
    tensor = format.empty(format.batch or 1)
    chance = np.random.default_rng(0).random(tensor.shape) * (1 if format.unit_range else 255)
    return np.asarray(session.run(None, {format.name: chance.astype(tensor.dtype)})[0])
