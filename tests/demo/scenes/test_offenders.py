"""Those who break a rule find a gap; those who leave a thing are there when it comes and goes."""

import numpy as np
import pytest

from demo.scenes.motion.cast import EVENTFUL, Mover
from demo.scenes.motion.gaps import in_a_gap
from demo.scenes.motion.leaving import HANDLING_S, Left
from demo.scenes.motion.paths import path
from demo.scenes.motion.walks import walk
from demo.scenes.things.belongings import Thing
from demo.scenes.things.looks import VehicleLook, random_person

PERIOD_S = 60.0
EAST = path((-50.0, 0.0), (50.0, 0.0))


def person(seed: int = 1) -> Mover:
    return Mover(random_person(np.random.default_rng(seed)), walk(EAST, 10.0, 10.0))


def car(begins_s: float) -> Mover:
    look = VehicleLook("bus", "bus", (60, 140, 50), "123 ABC 02")
    north = path((0.0, -50.0), (0.0, 50.0))
    return Mover(look, walk(north, begins_s, 10.0))


@pytest.mark.parametrize(
    ("others", "begins_s", "found_s"),
    [
        ([], [3.0, 4.0], 3.0),
        ([person()], [10.0], None),
        ([person()], [10.0, 11.0, 12.0], 12.0),
        ([car(10.0)], [10.0], None),
        ([car(10.0)], [10.0, 10.5, 12.5], 12.5),
        ([car(58.0)], [58.5, 1.0], 1.0),
    ],
    ids=["alone", "taken", "behind", "across", "after it has passed", "over the seam"],
)
def test_who_breaks_a_rule_waits_for_a_gap(
    others: list[Mover], begins_s: list[float], found_s: float | None
) -> None:
    trip = in_a_gap(walk(EAST, 0.0, 10.0), others, PERIOD_S, begins_s, (15.0, 2.0))
    assert (trip and trip.begins_s) == found_s


def test_a_thing_lies_from_its_bringer_to_its_taker_in_eventful_loops_alone() -> None:
    bag = Left(Thing((0.0, 0.0), (0.6, 0.4, 0.4), (0, 0, 0)), "bag", 20.0, 40.0, PERIOD_S,
               (-9.0, 0.0), (9.0, 0.0))  # fmt: skip
    lies = [bool(bag.things(t_s)) for t_s in (19.9, 20.0, 39.9, 40.0, 20.0 + PERIOD_S)]
    assert lies == [False, True, True, False, False]
    assert bag.things(25.0 + EVENTFUL * PERIOD_S)
    brings, takes = bag.carriers(lambda: random_person(np.random.default_rng(2)))
    for mover, at_s in ((brings, 20.0), (takes, 40.0)):
        trip = mover.trip
        along = np.interp([at_s - 0.4, at_s + 0.4], trip.begins_s + trip.times_s, trip.along_m)
        here, _ = trip.path.at(along)
        assert np.allclose(here[0], here[1]), "they stand while they handle it"
        assert np.hypot(*here[0, :2]) < 1.0
        assert HANDLING_S > 0.8
