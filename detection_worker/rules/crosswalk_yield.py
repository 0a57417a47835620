"""Crosswalk: a vehicle that drives over it in front of somebody who is crossing."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from data_access.domain.watch import Point, Zone
from data_access.domain.words import N_
from detection_worker.rules import marks, movement
from detection_worker.rules.geometry import in_pixels
from detection_worker.rules.on_foot import people_on_foot
from detection_worker.rules.scene import Finding, Scene, SignalState
from detection_worker.rules.signals.naming import named_signal
from detection_worker.tracking.tracks import Track, TrackPoint

FORESHORTENING = 2.0
"""How much longer a step into the depth is than it looks, seen from a mast that looks down by
30° (1 / sin 30°); used where no calibration knows better."""

WALK_S, DRIVE_S = 1.0, 0.6
"""Times over which a walker's and a vehicle's speed is measured."""

JUDGED_AFTER_S = 1.0
"""How long after a vehicle has left the crosswalk it is still judged: while it passes it hides
the walker behind it, and at five frames a second it may be over it for two frames only."""


@dataclass(frozen=True, slots=True)
class Params:
    """Settings of a crosswalk."""

    signal: str = ""
    """The signal of the vehicles that cross it, if there is one; while it is green the people
    wait and nothing is judged. Empty where the crosswalk has none."""

    most_gap_s: float = 3.0
    """The walker would have been where the vehicle passed within this time: a shorter gap than
    the conflicts that traffic engineers count (post-encroachment times of up to 5 s, FHWA SSAM)."""

    least_walk_ms: float = 0.4
    """Slower people stand and wait: nobody knows whether they mean to cross."""

    least_speed_ms: float = 1.5
    """A slower vehicle is stopping, or has stopped, for them."""

    hold_s: float = 0.15
    """More than one frame: a box that leaps does so for one."""

    gap_s: float = 2.0
    """How long it may be hidden before it counts as over."""


def evaluate(scene: Scene, zone: Zone, params: Params) -> Iterator[Finding]:
    """A finding for each vehicle that drives over the crosswalk close before a walker."""
    if params.signal and not _must_yield(scene, params.signal):
        return
    polygon = in_pixels(zone.points, scene.frame_wh)
    people = [one for one in people_on_foot(scene) if movement.stands_in(one, polygon)]
    for track in scene.tracks if people else ():
        drive = _way_over(track, scene, polygon) if track.is_vehicle else ()
        if not drive:
            continue
        gaps = {one.id: _gap_s(one, drive, scene, params) for one in people}
        nearest = min(people, key=lambda one: gaps[one.id])
        if gaps[nearest.id] <= params.most_gap_s:
            yield _finding(zone, track, nearest, gaps[nearest.id], len(people), params)


def _way_over(vehicle: Track, scene: Scene, polygon: Sequence[Point]) -> Sequence[TrackPoint]:
    """The last stretch of its way that ends on the crosswalk; empty if that is long ago."""
    lately = movement.lately(vehicle, scene.at, JUDGED_AFTER_S + DRIVE_S)
    way = movement.without_holes(movement.footprint(vehicle, lately))
    over = [
        n for n, point in enumerate(way) if movement.contains(polygon, (point.x_px, point.y_px))
    ]
    if not over or (scene.at - way[over[-1]].at).total_seconds() > JUDGED_AFTER_S:
        return ()
    end_at = way[over[-1]].at
    return [p for p in way[: over[-1] + 1] if (end_at - p.at).total_seconds() <= DRIVE_S]


def _must_yield(scene: Scene, name: str) -> bool:
    """Whether the vehicles' signal is known, and not green."""
    signal = named_signal(scene, name)
    return signal is not None and signal.state in (SignalState.RED, SignalState.YELLOW)


def _gap_s(person: Track, drive: Sequence[TrackPoint], scene: Scene, params: Params) -> float:
    """How long after the vehicle the person will be where it passed; infinity if never.

    Infinity for a vehicle that hardly moved and a person who hardly moves, too.
    """
    scale = movement.PERSON_HEIGHT_M / movement.height_px(person)
    walk, here = _motion(movement.lately(person, scene.at, WALK_S), scene, scale)
    speed, there = _motion(drive, scene, scale)
    pace = math.hypot(*walk)
    if pace < params.least_walk_ms or math.hypot(*speed) < params.least_speed_ms:
        return math.inf
    ahead_m = ((there[0] - here[0]) * walk[0] + (there[1] - here[1]) * walk[1]) / pace
    gap_s = ahead_m / pace + (scene.at - drive[-1].at).total_seconds()
    return gap_s if gap_s > 0 else math.inf


def _motion(way: Sequence[TrackPoint], scene: Scene, scale: float) -> tuple[Point, Point]:
    """Velocity in m/s and place in m, by the ground where it is known, else by the yardstick."""
    places = [(point.x_px * scale, point.y_px * scale * FORESHORTENING) for point in way]
    if scene.ground is not None:
        on_ground = scene.ground.to_metres(
            np.array([(point.x_px, point.y_px) for point in way]) / np.array(scene.frame_wh)
        )
        if np.isfinite(on_ground).all():
            places = [(float(x), float(y)) for x, y in on_ground]
    return movement.velocity(way, places), places[-1]


def _finding(
    zone: Zone, track: Track, person: Track, gap_s: float, people: int, params: Params
) -> Finding:
    return Finding(
        kind="crosswalk_yield",
        matter=f"zone {zone.id} track {track.id}",
        zone_id=zone.id,
        track_ids=(track.id, person.id),
        confidence=movement.sureness(track, 1.2 - gap_s / params.most_gap_s),
        facts={
            "label": track.label,
            "zone": zone.name,
            "gap_s": round(gap_s, 1),
            "people": people,
        },
        hold_s=params.hold_s,
        gap_s=params.gap_s,
        marks=(
            marks.way(track.path[-20:]),
            marks.box(track, N_("{seconds} s ahead"), seconds=round(gap_s, 1)),
            marks.box(person),
        ),
    )
