"""Collision or sudden stop, experimental: a vehicle that stops faster than brakes usually do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from data_access.domain.watch import Point, Zone
from detection_worker.rules import marks, movement
from detection_worker.rules.geometry import in_pixels
from detection_worker.rules.scene import Finding, Scene
from detection_worker.tracking.tracks import Track, TrackPoint

STRIDE_S = 0.5
"""Length of the stretches over which speeds are measured."""

STANDING_MS = 1.5
"""Below this a vehicle has stopped, give or take the jitter of its box."""

LONGEST_GAP_S = 0.25
"""A path with a longer hole says nothing of how a vehicle braked: from 10 m/s brakes take 3 s and
a wall none, and in the hole its box may have been taken for that of the car that stands ahead."""

MOST_ERROR_M = 0.35
"""A place that is known no better gives speeds that are wrong by the braking of a car."""

MOST_CONFIDENCE = 0.6
"""Experimental: nobody has measured how often it is right on real roads."""

EDGE = 0.01
"""Boxes this near to the picture's edge, as a part of it, are cut and do not show the ground."""


@dataclass(frozen=True, slots=True)
class Params:
    """Settings of a road that is watched for collisions (experimental; needs a calibration)."""

    least_speed_kmh: float = 20.0
    """How fast it must have been: below, jitter and braking look alike."""

    least_deceleration_ms2: float = 7.0
    """Harder than emergency braking usually is: drivers reach 6–7 m/s² on dry roads when
    surprised (Fambro et al., NCHRP 400, 1997), and brake at 2–3.5 in daily traffic."""

    rest_s: float = 1.5
    """How long it must stand afterwards: a box that leaps goes on."""

    gap_s: float = 10.0
    """How long it may be hidden before it counts as over."""


def evaluate(scene: Scene, zone: Zone, params: Params) -> Iterator[Finding]:
    """A finding for each vehicle that has stopped too fast; silent without calibration."""
    if scene.ground is None:
        return
    polygon = in_pixels(zone.points, scene.frame_wh)
    for track in scene.tracks:
        if not track.is_vehicle or not movement.stands_in(track, polygon):
            continue
        stop = _stop(track, scene, params) if _is_measurable(track, scene) else None
        if stop is not None:
            yield _finding(zone, track, stop, params)


@dataclass(frozen=True, slots=True)
class _Stop:
    speed_ms: float
    lasted_s: float
    way: tuple[TrackPoint, ...]

    @property
    def deceleration_ms2(self) -> float:
        return self.speed_ms / self.lasted_s


def _is_measurable(track: Track, scene: Scene) -> bool:
    width, height = scene.frame_wh
    left, top, right, bottom = track.box_xyxy
    if min(left, top) < EDGE * width or right > width * (1 - EDGE) or bottom > height * (1 - EDGE):
        return False
    x, y = movement.standing(track)
    assert scene.ground is not None
    return scene.ground.error_m((x / width, y / height)) <= MOST_ERROR_M


def _stop(track: Track, scene: Scene, params: Params) -> _Stop | None:
    """The stop that ended within the fine part of the path, if it was too sudden."""
    way = movement.lately(track, scene.at, 5.0)
    places = movement.in_metres(way)
    if places is None or _has_hole(way) or not _rests(way, places, params.rest_s):
        return None
    speeds = list(_speeds(way, places))
    fast = [n for n, (_, speed) in enumerate(speeds) if speed * 3.6 >= params.least_speed_kmh]
    if not fast:
        return None
    slow = next((n for n in range(fast[-1], len(speeds)) if speeds[n][1] <= STANDING_MS), None)
    if slow is None:
        return None
    (began_s, before), (ended_s, after) = speeds[fast[-1]], speeds[slow]
    stop = _Stop(before - after, max(ended_s - began_s, 0.1), way)
    return stop if stop.deceleration_ms2 >= params.least_deceleration_ms2 else None


def _has_hole(way: Sequence[TrackPoint]) -> bool:
    return any(
        (after.at - before.at).total_seconds() > LONGEST_GAP_S for before, after in pairwise(way)
    )


def _rests(way: Sequence[TrackPoint], places: Sequence[Point], rest_s: float) -> bool:
    """Whether it has stood for all of the last ``rest_s``."""
    last = [n for n, point in enumerate(way) if (way[-1].at - point.at).total_seconds() <= rest_s]
    if movement.seconds(way) <= rest_s:
        return False
    return max(movement.distance([places[n], places[-1]]) for n in last) < 1.0


def _speeds(way: Sequence[TrackPoint], places: Sequence[Point]) -> Iterator[tuple[float, float]]:
    """Middles (s since the way began) and speeds (m/s) of the stretches of ``STRIDE_S``."""
    for first, point in enumerate(way):
        last = next(
            (
                n
                for n in range(first, len(way))
                if (way[n].at - point.at).total_seconds() >= STRIDE_S
            ),
            None,
        )
        if last is None:
            return
        vx, vy = movement.velocity(way[first : last + 1], places[first : last + 1])
        began_s = (point.at - way[0].at).total_seconds()
        yield began_s + STRIDE_S / 2, (vx**2 + vy**2) ** 0.5


def _finding(zone: Zone, track: Track, stop: _Stop, params: Params) -> Finding:
    certainty = stop.deceleration_ms2 / (3 * params.least_deceleration_ms2)
    return Finding(
        kind="collision",
        matter=f"zone {zone.id} track {track.id}",
        zone_id=zone.id,
        track_ids=(track.id,),
        confidence=round(MOST_CONFIDENCE * movement.sureness(track, certainty), 3),
        facts={
            "label": track.label,
            "zone": zone.name,
            "speed_kmh": round(3.6 * stop.speed_ms),
            "stop_s": round(stop.lasted_s, 1),
            "deceleration_ms2": round(stop.deceleration_ms2, 1),
            "experimental": True,
        },
        gap_s=params.gap_s,
        marks=(marks.way(stop.way), marks.box(track, "experimental")),
    )
