import numpy as np
import pytest

from demo.scenes.motion.cast import Cast, Mover, Trip
from demo.scenes.motion.paths import path
from demo.scenes.motion.traffic import Entry, Gate, drive
from demo.scenes.motion.walks import amble, cross, occupied, walk
from demo.scenes.things.looks import random_person

STREET = path((0.0, 0.0), (0.0, 200.0))
SOMEBODY = random_person(np.random.default_rng(1))


def along(trip: Trip, at_s: float) -> float:
    return float(np.interp(at_s, trip.times_s, trip.along_m))


def test_a_straight_way_is_as_long_as_it_is() -> None:
    assert path((0.0, 0.0), (30.0, 40.0)).length_m == pytest.approx(50.0)


def test_a_rounded_corner_is_shorter_and_turns_steadily() -> None:
    bend = path((0.0, 0.0), (0.0, 40.0), (40.0, 40.0), radius_m=8)
    assert 70 < bend.length_m < 80
    assert np.abs(np.diff(bend.yaw)).max() < 0.2
    assert bend.yaw[-1] == pytest.approx(np.pi / 2, abs=0.01)
    assert bend.fastest_ms.min() < 6 < bend.fastest_ms[0]


def test_a_walk_takes_its_time_and_stops_where_it_should() -> None:
    trip = walk(path((0.0, 0.0), (14.0, 0.0)), 0.0, 1.4, [(7.0, 3.0)])
    assert trip.lasts_s == pytest.approx(13.0)
    assert along(trip, 5.0) == along(trip, 8.0) == pytest.approx(7.0)


def test_an_amble_has_a_pace_for_each_leg() -> None:
    trip = amble(path((0.0, 0.0), (20.0, 0.0)), 0.0, [(10.0, 2.0), (20.0, 0.5)])
    assert trip.lasts_s == pytest.approx(25.0)


def test_people_wait_at_the_kerb_until_they_can_cross() -> None:
    way = path((0.0, 0.0), (20.0, 0.0))
    trip = cross(way, 0.0, 5.0, lambda t_s: 12.0 if t_s > 30 else 0.0, 10.0, speed_ms=1.0)
    assert along(trip, 29.0) == pytest.approx(5.0)
    assert trip.lasts_s == pytest.approx(45.5, abs=0.6)


def test_a_place_is_taken_while_somebody_is_there_and_just_before() -> None:
    trip = walk(path((0.0, 0.0), (20.0, 0.0)), 0.0, 1.0)
    taken = occupied([trip], lambda position: np.abs(position[:, 0] - 10) < 2, 60.0)
    assert [taken(t_s) for t_s in (5.0, 7.0, 10.0, 13.0)] == [False, True, True, False]


def test_a_car_alone_keeps_its_speed() -> None:
    (trip,) = drive([Entry(STREET, 0.0, 4.5, 54.0)], 60.0)
    assert trip.lasts_s == pytest.approx(200 / 15, abs=1.5)


def test_a_faster_car_never_runs_into_a_slower_one() -> None:
    slow, fast = drive([Entry(STREET, 0.0, 4.5, 25.0), Entry(STREET, 6.0, 4.5, 70.0)], 90.0)
    for t_s in np.arange(fast.begins_s, slow.begins_s + slow.lasts_s, 0.5):
        gap = along(slow, t_s - slow.begins_s) - along(fast, t_s - fast.begins_s)
        assert gap > 4.5


def test_a_car_waits_at_a_closed_gate_and_goes_on_when_it_opens() -> None:
    gate = Gate(100.0, lambda t_s: t_s % 60.0 < 30.0)
    (trip,) = drive([Entry(STREET, 0.0, 4.5, 50.0, (gate,))], 60.0)
    assert along(trip, 29.0) + 2.25 < 100.0
    assert along(trip, 29.0) > 90.0
    assert trip.lasts_s > 35.0


def test_a_mover_is_somewhere_only_while_its_trip_lasts_and_again_in_each_loop() -> None:
    cast = Cast([Mover(SOMEBODY, walk(path((0.0, 0.0), (10.0, 0.0)), 55.0, 1.0))], 60.0)
    assert cast.at(54.0).numbers.tolist() == []
    assert cast.at(57.0).at_m[0] == pytest.approx((2.0, 0.0, 0.0))
    assert cast.at(2.0).at_m[0] == pytest.approx((7.0, 0.0, 0.0))
    assert cast.at(62.0).at_m[0] == pytest.approx((7.0, 0.0, 0.0))
    assert cast.at(6.0).numbers.tolist() == []


def test_speed_and_heading_are_those_of_the_way() -> None:
    cast = Cast([Mover(SOMEBODY, walk(path((0.0, 0.0), (50.0, 0.0)), 0.0, 1.5))], 60.0)
    moment = cast.at(10.03)
    assert moment.speed_ms[0] == pytest.approx(1.5)
    assert moment.yaw[0] == pytest.approx(np.pi / 2)
    assert moment.at_m[0, 0] == pytest.approx(15.045)
