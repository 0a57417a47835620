"""Spot speed: a regression over a vehicle's way on the road by the frames' capture times.

The speed comes with its error: half of the interval that holds the truth nineteen times in
twenty, from the boxes' residuals, the calibration's own uncertainty and the clock's jitter.
Where that is more than allowed the rule is silent. Qala is not a certified meter.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from data_access.domain.geometry import point_in_polygon
from data_access.domain.watch import Point, Zone
from data_access.domain.words import N_
from detection_worker.box_motion import BoxPath, Motion, measure
from detection_worker.ground_plane import GroundPlane
from detection_worker.least_squares import Floats
from detection_worker.rules import marks
from detection_worker.rules.geometry import in_pixels
from detection_worker.rules.scene import Finding, Scene
from detection_worker.tracking.tracks import Track, TrackPoint

KMH = 3.6
TWO_SIDED_95 = 1.96
"""Deviations to either side that hold 95 % of a normal distribution."""

EXACT_UP_TO_KMH = 100.0
"""Up to here the allowed error is in km/h, above it grows with the speed (GOST R 57144-2016)."""

CUT_OFF = 0.004
"""A box that comes so near to the picture's edge, as a part of it, is cut off there."""

MOST_BOXES = 20
"""Boxes that are fitted, spread over the time: more are so alike that they add little."""

MOST_MISFIT = 3.0
"""Residuals from here on, in expected ones, are no vehicle's: two tracks have changed places."""

CLEARLY_SLOWER = 0.75
"""A way that its bare middle line makes slower than this part of the limit is not measured."""


@dataclass(frozen=True, slots=True)
class Params:
    """Settings of a speed zone."""

    limit_kmh: float = 60.0
    """Allowed speed: the usual limit in towns of Kazakhstan."""

    tolerance_kmh: float = 10.0
    """How much over the limit begins to count: the schedule of fines starts at 10 km/h."""

    most_error_kmh: float = 3.0
    """Largest error at which the rule speaks; above 100 km/h the same number in percent."""

    least_length_m: float = 8.0
    """Shortest way: two lengths of a car, so that a box which grows is no movement."""

    least_time_s: float = 0.4
    """Shortest time: ten frames at 25 a second."""

    least_boxes: int = 5
    """Fewest frames: each gives four edges to nine unknowns, and some must be left to judge."""

    window_s: float = 5.0
    """Longest time over which it is measured: as long as tracks are kept at full rate."""

    jitter_s: float = 0.005
    """Deviation of the capture times: network cameras stamp within a few milliseconds."""

    every_s: float = 0.2
    """How often a vehicle is measured anew while it is in view."""

    hold_s: float = 0.1
    """Two measurements must agree that it is too fast."""

    gap_s: float = 2.0
    """How long it may be hidden before the matter is over."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A measured speed; ``error_kmh`` to either side holds 95 %."""

    speed_kmh: float
    error_kmh: float
    length_m: float
    duration_s: float
    boxes: int


def evaluate(scene: Scene, zone: Zone, params: Params) -> Iterator[Finding]:
    """A finding for each vehicle in the zone that is surely faster than allowed."""
    if scene.ground is None:
        return
    polygon = in_pixels(zone.points, scene.frame_wh)
    for track in scene.tracks:
        way = _way(track, scene.at, polygon, params) if track.is_vehicle else ()
        if len(way) < params.least_boxes or not _is_due(track.path, params.every_s):
            continue
        reading = read_speed(way, scene.ground, scene.frame_wh, params)
        if reading and reading.speed_kmh - reading.error_kmh > _counts_from(params):
            yield _finding(zone, track, way, reading, params)


def read_speed(
    way: Sequence[TrackPoint], ground: GroundPlane, frame_wh: tuple[int, int], params: Params
) -> Reading | None:
    """The speed of a vehicle that went this way; None where it cannot be told well enough."""
    at_s = np.array([(point.at - way[0].at).total_seconds() for point in way])
    at_s -= at_s.mean()
    first = _first_guess(way, at_s)
    lasted_s = float(at_s[-1] - at_s[0])
    if first is None or lasted_s < params.least_time_s:
        return None
    if first[3] * lasted_s < params.least_length_m / 2 or _is_slow(first, params):
        return None
    motion = measure(_boxes(way, at_s, frame_wh), ground.camera(frame_wh), first, params.jitter_s)
    reading = _reading(motion, lasted_s, len(way))
    return reading if _is_good(reading, motion, params) else None


