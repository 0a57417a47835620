"""Jaywalking: a person who walks on the road where there is no crosswalk."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from data_access.domain.geometry import point_in_polygon
from data_access.domain.watch import Point, Zone
from detection_worker.rules import marks, movement
from detection_worker.rules.geometry import distance_to_outline, in_pixels
from detection_worker.rules.on_foot import people_on_foot
from detection_worker.rules.scene import Finding, Scene
from detection_worker.tracking.tracks import Track, TrackPoint

Polygon = Sequence[Point]


@dataclass(frozen=True, slots=True)
class Params:
    """Settings of a carriageway."""

    crosswalk: str = ""
    """The zone of the crosswalk on it; empty for all zones of the camera that are watched for
    giving way (crosswalk_yield)."""

    beside_heights: float = 0.6
    """How far beside a crosswalk one may walk, in heights of the person: about a metre."""

    least_time_s: float = 1.5
    """How long one must be on the road: shorter steps onto it are for a car's door or a puddle."""

    least_way_heights: float = 1.5
    """How far one must walk there, in heights of the person, 2–3 m: nearly a lane."""

    hold_s: float = 0.3
    """More than one frame at five a second."""

    gap_s: float = 4.0
    """How long the person may be hidden before it counts as over."""


def evaluate(scene: Scene, zone: Zone, params: Params) -> Iterator[Finding]:
    """A finding for each person on foot who walks across the road beside the crosswalks."""
    road = in_pixels(zone.points, scene.frame_wh)
    crosswalks = _crosswalks(scene, params.crosswalk)
    for track in people_on_foot(scene):
        beside_px = params.beside_heights * movement.height_px(track)
        way = _way(track, road, crosswalks, beside_px)
        if movement.seconds(way) < params.least_time_s:
            continue
        heights = movement.distance(movement.in_pixels_of(way)) / movement.height_px(track)
        if heights >= params.least_way_heights:
            yield _finding(scene, zone, track, way, crosswalks, heights, params)


def _crosswalks(scene: Scene, name: str) -> list[Polygon]:
    return [
        in_pixels(zone.points, scene.frame_wh)
        for zone in scene.zones
        if (zone.name == name if name else zone.rule == "crosswalk_yield")
    ]


def _way(
    track: Track, road: Polygon, crosswalks: Sequence[Polygon], beside_px: float
) -> tuple[TrackPoint, ...]:
    """The last stretch of the path on the road and off the crosswalks."""
    found: list[TrackPoint] = []
    for point in reversed(track.path):
        place = (point.x_px, point.y_px)
        if not point_in_polygon(place, road):
            break
        if any(_is_on(place, crosswalk, beside_px) for crosswalk in crosswalks):
            break
        found.append(point)
    return tuple(reversed(found))


def _is_on(place: Point, crosswalk: Polygon, beside_px: float) -> bool:
    inside = point_in_polygon(place, crosswalk)
    return inside or distance_to_outline(place, crosswalk) <= beside_px


def _finding(
    scene: Scene,
    zone: Zone,
    track: Track,
    way: tuple[TrackPoint, ...],
    crosswalks: Sequence[Polygon],
    heights: float,
    params: Params,
) -> Finding:
    facts: dict[str, Any] = {
        "label": track.label,
        "zone": zone.name,
        "duration_s": round(movement.seconds(way), 1),
    }
    away_m = _away_m(scene, way[-1], crosswalks)
    if math.isfinite(away_m):
        facts["crosswalk_m"] = round(away_m)
    return Finding(
        kind="jaywalking",
        matter=f"zone {zone.id} {_who(scene, track)}",
        zone_id=zone.id,
        track_ids=(track.id,),
        confidence=movement.sureness(track, heights / (3 * params.least_way_heights)),
        facts=facts,
        hold_s=params.hold_s,
        gap_s=params.gap_s,
        marks=(marks.way(way), marks.box(track)),
    )


def _who(scene: Scene, track: Track) -> str:
    """One person is one matter, also under a new track id."""
    presence = scene.presences.get(track.id)
    return f"presence {presence.id}" if presence is not None else f"track {track.id}"


def _away_m(scene: Scene, point: TrackPoint, crosswalks: Sequence[Polygon]) -> float:
    """How far the nearest crosswalk is, in metres; infinity where nobody can say."""
    place = movement.in_metres([point])
    if scene.ground is None or place is None or not crosswalks:
        return math.inf
    return min(
        distance_to_outline(place[0], _on_ground(scene, crosswalk)) for crosswalk in crosswalks
    )


def _on_ground(scene: Scene, polygon: Polygon) -> list[Point]:
    assert scene.ground is not None
    metres = scene.ground.to_metres(np.array(polygon) / np.array(scene.frame_wh))
    return [(float(x), float(y)) for x, y in metres]
