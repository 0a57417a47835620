"""Tracks of vehicles on a road as a camera of known place sees them, without video."""

import math

import numpy as np

from data_access.domain.watch import Calibration, Point
from demo.scenes.picture.camera import CameraModel
from demo.scenes.things.fleet import BODIES
from detection_worker.ground_plane import GroundPlane
from detection_worker.tracking.tracks import Track, TrackPoint
from tests.detection_worker.tracking.sightings import at

CAMERA = CameraModel((-6.0, -6.0, 8.0), 8.0, 14.0, 1.1, (1280, 720))
MARKS_M = tuple((x, y) for y in (12.0, 24.0, 36.0, 48.0, 60.0) for x in (-3.6, 0.0, 3.6))


CORNERS_M = (MARKS_M[0], MARKS_M[2], MARKS_M[-1], MARKS_M[-3])


def a_calibration(
    camera: CameraModel = CAMERA, click: float = 0.0, marks: tuple[Point, ...] = MARKS_M
) -> Calibration:
    """The marks in the camera's picture, each clicked ``click`` of the picture off."""
    seen = np.array(camera.fractions(marks))
    seen += np.random.default_rng(3).normal(0, 1, seen.shape) * click
    return Calibration(tuple((float(x), float(y)) for x, y in seen), marks)


def a_drive(
    speed_kmh: float,
    *,
    camera: CameraModel = CAMERA,
    heading_deg: float = 0.0,
    lane_m: float = 1.8,
    from_m: float = 14.0,
    seconds: float = 1.6,
    fps: float = 25.0,
    noise: float = 0.0,
    label: str = "car",
    body: str = "sedan",
    track_id: int = 1,
    ground: GroundPlane | None = None,
) -> Track:
    """A vehicle that drives north, or ``heading_deg`` clockwise of it; ends now."""
    chance = np.random.default_rng([round(speed_kmh * 10), track_id])
    plane = ground or GroundPlane(a_calibration(camera))
    yaw = math.radians(heading_deg)
    ahead = np.array([math.sin(yaw), math.cos(yaw)])
    points = []
    for number in range(round(seconds * fps) + 1):
        gone = ahead * (speed_kmh / 3.6 * number / fps)
        box = _box(camera, body, (lane_m + gone[0], from_m + gone[1]), yaw)
        size = np.array([box[2] - box[0], box[3] - box[1]] * 2)
        points.append(_point(number / fps, box + chance.normal(0, noise, 4) * size, plane, camera))
    last = points[-1].box_xyxy
    assert last is not None
    return Track(track_id, label, 0.8, last, tuple(points))


def _box(camera: CameraModel, body: str, foot: tuple[float, float], yaw: float) -> np.ndarray:
    x, y, z = BODIES[body].points.T
    sine, cosine = math.sin(yaw), math.cos(yaw)
    corners = np.column_stack([foot[0] + x * cosine + y * sine, foot[1] + y * cosine - x * sine, z])
    pixels, _ = camera.project(corners)
    box = np.concatenate([pixels.min(axis=0), pixels.max(axis=0)])
    return np.clip(box, 0, [*camera.wh, *camera.wh])


def _point(seconds: float, box: np.ndarray, plane: GroundPlane, camera: CameraModel) -> TrackPoint:
    left, top, right, bottom = box.tolist()
    x_px, y_px = (left + right) / 2, bottom
    x_m, y_m = plane.to_metres(np.array([[x_px / camera.wh[0], y_px / camera.wh[1]]]))[0].tolist()
    return TrackPoint(at(seconds), x_px, y_px, x_m, y_m, (left, top, right, bottom))
