"""How people and cars are tracked: the thresholds of the tracker were chosen by this.

``pedestrians_pets09.avi`` is left out on purpose: it is what tracking is tested on. Its frames
only measure the speed of ``analyse`` on one core. Three things are measured:

- walkers: rendered films whose truth is known. ByteTrack with its own defaults on the model's own
  input, and what ``analyse`` does, side by side; the tracks that a live camera has are between.
- clips: nobody has drawn the truth of the real ones, so this counts what can be known without:
  the cars that cross the middle of the highway, against a count by eye; and over all clips how
  many tracks there are, how many last less than five frames, and how often one leaps by more than
  a third of its size from one frame to the next, as it does when it is handed to another thing.
  Each clip is taken at its full rate and at about five frames a second.
- one_core: the whole command ``analyse``, held to one core, its start included.
"""

import argparse
from collections.abc import Callable
from dataclasses import fields
from typing import Any

from benchmarks.shared import shared
from benchmarks.tracking_clips import clips
from benchmarks.tracking_speed import one_core
from benchmarks.tracking_walkers import walkers
from data_access.settings import Settings
from detection_worker.tracking.camera_tracker import TrackerParams

PARTS = ("walkers", "clips", "one_core")


def measure(arguments: list[str], settings: Settings) -> dict[str, Any]:
    """The figures of each part; each of the tracker's params is an option."""
    parser = argparse.ArgumentParser(prog="./qala bench tracking")
    parser.add_argument("--part", action="append", choices=PARTS, help="only this, repeatable")
    parser.add_argument("--seed", type=int, default=1, help="of the rendered films")
    parser.add_argument("--seconds", type=float, default=60.0, help="length of each of them")
    for field in fields(TrackerParams):
        parser.add_argument(f"--{field.name}", type=type(field.default), default=field.default)
    words = vars(parser.parse_args(arguments))
    params = TrackerParams(**{field.name: words[field.name] for field in fields(TrackerParams)})
    model = shared("models/yolox_nano.onnx")
    parts: dict[str, Callable[[], Any]] = {
        "walkers": lambda: walkers(model, params, words["seed"], words["seconds"]),
        "clips": lambda: clips(model, params),
        "one_core": lambda: one_core(model),
    }
    return {"params": words} | {part: parts[part]() for part in words["part"] or PARTS}
