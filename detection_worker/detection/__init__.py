"""Detectors: what finds things in frames. A new one is a file and a line in DETECTORS."""

import logging
from collections.abc import Callable
from pathlib import Path

from detection_worker.detection.detections import Detector
from detection_worker.detection.fetch import fetch_usual_model
from detection_worker.errors import DetectorError, ModelError, UnknownHead

log = logging.getLogger(__name__)

OpenModel = Callable[[Path], Detector]


def open_onnx(path: Path) -> Detector:
    """The `onnx` detector with one file; imported here, since a worker may do without it."""
    from detection_worker.detection.onnx import OnnxDetector

    return OnnxDetector(path)


def open_ultralytics(path: Path) -> Detector:
    """The `ultralytics` detector with one model."""
    from detection_worker.detection.ultralytics import UltralyticsDetector

    return UltralyticsDetector(path)


def open_model(path: Path) -> Detector:
    """The detector that opens one model; raises ModelError where none does.

    ONNX Runtime alone is the faster way for an .onnx; ultralytics knows more heads.
    """
    if path.suffix != ".onnx":
        return open_ultralytics(path)
    try:
        return open_onnx(path)
    except UnknownHead as error:
        log.info("%s", error)
        return open_ultralytics(path)


def motion_detector(models_dir: Path) -> Detector:
    """The `motion` detector, which needs no model."""
    from detection_worker.detection.motion import MotionDetector

    return MotionDetector()


def newest_onnx(models_dir: Path) -> Detector:
    """The newest .onnx in the folder, run by ONNX Runtime."""
    return _first_that_opens("onnx", [(open_onnx, path) for path in models(models_dir, ".onnx")])


def best_for_ultralytics(models_dir: Path) -> Detector:
    """The best model in the folder that ultralytics opens."""
    found = [path for kind in PREFERENCE for path in models(models_dir, kind)]
    return _first_that_opens("ultralytics", [(open_ultralytics, path) for path in found])


def best_of_all(models_dir: Path) -> Detector:
    """The best model in the folder, else the usual one from the internet, else `motion`."""
    try:
        found = [path for ending in PREFERENCE for path in models(models_dir, ending)]
        return _first_that_opens("auto", [(open_model, path) for path in found])
    except DetectorError as error:
        log.info("%s", error)
    try:
        return open_ultralytics(fetch_usual_model(models_dir))
    except ModelError as error:
        log.warning("%s The motion detector is at work, with no model in %s.", error, models_dir)
    return motion_detector(models_dir)


DETECTORS: dict[str, Callable[[Path], Detector]] = {
    "auto": best_of_all,
    "ultralytics": best_for_ultralytics,
    "onnx": newest_onnx,
    "motion": motion_detector,
}
"""Detectors by the name that QALA_DETECTOR and a camera use; each is given the models folder."""

PREFERENCE = (".engine", ".pt", "_openvino_model", ".onnx")
"""Endings of models, best first: TensorRT was built for this very machine; .pt runs on a GPU
or a CPU; OpenVINO and ONNX were exported, for a CPU, and with a fixed input size."""


def choose_detector(name: str, models_dir: Path) -> Detector:
    """The detector called ``name``, with the best model in ``models_dir``.

    Raises DetectorError for an unknown name, and where no model can be opened.
    """
    if name not in DETECTORS:
        raise DetectorError(f"There is no detector “{name}”: use one of {', '.join(DETECTORS)}.")
    detector = DETECTORS[name](models_dir)
    log.info("detector: %s (%s)", detector.name, detector.model)
    return detector


def models(models_dir: Path, ending: str) -> list[Path]:
    """The models with an ending in the folder, the newest first; none where there is no folder."""
    named = [path for path in models_dir.glob(f"*{ending}") if not path.name.startswith(".")]
    found = [path for path in named if path.exists()]  # a link may lead nowhere
    return sorted(found, key=lambda path: (-path.stat().st_mtime, path.name))


def _first_that_opens(name: str, openers: list[tuple[OpenModel, Path]]) -> Detector:
    faults = []
    for opener, path in openers:
        try:
            return opener(path)
        except ModelError as error:
            log.warning("%s", error)
            faults.append(str(error))
    if faults:
        raise DetectorError(f"No model can be used by the detector {name}. {' '.join(faults)}")
    raise DetectorError(
        f"The detector {name} finds no model in the models folder: add one with ./qala models add "
        "FILE, or use the detector motion, which needs none."
    )
