"""The films of ``bench rules``: the demonstration's crossroad with people who break its rules.

Each film has offenders and, for each kind, those who do nearly the same and no wrong. Metres are
the scene's: the main street along x with lanes at ±1.75 and ±5.25, its crosswalk at x = 7.4, the
stop line of the eastern arm at x = 11.5; the camera hangs in the south-west.
"""

from dataclasses import replace
from typing import Any

from benchmarks.rule_casting import Casting, half_m, ride
from benchmarks.rule_jams import jams
from benchmarks.rule_stage import COUNTED_AT_X_M, Film, area, film, line, toward
from benchmarks.rule_walks import crosswalk, crowds, places
from data_access.domain.watch import Zone, ZoneShape
from demo.scenes.crossroad import CAMERA, SIGNALS
from demo.scenes.motion.paths import Path, path
from demo.scenes.picture.camera import Point2

STOP_X_M = 11.5
CYCLE_S, AMBER_S, RED_S = 45.0, 19.0, 22.0
"""The main street's signal: green from 0, amber and red from these seconds of its cycle."""


def films(seed: int) -> list[Film]:
    """All films of one seed."""
    return [
        _signals(seed), _lanes(seed), crosswalk(seed), places(seed), crowds(seed), _jam(seed),
        _queue(seed), jams(seed),
    ]  # fmt: skip


def _lamps() -> Zone:
    """A zone around the main street's lamps, with the margin that a careful hand leaves."""
    lamps = SIGNALS[4].lamps()
    (x1, y1), _, (x2, y2) = CAMERA.fractions([lamp.at_m for lamp in lamps])
    aside, above = 4.0 / 640, (y2 - y1) * 0.35
    left, right = min(x1, x2) - aside, max(x1, x2) + aside
    corners = ((left, y1 - above), (right, y1 - above), (right, y2 + above), (left, y2 + above))
    return Zone(1, "main", "signal_lamp", ZoneShape.POLYGON, corners)


def _signals(seed: int) -> Film:
    cast = Casting(seed, 4 * CYCLE_S)
    inner, outer = path((95.0, 1.75), (-40.0, 1.75)), path((95.0, 5.25), (-40.0, 5.25))
    for cycle in range(4):
        _at_green_and_waiting(cast, cycle * CYCLE_S, inner, outer)
        _unlawful_at_signals(cast, cycle * CYCLE_S, inner, outer)
    # Forward is to the west: along the normal of a line from the south to the north.
    ends = ((STOP_X_M, 0.1), (STOP_X_M, 7.0))
    zones = [_lamps(), line(2, "red_light", *ends), line(3, "stop_line", *ends)]
    zones = [replace(zone, points=_turned(zone)) for zone in zones]
    return film("signals", cast, zones, needs_picture=True)


def _turned(zone: Zone) -> tuple[Point2, ...]:
    """A stop line's points in the order that lets its arrow point to the west."""
    if zone.shape is ZoneShape.POLYGON:
        return zone.points
    (x1, y1), (x2, y2) = zone.points
    (west_x, west_y) = CAMERA.fractions([(STOP_X_M - 3.0, 3.0)])[0]
    side = (x2 - x1) * (west_y - y1) - (y2 - y1) * (west_x - x1)
    return zone.points if side > 0 else zone.points[::-1]


def _at_green_and_waiting(cast: Casting, cycle_s: float, inner: Path, outer: Path) -> None:
    for way, at_s in ((outer, 6.0), (inner, 9.0), (outer, 12.0), (inner, AMBER_S + 0.8)):
        speed = cast.some(9, 14)
        cast.add(cast.car(), ride(way, cycle_s + at_s - (95 - STOP_X_M) / speed, speed))
    look, speed = cast.car(), cast.some(9, 13)
    beyond = cycle_s // CYCLE_S % 2 == 1
    by_m = cast.some(2.6, 3.6) if beyond else -cast.some(0.6, 2.0)
    stop_m = 95 - STOP_X_M - half_m(look) + by_m
    kinds = ("stop_line",) if beyond else ()
    _stop_until(cast, look, inner, (cycle_s + 28.0, stop_m, speed), cycle_s + 46.0, *kinds)


def _stop_until(
    cast: Casting, look: Any, way: Path, arrival: tuple[float, float, float], until_s: float,
    *kinds: str,
) -> None:  # fmt: skip
    at_s, stop_m, speed = arrival
    begins_s = at_s - stop_m / speed - speed / 5
    cast.add(look, ride(way, begins_s, speed, [(stop_m, until_s - at_s)]), *kinds)


def _unlawful_at_signals(cast: Casting, cycle_s: float, inner: Path, outer: Path) -> None:
    for way, least_s, most_s in ((outer, 1.3, 8.0), (inner, 1.2, 2.2)):
        look, speed = cast.car(), cast.some(8, 15)
        at_s = cycle_s + RED_S + cast.some(least_s, most_s)
        begins_s = at_s - (95 - STOP_X_M - half_m(look)) / speed
        cast.add(look, ride(way, begins_s, speed), "red_light")
    look, speed = cast.car(), cast.some(8, 12)
    stop_m = 95 - STOP_X_M + cast.some(2.6, 3.6) - half_m(look)
    _stop_until(cast, look, outer, (cycle_s + 35.0, stop_m, speed), cycle_s + 46.0, "stop_line")


