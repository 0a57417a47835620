"""The films of ``bench rules``: the demonstration's crossroad with people who break its rules.

Each film has offenders and, for each kind, those who do nearly the same and no wrong. Metres are
the scene's: the main street along x with lanes at ±1.75 and ±5.25, its crosswalk at x = 7.4, the
stop line of the eastern arm at x = 11.5; the camera hangs in the south-west.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from benchmarks.rule_casting import Casting, Expected, half_m, ride, walk
from data_access.domain.watch import Zone, ZoneShape
from demo.scenes.crossroad import CAMERA, CROSSROAD, SIGNALS
from demo.scenes.motion.paths import Path, path
from demo.scenes.picture.camera import Point2
from demo.scenes.scene import RenderedScene

STOP_X_M = 11.5
CYCLE_S, AMBER_S, RED_S = 45.0, 19.0, 22.0
"""The main street's signal: green from 0, amber and red from these seconds of its cycle."""

COUNTED_AT_X_M = 16.0


@dataclass(frozen=True, eq=False)
class Film:
    """A scene with its zones, what should be found in it, and whether its picture is needed."""

    name: str
    scene: RenderedScene
    zones: tuple[Zone, ...]
    expected: tuple[Expected, ...]
    labels: dict[int, str]
    needs_picture: bool = False
    calibrated: bool = False


def films(seed: int) -> list[Film]:
    """All films of one seed."""
    return [_signals(seed), _lanes(seed), _places(seed), _jam(seed), _queue(seed)]


def _film(name: str, cast: Casting, zones: Sequence[Zone], **more: bool) -> Film:
    movers = tuple(cast.movers)
    scene = replace(CROSSROAD, period_s=cast.period_s, players=lambda seed: movers)
    return Film(name, scene, tuple(zones), tuple(cast.expected), cast.labels, **more)


def _area(number: int, rule: str, x: Point2, y: Point2, **params: Any) -> Zone:
    corners = [(x[0], y[0]), (x[1], y[0]), (x[1], y[1]), (x[0], y[1])]
    return Zone(
        number, f"{rule} {number}", rule, ZoneShape.POLYGON, CAMERA.outline(corners), params
    )


def _line(number: int, rule: str, start: Point2, end: Point2, **params: Any) -> Zone:
    points = CAMERA.fractions([start, end])
    return Zone(number, f"{rule} {number}", rule, ZoneShape.LINE, points, params)


def _toward(start: Point2, end: Point2) -> list[float]:
    (x1, y1), (x2, y2) = CAMERA.fractions([start, end])
    return [x2 - x1, y2 - y1]


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
        _lawful_at_signals(cast, cycle * CYCLE_S, inner, outer)
        _unlawful_at_signals(cast, cycle * CYCLE_S, outer)
    # Forward is to the west: along the normal of a line from the south to the north.
    line = ((STOP_X_M, 0.1), (STOP_X_M, 7.0))
    zones = [_lamps(), _line(2, "red_light", *line), _line(3, "stop_line", *line)]
    zones = [replace(zone, points=_turned(zone)) for zone in zones]
    return _film("signals", cast, zones, needs_picture=True)


def _turned(zone: Zone) -> tuple[Point2, ...]:
    """A stop line's points in the order that lets its arrow point to the west."""
    if zone.shape is ZoneShape.POLYGON:
        return zone.points
    (x1, y1), (x2, y2) = zone.points
    (west_x, west_y) = CAMERA.fractions([(STOP_X_M - 3.0, 3.0)])[0]
    side = (x2 - x1) * (west_y - y1) - (y2 - y1) * (west_x - x1)
    return zone.points if side > 0 else zone.points[::-1]


