"""Wrong way: a vehicle that moves against the allowed direction of its lane or road."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from data_access.domain.watch import Zone
from detection_worker.rules.against import direction_judge, findings
from detection_worker.rules.against_usual import usual_judge
from detection_worker.rules.scene import Finding, Scene
from detection_worker.rules.usual_ways import UsualWays


@dataclass(frozen=True, slots=True)
class Params:
    """Settings of a one-way zone."""

    toward: tuple[float, float] = (0.0, 0.0)
    """The allowed direction as a step on the picture, in fractions; (0, 1) is down, towards the
    viewer. Without one it is what the traffic itself does, place by place, as soon as that is
    known."""

    least_vehicles: int = 5
    """Without a direction: how many others must have gone the other way in the same place, and
    none this way. In seven recordings and rendered streets of a minute each, where every driver
    was turned round once, five found two thirds of them and eight a third, and neither anybody
    who was lawful."""

    window_s: float = 2.0
    """Time over which the movement is judged: long enough to outlast a box that jumps."""

    least_time_s: float = 1.0
    """A track younger than this is not judged: boxes are unsteady when things come into view."""

    least_distance_m: float = 4.0
    """Least way against the direction where the camera is calibrated: a car's length."""

    least_distance_percent: float = 4.0
    """The same without calibration, in percent of the picture's diagonal."""

    least_angle_deg: float = 120.0
    """Angle to the allowed direction from which it is the wrong one: turning and changing
    lanes stay below 90°."""

    hold_s: float = 0.6
    """How long it must go on: a swap of two tracks' ids lasts a frame or two."""

    gap_s: float = 3.0
    """How long it may be hidden before it counts as over."""


def evaluate(scene: Scene, zone: Zone, params: Params) -> Iterator[Finding]:
    """A finding for each vehicle in the zone that has moved against the direction."""
    judge = (
        direction_judge(params.toward, scene, params)
        if any(params.toward)
        else usual_judge(scene, params.least_vehicles)
    )
    yield from findings("wrong_way", scene, zone, params, judge)


def is_learnt(zone: Zone) -> bool:
    """Whether a zone leaves the direction to be learnt from the traffic."""
    return zone.rule == "wrong_way" and not any(zone.params.get("toward", (0.0, 0.0)))


def lacking_ways(ways: UsualWays | None, zones: Sequence[Zone]) -> list[str]:
    """Sentences about the zones in which too few have driven to know any usual direction."""
    busiest = ways.busiest() if ways is not None else 0
    least = (zone.params.get("least_vehicles", Params().least_vehicles) for zone in zones)
    return [
        f"Zone “{zone.name}”: the usual direction is not known, so wrong_way finds nothing. Of "
        f"{needed} vehicles through one place {busiest} were seen; take a longer recording, or "
        "draw the zone with its direction (toward)."
        for zone, needed in zip(zones, least, strict=True)
        if busiest < needed
    ]
