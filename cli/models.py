"""List and add detector models: .onnx, .pt, .engine, or an OpenVINO folder."""

import argparse
import shutil
import tempfile
from pathlib import Path

from cli.failure import CommandFailure
from data_access.settings import Settings
from detection_worker.detection import PREFERENCE, models, open_model
from detection_worker.detection.detections import Detector
from detection_worker.errors import DetectorError

SIDECARS = (".txt", ".json")
"""Files with the names of an .onnx model's classes, beside it under its name."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="the models in the models folder, best first")
    add = actions.add_parser("add", help="try a model and copy it into the models folder")
    add.add_argument("model", type=Path, metavar="FILE", help=f"ends in {', '.join(PREFERENCE)}")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Carry out one action; raises CommandFailure with what is wrong."""
    if arguments.action == "list":
        return _list(settings.models_dir)
    try:
        return _add(arguments.model, settings.models_dir)
    except (DetectorError, OSError) as error:
        raise CommandFailure(f"The model was not added. {error}") from error


def _list(models_dir: Path) -> int:
    found = [path for ending in PREFERENCE for path in models(models_dir, ending)]
    for path in found:
        print(f"{path.name}\t{_size_bytes(path) / 1e6:.1f} MB")
    if not found:
        print(f"No models in {models_dir}. Add one with ./qala models add FILE.")
    return 0


def _add(model: Path, models_dir: Path) -> int:
    """Copy aside, try the copy, and put it in place: a bad model never gets there."""
    if not model.exists():
        raise CommandFailure(f"There is no {model}: check its path.")
    if not model.name.endswith(PREFERENCE):
        raise CommandFailure(
            f"The model was not added: {model} is none that a detector opens, by its name. Give a "
            f"file or folder whose name ends in {', '.join(PREFERENCE)}."
        )
    models_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".adding-", dir=models_dir) as aside:
        copied = [_copy(path, Path(aside)) for path in (model, *_sidecars(model))]
        detector = open_model(copied[0])
        for path in reversed(copied):  # the names are there before the model is
            _put(path, models_dir / path.name)
    print(f"{model.name} added: detector {detector.name}, {_classes(detector)}")
    return 0


def _sidecars(model: Path) -> list[Path]:
    beside = [model.with_suffix(ending) for ending in SIDECARS]
    return [path for path in beside if model.suffix == ".onnx" and path.is_file()]


def _copy(path: Path, folder: Path) -> Path:
    target = folder / path.name
    if path.is_dir():
        shutil.copytree(path, target)
    else:
        shutil.copyfile(path, target)
    return target


def _put(path: Path, place: Path) -> None:
    if place.is_dir():
        shutil.rmtree(place)
    path.replace(place)


def _classes(detector: Detector) -> str:
    names = list(detector.labels)
    return f"classes: {len(names)} ({', '.join(names[:5])}{', …' if len(names) > 5 else ''})"


def _size_bytes(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())
