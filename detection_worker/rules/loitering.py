"""Loitering: a person who stays in a place for longer than people usually do."""

from collections.abc import Iterator
from dataclasses import dataclass

from data_access.domain.watch import Zone
from data_access.domain.words import N_
from detection_worker.rules import marks, movement
from detection_worker.rules.geometry import in_pixels
from detection_worker.rules.on_foot import is_alive, people_on_foot
from detection_worker.rules.scene import Finding, Scene
from detection_worker.tracking.tracks import Track


@dataclass(frozen=True, slots=True)
class Params:
    """Settings of a place where nobody stays for long; its hours are the zone's schedule."""

    allowed_s: float = 120.0
    """How long people may stay: PETS 2007 calls a minute loitering in a hall that is walked
    through; outdoors people wait for a bus, a signal or each other for that long."""

    hold_s: float = 1.0
    """How long the limit must be passed: not by one frame."""

    gap_s: float = 15.0
    """How long the person may be unseen, or beside the zone, before it is over."""


def evaluate(scene: Scene, zone: Zone, params: Params) -> Iterator[Finding]:
    """A finding for each person who has been in the zone for too long."""
    polygon = in_pixels(zone.points, scene.frame_wh)
    for track in people_on_foot(scene):
        presence = scene.presences.get(track.id)
        since_at = presence.zone_since.get(zone.id) if presence is not None else None
        if presence is None or since_at is None or not movement.stands_in(track, polygon):
            continue
        if not is_alive(scene, track):
            continue
        stayed_s = (scene.at - since_at).total_seconds()
        if stayed_s > params.allowed_s:
            yield _finding(zone, track, presence.id, stayed_s, params)


def _finding(
    zone: Zone, track: Track, presence_id: int, stayed_s: float, params: Params
) -> Finding:
    return Finding(
        kind="loitering",
        matter=f"zone {zone.id} presence {presence_id}",
        zone_id=zone.id,
        track_ids=(track.id,),
        confidence=movement.sureness(track, 0.5 + (stayed_s / params.allowed_s - 1) / 2),
        facts={
            "label": track.label,
            "zone": zone.name,
            "stayed_s": round(stayed_s),
            "allowed_s": round(params.allowed_s),
        },
        hold_s=params.hold_s,
        gap_s=params.gap_s,
        marks=(marks.way(track.path), marks.box(track, N_("{seconds} s"), seconds=round(stayed_s))),
    )
