"""Detections and tracks for tests, without video."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np

from detection_worker.detection.detections import Detections
from detection_worker.tracking.tracks import Track, TrackPoint

START = datetime(2026, 5, 4, 7, 0, tzinfo=UTC)  # noon on a Monday in the city

Box = tuple[float, float, float, float]


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def detections(*things: tuple[str, Box, float]) -> Detections:
    """Things as (label, box, confidence)."""
    return Detections(
        np.array([box for _, box, _ in things], np.float32).reshape(-1, 4),
        np.array([confidence for _, _, confidence in things], np.float32),
        tuple(label for label, _, _ in things),
    )


def nowhere(found: Detections) -> np.ndarray:
    """No place on the ground is known for any of them."""
    return np.full((len(found), 2), np.nan)


def a_box(x: float, y: float, width: float = 40, height: float = 30) -> Box:
    """A box that stands at (x, y)."""
    return (x - width / 2, y - height, x + width / 2, y)


def a_track(
    places: Sequence[tuple[float, float]],
    track_id: int = 1,
    label: str = "car",
    confidence: float = 0.8,
    fps: float = 10.0,
    end_s: float | None = None,
    metres: Sequence[tuple[float, float]] | None = None,
) -> Track:
    """A track that went through ``places`` (px), one each frame, and is at the last one now."""
    last_s = (len(places) - 1) / fps if end_s is None else end_s
    path = tuple(
        TrackPoint(
            at(last_s - (len(places) - 1 - index) / fps),
            float(x),
            float(y),
            *(metres[index] if metres is not None else (None, None)),
        )
        for index, (x, y) in enumerate(places)
    )
    return Track(track_id, label, confidence, a_box(*places[-1]), path)
