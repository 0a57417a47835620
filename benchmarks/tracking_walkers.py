"""Tracks of walkers in rendered films against their truth: see ``benchmarks.tracking``."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import supervision
from trackers import ByteTrackTracker

from benchmarks.tracking_scores import Boxes, scores
from benchmarks.walkers import FPS, VIEWS, View, frames
from cli.analyse import LOOKED_AT_PX
from detection_worker.detection.detections import Detections
from detection_worker.detection.onnx import OnnxDetector
from detection_worker.frames import Image, PlainPicture
from detection_worker.tracking.camera_tracker import CameraTracker, TrackerParams
from detection_worker.tracking.kept_tracks import KeptTracks

BEGAN_AT = datetime(2026, 5, 4, 7, 0, tzinfo=UTC)

Told = list[Boxes]
Ways = dict[str, Callable[[], Told]]


def walkers(model: Path, params: TrackerParams, seed: int, seconds: float) -> dict[str, Any]:
    """MOTA and IDF1 by film and way of tracking, and their means."""
    usual, closer = OnnxDetector(model, threads=1), OnnxDetector(model, threads=1)
    closer.look_closer(LOOKED_AT_PX)
    films = {
        name: _film(view, seed, seconds, usual, closer, params) for name, view in VIEWS.items()
    }
    return {"films": films, "means": _means(list(films.values()))}


def _film(
    view: View,
    seed: int,
    seconds: float,
    usual: OnnxDetector,
    closer: OnnxDetector,
    params: TrackerParams,
) -> dict[str, Any]:
    truth: Told = []
    own: list[Detections] = []
    analysed = _Analysed(params)
    for image, people in frames(view, seed, seconds):
        truth.append({person.id: person.box_xyxy for person in people})
        own.append(_people(usual.detect([1], [image])[0]))
        analysed.see(image, _people(closer.detect([1], [image])[0]))
    ways: Ways = {
        "bytetrack_defaults": lambda: _byte_track(own),
        "live": lambda: _live(own, params),
        "analyse": analysed.told,
    }
    return {way: scores(truth, told()) for way, told in ways.items()}


def _people(found: Detections) -> Detections:
    kept = [index for index, label in enumerate(found.labels) if label == "person"]
    return Detections(found.xyxy_px[kept], found.confidence[kept], ("person",) * len(kept))


def _byte_track(found: Sequence[Detections]) -> Told:
    """ByteTrack as it comes, frame by frame."""
    tracker, told = ByteTrackTracker(frame_rate=FPS), []
    for one in found:
        given = supervision.Detections(xyxy=one.xyxy_px, confidence=one.confidence)
        seen = tracker.update(given)
        numbers = seen.tracker_id if seen.tracker_id is not None else np.array([], int)
        pairs = zip(numbers.tolist(), seen.xyxy.tolist(), strict=True)
        told.append({number: tuple(box) for number, box in pairs if number >= 0})
    return told


def _live(found: Sequence[Detections], params: TrackerParams) -> Told:
    """The tracks as a live camera has them."""
    tracker = CameraTracker(params)
    return [
        {track.id: track.box_xyxy for track in tracker.update(_at(number), one, _nowhere(one))}
        for number, one in enumerate(found)
    ]


class _Analysed:
    """The tracks as ``analyse`` writes them."""

    def __init__(self, params: TrackerParams) -> None:
        self._tracker, self._kept, self._frames = CameraTracker(params), KeptTracks(), 0

    def see(self, image: Image, found: Detections) -> None:
        tracks = self._tracker.update(_at(self._frames), found, _nowhere(found))
        self._kept.add(self._frames, self._frames / FPS, found, tracks, PlainPicture(image))
        self._frames += 1

    def told(self) -> Told:
        told: Told = [{} for _ in range(self._frames)]
        for strand in self._kept.finished():
            for number, *box, _ in strand.rows.tolist():
                told[int(number)][strand.id] = (box[0], box[1], box[2], box[3])
        return told


def _at(number: int) -> datetime:
    return BEGAN_AT + timedelta(seconds=number / FPS)


def _nowhere(found: Detections) -> Any:
    return np.full((len(found), 2), np.nan)


def _means(films: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        way: {
            figure: round(sum(film[way][figure] for film in films) / len(films), 3)
            for figure in ("mota", "idf1")
        }
        for way in films[0]
    }
