"""What the rules should find in a scene, worked out from the truth."""

import math
from collections.abc import Sequence

import cv2
import numpy as np

from data_access.domain.watch import Point, Zone
from demo.scenes.picture.camera import CameraModel
from demo.scenes.things.belongings import Thing
from demo.scenes.truth import Happening, TrueMover

AGAINST_DEG = 120.0
"""From this angle to the allowed direction a vehicle goes the wrong way."""

MOVING_KMH = 3.0

PLAYED = ("red_light", "jaywalking", "spot_speed")
LEFT = ("abandoned_object", "illegal_dump")
"""Rules whose offence is somebody's part; rules that look for what was left."""

LEAST_VISIBLE = 0.25
"""What shows less of itself than this, no rule is expected to find."""


def happenings(
    zones: Sequence[Zone],
    movers: Sequence[TrueMover],
    things: Sequence[Thing],
    camera: CameraModel,
) -> tuple[Happening, ...]:
    """Everything that happens in the zones now.

    A wrong way, a crowd and an intrusion are seen from who is where; what takes a history (a red
    light, jaywalking) is played by somebody whose part it is.
    """
    seen = [found for zone in zones for found in _in_zone(zone, movers, camera)]
    lying = [
        Happening(zone.rule, zone.id, ())
        for zone in zones
        if zone.rule in LEFT
        for thing in things
        if _is_inside((*thing.at_m, 0.0), zone, camera)
    ]
    return (*seen, *lying)


def _in_zone(zone: Zone, movers: Sequence[TrueMover], camera: CameraModel) -> list[Happening]:
    inside = [
        mover
        for mover in movers
        if mover.visible > LEAST_VISIBLE and _is_inside(mover.at_m, zone, camera)
    ]
    people = tuple(mover.id for mover in inside if mover.label == "person")
    if zone.rule == "crowd" and len(people) >= int(zone.params.get("people", 10)):
        return [Happening("crowd", zone.id, people)]
    if zone.rule == "intrusion" and people:
        return [Happening("intrusion", zone.id, people)]
    if zone.rule == "wrong_way":
        toward = zone.params.get("toward", (0.0, 1.0))
        return [
            Happening("wrong_way", zone.id, (mover.id,))
            for mover in inside
            if mover.label != "person" and _is_against(mover, toward, camera)
        ]
    if zone.rule in PLAYED:
        return [
            Happening(zone.rule, zone.id, (mover.id,))
            for mover in movers
            if mover.part == zone.rule and mover.visible > LEAST_VISIBLE
        ]
    return []


def _is_inside(at_m: tuple[float, float, float], zone: Zone, camera: CameraModel) -> bool:
    (foot,) = camera.fractions([at_m])
    outline = np.array(zone.points, np.float32)
    return cv2.pointPolygonTest(outline, foot, False) > 0


def _is_against(mover: TrueMover, toward: Point, camera: CameraModel) -> bool:
    if mover.speed_kmh < MOVING_KMH:
        return False
    heading = math.radians(mover.heading_deg)
    x, y, z = mover.at_m
    here, there = camera.fractions([(x, y, z), (x + math.sin(heading), y + math.cos(heading), z)])
    step = (np.array(there) - np.array(here)) * camera.wh
    allowed = np.array(toward) * camera.wh
    cosine = float(step @ allowed) / max(
        float(np.linalg.norm(step) * np.linalg.norm(allowed)), 1e-9
    )
    return cosine <= math.cos(math.radians(AGAINST_DEG))
