"""The ultralytics path from end to end, without any download.

A YOLO26n begins with chance weights, learns on rendered scenes for minutes, and is exported to
ONNX and OpenVINO. The worker's own detectors then look at scenes that nobody trained on: do the
``.pt``, its ONNX and its OpenVINO find the same, and what is there? Last, ``analyse`` runs over a
film with the ``.pt`` and with the ONNX. The weights go with the folder that they were made in.
"""

import argparse
import csv
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.box_agreement import against_truth, matched
from benchmarks.scene_pictures import Picture, pictures, write_clip, write_training_set
from data_access.settings import Settings
from detection_worker.detection.detections import Detections, Detector
from detection_worker.detection.onnx import OnnxDetector
from detection_worker.detection.ultralytics import UltralyticsDetector, quiet_library

MODEL = "yolo26n.yaml"
UNSEEN_SEED, FILM_CAST = 77, 9_001
"""Casts and moments that no training set has: those of ``--seed`` begin far below."""

AT_ONCE = 4

HYPERPARAMETERS: dict[str, Any] = {
    "optimizer": "AdamW", "lr0": 0.002, "warmup_epochs": 0.5, "cos_lr": True,
    "mosaic": 0.0, "scale": 0.3, "translate": 0.1, "erasing": 0.0, "auto_augment": None,
}  # fmt: skip
"""For some hundred pictures and a few minutes from nothing: without the mixing of pictures that
long trainings need, and with Adam, which needs no warming up of thousands of steps."""


def measure(arguments: list[str], settings: Settings) -> dict[str, Any]:
    """What each of the three finds, how far they agree, and what tracks become of it."""
    del settings  # no model of the installation is touched
    words = _words(arguments)
    # Ultralytics shows how far it is where our figures are to stand.
    with tempfile.TemporaryDirectory(prefix="qala-yolo-") as name, redirect_stdout(sys.stderr):
        folder = Path(name)
        trained = train(folder, words)
        models = folder / "models"
        exported = export(models / "trained.pt", words.imgsz)
        unseen = list(pictures(words.unseen, UNSEEN_SEED))
        compared = compare(models, exported, unseen)
        return trained | compared | {"analyse": _analysed(folder, words.film_s)}


def _words(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./qala bench train-yolo", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="how long to train")
    parser.add_argument("--pictures", type=int, default=480, help="how many to train on")
    parser.add_argument("--unseen", type=int, default=120, help="how many to compare on")
    parser.add_argument("--imgsz", type=int, default=320, help="input side in pixels")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1, help="of the casts and the weights")
    parser.add_argument("--film-s", type=float, default=40.0, help="length of the analysed film")
    return parser.parse_args(arguments)