def _lawful_at_signals(cast: Casting, cycle_s: float, inner: Path, outer: Path) -> None:
    for way, at_s in ((outer, 6.0), (inner, 9.0), (outer, 12.0), (inner, AMBER_S + 0.8)):
        speed = cast.some(9, 14)
        cast.add(cast.car(), ride(way, cycle_s + at_s - (95 - STOP_X_M) / speed, speed))
    look, speed = cast.car(), cast.some(9, 13)
    stop_m = 95 - STOP_X_M - half_m(look) - cast.some(0.6, 2.0)
    _stop_until(cast, look, inner, (cycle_s + 26.0, stop_m, speed), cycle_s + 46.0)


def _stop_until(
    cast: Casting, look: Any, way: Path, arrival: tuple[float, float, float], until_s: float,
    *kinds: str,
) -> None:  # fmt: skip
    at_s, stop_m, speed = arrival
    begins_s = at_s - stop_m / speed - speed / 5
    cast.add(look, ride(way, begins_s, speed, [(stop_m, until_s - at_s)]), *kinds)


def _unlawful_at_signals(cast: Casting, cycle_s: float, outer: Path) -> None:
    speed = cast.some(8, 15)
    at_s = cycle_s + RED_S + cast.some(1.3, 8.0)
    look = cast.car()
    cast.add(look, ride(outer, at_s - (95 - STOP_X_M - half_m(look)) / speed, speed), "red_light")
    look, speed = cast.car(), cast.some(8, 12)
    stop_m = 95 - STOP_X_M + cast.some(2.6, 3.6) - half_m(look)
    _stop_until(cast, look, outer, (cycle_s + 35.0, stop_m, speed), cycle_s + 46.0, "stop_line")


def _lanes(seed: int) -> Film:
    cast = Casting(seed, 150.0)
    for number in range(4):
        _eastward(cast, 8.0 + 30 * number)
        _westward(cast, 2.0 + 34 * number)
    for number in range(3):
        wrong = path((-2.0, 60.0), (-2.0, -30.0))
        cast.add(cast.car(), ride(wrong, 10.0 + 40 * number, cast.some(6, 10)), "wrong_way")
        right = path((2.0, -30.0), (2.0, 70.0))
        cast.add(cast.car(), ride(right, 22.0 + 40 * number, cast.some(7, 11)))
    west = _toward((30.0, 3.5), (26.0, 3.5))
    zones = (
        _area(1, "oncoming_lane", (13, 45), (0.4, 3.4), toward=west),
        _line(2, "solid_line", (12.0, 0.0), (44.0, 0.0)),
        _line(3, "solid_line", (12.0, -3.5), (30.0, -3.5)),
        _area(4, "bus_lane", (-6, 45), (3.8, 7.0)),
        _area(5, "wrong_way", (-3.8, 3.8), (8, 45), toward=_toward((0.0, 25.0), (0.0, 29.0))),
        _line(6, "line_count", (COUNTED_AT_X_M, 7.5), (COUNTED_AT_X_M, -8.5)),
    )
    return _film("lanes", cast, zones, calibrated=bool(seed % 2))


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


def _places(seed: int) -> Film:
    cast = Casting(seed, 200.0)
    _park(cast)
    _cross(cast)
    _stay(cast)
    for number in range(2):
        here = (24.0 + 4 * number, 9.0)
        burning = walk(path(here, (here[0] + 0.5, 9.2), (here[0] + 1.0, 9.4)), 30.0 + 70 * number,
                       0.25)  # fmt: skip
        cast.walker(burning, "object_present", label="fire")
    zones = (
        _area(1, "no_stopping", (13, 46), (-7.2, -3.6)),
        _area(2, "jaywalking", (13, 48), (-7.0, 7.0)),
        _area(3, "crosswalk_yield", (5.0, 9.8), (-7.0, 7.0)),
        _area(4, "intrusion", (13, 30), (10.0, 12.8)),
        _area(5, "loitering", (12, 34), (13.6, 17.2)),
        _area(6, "crowd", (36, 50), (9.0, 18.0)),
        _area(7, "object_present", (-14, 60), (-10, 60), labels=["Fire"]),
    )
    return _film("places", cast, zones, calibrated=bool(seed % 2))


