"""Where the vehicles of a photograph are, by the model that the worker uses."""

from pathlib import Path

from detection_worker.detection import newest_onnx
from detection_worker.detection.detections import Detector
from detection_worker.errors import DetectorError
from detection_worker.frames import Image
from detection_worker.plates.reading import Box
from detection_worker.tracking.tracks import VEHICLE_LABELS

LEAST_CONFIDENCE = 0.3
"""Lower than a track needs: a box too many costs one look, and one too few leaves shop signs in."""

MARGIN = 0.05
"""Of a box's sides, on each side: models cut bumpers off."""


def vehicle_detector(models_dir: Path) -> Detector | None:
    """The newest .onnx of the models folder; None where there is none that opens."""
    try:
        return newest_onnx(models_dir)
    except DetectorError:
        return None


def vehicle_boxes(detector: Detector, image: Image) -> list[Box]:
    """The vehicles in a picture (BGR) in its pixels, the largest first, a little wider."""
    (found,) = detector.detect([0], [image])
    height, width = image.shape[:2]
    boxes: list[Box] = []
    for box, confidence, label in zip(
        found.xyxy_px.tolist(), found.confidence.tolist(), found.labels, strict=True
    ):
        if label in VEHICLE_LABELS and confidence >= LEAST_CONFIDENCE:
            boxes.append(_grown(box, width, height))
    return sorted(boxes, key=lambda box: (box[0] - box[2]) * (box[3] - box[1]))


def _grown(box: list[float], width: int, height: int) -> Box:
    left, top, right, bottom = box
    x, y = MARGIN * (right - left), MARGIN * (bottom - top)
    return (
        max(0, int(left - x)),
        max(0, int(top - y)),
        min(width, round(right + x)),
        min(height, round(bottom + y)),
    )