def train(folder: Path, words: argparse.Namespace) -> dict[str, Any]:
    """Train into ``folder/models/trained.pt``; how long it took and what it saw."""
    library = _library(folder)
    parts = {"train": words.pictures, "val": max(8, words.pictures // 20)}
    told = write_training_set(folder / "set", parts, words.seed)
    begun_s = time.monotonic()
    yolo = library.YOLO(MODEL, task="detect")
    yolo.train(
        data=str(told), imgsz=words.imgsz, batch=words.batch, seed=words.seed, epochs=1000,
        time=words.minutes / 60, workers=0, cache="ram", amp=False, plots=False, val=False,
        nbs=words.batch, project=str(folder), name="run", verbose=False, **HYPERPARAMETERS,
    )  # fmt: skip
    (folder / "models").mkdir()
    Path(yolo.trainer.last).rename(folder / "models" / "trained.pt")
    return {
        "trained_s": round(time.monotonic() - begun_s),
        "epochs": yolo.trainer.epoch + 1,
        "pictures": words.pictures,
    }


def _library(folder: Path) -> Any:
    """Ultralytics; a file in the place of the font that it would fetch for its plots."""
    settings = folder / ".ultralytics"
    settings.mkdir()
    (settings / "Arial.ttf").touch()
    return quiet_library(settings)


def export(weights: Path, imgsz: int) -> dict[str, str]:
    """The ONNX and, where the package is there, the OpenVINO folder beside the weights.

    What is said of each: "exported", or what is missing.
    """
    library = quiet_library(weights.parent.parent / ".ultralytics")
    said = {}
    for kind, package, words in (
        ("onnx", "onnx", {}),
        # Open in its size, as the .pt is: a picture padded to a square is another picture.
        ("openvino", "openvino", {"dynamic": True}),
    ):
        if importlib.util.find_spec(package) is None:
            said[kind] = f"not exported: {package} is not installed (requirements-bench.txt)"
            continue
        library.YOLO(str(weights)).export(format=kind, imgsz=imgsz, verbose=False, **words)
        said[kind] = "exported"
    return said


def compare(models: Path, exported: dict[str, str], unseen: list[Picture]) -> dict[str, Any]:
    """What each model finds in pictures nobody trained on, by the worker's detectors."""
    ways: dict[str, tuple[Callable[[Path], Detector], str]] = {
        "onnx": (OnnxDetector, "trained.onnx"),
        "openvino": (UltralyticsDetector, "trained_openvino_model"),
    }
    images = [one.image for one in unseen]
    first = _found(UltralyticsDetector(models / "trained.pt"), images)
    figures: dict[str, Any] = {"pt": against_truth(first, unseen)}
    for name, (open_detector, file) in ways.items():
        if exported[name] != "exported":
            figures[name] = exported[name]
            continue
        found = _found(open_detector(models / file), images)
        agreement = {"of_pt": matched(first, found), "of_it": matched(found, first)}
        figures[name] = against_truth(found, unseen) | agreement
    return {"unseen_pictures": len(unseen)} | figures


def _found(detector: Detector, images: Sequence[Any]) -> list[Detections]:
    """Detections of all, by batches as over several cameras."""
    found: list[Detections] = []
    for start in range(0, len(images), AT_ONCE):
        batch = list(images[start : start + AT_ONCE])
        found += detector.detect(list(range(len(batch))), batch)
    return found


def _analysed(folder: Path, seconds: float) -> dict[str, Any]:
    """``analyse`` over one film with the ``.pt`` and with the ONNX: tracks, counts, agreement."""
    film = folder / "film.mp4"
    write_clip(film, seconds, FILM_CAST)
    figures: dict[str, Any] = {}
    rows = {}
    for detector in ("ultralytics", "onnx"):
        out = folder / f"analysis-{detector}"
        subprocess.run(  # noqa: S603 - our own program
            [
                sys.executable, "-m", "cli", "analyse", str(film), "--out", str(out),
                "--detector", detector, "--models", str(folder / "models"), "--rule", "line_count",
            ],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        rows[detector] = _tracked(out / "tracks.csv")
        summary = json.loads((out / "summary.json").read_text())
        figures[detector] = {
            "tracks": len({row[1] for row in rows[detector]}),
            "boxes": len(rows[detector]),
            "counts": summary.get("counts"),
        }
    figures["same_boxes"] = round(_same_rows(rows["ultralytics"], rows["onnx"]), 4)
    return figures


Row = tuple[int, int, tuple[float, ...]]


def _tracked(path: Path) -> list[Row]:
    with path.open(newline="") as file:
        return [
            (int(row[0]), int(row[1]), tuple(float(part) for part in row[2:6]))
            for row in csv.reader(file)
        ]


def _same_rows(first: list[Row], second: list[Row]) -> float:
    """The share of tracked boxes that the other has in the same frame within two pixels."""
    by_frame: dict[int, list[tuple[float, ...]]] = {}
    for frame, _, box in second:
        by_frame.setdefault(frame, []).append(box)
    there = sum(
        any(np.allclose(box, other, atol=2.0) for other in by_frame.get(frame, []))
        for frame, _, box in first
    )
    return there / len(first) if first else 0.0