def _park(cast: Casting) -> None:
    for number, (at_x, wait_s, kinds) in enumerate(
        (
            (27.0, cast.some(75, 110), ("no_stopping",)),
            (20.5, cast.some(70, 95), ("no_stopping",)),
            (14.0, cast.some(20, 45), ()),
        )
    ):
        way = path((-40, -1.75), (at_x - 12, -1.75), (at_x - 4, -5.8), (at_x + 4, -5.8),
                   (at_x + 12, -1.75), (90, -1.75))  # fmt: skip
        cast.add(cast.car(), ride(way, 3.0 + 9 * number, 8.0, [(40 + at_x, wait_s)]), *kinds)


def _cross(cast: Casting) -> None:
    for number in range(4):
        x, begins_s = cast.some(20, 34), 20.0 + 42 * number
        over = path((x, 9.0), (x, -9.0)) if number % 2 else path((x, -9.0), (x, 9.0))
        cast.walker(walk(over, begins_s, cast.some(1.1, 1.6)), "jaywalking")
    crosswalk = path((7.4, 9.0), (7.4, -9.0))
    for number in range(6):
        pace, begins_s = cast.some(1.1, 1.5), 12.0 + 28 * number
        cast.walker(walk(crosswalk, begins_s, pace))
        close = number % 2 == 0  # before the walker by less than two seconds, or well behind
        lane_y, walker_y = (1.75, 1.75 + 2.0 * pace) if close else (5.25, 0.5)
        at_s, speed = begins_s + (9.0 - walker_y) / pace, cast.some(7, 11)
        way = path((90.0, lane_y), (-40.0, lane_y))
        kinds = ("crosswalk_yield",) if close else ()
        cast.add(cast.car(), ride(way, at_s - (90 - 7.4) / speed, speed), *kinds)


def _stay(cast: Casting) -> None:
    to_and_fro = path(*((14.0 + 12 * (turn % 2), 15.0 + 0.1 * turn) for turn in range(12)))
    cast.walker(walk(to_and_fro, 10.0, 0.85), "loitering")
    stander = path((12.0, 16.0), (30.0, 16.5), (12.5, 16.0))
    cast.walker(walk(stander, 20.0, 1.3, [(17.0, cast.some(125, 140))]), "loitering")
    for number in range(6):
        cast.walker(walk(path((40, 14.3), (6, 14.3)), 5.0 + 25 * number, cast.some(1.1, 1.6)))
    for number in range(3):
        into = path((11.0, 14.0), (18.0 + 3 * number, 11.5), (11.0, 14.0))
        cast.walker(walk(into, 25.0 + 55 * number, 1.2), "intrusion")
    for count, begins_s in ((14, 40.0), (6, 120.0)):
        group = [_gather(cast, place, begins_s) for place in range(count)]
        if count > 10:
            cast.expect("crowd", group)


def _gather(cast: Casting, place: int, begins_s: float) -> int:
    x, y = 38.0 + 1.6 * (place % 5), 11.0 + 1.5 * (place // 5)
    way = path((34.0, 18.5), (x, y), (52.0, 18.5))
    here_m = ((x - 34) ** 2 + (y - 18.5) ** 2) ** 0.5
    return cast.walker(walk(way, begins_s + cast.some(0, 5), 1.3, [(here_m, 30.0)]))


def _traffic_zones() -> tuple[Zone, ...]:
    return (
        _area(1, "congestion", (5, 50), (0.2, 7.0)),
        _area(2, "collision", (-14, 50), (-7.0, 7.0)),
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
    for number, braking in enumerate((40.0, 3.0, 25.0, 3.5, 2.0)):
        stop_m = 40 + cast.some(2, 12)
        way = path((-40.0, -5.25), (90.0, -5.25))
        trip = ride(way, 4.0 + 30 * number, cast.some(10, 14), [(stop_m, 8.0)], braking)
        cast.add(cast.car(), trip, *(("collision",) if braking > 10 else ()))
    return _film("jam", cast, _traffic_zones(), calibrated=True)


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
    return _film("queue", cast, _traffic_zones(), calibrated=True)