def _is_slow(first: Floats, params: Params) -> bool:
    return bool(first[3] * KMH < CLEARLY_SLOWER * _counts_from(params))


def _counts_from(params: Params) -> float:
    return params.limit_kmh + params.tolerance_kmh


def _way(
    track: Track, now: datetime, polygon: Sequence[Point], params: Params
) -> tuple[TrackPoint, ...]:
    """The points of the path within the window and the zone whose boxes are known."""
    since = now - timedelta(seconds=params.window_s)
    return tuple(
        point
        for point in track.path
        if point.at >= since
        and point.box_xyxy is not None
        and point.x_m is not None
        and point_in_polygon((point.x_px, point.y_px), polygon)
    )


def _is_due(path: Sequence[TrackPoint], every_s: float) -> bool:
    """Whether the last step of a path goes over a full ``every_s`` of the clock."""
    if len(path) < 2 or every_s <= 0:
        return True
    before, now = (math.floor(point.at.timestamp() / every_s) for point in path[-2:])
    return now > before


def _first_guess(way: Sequence[TrackPoint], at_s: Floats) -> Floats | None:
    """x, y, heading and speed by a straight line through the places of the boxes."""
    places = np.array([(point.x_m, point.y_m) for point in way], np.float64)
    spread = float(at_s @ at_s)
    if spread <= 0:
        return None
    velocity = at_s @ places / spread
    heading = math.atan2(velocity[1], velocity[0])
    return np.array([*places.mean(axis=0), heading, float(np.hypot(*velocity))])


def _boxes(way: Sequence[TrackPoint], at_s: Floats, frame_wh: tuple[int, int]) -> BoxPath:
    """``MOST_BOXES`` of the boxes as fractions; edges at the picture's border do not count."""
    chosen = np.unique(np.linspace(0, len(way) - 1, MOST_BOXES).round().astype(int))
    boxes = np.array([way[number].box_xyxy for number in chosen], np.float64)
    boxes /= np.array([*frame_wh, *frame_wh])
    whole = np.hstack([boxes[:, :2] > CUT_OFF, boxes[:, 2:] < 1 - CUT_OFF]).astype(np.float64)
    return BoxPath(at_s[chosen], boxes, whole)


def _reading(motion: Motion, lasted_s: float, boxes: int) -> Reading:
    return Reading(
        speed_kmh=motion.speed_ms * KMH,
        error_kmh=motion.deviation_ms * KMH * TWO_SIDED_95,
        length_m=motion.speed_ms * lasted_s,
        duration_s=lasted_s,
        boxes=boxes,
    )


def _is_good(reading: Reading, motion: Motion, params: Params) -> bool:
    allowed = params.most_error_kmh * max(1.0, reading.speed_kmh / EXACT_UP_TO_KMH)
    return (
        motion.misfit <= MOST_MISFIT
        and reading.error_kmh <= allowed
        and reading.length_m >= params.least_length_m
    )


def _finding(
    zone: Zone, track: Track, way: Sequence[TrackPoint], reading: Reading, params: Params
) -> Finding:
    """Its confidence follows the error alone: the best measurement stays, not the fastest."""
    error = max(0.1, round(reading.error_kmh, 1))
    speed, limit = round(reading.speed_kmh, 1), round(params.limit_kmh)
    return Finding(
        kind="spot_speed",
        matter=f"track {track.id}",
        zone_id=zone.id,
        track_ids=(track.id,),
        confidence=round(1 - 0.5 * min(1.0, error / max(params.most_error_kmh, 0.1)), 3),
        facts={
            "label": track.label,
            "zone": zone.name,
            "speed_kmh": speed,
            "limit_kmh": limit,
            "length_m": round(reading.length_m, 1),
            "duration_s": round(reading.duration_s, 2),
            "error_kmh": error,
            "boxes": reading.boxes,
        },
        hold_s=params.hold_s,
        gap_s=params.gap_s,
        marks=(
            marks.way(way, N_("{speed} ±{error} km/h"), speed=round(speed), error=round(error, 1)),
        ),
    )
