"""YOLO26n without training: as fast as a trained one, and it finds nothing."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from detection_worker.detection.ultralytics import quiet_library

NAME = "yolo26n-untrained"

NEEDED = ("onnx", "onnxslim", "lap")

MISSING = (
    "ultralytics' export and its trackers need the packages onnx, onnxslim and lap: "
    "install them with .venv/bin/uv pip install -r requirements-bench.txt"
)


def untrained_onnx(models_dir: Path, find: Callable[[str], object] = find_spec) -> Path:
    """The exported file, made at the first call. Raises OSError where a package is missing.

    It lies in a folder of its own, where no worker looks for models. ``find`` says whether there
    is a package: the trackers would ask for theirs in the middle of a run.
    """
    if not all(map(find, NEEDED)):
        raise OSError(MISSING)
    folder = models_dir / ".untrained"
    path = folder / f"{NAME}.onnx"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _export(folder, models_dir)
    return path


def _export(folder: Path, models_dir: Path) -> None:
    library = quiet_library(models_dir / ".ultralytics")
    weights = folder / f"{NAME}.pt"
    library.YOLO("yolo26n.yaml", task="detect", verbose=False).save(weights)
    library.YOLO(str(weights), verbose=False).export(format="onnx", verbose=False)
