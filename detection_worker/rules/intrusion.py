"""Intrusion: somebody in a zone at hours when nobody should be there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from data_access.domain.geometry import point_in_polygon
from data_access.domain.watch import Zone
from detection_worker.rules import marks
from detection_worker.rules.geometry import in_pixels
from detection_worker.rules.on_foot import is_alive
from detection_worker.rules.scene import Finding, Scene
from detection_worker.tracking.tracks import PERSON_LABELS, Track


@dataclass(frozen=True, slots=True)
class Params:
    """Settings of a closed zone; its hours are the zone's schedule, always without one."""

    labels: tuple[str, ...] = tuple(sorted(PERSON_LABELS))
    """Classes that must not be there: people."""

    hold_s: float = 1.0
    """How long somebody must be seen: shorter sights are shadows and false boxes."""

    gap_s: float = 10.0
    """How long nobody may be seen before it is over: people step behind trees and doors."""


def evaluate(scene: Scene, zone: Zone, params: Params) -> Iterator[Finding]:
    """One finding for the zone while somebody is in it who has been seen to move."""
    polygon = in_pixels(zone.points, scene.frame_wh)
    inside = [
        track
        for track in scene.tracks
        if track.label in params.labels
        and point_in_polygon((track.path[-1].x_px, track.path[-1].y_px), polygon)
        and (not track.is_person or is_alive(scene, track))
    ]
    if inside:
        yield Finding(
            kind="intrusion",
            matter=f"zone {zone.id}",
            zone_id=zone.id,
            track_ids=tuple(track.id for track in inside),
            confidence=round(max(track.confidence for track in inside), 3),
            facts=_facts(zone, inside),
            hold_s=params.hold_s,
            gap_s=params.gap_s,
            marks=tuple(marks.box(track) for track in inside),
        )


def _facts(zone: Zone, inside: list[Track]) -> dict[str, Any]:
    facts: dict[str, Any] = {"zone": zone.name, "people": len(inside)}
    if zone.schedule is not None:
        facts["from_clock"] = _clock(zone.schedule.from_min)
        facts["until_clock"] = _clock(zone.schedule.to_min)
    return facts


def _clock(minute_of_day: int) -> str:
    return f"{minute_of_day // 60 % 24:02}:{minute_of_day % 60:02}"
