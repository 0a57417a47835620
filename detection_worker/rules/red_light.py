"""Red light: a vehicle that drives over the stop line while its signal is red."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from data_access.domain.watch import Zone
from data_access.domain.words import N_
from detection_worker.rules import marks, movement
from detection_worker.rules.crossings import Direction, LineCrossing
from detection_worker.rules.over_line import OverLine, vehicles_over
from detection_worker.rules.scene import Finding, Scene, Signal, SignalState
from detection_worker.rules.signals.naming import named_signal


@dataclass(frozen=True, slots=True)
class Params:
    """Settings of a stop line."""

    signal: str = ""
    """The signal that it obeys: a signal_lamp zone's name, or the name under which the state
    is sent to the worker; empty where the camera knows one signal only."""

    direction: Direction = Direction.FORWARD
    """Which crossings count: along the line's arrow, so that those who come out of the
    crossroad on the other side do not."""

    grace_s: float = 0.5
    """How long it must have been red: one frame at 5 fps, the signal's and the track's, is an
    uncertainty of 0.4 s, and red-light cameras elsewhere wait 0.3–0.5 s (NCHRP 729, 2012)."""

    margin_sizes: float = 0.15
    """Half the width of the band around the line that belongs to neither side, in sizes of
    the box (root of its area): boxes of standing cars jitter by less."""

    least_beyond_sizes: float = 1.5
    """How far beyond the line it must have gone, in sizes of its box, about 3–4 m for a car:
    one that stops short of that stands beyond the stop line, which is another rule."""

    window_s: float = 4.0
    """How long after the line it may take to have gone so far: at walking pace."""

    hold_s: float = 0.15
    """More than one frame: a box that leaps does so for one."""

    gap_s: float = 3.0
    """How long it may be hidden before it counts as over."""


def evaluate(scene: Scene, zone: Zone, params: Params) -> Iterator[Finding]:
    """A finding for each vehicle that has just crossed under red; silent without a signal."""
    signal = named_signal(scene, params.signal)
    if signal is None:
        return
    for one in vehicles_over(scene, zone, params.margin_sizes, params.direction):
        if (scene.at - one.crossing.at).total_seconds() > params.window_s:
            continue
        red_s = _red_s(signal, one.crossing)
        if red_s >= params.grace_s and one.sizes_beyond >= params.least_beyond_sizes:
            yield _finding(zone, one, red_s, signal, params)


def _red_s(signal: Signal, crossing: LineCrossing) -> float:
    """For how long it had been red; minus infinity if it was not, all the time in question.

    Between the last point before the line and the first one behind it the track may have been
    hidden: the signal must have been red at both.
    """
    near, far = signal.at(crossing.near.at), signal.at(crossing.far.at)
    if near.state is not SignalState.RED or far != near:
        return -math.inf
    return (crossing.at - near.since_at).total_seconds()


def _finding(zone: Zone, one: OverLine, red_s: float, signal: Signal, params: Params) -> Finding:
    track, crossing = one.track, one.crossing
    before_s = (crossing.before.at - crossing.at).total_seconds()
    since_at = movement.moment(signal.at(crossing.at).since_at)
    return Finding(
        kind="red_light",
        matter=f"zone {zone.id} track {track.id}",
        zone_id=zone.id,
        track_ids=(track.id,),
        confidence=movement.sureness(track, red_s / (4 * params.grace_s)),
        facts=one.facts(zone) | {"red_s": round(red_s, 1), "red_since_at": since_at},
        hold_s=params.hold_s,
        gap_s=params.gap_s,
        marks=(
            marks.outline(crossing.stretch, zone.name, closed=False),
            marks.way([p for p in track.path if p.at >= crossing.before.at]),
            marks.spot(crossing.before, f"{before_s:.1f} s"),
            marks.box(track, N_("red for {seconds} s"), seconds=round(red_s, 1)),
        ),
    )