def _lanes(seed: int) -> Film:
    cast = Casting(seed, 260.0)
    for number in range(7):
        _eastward(cast, 8.0 + 30 * number)
        _westward(cast, 2.0 + 34 * number)
    for number in range(7):
        wrong = path((-2.0, 60.0), (-2.0, -30.0))
        cast.add(cast.car(), ride(wrong, 10.0 + 34 * number, cast.some(6, 10)), "wrong_way")
        right = path((2.0, -30.0), (2.0, 70.0))
        cast.add(cast.car(), ride(right, 22.0 + 34 * number, cast.some(7, 11)))
    west = toward((30.0, 3.5), (26.0, 3.5))
    zones = (
        area(1, "oncoming_lane", (13, 45), (0.4, 3.4), toward=west),
        line(2, "solid_line", (12.0, 0.0), (44.0, 0.0)),
        line(3, "solid_line", (12.0, -3.5), (30.0, -3.5)),
        area(4, "bus_lane", (-6, 45), (3.8, 7.0)),
        area(5, "wrong_way", (-3.8, 3.8), (8, 45), toward=toward((0.0, 25.0), (0.0, 29.0))),
        line(6, "line_count", (COUNTED_AT_X_M, 7.5), (COUNTED_AT_X_M, -8.5)),
    )
    return film("lanes", cast, zones, calibrated=bool(seed % 2))


def _eastward(cast: Casting, at_s: float) -> None:
    straight = [path((-40.0, y), (90.0, y)) for y in (-1.75, -5.25)]
    over_centre = path((-40, -1.75), (14, -1.75), (20, 1.75), (38, 1.75), (44, -1.75), (90, -1.75))
    over_lane = path((-40, -5.25), (15, -5.25), (27, -1.75), (90, -1.75))
    over_dashes = path((-40, -5.25), (35, -5.25), (46, -1.75), (90, -1.75))
    for way, later_s, kinds in (
        (straight[0], 0.0, ()),
        (straight[1], 2.0, ()),
        (over_centre, 7.0, ("oncoming_lane", "solid_line")),
        (over_lane, 13.0, ("solid_line",)),
        (over_dashes, 19.0, ()),
    ):
        speed = cast.some(9, 14)
        cast.add(cast.car(), ride(way, at_s + later_s, speed), *kinds)


def _westward(cast: Casting, at_s: float) -> None:
    inner, outer = path((90.0, 1.75), (-40.0, 1.75)), path((90.0, 5.25), (-40.0, 5.25))
    to_yard = path((90, 1.75), (31, 1.75), (22, 5.25), (16, 14.0), (16, 40.0))
    for look, way, later_s, kinds in (
        (cast.car(), inner, 0.0, ()),
        (cast.bus(), outer, 4.0, ()),
        (cast.car(), outer, 12.0, ("bus_lane",)),
        (cast.car(), to_yard, 20.0, ()),
    ):
        cast.add(look, ride(way, at_s + later_s, cast.some(8, 12)), *kinds)


def _traffic_zones() -> tuple[Zone, ...]:
    return (
        area(1, "congestion", (5, 50), (0.2, 7.0)),
        area(2, "collision", (-14, 50), (-7.0, 7.0)),
    )


def _jam(seed: int) -> Film:
    """A jam that creeps on for minutes; beside it two cars that stop dead, and some that brake."""
    cast = Casting(seed, 200.0)
    jam = []
    for number in range(12):
        lane_y, place = (1.75, 5.25)[number % 2], number // 2
        stops = [(95 - 12.0 - 6.5 * place + 2.0 * step, 8.0) for step in range(15)]
        way = path((95.0, lane_y), (-40.0, lane_y))
        jam.append(cast.add(cast.car(), ride(way, 1.5 + 3.0 * place, 9.0, stops)))
    cast.expect("congestion", jam)
    for number in range(13):
        braking = cast.some(20, 40) if number % 2 == 0 else cast.some(2, 3.6)
        stop_m, lane_y = 40 + cast.some(2, 12), (-5.25, -1.75)[number % 2]
        way = path((-40.0, lane_y), (90.0, lane_y))
        trip = ride(way, 4.0 + 13.5 * number, cast.some(10, 14), [(stop_m, 6.0)], braking)
        cast.add(cast.car(), trip, *(("collision",) if braking > 10 else ()))
    return film("jam", cast, _traffic_zones(), calibrated=True)


def _queue(seed: int) -> Film:
    """Queues at two red phases, which are no congestion, and traffic that flows between."""
    cast = Casting(seed, 200.0)
    for phase_s in (5.0, 100.0):
        for number in range(10):
            lane_y, place = (1.75, 5.25)[number % 2], number // 2
            way = path((95.0, lane_y), (-40.0, lane_y))
            stops = [(95 - 14.0 - 6.5 * place, 45.0 - 1.0 * place)]
            cast.add(cast.car(), ride(way, phase_s + 2.5 * place, 9.0, stops))
    for number in range(8):
        way = path((-40.0, -1.75), (90.0, -1.75))
        cast.add(cast.car(), ride(way, 5.0 + 20 * number, cast.some(8, 13)))
    return film("queue", cast, _traffic_zones(), calibrated=True)
