"""Vehicles that move against the direction of a zone, or against that of all others."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from data_access.domain.geometry import point_in_polygon
from data_access.domain.watch import Point, Zone
from data_access.domain.words import N_
from detection_worker.rules import marks, movement
from detection_worker.rules.geometry import in_pixels
from detection_worker.rules.scene import Finding, Mark, Scene
from detection_worker.tracking.tracks import Track, TrackPoint

Way = tuple[TrackPoint, ...]

Judge = Callable[[Track, Way], dict[str, Any] | None]
"""The facts that make a vehicle's way a wrong one; None for a right one."""


class Limits(Protocol):
    """From where on it is against a direction: what the params of such rules have in common."""

    @property
    def window_s(self) -> float:
        """Time over which the movement is judged."""
        ...

    @property
    def least_time_s(self) -> float:
        """A shorter way is not judged."""
        ...

    @property
    def least_distance_m(self) -> float:
        """Least way where the camera is calibrated."""
        ...

    @property
    def least_distance_percent(self) -> float:
        """The same without calibration, in percent of the picture's diagonal."""
        ...

    @property
    def least_angle_deg(self) -> float:
        """Angle to the allowed direction from which it is a wrong one."""
        ...

    @property
    def hold_s(self) -> float:
        """How long it must go on."""
        ...

    @property
    def gap_s(self) -> float:
        """How long it may be hidden."""
        ...


@dataclass(frozen=True, slots=True)
class _Against:
    """A vehicle and its way against the direction; ``lengths`` is how many least lengths."""

    track: Track
    way: Way
    lengths: float
    facts: dict[str, Any]

    @property
    def sureness(self) -> float:
        """Half of its confidence is the detector's, half how far beyond the least way it went."""
        return round(0.5 * self.track.confidence + 0.5 * min(self.lengths, 3.0) / 3, 3)


def findings(
    kind: str, scene: Scene, zone: Zone, limits: Limits, judge: Judge
) -> Iterator[Finding]:
    """A finding for each vehicle whose way within the window lies in the zone and is wrong."""
    polygon = in_pixels(zone.points, scene.frame_wh)
    for track in scene.tracks:
        way = _way(track, scene, polygon, limits) if track.is_vehicle else ()
        wrong = judge(track, way) if way else None
        if wrong is None:
            continue
        lengths, facts = _length(way, math.hypot(*scene.frame_wh), limits)
        if lengths >= 1:
            facts = {"label": track.label, "zone": zone.name, **facts, **wrong}
            yield _finding(kind, zone, _Against(track, way, lengths, facts), limits)


def direction_judge(toward: Point, scene: Scene, limits: Limits) -> Judge:
    """Judges by one allowed direction, a step in picture fractions."""
    toward_px = in_pixels([toward], scene.frame_wh)[0]

    def judge(track: Track, way: Way) -> dict[str, Any] | None:
        return {} if _is_against(way, toward_px, limits.least_angle_deg) else None

    return judge


def _finding(kind: str, zone: Zone, one: _Against, limits: Limits) -> Finding:
    return Finding(
        kind=kind,
        matter=f"zone {zone.id} track {one.track.id}",
        zone_id=zone.id,
        track_ids=(one.track.id,),
        confidence=one.sureness,
        facts=one.facts,
        hold_s=limits.hold_s,
        gap_s=limits.gap_s,
        marks=_marks(one),
    )


def _marks(one: _Against) -> tuple[Mark, ...]:
    began = one.way[0]
    return (marks.way(one.way), marks.spot(began, N_("from here")), marks.box(one.track))


def _way(track: Track, scene: Scene, polygon: Sequence[Point], limits: Limits) -> Way:
    """The last stretch of the path in the zone; empty where it is too short to be judged."""
    inside: list[TrackPoint] = []
    lately = movement.lately(track, scene.at, limits.window_s)
    for point in reversed(movement.footprint(track, lately)):
        if not point_in_polygon((point.x_px, point.y_px), polygon):
            break
        inside.append(point)
    way = tuple(reversed(inside))
    return way if way and movement.seconds(way) >= limits.least_time_s else ()


def _is_against(way: Way, toward: Point, least_angle_deg: float) -> bool:
    """Against the direction as a whole, and not forward in either half of the time."""
    middle = way[len(way) // 2]
    whole = _cosine(way[0], way[-1], toward)
    halves = (_cosine(way[0], middle, toward), _cosine(middle, way[-1], toward))
    return whole <= math.cos(math.radians(least_angle_deg)) and max(halves) < 0


def _cosine(start: TrackPoint, end: TrackPoint, toward: Point) -> float:
    """Of the angle between a step on the picture and the allowed direction; 0 for no step."""
    x, y = end.x_px - start.x_px, end.y_px - start.y_px
    length = math.hypot(x, y) * math.hypot(*toward)
    return (x * toward[0] + y * toward[1]) / length if length else 0.0


def _length(way: Way, diagonal_px: float, limits: Limits) -> tuple[float, dict[str, Any]]:
    """The way's length in least lengths, and the facts in metres or in percent."""
    duration = {"duration_s": round(movement.seconds(way), 1)}
    metres = movement.in_metres([way[0], way[-1]])
    if metres is not None:
        length_m = movement.distance(metres)
        return length_m / limits.least_distance_m, {"distance_m": round(length_m, 1), **duration}
    percent = movement.distance(movement.in_pixels_of(way)) / diagonal_px * 100
    facts = {"distance_percent": round(percent, 1), **duration}
    return percent / limits.least_distance_percent, facts
