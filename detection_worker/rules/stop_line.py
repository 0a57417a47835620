"""Stop line: a vehicle that has driven over the line at a forbidding signal and stands there."""

from collections.abc import Iterator
from dataclasses import dataclass

from data_access.domain.watch import Zone
from data_access.domain.words import N_
from detection_worker.rules import marks, movement
from detection_worker.rules.crossings import Direction
from detection_worker.rules.over_line import OverLine, vehicles_over
from detection_worker.rules.scene import Finding, Scene, Signal, SignalState
from detection_worker.rules.signals.naming import named_signal
from detection_worker.tracking.tracks import Track

FORBIDDING = (SignalState.RED, SignalState.YELLOW)


@dataclass(frozen=True, slots=True)
class Params:
    """Settings of a stop line."""

    signal: str = ""
    """The signal that it obeys: a signal_lamp zone's name, or the name under which the state
    is sent to the worker; empty where the camera knows one signal only."""

    direction: Direction = Direction.FORWARD
    """Which crossings count: along the line's arrow."""

    margin_sizes: float = 0.15
    """How far beyond the line a vehicle must stand, in sizes of its box (root of its area),
    about a third of a metre for a car: less is within what a box may be wrong by."""

    farthest_sizes: float = 1.5
    """Farther beyond the line it is in the crossroad, which is a matter of red light."""

    stood_s: float = 2.0
    """How long it must stand: one that rolls on is a matter of red light."""

    still_sizes: float = 0.12
    """How far a standing vehicle's box may wander in that time."""

    gap_s: float = 3.0
    """How long it may be hidden before it counts as over."""


def evaluate(scene: Scene, zone: Zone, params: Params) -> Iterator[Finding]:
    """A finding for each vehicle that stands beyond the line while it is red.

    One that crossed at green and was stopped by a jam is none: it did as it was told.
    """
    signal = named_signal(scene, params.signal)
    if signal is None or signal.state is not SignalState.RED:
        return
    for one in vehicles_over(scene, zone, params.margin_sizes, params.direction):
        if signal.at(one.crossing.at).state not in FORBIDDING:
            continue
        stood_s = _stood_s(one.track, scene, params.still_sizes * one.size_px)
        if stood_s >= params.stood_s and one.sizes_beyond <= params.farthest_sizes:
            yield _finding(zone, one, min(stood_s, _red_s(signal, scene)), params)


def _stood_s(track: Track, scene: Scene, wander_px: float) -> float:
    """For how long it has been where it is now."""
    now = track.path[-1]
    since = now.at
    for point in reversed(track.path):
        if movement.distance([(point.x_px, point.y_px), (now.x_px, now.y_px)]) > wander_px:
            break
        since = point.at
    return (scene.at - since).total_seconds()


def _red_s(signal: Signal, scene: Scene) -> float:
    return (scene.at - signal.since_at).total_seconds()


def _finding(zone: Zone, one: OverLine, stood_s: float, params: Params) -> Finding:
    return Finding(
        kind="stop_line",
        matter=f"zone {zone.id} track {one.track.id}",
        zone_id=zone.id,
        track_ids=(one.track.id,),
        confidence=movement.sureness(one.track, stood_s / (3 * params.stood_s)),
        facts=one.facts(zone) | {"stood_s": round(stood_s, 1)},
        gap_s=params.gap_s,
        marks=(
            marks.outline(one.crossing.stretch, zone.name, closed=False),
            marks.spot(one.crossing.before, "before"),
            marks.box(one.track, N_("stands for {seconds} s"), seconds=round(stood_s)),
        ),
    )
