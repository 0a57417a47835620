"""Frames a second through the whole journey, against the bare model on the same frames.

One round takes the recording from the file through decoding, the detector, tracking, four
rules, the event desk, the recorder with snapshots and clips, and the outbox on disk, until
the last clip is written. Then the bare model runs on the same frames, prepared beforehand:
once as ONNX Runtime does by itself (one frame at a time, all cores on it), and once as the
detector does (as many frames side by side as there are cores, each on one). Rounds alternate;
the figures are medians.
"""

import argparse
import os
import statistics
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime

from benchmarks.shared import shared
from data_access.domain.watch import WatchedCamera, Zone, ZoneShape
from data_access.media import MediaFolder
from data_access.settings import Settings
from detection_worker.detection.letterbox import Letterbox
from detection_worker.detection.onnx import OnnxDetector
from detection_worker.evidence.recorder import EvidenceRecorder
from detection_worker.evidence.room import Room
from detection_worker.feeds.file import open_file
from detection_worker.live_pictures import LivePictures
from detection_worker.outbox import Outbox
from detection_worker.pipeline import Journey
from detection_worker.recording import run_through

LEAST_RATIO = 0.8
"""What the journey must reach of the bare model's rate."""

AT_ONCE = 4
CHUNK = 240  # prepared inputs in memory at a time: 500 MB at 416 × 416

Tensor = npt.NDArray[Any]

ZONES = (
    Zone(1, "across", "line_count", ZoneShape.LINE, ((0.0, 0.5), (1.0, 0.5))),
    Zone(
        2,
        "away from us",
        "wrong_way",
        ZoneShape.POLYGON,
        ((0.22, 1.0), (0.4, 0.0), (0.6, 0.0), (0.9, 1.0)),
        {"toward": [0.0, -1.0]},
    ),
    Zone(3, "bus stop", "crowd", ZoneShape.POLYGON, ((0.7, 0.1), (1.0, 0.1), (1.0, 0.9))),
    Zone(4, "walkway", "intrusion", ZoneShape.POLYGON, ((0.7, 0.1), (1.0, 0.1), (1.0, 0.9))),
)
"""All four rules at work on the highway; people at the bus stop make a few events."""


def measure(arguments: list[str], settings: Settings) -> dict[str, Any]:
    """The figures; raises FileNotFoundError where the footage or the model is missing."""
    parser = argparse.ArgumentParser(prog="./qala bench pipeline")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--feed", default="feeds/highway_day.mp4")
    parser.add_argument("--model", default="models/yolox_nano.onnx")
    given = parser.parse_args(arguments)
    video, model = shared(given.feed), shared(given.model)
    detector = OnnxDetector(model)
    camera = WatchedCamera(1, "bench", str(video), analysed_fps=1000.0, zones=ZONES)
    rounds = [_round(camera, detector, model) for _ in range(max(1, given.rounds))]
    return _figures(rounds, given.feed, given.model)


def _round(camera: WatchedCamera, detector: OnnxDetector, model: Path) -> dict[str, float]:
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="qala-bench-") as home:
        found |= _journey(camera, detector, Path(home))
    return found | _bare(camera, detector, model)


def _journey(camera: WatchedCamera, detector: OnnxDetector, home: Path) -> dict[str, float]:
    outbox = Outbox(home / "outbox")
    began, cpu_began = perf_counter(), os.times()
    recorder = EvidenceRecorder(
        MediaFolder(home / "media"), outbox, LivePictures(), Room(home / "media")
    )
    recorder.start()
    journey = Journey(detector, {camera.id: camera}, recorder, outbox, gated=False)
    source = open_file(camera, paced=False)
    frames = run_through(source, journey, camera.id, AT_ONCE, on_read=recorder.keep)
    recorder.stop(600.0)
    spent, cpu = perf_counter() - began, os.times()
    found = {
        "frames": frames,
        "journey": frames / spent,
        "cpu_ms": (cpu.user + cpu.system - cpu_began.user - cpu_began.system) / frames * 1000,
        "items": outbox.waiting,
    }
    outbox.close()
    return found


def _bare(camera: WatchedCamera, detector: OnnxDetector, model: Path) -> dict[str, float]:
    whole = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    name, frames, one_s, side_s = detector.format.name, 0, 0.0, 0.0
    whole.run(None, {name: detector.format.empty(1)})
    with ThreadPoolExecutor(detector.threads) as pool:
        for inputs in _prepared(camera, detector):
            frames += len(inputs)
            began = perf_counter()
            for tensor in inputs:
                whole.run(None, {name: tensor})
            one_s += perf_counter() - began
            began = perf_counter()
            list(pool.map(lambda tensor: detector.session.run(None, {name: tensor}), inputs))
            side_s += perf_counter() - began
    return {"one": frames / one_s, "side": frames / side_s}


def _prepared(camera: WatchedCamera, detector: OnnxDetector) -> Iterator[list[Tensor]]:
    """The same frames as the model wants them; prepared outside the measured time."""
    images = (image for _, image in open_file(camera, paced=False).frames())
    letterbox = Letterbox(detector.format, 1)
    while chunk := [_tensor(letterbox, image) for image in islice(images, CHUNK)]:
        yield chunk


def _tensor(letterbox: Letterbox, image: npt.NDArray[np.uint8]) -> Tensor:
    letterbox.put(0, image)
    return letterbox.tensor.copy()


def _figures(rounds: list[dict[str, float]], feed: str, model: str) -> dict[str, Any]:
    def median(key: str) -> float:
        return round(statistics.median(one[key] for one in rounds), 2)

    ratio = statistics.median(one["journey"] / one["one"] for one in rounds)
    beside = statistics.median(one["journey"] / one["side"] for one in rounds)
    return {
        "feed": feed,
        "model": model,
        "frames": int(rounds[0]["frames"]),
        "rounds": len(rounds),
        "journey_fps": median("journey"),
        "journey_cpu_ms_a_frame": median("cpu_ms"),
        "items_in_outbox": int(rounds[0]["items"]),
        "bare_model_fps": median("one"),
        "bare_model_side_by_side_fps": median("side"),
        "ratio": round(ratio, 3),
        "ratio_to_side_by_side": round(beside, 3),
        "wanted_ratio": LEAST_RATIO,
        "reached": ratio >= LEAST_RATIO,
        "each_round": [{key: round(value, 2) for key, value in one.items()} for one in rounds],
    }
