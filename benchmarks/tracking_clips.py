"""Tracks on real footage, where nobody has drawn the truth: see ``benchmarks.tracking``."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.shared import shared
from data_access.domain.watch import WatchedCamera
from detection_worker.detection.detections import Detections
from detection_worker.detection.onnx import OnnxDetector
from detection_worker.feeds.file import open_file
from detection_worker.frames import Frame, PlainPicture
from detection_worker.rules import RULES
from detection_worker.rules.line_count import Params, evaluate
from detection_worker.rules.scene import Scene
from detection_worker.tracking.camera_tracker import CameraTracker, TrackerParams
from detection_worker.tracking.tracks import Track

CLIPS = ("highway_day", "intersection", "tunnel_entrance", "road_overhead", "crowd_close")
COUNTED_BY_EYE = {"backward": 30, "forward": 5}
"""Cars over the middle of highway_day.mp4, from a picture of its middle row over time."""

SLOW_FPS = 5.0
SHORT_FRAMES = 5
LEAP = 0.35


@dataclass(frozen=True)
class Seen:
    """What the detector found in one frame."""

    frame: Frame
    found: Detections


def clips(model: Path, params: TrackerParams) -> list[dict[str, Any]]:
    """The figures by clip and rate."""
    detector = OnnxDetector(model)
    return [_clip(name, detector, params) for name in CLIPS]


def _clip(name: str, detector: OnnxDetector, params: TrackerParams) -> dict[str, Any]:
    seen = list(_seen(name, detector))
    seconds = (seen[-1].frame.captured_at - seen[0].frame.captured_at).total_seconds()
    step = max(1, round(len(seen) / seconds / SLOW_FPS))
    rates = {"full": seen, "slow": seen[::step]}
    return {"clip": name} | {rate: _tracked(name, part, params) for rate, part in rates.items()}


def _seen(name: str, detector: OnnxDetector) -> Iterator[Seen]:
    """Every frame with its detections; of its picture only the size is kept."""
    feed = next(shared("feeds").glob(f"{name}.*"))
    pictures = open_file(WatchedCamera(1, name, str(feed)), paced=False).frames()
    for number, (captured_at, picture) in enumerate(pictures, 1):
        (found,) = detector.detect([1], [picture.bgr])
        bare = PlainPicture(np.empty_like(picture.bgr[:, :, :0]))
        yield Seen(Frame(1, captured_at, bare, number), found)


def _tracked(name: str, seen: list[Seen], params: TrackerParams) -> dict[str, Any]:
    tracker = CameraTracker(params)
    lives: dict[int, list[Track]] = {}
    counted: Counter[str] = Counter()
    for one in seen:
        nowhere = np.full((len(one.found), 2), np.nan)
        tracks = tracker.update(one.frame.captured_at, one.found, nowhere)
        counted.update(_crossings(one.frame, tracks))
        for track in tracks:
            lives.setdefault(track.id, []).append(track)
    figures: dict[str, Any] = {
        "frames": len(seen),
        "tracks": len(lives),
        "boxes": sum(map(len, lives.values())),
        "short_tracks": sum(len(life) < SHORT_FRAMES for life in lives.values()),
        "leaps": sum(_leaps(life) for life in lives.values()),
    }
    if name == "highway_day":
        figures |= {"cars_counted": dict(counted), "cars_by_eye": COUNTED_BY_EYE}
    return figures


def _crossings(frame: Frame, tracks: tuple[Track, ...]) -> Iterator[str]:
    width, height = frame.wh
    scene = Scene(1, frame.captured_at, (width, height), tracks)
    for crossing in evaluate(scene, RULES["line_count"].usual_zone(1), Params(labels=("car",))):
        yield crossing.direction


def _leaps(life: list[Track]) -> int:
    return sum(_leapt(before, after) for before, after in pairwise(life))


def _leapt(before: Track, after: Track) -> bool:
    (left, top, right, bottom), now = before.box_xyxy, after.box_xyxy
    x, y = (now[0] + now[2] - left - right) / 2, (now[1] + now[3] - top - bottom) / 2
    seconds = (after.path[-1].at - before.path[-1].at).total_seconds()
    return seconds < 0.3 and math.hypot(x, y) > LEAP * max(right - left, bottom - top)
