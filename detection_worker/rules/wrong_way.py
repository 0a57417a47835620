"""Wrong way: a vehicle that moves against the allowed direction of its lane or road."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from data_access.domain.geometry import point_in_polygon
from data_access.domain.watch import Point, Zone
from detection_worker.rules.geometry import in_pixels
from detection_worker.rules.scene import Finding, Scene
from detection_worker.tracking.tracks import Track, TrackPoint


@dataclass(frozen=True, slots=True)
class Params:
    """Settings of a one-way zone."""

    toward: tuple[float, float] = (0.0, 0.0)
    """The allowed direction as a step on the picture, in fractions; (0, 1) is down, towards the
    viewer. Nobody can guess it: without one the rule is silent."""

    window_s: float = 2.0
    """Time over which the movement is judged: long enough to outlast a box that jumps."""

    least_time_s: float = 1.0
    """A track younger than this is not judged: boxes are unsteady when things come into view."""

    least_distance_m: float = 4.0
    """Least way against the direction where the camera is calibrated: a car's length."""

    least_distance_percent: float = 4.0
    """The same without calibration, in percent of the picture's diagonal."""

    least_angle_deg: float = 120.0
    """Angle to the allowed direction from which it is the wrong one: turning and changing
    lanes stay below 90°."""

    hold_s: float = 0.6
    """How long it must go on: a swap of two tracks' ids lasts a frame or two."""

    gap_s: float = 3.0
    """How long it may be hidden before it counts as over."""


def evaluate(scene: Scene, zone: Zone, params: Params) -> Iterator[Finding]:
    """A finding for each vehicle in the zone that has moved against the direction."""
    polygon = in_pixels(zone.points, scene.frame_wh)
    toward = in_pixels([params.toward], scene.frame_wh)[0]
    diagonal_px = math.hypot(*scene.frame_wh)
    for track in scene.tracks:
        way = _way(track, scene, params) if track.is_vehicle else ()
        if not way or not all(
            point_in_polygon((p.x_px, p.y_px), polygon) for p in (way[0], way[-1])
        ):
            continue
        if not _is_against(way, toward, params.least_angle_deg):
            continue
        length, facts = _length(way, diagonal_px, params)
        if length >= 1:
            yield _finding(zone, track, params, min(length, 3.0) / 3, facts)


def _finding(
    zone: Zone, track: Track, params: Params, certainty: float, facts: dict[str, Any]
) -> Finding:
    """Half of its confidence is the detector's, half how far beyond the least way it went."""
    return Finding(
        kind="wrong_way",
        matter=f"zone {zone.id} track {track.id}",
        zone_id=zone.id,
        track_ids=(track.id,),
        confidence=round(0.5 * track.confidence + 0.5 * certainty, 3),
        facts={"label": track.label, "zone": zone.name, **facts},
        hold_s=params.hold_s,
        gap_s=params.gap_s,
    )


def _way(track: Track, scene: Scene, params: Params) -> tuple[TrackPoint, ...]:
    """The path within the window; empty where the track is too young."""
    since = scene.at - timedelta(seconds=params.window_s)
    way = tuple(point for point in track.path if point.at >= since)
    return way if way and _seconds(way) >= params.least_time_s else ()


def _is_against(way: tuple[TrackPoint, ...], toward: Point, least_angle_deg: float) -> bool:
    """Against the direction as a whole, and not forward in either half of the time."""
    middle = way[len(way) // 2]
    whole = _cosine(way[0], way[-1], toward)
    halves = (_cosine(way[0], middle, toward), _cosine(middle, way[-1], toward))
    return whole <= math.cos(math.radians(least_angle_deg)) and max(halves) < 0


def _cosine(start: TrackPoint, end: TrackPoint, toward: Point) -> float:
    """Of the angle between a step on the picture and the allowed direction; 0 for no step."""
    x, y = end.x_px - start.x_px, end.y_px - start.y_px
    length = math.hypot(x, y) * math.hypot(*toward)
    return (x * toward[0] + y * toward[1]) / length if length else 0.0


def _length(
    way: tuple[TrackPoint, ...], diagonal_px: float, params: Params
) -> tuple[float, dict[str, Any]]:
    """The way's length in least lengths, and the facts in metres or in percent."""
    start, end = way[0], way[-1]
    duration = {"duration_s": round(_seconds(way), 1)}
    if start.x_m is not None and end.x_m is not None:
        metres = math.hypot(end.x_m - start.x_m, (end.y_m or 0.0) - (start.y_m or 0.0))
        return metres / params.least_distance_m, {"distance_m": round(metres, 1), **duration}
    percent = math.hypot(end.x_px - start.x_px, end.y_px - start.y_px) / diagonal_px * 100
    facts = {"distance_percent": round(percent, 1), **duration}
    return percent / params.least_distance_percent, facts


def _seconds(way: tuple[TrackPoint, ...]) -> float:
    return (way[-1].at - way[0].at).total_seconds()
