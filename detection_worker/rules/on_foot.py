"""Which of the people in a scene are alive, and which are on foot."""

import math
from collections.abc import Sequence
from datetime import datetime

from detection_worker.boxes import Box
from detection_worker.rules import movement
from detection_worker.rules.scene import Scene
from detection_worker.tracking.tracks import Track, TrackPoint

TWO_WHEELED = frozenset({"bicycle", "motorcycle"})

INSIDE = 0.7
"""Share of a person's box that lies in a vehicle's when he sits in it."""

ABOVE_GROUND = 0.15
"""How far above the vehicle's lower edge, in its heights, the box of somebody inside ends; who
walks before the vehicle stands lower than it does."""

ON_SADDLE = 0.25
"""Share of a bicycle's box that its rider covers, at the least."""

TOGETHER_S, JUDGED_S = 1.0, 0.3
"""Time over which the ways of a person and a vehicle are compared, and the least that says
anything: a walker's half of a step."""

APART_HEIGHTS, APART_SHARE = 0.35, 0.2
"""From which difference of their ways they do not move together: in heights of the person (0.6 m;
a walker goes twice as far in a second), and in shares of the vehicle's way, because who sits
inside is at another depth than the wheels. So who walks behind a car is not taken for its driver.
"""


MOVED_HEIGHTS = 0.3
"""Who is so far from where he was first seen is no post, in his heights: a walker's third of a
second. A post's box wanders by a tenth at most."""


SURE = 0.85
"""Who is seen so surely need not move: the surest sight of a road sign that a model took for a
person was 0.78 (tunnel_entrance.mp4, half of them below 0.4)."""


def is_alive(scene: Scene, track: Track) -> bool:
    """Whether a person has ever moved, or is surely one: models take posts and signs for people."""
    presence = scene.presences.get(track.id)
    if presence is None or presence.stirred or track.confidence >= SURE:
        return True
    way = movement.in_pixels_of([track.path[0], track.path[-1]])
    return movement.distance(way) >= MOVED_HEIGHTS * movement.height_px(track)


def people_on_foot(scene: Scene) -> list[Track]:
    """The people who neither sit in a vehicle nor ride one."""
    vehicles = [track for track in scene.tracks if track.is_vehicle]
    return [
        track
        for track in scene.tracks
        if track.is_person and not any(_rides(track, vehicle) for vehicle in vehicles)
    ]


def _rides(person: Track, vehicle: Track) -> bool:
    shared = _shared(person.box_xyxy, vehicle.box_xyxy)
    if vehicle.label in TWO_WHEELED:
        return shared >= ON_SADDLE * _area(vehicle.box_xyxy) and _together(person, vehicle)
    _, top, _, bottom = vehicle.box_xyxy
    sits = person.box_xyxy[3] < bottom - ABOVE_GROUND * (bottom - top)
    return sits and shared >= INSIDE * _area(person.box_xyxy) and _together(person, vehicle)


def _together(person: Track, vehicle: Track) -> bool:
    """Whether both went the same way lately; who has just come into view may have."""
    now = person.path[-1].at
    walk = movement.lately(person, now, TOGETHER_S)
    drive = movement.lately(vehicle, now, TOGETHER_S)
    began_at = max(walk[0].at, drive[0].at) if walk and drive else now
    if (now - began_at).total_seconds() < JUDGED_S:
        return True
    walked, driven = _step(walk, began_at), _step(drive, began_at)
    apart_px = math.dist(walked, driven)
    most_px = APART_HEIGHTS * movement.height_px(person) + APART_SHARE * math.hypot(*driven)
    return apart_px <= most_px


def _step(way: Sequence[TrackPoint], began_at: datetime) -> tuple[float, float]:
    """From where it was then to where it is now, in pixels."""
    first = next(point for point in way if point.at >= began_at)
    return (way[-1].x_px - first.x_px, way[-1].y_px - first.y_px)


def _shared(one: Box, other: Box) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(width, 0.0) * max(height, 0.0)


def _area(box: Box) -> float:
    return max(box[2] - box[0], 1.0) * max(box[3] - box[1], 1.0)
