"""Crowd: more people in a zone than it is meant for, by number or by density."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from data_access.domain.geometry import point_in_polygon
from data_access.domain.watch import Zone
from detection_worker.rules import marks
from detection_worker.rules.geometry import in_pixels
from detection_worker.rules.scene import Finding, Scene
from detection_worker.tracking.tracks import Track


@dataclass(frozen=True, slots=True)
class Params:
    """Settings of a zone that is watched for crowds."""

    people: int = 10
    """People from which it is a crowd: more than a family or a group of friends."""

    density_per_m2: float = 0.0
    """People a square metre from which it is a crowd, where calibrated; 0 leaves it out.
    From about 2 walking is hindered (Fruin, Pedestrian Planning and Design, 1971)."""

    hold_s: float = 10.0
    """How long it must last: a group that walks through is no crowd, and is through a place of
    ten metres in eight seconds."""

    gap_s: float = 5.0
    """How long it may seem smaller: people in a crowd hide each other."""


def evaluate(scene: Scene, zone: Zone, params: Params) -> Iterator[Finding]:
    """One finding for the zone while there are too many people in it."""
    polygon = in_pixels(zone.points, scene.frame_wh)
    people = [track for track in scene.tracks if track.is_person and _stands_in(track, polygon)]
    area_m2 = scene.ground.area_m2(zone.points) if scene.ground is not None else math.nan
    density = len(people) / area_m2 if area_m2 > 0 else 0.0
    excess = max(
        len(people) / max(params.people, 1),
        density / params.density_per_m2 if params.density_per_m2 > 0 else 0.0,
    )
    if excess >= 1:
        yield _finding(zone, people, params, excess, _facts(people, params, area_m2, density))


def _finding(
    zone: Zone, people: list[Track], params: Params, excess: float, facts: dict[str, Any]
) -> Finding:
    """Its confidence is the mean of its people's, and grows with how far they exceed the limit."""
    seen = sum(track.confidence for track in people) / len(people)
    return Finding(
        kind="crowd",
        matter=f"zone {zone.id}",
        zone_id=zone.id,
        track_ids=tuple(track.id for track in people),
        confidence=round(min(1.0, 0.5 * seen + 0.25 * min(excess, 2.0)), 3),
        facts={"zone": zone.name, **facts},
        hold_s=params.hold_s,
        gap_s=params.gap_s,
        marks=tuple(marks.box(track) for track in people),
    )


def _facts(people: list[Track], params: Params, area_m2: float, density: float) -> dict[str, Any]:
    facts: dict[str, Any] = {"people": len(people), "limit_people": params.people}
    if area_m2 > 0:
        facts |= {"area_m2": round(area_m2), "density_per_m2": round(density, 2)}
    return facts


def _stands_in(track: Track, polygon: tuple[tuple[float, float], ...]) -> bool:
    return point_in_polygon((track.path[-1].x_px, track.path[-1].y_px), polygon)
