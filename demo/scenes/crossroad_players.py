"""Who moves at the crossroad: people who wait for their green, cars that wait for theirs."""

from collections.abc import Sequence
from itertools import islice

import numpy as np
import numpy.typing as npt

from demo.scenes.motion.cast import Mover, Trip
from demo.scenes.motion.driving import wish
from demo.scenes.motion.gaps import in_a_gap
from demo.scenes.motion.paths import Path, path
from demo.scenes.motion.traffic import Entry, Gate, drive
from demo.scenes.motion.walks import cross, occupied, walk
from demo.scenes.picture.camera import Floats
from demo.scenes.things import looks
from demo.scenes.things.fleet import BODIES
from demo.scenes.things.looks import Chance
from demo.scenes.things.signals import Plan

PERIOD_S = 90.0
PLAN = Plan(
    45.0,
    {
        "main": (0.0, 19.0),
        "side": (24.0, 15.0),
        "walk_side": (0.0, 15.0),
        "walk_main": (24.0, 14.0),
    },
)
"""Crossing the main street takes 10.4 s at 1.35 m/s, the side street 6 s."""

MAIN_HALF_M, SIDE_HALF_M = 7.0, 4.0
LANES_M, SIDE_LANE_M = (1.75, 5.25), 2.0
STOP_M = {"main": 11.5, "side": 14.5}
"""From the middle of the crossroad to the stop lines of each street."""

WALK_MAIN_M, WALK_SIDE_M, WALK_HALF_M = 7.4, 10.4, 2.4
"""From the middle to the crosswalks over the main and the side street; half their width."""

FAR_M = 95.0
SPEEDS_KMH = (42.0, 58.0)
RIGHT_TURNS = 0.3

RED_LIGHT_KMH = 50.0


def players(seed: int) -> Sequence[Mover]:
    """Everyone, for a seed."""
    chance = np.random.default_rng([seed, 101])
    walkers = [Mover(looks.random_person(chance), _walk(chance)) for _ in range(22)]
    trips = [mover.trip for mover in walkers]
    lawful = [*walkers, *_cars(chance, trips)]
    return [*lawful, *_offenders(np.random.default_rng([seed, 106]), lawful)]


def _offenders(chance: Chance, lawful: Sequence[Mover]) -> list[Mover]:
    """Somebody drives on at red."""
    trips = (_at_red(lawful, lane_m) for lane_m in LANES_M)
    driver = looks.random_car(chance)
    return [Mover(driver, trip, "red_light") for trip in islice(filter(None, trips), 1)]


def _at_red(lawful: Sequence[Mover], lane_m: float) -> Trip | None:
    """In from the east; over the stop line in a red phase, from its second second on."""
    speed_ms = RED_LIGHT_KMH / 3.6
    to_line_s = (FAR_M - STOP_M["main"]) / speed_ms
    red_s = [t_s for t_s in np.arange(0.0, PERIOD_S, 0.2) if PLAN.state("main", t_s - 2) == "red"]
    begins_s = [float(t_s - to_line_s) % PERIOD_S for t_s in red_s]
    trip = walk(path((FAR_M, lane_m), (-FAR_M, lane_m)), 0.0, speed_ms)
    return in_a_gap(trip, lawful, PERIOD_S, begins_s, (9.0, 2.6))


def _walk(chance: Chance) -> Trip:
    if chance.random() > 0.65:
        return _passing_by(chance)
    return _over_main(chance) if chance.random() < 0.5 else _over_side(chance)


def _over_main(chance: Chance) -> Trip:
    """Over the main street, from one of its sidewalks to the other."""
    sign, back, aside, far = _variety(chance)
    x = sign * WALK_MAIN_M + aside
    way = path(
        (x + sign * far, -15.0 * back),
        (x, -15.0 * back),
        (x, 15.0 * back),
        (x + sign * far, 15.0 * back),
        radius_m=2,
    )
    begins_s, speed = float(chance.uniform(0, PERIOD_S)), float(chance.uniform(1.2, 1.6))
    return cross(way, begins_s, far + 6.0, lambda t_s: PLAN.open_for("walk_main", t_s), 10.5, speed)


def _over_side(chance: Chance) -> Trip:
    """Over the side street."""
    sign, back, aside, far = _variety(chance)
    y = sign * WALK_SIDE_M + aside
    way = path(
        (-10.5 * back, y + sign * far),
        (-10.5 * back, y),
        (10.5 * back, y),
        (10.5 * back, y + sign * far),
        radius_m=2,
    )
    begins_s, speed = float(chance.uniform(0, PERIOD_S)), float(chance.uniform(1.2, 1.6))
    return cross(way, begins_s, far + 4.2, lambda t_s: PLAN.open_for("walk_side", t_s), 6.2, speed)


