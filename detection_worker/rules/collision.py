"""Collision or sudden stop, experimental: a vehicle that stops faster than brakes usually do."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from data_access.domain.watch import Point, Zone
from data_access.domain.words import N_
from detection_worker.rules import marks, movement
from detection_worker.rules.geometry import in_pixels
from detection_worker.rules.scene import Finding, Scene
from detection_worker.tracking.tracks import Track, TrackPoint

STRIDE_S = 0.5
"""Length of the stretches over which speeds are measured."""

STANDING_MS = 1.5
"""Below this a vehicle has stopped, give or take the jitter of its box."""

LONGEST_GAP_S, LEAP_M = 0.7, 1.0
"""A longer hole in the path says nothing of how a vehicle braked: from 10 m/s brakes take 3 s and
a wall none. Over a shorter one it must not have come further than it was going to, give or take
its tremble: else its box was taken for that of the car that stands ahead."""

DEVIATIONS = 3.5
"""What the box's tremble may have added to the drop in speed, in deviations of one speed: it is
the difference of two, and of many overlapping stretches the most different ones are compared."""

MOST_ERROR_M = 0.35
"""A place that is known no better gives speeds that are wrong by the braking of a car."""

MOST_WANDER_M = 1.0
"""What wanders further does not stand."""

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
    if places is None or not _rests(way, places, params.rest_s):
        return None
    stretches = list(_stretches(way, places))
    fast = [n for n, one in enumerate(stretches) if one.speed_ms * 3.6 >= params.least_speed_kmh]
    if not fast:
        return None
    later = stretches[fast[-1] :]
    before, after = later[0], next((one for one in later if one.speed_ms <= STANDING_MS), None)
    if after is None or _leaps(way, places, (before, after), _lately_ms(stretches, before)):
        return None
    stop = _Stop(before.speed_ms - after.speed_ms, max(after.middle_s - before.middle_s, 0.1), way)
    sure_ms = stop.speed_ms - _tremble_ms(way, places, params.rest_s)
    return stop if sure_ms / stop.lasted_s >= params.least_deceleration_ms2 else None


def _lately_ms(stretches: Sequence["_Stretch"], now: "_Stretch") -> float:
    """The highest speed of the last moments: the stretch ``now`` may hold some of the braking."""
    return max(one.speed_ms for one in stretches if 0 <= now.middle_s - one.middle_s <= STRIDE_S)


def _leaps(
    way: Sequence[TrackPoint],
    places: Sequence[Point],
    stop: tuple["_Stretch", "_Stretch"],
    speed_ms: float,
) -> bool:
    """Whether something is missing between driving and standing that would have to be known."""
    for n in range(stop[0].first, stop[1].last):
        gap_s = (way[n + 1].at - way[n].at).total_seconds()
        came_m = movement.distance([places[n], places[n + 1]])
        if gap_s > LONGEST_GAP_S or came_m > speed_ms * gap_s + LEAP_M:
            return True
    return False


def _tremble_ms(way: Sequence[TrackPoint], places: Sequence[Point], rest_s: float) -> float:
    """How much of a drop in speed may be tremble, by how its places scatter while it stands.

    The deviation of a slope through n points at even times is that of the points, times
    √(12 / n) over the time that they take.
    """
    rest = [places[n] for n in _last(way, rest_s)]
    middle = [sum(axis) / len(rest) for axis in zip(*rest, strict=True)]
    scatter_m = math.sqrt(sum(math.dist(one, middle) ** 2 for one in rest) / 2 / len(rest))
    points = max(STRIDE_S * len(rest) / rest_s, 2.0)
    return DEVIATIONS * scatter_m * math.sqrt(12 / points) / STRIDE_S


def _rests(way: Sequence[TrackPoint], places: Sequence[Point], rest_s: float) -> bool:
    """Whether it has stood for all of the last ``rest_s``."""
    if movement.seconds(way) <= rest_s:
        return False
    return (
        max(movement.distance([places[n], places[-1]]) for n in _last(way, rest_s)) < MOST_WANDER_M
    )


def _last(way: Sequence[TrackPoint], within_s: float) -> list[int]:
    """The numbers of the points of the last seconds."""
    return [n for n, p in enumerate(way) if (way[-1].at - p.at).total_seconds() <= within_s]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of the way: its first and last point, its middle in time, and its speed."""

    first: int
    last: int
    middle_s: float
    speed_ms: float


def _stretches(way: Sequence[TrackPoint], places: Sequence[Point]) -> Iterator[_Stretch]:
    """The stretches of ``STRIDE_S`` that begin at each point."""
    at_s = [(point.at - way[0].at).total_seconds() for point in way]
    for first, began_s in enumerate(at_s):
        last = next((n for n in range(first, len(way)) if at_s[n] - began_s >= STRIDE_S), None)
        if last is None:
            return
        speed = movement.velocity(way[first : last + 1], places[first : last + 1])
        yield _Stretch(first, last, (began_s + at_s[last]) / 2, math.hypot(*speed))


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
        marks=(marks.way(stop.way), marks.box(track, N_("experimental"))),
    )
