"""No stopping: a vehicle that stands where stopping or parking is forbidden."""

from collections.abc import Iterator
from dataclasses import dataclass

from data_access.domain.watch import Zone
from data_access.domain.words import N_
from detection_worker.rules import marks, movement
from detection_worker.rules.geometry import in_pixels
from detection_worker.rules.scene import Finding, Presence, Scene
from detection_worker.tracking.tracks import Track


@dataclass(frozen=True, slots=True)
class Params:
    """Settings of a place where vehicles must not stand; its hours are the zone's schedule."""

    allowed_s: float = 60.0
    """How long a vehicle may stand that was seen to come: longer than it waits for a gap in the
    traffic; the time that i-LIDS (Home Office, 2007) gives its parked vehicles."""

    allowed_unseen_s: float = 300.0
    """How long one may stand that was there already, or whose box came up in its place: after
    five minutes stopping is parking (traffic rules of Kazakhstan, 1.2)."""

    labels: tuple[str, ...] = ("car", "truck", "bus", "motorcycle", "vehicle_like")
    """Classes that must not stand there."""

    gap_s: float = 20.0
    """How long it may be hidden by others before it counts as gone."""


def evaluate(scene: Scene, zone: Zone, params: Params) -> Iterator[Finding]:
    """A finding for each vehicle that has stood in the zone for too long."""
    polygon = in_pixels(zone.points, scene.frame_wh)
    for track in scene.tracks:
        presence = scene.presences.get(track.id)
        if track.label not in params.labels or presence is None:
            continue
        allowed_s = params.allowed_s if presence.came else params.allowed_unseen_s
        stood_s = (scene.at - presence.rest_since_at).total_seconds()
        (foot,) = movement.in_pixels_of(movement.footprint(track, track.path[-1:]))
        if stood_s > allowed_s and movement.contains(polygon, foot):
            yield _finding(zone, track, presence, (stood_s, allowed_s), params)


def _finding(
    zone: Zone, track: Track, presence: Presence, times_s: tuple[float, float], params: Params
) -> Finding:
    stood_s, allowed_s = times_s
    return Finding(
        kind="no_stopping",
        matter=f"zone {zone.id} presence {presence.id}",
        zone_id=zone.id,
        track_ids=(track.id,),
        confidence=movement.sureness(track, 0.5 + (stood_s / allowed_s - 1) / 4),
        facts={
            "label": track.label,
            "zone": zone.name,
            "stood_s": round(stood_s),
            "allowed_s": round(allowed_s),
            "since_at": movement.moment(presence.rest_since_at),
        },
        gap_s=params.gap_s,
        marks=(marks.box(track, N_("{seconds} s"), seconds=round(stood_s)),),
    )