def _variety(chance: Chance) -> tuple[float, float, float, float]:
    """Which of two crosswalks, which way, how far from its middle, how long the way to it."""
    sign, back = chance.choice([-1.0, 1.0], 2)
    return float(sign), float(back), float(chance.uniform(-1.4, 1.4)), float(chance.uniform(16, 26))


def _passing_by(chance: Chance) -> Trip:
    """Along the northern or the eastern sidewalk."""
    y = float(chance.uniform(14.2, 16.4))
    west, east = [(-40.0, y), (-8.0, y)], [(62.0, y), (10.0, y), (10.0, 60.0)]
    line = west if chance.random() < 0.4 else east
    way = path(*(line if chance.random() < 0.5 else line[::-1]), radius_m=2)
    return walk(way, float(chance.uniform(0, PERIOD_S)), float(chance.uniform(1.2, 1.6)))


def _cars(chance: Chance, walks: Sequence[Trip]) -> list[Mover]:
    movers = []
    for straight, right, signal in _approaches():
        vehicles = [looks.random_vehicle(chance) for _ in range(7 if signal == "main" else 5)]
        times = np.sort(chance.uniform(0, PERIOD_S, len(vehicles)))
        lane = [
            _entry(chance, look, float(at_s), straight, right, signal, walks)
            for look, at_s in zip(vehicles, times, strict=True)
        ]
        trips = drive(lane, PERIOD_S)
        movers += [Mover(look, trip) for look, trip in zip(vehicles, trips, strict=True)]
    return movers


def _entry(
    chance: Chance,
    look: looks.VehicleLook,
    at_s: float,
    straight: Path,
    right: Path | None,
    signal: str,
    walks: Sequence[Trip],
) -> Entry:
    stop_m = FAR_M - STOP_M[signal] - 0.6
    gates = [Gate(stop_m, lambda t_s: PLAN.is_closed(signal, t_s))]
    way = straight
    if right is not None and look.label == "car" and chance.random() < RIGHT_TURNS:
        way = right
        gates.append(_walkers_gate(right, walks))
    speed_kmh, length_m = wish(chance, look, SPEEDS_KMH), BODIES[look.body].length_m
    return Entry(way, at_s, length_m, speed_kmh, tuple(gates), shared_m=stop_m + 6)


def _approaches() -> list[tuple[Path, Path | None, str]]:
    """Ways straight on, the right turn off each if there is one, and the signal they obey."""
    found: list[tuple[Path, Path | None, str]] = []
    for s in (1.0, -1.0):
        inner, outer = (path((-FAR_M * s, -y * s), (FAR_M * s, -y * s)) for y in LANES_M)
        south, corner = (-SIDE_LANE_M * s, -FAR_M * s), (-SIDE_LANE_M * s, -LANES_M[1] * s)
        right = path((-FAR_M * s, -LANES_M[1] * s), corner, south, radius_m=6.5)
        found += [(inner, None, "main"), (outer, right, "main")]
        side = path((SIDE_LANE_M * s, -FAR_M * s), (SIDE_LANE_M * s, FAR_M * s))
        corner, east = (SIDE_LANE_M * s, -LANES_M[1] * s), (FAR_M * s, -LANES_M[1] * s)
        right = path((SIDE_LANE_M * s, -FAR_M * s), corner, east, radius_m=6.5)
        found.append((side, right, "side"))
    return found


def _walkers_gate(way: Path, walks: Sequence[Trip]) -> Gate:
    """Where a car that turns waits for people on the crosswalk behind the bend."""
    end = way.points_m[-1]
    on_side = abs(float(end[0])) < SIDE_HALF_M
    axis, middle, reach = (
        (1, WALK_SIDE_M * np.sign(end[1]), SIDE_HALF_M)
        if on_side
        else (0, WALK_MAIN_M * np.sign(end[0]), MAIN_HALF_M)
    )

    def on_crosswalk(position: Floats) -> npt.NDArray[np.bool_]:
        near = np.abs(position[:, axis] - middle) < WALK_HALF_M
        return np.asarray(near & (np.abs(position[:, 1 - axis]) < reach + 0.6))

    edge_m = abs(float(middle)) - WALK_HALF_M
    before = np.abs(np.abs(way.points_m[:, axis]) - edge_m) < 0.5
    along_m = float(way.along_m[np.flatnonzero(before)[-1]]) - 0.5
    return Gate(along_m, occupied(walks, on_crosswalk, PERIOD_S))
