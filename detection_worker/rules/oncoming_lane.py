"""Oncoming lane: a vehicle that drives in the lane of those who come the other way."""

from collections.abc import Iterator
from dataclasses import dataclass

from data_access.domain.watch import Zone
from detection_worker.rules.against import direction_judge, findings
from detection_worker.rules.scene import Finding, Scene


@dataclass(frozen=True, slots=True)
class Params:
    """Settings of a lane, or of the lanes, of oncoming traffic."""

    toward: tuple[float, float] = (0.0, 0.0)
    """The direction of those who may drive there, as a step on the picture, in fractions;
    (0, 1) is down, towards the viewer. Nobody can guess it: without one the rule is silent."""

    window_s: float = 3.0
    """Time over which the movement is judged: an overtaking takes longer."""

    least_time_s: float = 0.8
    """Less time there is a wheel over the line at a bend."""

    least_distance_m: float = 10.0
    """Least way in the lane where the camera is calibrated: two cars' lengths, more than one
    that turns left into a yard cuts off."""

    least_distance_percent: float = 6.0
    """The same without calibration, in percent of the picture's diagonal."""

    least_angle_deg: float = 140.0
    """Angle to the lane's direction from which one drives along it the other way: those who
    cross it to turn off stay below 135°."""

    hold_s: float = 0.4
    """How long it must go on: a swap of two tracks' ids lasts a frame or two."""

    gap_s: float = 3.0
    """How long it may be hidden before it counts as over."""


def evaluate(scene: Scene, zone: Zone, params: Params) -> Iterator[Finding]:
    """A finding for each vehicle that drives along the lane the other way."""
    if any(params.toward):
        judge = direction_judge(params.toward, scene, params)
        yield from findings("oncoming_lane", scene, zone, params, judge)
