"""Frames a second through the whole journey, against the bare model on the same frames.

One round takes the recording from the file through decoding, the detector, tracking, four
rules, the event desk, the recorder with snapshots and clips, and the outbox on disk, until
the last clip is written. Then the bare model runs on the same frames, prepared beforehand, in
three ways: as ONNX Runtime does by itself (the file as it is, one frame at a time, all cores
on it), which is what the journey is held against; the same with as many frames side by side as
there are cores; and so with the journey's own inputs, which leave out the padding of wide
pictures (``detection.open_size``). Rounds alternate; the figures are medians.
"""

import argparse
import os
import statistics
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy.typing as npt
import onnxruntime

from benchmarks.shared import shared
from data_access.domain.watch import WatchedCamera, Zone, ZoneShape
from data_access.media import MediaFolder
from data_access.settings import Settings
from detection_worker.detection.letterbox import InputFormat, Letterbox
from detection_worker.detection.onnx import OnnxDetector
from detection_worker.evidence.recorder import EvidenceRecorder
from detection_worker.evidence.room import Room
from detection_worker.feeds.file import open_file
from detection_worker.frames import Image
from detection_worker.live_pictures import LivePictures
from detection_worker.outbox import Outbox
from detection_worker.pipeline import Journey
from detection_worker.recording import run_through

LEAST_RATIO = 0.8
"""What the journey must reach of the bare model's rate."""

AT_ONCE = 4
CHUNK = 120  # prepared inputs in memory at a time: 250 MB at 416 × 416

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
    name, square = detector.opened.format.name, detector.opened.format
    usual, lone = _session(model, 0), _session(model, 1)
    ways: dict[str, tuple[bool, int, Callable[[Tensor], object]]] = {
        "one": (True, 1, lambda tensor: usual.run(None, {name: tensor})),
        "side": (True, detector.threads, lambda tensor: lone.run(None, {name: tensor})),
        "own": (False, detector.threads, detector.opened.run),
    }
    frames, spent = 0, dict.fromkeys(ways, 0.0)
    with ThreadPoolExecutor(detector.threads) as pool:
        for images in _chunks(camera):
            frames += len(images)
            for way, (whole, beside, run) in ways.items():
                format = square if whole else detector.opened.format_for(images[0])
                spent[way] += _spent(pool if beside > 1 else None, run, _prepared(format, images))
    return {way: frames / seconds for way, seconds in spent.items()}


def _session(model: Path, threads: int) -> Any:
    """The file as it is; 0 threads are as many as ONNX Runtime takes by itself."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def _spent(
    pool: ThreadPoolExecutor | None, run: Callable[[Tensor], object], inputs: list[Tensor]
) -> float:
    run(inputs[0])  # the first run of a session is slower
    began = perf_counter()
    for _ in pool.map(run, inputs) if pool is not None else map(run, inputs):
        pass
    return perf_counter() - began


def _chunks(camera: WatchedCamera) -> Iterator[list[Image]]:
    images = (picture.bgr for _, picture in open_file(camera, paced=False).frames())
    while chunk := list(islice(images, CHUNK)):
        yield chunk


def _prepared(format: InputFormat, images: list[Image]) -> list[Tensor]:
    """The frames as the model wants them; made outside the measured time."""
    letterbox = Letterbox(format, 1)
    return [_tensor(letterbox, image) for image in images]


def _tensor(letterbox: Letterbox, image: Image) -> Tensor:
    letterbox.put(0, image)
    return letterbox.tensor.copy()


def _figures(rounds: list[dict[str, float]], feed: str, model: str) -> dict[str, Any]:
    def median(key: str) -> float:
        return round(statistics.median(one[key] for one in rounds), 2)

    ratio = statistics.median(one["journey"] / one["one"] for one in rounds)
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
        "bare_model_own_inputs_fps": median("own"),
        "ratio": round(ratio, 3),
        "wanted_ratio": LEAST_RATIO,
        "reached": ratio >= LEAST_RATIO,
        "each_round": [{key: round(value, 2) for key, value in one.items()} for one in rounds],
    }
