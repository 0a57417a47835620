"""Wrong way: a vehicle that moves against the allowed direction of its lane or road."""

from collections.abc import Iterator
from dataclasses import dataclass

from data_access.domain.watch import Zone
from detection_worker.rules.against import Limits, finding, those_against
from detection_worker.rules.scene import Finding, Scene


@dataclass(frozen=True, slots=True)
class Params:
    """Settings of a one-way zone."""

    toward: tuple[float, float] = (0.0, 0.0)
    """The allowed direction as a step on the picture, in fractions; (0, 1) is down, towards the
    viewer. Nobody can guess it: without one the rule is silent."""

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
    for one in those_against(scene, zone, _limits(params)):
        yield finding("wrong_way", zone, one, params.hold_s, params.gap_s)


def _limits(params: Params) -> Limits:
    return Limits(
        params.toward,
        params.window_s,
        params.least_time_s,
        params.least_distance_m,
        params.least_distance_percent,
        params.least_angle_deg,
    )
