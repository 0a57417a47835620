"""Congestion: many vehicles that hardly move, for longer than a signal makes them wait."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from data_access.domain.watch import Zone
from detection_worker.rules import marks, movement
from detection_worker.rules.geometry import in_pixels
from detection_worker.rules.scene import Finding, Scene
from detection_worker.tracking.tracks import Track


@dataclass(frozen=True, slots=True)
class Params:
    """Settings of a road that is watched for congestion."""

    vehicles: int = 6
    """Vehicles from which it is a queue: more than stop for one another at a yard's gate."""

    most_speed_kmh: float = 10.0
    """Mean speed below which traffic counts as jammed, where the camera is calibrated: level of
    service F on city streets begins at about a third of free flow, 15–20 km/h (HCM 2010)."""

    most_sizes_a_second: float = 0.4
    """The same without calibration, in sizes of the vehicles' boxes: 3–4 km/h for cars."""

    window_s: float = 10.0
    """Time over which speeds are measured: creeping ahead by a car's length counts as standing."""

    hold_s: float = 90.0
    """How long it must last: longer than one red phase."""

    gap_s: float = 20.0
    """How long it may seem better: vehicles hide each other."""


def evaluate(scene: Scene, zone: Zone, params: Params) -> Iterator[Finding]:
    """One finding for the zone while its traffic stands.

    What is parked is no traffic: only vehicles that were seen to move count.
    """
    polygon = in_pixels(zone.points, scene.frame_wh)
    queue = [track for track in scene.tracks if _is_traffic(track, scene, params)]
    queue = [track for track in queue if movement.stands_in(track, polygon)]
    if len(queue) < max(params.vehicles, 1):
        return
    metric = _mean_kmh(queue, scene, params)
    mean = metric if metric is not None else _mean_sizes(queue, scene, params)
    limit = params.most_speed_kmh if metric is not None else params.most_sizes_a_second
    if mean <= limit:
        facts: dict[str, Any] = {"vehicles": len(queue), "duration_s": round(params.hold_s)}
        if metric is not None:
            facts["speed_kmh"] = round(metric, 1)
        yield _finding(zone, queue, mean / limit, facts, params)


def _is_traffic(track: Track, scene: Scene, params: Params) -> bool:
    presence = scene.presences.get(track.id)
    if not track.is_vehicle or presence is None or not presence.came:
        return False
    return movement.seconds(track.path) >= params.window_s / 2


def _mean_kmh(queue: list[Track], scene: Scene, params: Params) -> float | None:
    """The mean speed in km/h; None where the ground below some of them is not known."""
    speeds = []
    for track in queue:
        way = movement.lately(track, scene.at, params.window_s)
        places = movement.in_metres([way[0], way[-1]])
        if places is None:
            return None
        speeds.append(3.6 * movement.distance(places) / (movement.seconds(way) or 1.0))
    return sum(speeds) / len(speeds)


def _mean_sizes(queue: list[Track], scene: Scene, params: Params) -> float:
    """The mean speed in sizes of the boxes a second."""
    total = 0.0
    for track in queue:
        way = movement.lately(track, scene.at, params.window_s)
        moved = movement.distance(movement.in_pixels_of(way)) / movement.size_px(track)
        total += moved / (movement.seconds(way) or 1.0)
    return total / len(queue)


def _finding(
    zone: Zone, queue: list[Track], share: float, facts: dict[str, Any], params: Params
) -> Finding:
    seen = sum(track.confidence for track in queue) / len(queue)
    return Finding(
        kind="congestion",
        matter=f"zone {zone.id}",
        zone_id=zone.id,
        track_ids=tuple(track.id for track in queue),
        confidence=round(0.5 * min(seen, 1.0) + 0.5 * (1 - 0.5 * share), 3),
        facts={"zone": zone.name, **facts},
        hold_s=params.hold_s,
        gap_s=params.gap_s,
        marks=tuple(marks.box(track) for track in queue),
    )
