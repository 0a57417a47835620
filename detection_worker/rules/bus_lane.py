"""Bus lane: a vehicle that drives along a lane kept for buses."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from data_access.domain.geometry import point_in_polygon
from data_access.domain.watch import Point, Zone
from detection_worker.rules import marks, movement
from detection_worker.rules.geometry import in_pixels
from detection_worker.rules.scene import Finding, Scene
from detection_worker.tracking.tracks import Track, TrackPoint


@dataclass(frozen=True, slots=True)
class Params:
    """Settings of a bus lane; its hours are the zone's schedule."""

    labels: tuple[str, ...] = ("car", "motorcycle", "truck")
    """Classes that may not drive there. What a detector without classes calls vehicle-like may
    be a bus: it is not judged."""

    least_time_s: float = 2.0
    """Less time in the lane is a crossing of it, on the way into a yard or a right turn."""

    least_distance_m: float = 25.0
    """Least way along it where the camera is calibrated: a car that turns off needs about 20 m
    of the lane beside it."""

    least_distance_percent: float = 18.0
    """The same without calibration, in percent of the picture's diagonal."""

    hold_s: float = 0.3
    """More than one frame at five a second."""

    gap_s: float = 4.0
    """How long it may be hidden, or beside the lane, before it counts as over."""


def evaluate(scene: Scene, zone: Zone, params: Params) -> Iterator[Finding]:
    """A finding for each vehicle that has driven so far in the lane."""
    polygon = in_pixels(zone.points, scene.frame_wh)
    diagonal_px = math.hypot(*scene.frame_wh)
    for track in scene.tracks:
        way = _way(track, polygon) if track.label in params.labels else ()
        if not way or movement.seconds(way) < params.least_time_s:
            continue
        lengths, facts = _length(way, diagonal_px, params)
        if lengths >= 1:
            yield _finding(zone, track, way, lengths, facts, params)


def _way(track: Track, polygon: Sequence[Point]) -> tuple[TrackPoint, ...]:
    """The last stretch of the path that lies in the lane; empty where it has left it."""
    inside: list[TrackPoint] = []
    for point in reversed(movement.footprint(track, track.path)):
        if not point_in_polygon((point.x_px, point.y_px), polygon):
            break
        inside.append(point)
    return tuple(reversed(inside))


def _length(
    way: Sequence[TrackPoint], diagonal_px: float, params: Params
) -> tuple[float, dict[str, Any]]:
    """The way in least ways, and the facts."""
    facts: dict[str, Any] = {"duration_s": round(movement.seconds(way), 1)}
    metres = movement.in_metres([way[0], way[-1]])
    if metres is not None:
        length_m = movement.distance(metres)
        return length_m / params.least_distance_m, {"distance_m": round(length_m, 1), **facts}
    percent = movement.distance(movement.in_pixels_of(way)) / diagonal_px * 100
    return percent / params.least_distance_percent, facts


def _finding(
    zone: Zone,
    track: Track,
    way: Sequence[TrackPoint],
    lengths: float,
    facts: dict[str, Any],
    params: Params,
) -> Finding:
    return Finding(
        kind="bus_lane",
        matter=f"zone {zone.id} track {track.id}",
        zone_id=zone.id,
        track_ids=(track.id,),
        confidence=movement.sureness(track, lengths / 2),
        facts={"label": track.label, "zone": zone.name, **facts},
        hold_s=params.hold_s,
        gap_s=params.gap_s,
        marks=(marks.way(way), marks.box(track)),
    )
