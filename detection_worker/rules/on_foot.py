"""Which of the people in a scene are on foot."""

from detection_worker.rules.scene import Scene
from detection_worker.tracking.tracks import Track

Box = tuple[float, float, float, float]

TWO_WHEELED = frozenset({"bicycle", "motorcycle"})

INSIDE = 0.7
"""Share of a person's box that lies in a vehicle's when he sits in it."""

ABOVE_GROUND = 0.15
"""How far above the vehicle's lower edge, in its heights, the box of somebody inside ends; who
walks before the vehicle stands lower than it does."""

ON_SADDLE = 0.25
"""Share of a bicycle's box that its rider covers, at the least."""


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
        return shared >= ON_SADDLE * _area(vehicle.box_xyxy)
    _, top, _, bottom = vehicle.box_xyxy
    sits = person.box_xyxy[3] < bottom - ABOVE_GROUND * (bottom - top)
    return sits and shared >= INSIDE * _area(person.box_xyxy)


def _shared(one: Box, other: Box) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(width, 0.0) * max(height, 0.0)


def _area(box: Box) -> float:
    return max(box[2] - box[0], 1.0) * max(box[3] - box[1], 1.0)
