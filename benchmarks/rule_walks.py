"""The films of ``bench rules`` about people: a crosswalk, places to stay out of, crowds."""

from dataclasses import dataclass

from benchmarks.rule_casting import Casting, half_m, ride, walk
from benchmarks.rule_stage import Film, area, film
from demo.scenes.motion.paths import path

CROSSWALK_X_M, KERB_Y_M, FROM_Y_M = 7.4, 7.0, 9.0
EDGES_X_M = (5.0, 9.8)
FIRST_S, SLOT_S, SLOTS = 14.0, 19.0, 16
LAWFUL = ("passed", "yields", "far", "waits")


@dataclass(frozen=True)
class _Lane:
    """A lane of the main street; those north of its middle lead to the west."""

    y_m: float

    @property
    def is_westbound(self) -> bool:
        return self.y_m > 0

    def along_m(self, x_m: float) -> float:
        """How far a drive in it has gone at ``x_m``."""
        return 90.0 - x_m if self.is_westbound else x_m + 40.0

    def way(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Where it begins and ends."""
        ends = ((-40.0, self.y_m), (90.0, self.y_m))
        return ends[::-1] if self.is_westbound else ends


def crosswalk(seed: int) -> Film:
    """One meeting of a walker and a car after another; every second driver does not give way.

    The law (road rules of Kazakhstan): who is on the driver's half, or about to enter it, goes
    first. The others: behind the walker, waiting for them, far ahead of them, or with the walker
    still at the kerb. Walkers on the crosswalk are no jaywalkers.
    """
    cast = Casting(seed, FIRST_S + SLOTS * SLOT_S + 12.0)
    for slot in range(SLOTS):
        begins_s, side = FIRST_S + slot * SLOT_S, (1, -1)[slot // 2 % 2]
        if slot % 2:
            _meet_lawfully(cast, begins_s, side, LAWFUL[slot // 2 % 4])
        else:
            _drive_before(cast, begins_s, side, slot)
    zones = (
        area(1, "crosswalk_yield", EDGES_X_M, (-KERB_Y_M, KERB_Y_M)),
        area(2, "jaywalking", (-14, 48), (-KERB_Y_M, KERB_Y_M)),
    )
    return film("crosswalk", cast, zones, calibrated=bool(seed % 2))


def _walker(cast: Casting, begins_s: float, side: int, pace: float, waits_s: float = 0.0) -> None:
    over = path((CROSSWALK_X_M, FROM_Y_M * side), (CROSSWALK_X_M, -FROM_Y_M * side))
    stops = [(0.8, waits_s)] if waits_s else []
    cast.walker(walk(over, begins_s, pace, stops))


def _drive(cast: Casting, lane: _Lane, at_s: float, *kinds: str) -> None:
    """A car whose middle is on the crosswalk's middle at a moment."""
    speed = cast.some(7, 11)
    begins_s = at_s - lane.along_m(CROSSWALK_X_M) / speed
    cast.add(cast.car(), ride(path(*lane.way()), begins_s, speed), *kinds)


def _drive_before(cast: Casting, begins_s: float, side: int, slot: int) -> None:
    """Over the crosswalk one to two seconds before the walker, who is on the road, gets there."""
    pace, lane = cast.some(1.1, 1.5), _Lane((1.75, -1.75, -5.25)[slot // 2 % 3] * side)
    _walker(cast, begins_s, side, pace)
    ahead_s = cast.some(1.0, 2.0)
    _drive(cast, lane, begins_s + _reaches_s(lane, side, pace) - ahead_s, "crosswalk_yield")


def _reaches_s(lane: _Lane, side: int, pace: float) -> float:
    """When after their start a walker is in the middle of a lane."""
    return (FROM_Y_M - lane.y_m * side) / pace


def _meet_lawfully(cast: Casting, begins_s: float, side: int, how: str) -> None:
    pace = cast.some(1.1, 1.5)
    near, beyond = _Lane(1.75 * side), _Lane(-5.25 * side)
    if how == "waits":
        _walker(cast, begins_s, side, pace, waits_s=4.0)
        _drive(cast, near, begins_s + 2.5)
        return
    _walker(cast, begins_s, side, pace)
    if how == "passed":
        _drive(cast, near, begins_s + _reaches_s(near, side, pace) + cast.some(1.8, 2.8))
    elif how == "far":
        _drive(cast, beyond, begins_s + (FROM_Y_M - cast.some(3.2, 5.0)) / pace)
    else:
        _give_way(cast, near, begins_s + _reaches_s(near, side, pace))


def _give_way(cast: Casting, lane: _Lane, walker_at_s: float) -> None:
    """A stop before the crosswalk until the walker is clear of the lane."""
    look, speed = cast.car(), cast.some(7, 10)
    edge_m = lane.along_m(EDGES_X_M[1 if lane.is_westbound else 0])
    stop_m = edge_m - half_m(look) - cast.some(1.5, 3.0)
    arrives_s = walker_at_s - 2.5
    begins_s = arrives_s - stop_m / speed - speed / 5
    trip = ride(path(*lane.way()), begins_s, speed, [(stop_m, cast.some(4.5, 6.0))])
    cast.add(look, trip)


def places(seed: int) -> Film:
    """Where nobody should stand, walk or stay; and those who nearly do."""
    cast = Casting(seed, 240.0)
    _park(cast)
    _cross_beside(cast)
    _stay(cast)
    _trespass(cast)
    for number in range(6):
        here = (24.0 + 4 * (number % 3), 9.0)
        to = path(here, (here[0] + 0.5, 9.2), (here[0] + 1.0, 9.4))
        cast.walker(walk(to, 20.0 + 30 * number, 0.25), "object_present", label="fire")
    zones = (
        area(1, "no_stopping", (13, 46), (-7.2, -3.6)),
        area(2, "jaywalking", (13, 48), (-7.0, 7.0)),
        area(4, "intrusion", (13, 30), (10.0, 12.8)),
        area(5, "loitering", (12, 34), (13.6, 17.2)),
        area(7, "object_present", (-14, 60), (-10, 60), labels=["Fire"]),
    )
    return film("places", cast, zones, calibrated=bool(seed % 2))


def _park(cast: Casting) -> None:
    """Twice two who park, in places that the camera sees, and one who lets somebody out."""
    for round_s in (3.0, 122.0):
        for number, at_x in enumerate((27.0, 20.5, 14.0)):
            long = number < 2
            wait_s = cast.some(66, 85) if long else cast.some(20, 45)
            _pull_in(cast, at_x, round_s + 9 * number, wait_s, long)


def _pull_in(cast: Casting, at_x: float, begins_s: float, wait_s: float, long: bool) -> None:
    way = path((-40, -1.75), (at_x - 12, -1.75), (at_x - 4, -5.8), (at_x + 4, -5.8),
               (at_x + 12, -1.75), (90, -1.75))  # fmt: skip
    kinds = ("no_stopping",) if long else ()
    cast.add(cast.car(), ride(way, begins_s, 8.0, [(40 + at_x, wait_s)]), *kinds)


def _cross_beside(cast: Casting) -> None:
    """Across the road where no crosswalk is; and a step onto it, to look for the bus."""
    for number in range(8):
        x, begins_s = cast.some(18, 36), 14.0 + 24 * number
        over = path((x, 9.0), (x, -9.0)) if number % 2 else path((x, -9.0), (x, 9.0))
        cast.walker(walk(over, begins_s, cast.some(1.1, 1.6)), "jaywalking")
        aside = x + (9.0 if x < 27 else -9.0)
        step = path((aside, 9.0), (aside, 6.5), (aside, 9.0))
        cast.walker(walk(step, begins_s + 4.0, 1.3))


def _stay(cast: Casting) -> None:
    """Five who stay for more than two minutes, one for one, and those who pass."""
    to_and_fro = path(*((14.0 + 10 * (turn % 2), 15.0 + 0.1 * turn) for turn in range(14)))
    cast.walker(walk(to_and_fro, 10.0, 0.85), "loitering")
    for number, x in enumerate((15.0, 23.0, 27.0, 25.0, 21.0)):
        long = number < 4
        stander = path((36.0, 16.4), (x, 16.6), (36.0, 16.4))
        wait_s = cast.some(126, 135) if long else cast.some(60, 80)
        kinds = ("loitering",) if long else ()
        begins_s = 12.0 + 6.0 * number
        cast.walker(walk(stander, begins_s, 1.3, [(36.0 - x, wait_s)]), *kinds)
    for number in range(5):
        cast.walker(walk(path((40, 14.3), (6, 14.3)), 5.0 + 34 * number, cast.some(1.1, 1.6)))


def _trespass(cast: Casting) -> None:
    """Into the closed yard, and along its edge."""
    for number in range(7):
        into = path((11.0, 14.0), (17.0 + 1.5 * number, 11.5), (11.0, 14.0))
        cast.walker(walk(into, 8.0 + 29 * number, 1.3), "intrusion")


def crowds(seed: int) -> Film:
    """Seven crowds come and go, and three groups that are none."""
    cast = Casting(seed, 400.0)
    for slot in range(10):
        is_crowd = slot % 3 != 2
        count = int(cast.some(12, 16)) if is_crowd else int(cast.some(5, 8))
        group = [_gather(cast, place, 2.0 + 38.0 * slot) for place in range(count)]
        if is_crowd:
            cast.expect("crowd", group)
    zones = (area(6, "crowd", (36, 50), (9.0, 18.0)),)
    return film("crowds", cast, zones, calibrated=bool(seed % 2))


def _gather(cast: Casting, place: int, begins_s: float) -> int:
    x, y = 38.0 + 1.6 * (place % 5), 11.0 + 1.5 * (place // 5)
    way = path((34.0, 18.5), (x, y), (52.0, 18.5))
    here_m = ((x - 34) ** 2 + (y - 18.5) ** 2) ** 0.5
    return cast.walker(walk(way, begins_s + cast.some(0, 4), 1.3, [(here_m, 18.0)]))
