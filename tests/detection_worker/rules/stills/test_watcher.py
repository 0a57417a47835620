"""What is new and still, and all that only looks like it."""

from datetime import timedelta

import cv2
import numpy as np
import pytest

from demo.scenes.picture import spoiling
from detection_worker.frames import Image
from detection_worker.rules.scene import Still
from tests.detection_worker.rules.stills.minutes import (
    START,
    Box,
    Paint,
    Walk,
    a_bag,
    a_body,
    played,
    walker,
)

OWNER = ("person", walker(4.0, 8.0, 2.0))


def bag_from(since_s: float, until_s: float = 1e9) -> Paint:
    def paint(image: Image, t_s: float) -> None:
        if since_s <= t_s < until_s:
            a_bag(image)

    return paint


def last(story: list[tuple[float, tuple[Still, ...]]]) -> tuple[Still, ...]:
    return story[-1][1]


def test_a_bag_that_is_left_is_a_still_with_its_bringer() -> None:
    (still,) = last(played(30, bag_from(9), [OWNER]))
    left, top, right, bottom = still.box_xyxy
    assert (left, top) == pytest.approx((150, 120), abs=4)
    assert (right, bottom) == pytest.approx((164, 134), abs=4)
    assert (still.brought_by, still.carrier) == (1, "person")
    assert abs(still.since_at - START - timedelta(seconds=10)) < timedelta(seconds=3)
    assert still.alone_since_at < START + timedelta(seconds=16)
    assert still.confidence > 0.65


def _box_of_the_bag(t_s: float) -> tuple[float, float, float, float] | None:
    return (149.0, 119.0, 165.0, 135.0) if t_s > 10 else None


@pytest.mark.parametrize(("label", "name"), [("suitcase", "suitcase"), ("vehicle_like", None)])
def test_a_detector_that_sees_the_thing_itself_does_not_keep_it_company(
    label: str, name: str | None
) -> None:
    seen = [OWNER, (label, _box_of_the_bag)]
    (still,) = last(played(30, bag_from(9), seen, drawn=1))
    assert still.label == name
    assert (still.brought_by, still.carrier) == (1, "person")
    assert still.alone_since_at < START + timedelta(seconds=16)


def test_an_owner_who_stays_attends_it() -> None:
    story = played(30, bag_from(9), [("person", walker(4.0, 8.0, 60.0))])
    for still in last(story):
        assert still.alone_since_at > START + timedelta(seconds=28)


def test_what_is_taken_again_is_gone_within_seconds() -> None:
    story = played(30, bag_from(9, 18), [OWNER, ("person", walker(15.0, 18.0, 1.0))])
    assert any(stills for t_s, stills in story if t_s < 18)
    assert not any(stills for t_s, stills in story if t_s > 24)


def _striped(image: Image, t_s: float) -> None:
    """A hump of black and yellow on the ground, and from 9 s a beige box on it."""
    for x in range(110, 200, 10):
        cv2.rectangle(image, (x, 118), (x + 4, 136), (50, 180, 220), -1)
        cv2.rectangle(image, (x + 5, 118), (x + 9, 136), (50, 50, 50), -1)
    if t_s >= 9:
        cv2.rectangle(image, (148, 118), (165, 134), (110, 160, 185), -1)


def test_a_box_on_stripes_is_told_from_its_place_by_what_lies_around() -> None:
    (still,) = last(played(32, _striped, [OWNER]))
    left, top, right, bottom = still.box_xyxy
    assert ((left + right) / 2, (top + bottom) / 2) == pytest.approx((157, 126), abs=5)
    assert still.confidence > 0.65


def test_who_stands_with_their_shadow_is_no_thing_though_a_detector_loses_them() -> None:
    stands = walker(4.0, 8.0, 60.0)

    def with_shadow(image: Image, t_s: float) -> None:
        if (box := stands(t_s)) is not None:
            a_body(image, box)
            left = max(0, round(box[0]) - 40)
            shade = image[126:140, left : max(0, round(box[0]))]
            shade[:] = (shade * 0.25).astype(np.uint8)

    def seen_now_and_then(t_s: float) -> Box | None:
        return stands(t_s) if t_s < 12 or int(t_s) % 4 == 0 else None

    story = played(36, with_shadow, [("person", seen_now_and_then)], drawn=0)
    assert not any(stills for t_s, stills in story if t_s > 14)


def test_an_uncovered_place_is_nothing_new() -> None:
    story = played(30, bag_from(-1, 9.5), [OWNER])
    assert not any(stills for t_s, stills in story if t_s > 14)


def _car(t_s: float) -> tuple[float, float, float, float] | None:
    left = min(120.0, -60.0 + 40 * (t_s - 4))
    return (left, 105.0, left + 60, 140.0) if t_s > 4 else None


def test_a_car_that_parks_is_no_thing() -> None:
    assert not any(stills for _, stills in played(30, walks=[("car", _car)]))


def test_people_who_walk_past_hide_a_thing_but_do_not_end_it() -> None:
    passers: list[tuple[str, Walk]] = [("person", walker(0.0, at, 0.0)) for at in range(18, 38, 4)]
    (still,) = last(played(40, bag_from(9), [OWNER, *passers]))
    assert still.since_at < START + timedelta(seconds=14)


def _lamp(image: Image, t_s: float) -> Image | None:
    return spoiling.with_lamp(image, (0.5, 0.65)) if t_s > 9 else None


def _shade(image: Image, t_s: float) -> Image | None:
    return spoiling.with_shadow(image, (0.4, 0.6, 0.6, 0.8)) if t_s > 9 else None


def _rain(image: Image, t_s: float) -> Image:
    return spoiling.rainy(image, int(t_s * 10))


def _shake(image: Image, t_s: float) -> Image:
    return spoiling.shaken(image, t_s, 0.008)


def _squeezed(image: Image, t_s: float) -> Image:
    return spoiling.squeezed(spoiling.grainy(image, int(t_s * 10)))


def _dusk(image: Image, t_s: float) -> Image:
    return spoiling.lit(image, 1 - 0.6 * t_s / 30)


def _sudden(image: Image, t_s: float) -> Image:
    return spoiling.lit(image, 0.35 if t_s > 9 else 1.0)


def _turned(image: Image, t_s: float) -> Image:
    return spoiling.shifted(image, 0.15 if t_s > 9 else 0.0)


@pytest.mark.parametrize(
    "weather", [_lamp, _shade, _rain, _shake, _squeezed, _dusk, _sudden, _turned]
)
def test_light_weather_and_wind_bring_nothing(weather: Paint) -> None:
    passer = ("person", walker(6.0, 12.0, 0.0))
    story = played(30, weather, [passer])
    assert [t_s for t_s, stills in story if stills and t_s > 14] == []


@pytest.mark.parametrize("weather", [_rain, _shake, _squeezed, _dusk])
def test_in_weather_a_bag_is_still_found(weather: Paint) -> None:
    def paint(image: Image, t_s: float) -> Image | None:
        bag_from(9)(image, t_s)
        return weather(image, t_s)

    assert len(last(played(30, paint, [OWNER]))) == 1


def test_a_sudden_light_keeps_what_lies_and_invents_nothing() -> None:
    def paint(image: Image, t_s: float) -> Image | None:
        bag_from(9)(image, t_s)
        return spoiling.lit(image, 0.4) if t_s > 22 else None

    stills = last(played(40, paint, [OWNER]))
    assert len(stills) == 1
    assert stills[0].since_at < START + timedelta(seconds=14)


@pytest.mark.parametrize("fps", [2.0, 25.0])
def test_the_rate_of_pictures_decides_nothing(fps: float) -> None:
    assert len(last(played(26, bag_from(9), [OWNER], fps=fps))) == 1


def test_a_picture_of_another_size_begins_anew() -> None:
    def paint(image: Image, t_s: float) -> Image | None:
        small = np.asarray(cv2.resize(image, (160, 90)), np.uint8)
        return small if t_s > 15 else None

    assert last(played(25, paint)) == ()


def test_passers_by_with_new_names_keep_a_thing_no_company() -> None:
    passers: list[tuple[str, Walk]] = [
        ("person", walker(at - 0.6, at, 0.5)) for at in range(16, 34, 2)
    ]
    (still,) = last(played(36, bag_from(9), [OWNER, *passers]))
    assert still.brought_by == 1
    assert still.alone_since_at < START + timedelta(seconds=17)


def test_an_owner_whose_track_breaks_beside_it_still_attends_it() -> None:
    def until_20(t_s: float) -> Box | None:
        return walker(4.0, 8.0, 60.0)(t_s) if t_s < 20 else None

    def from_21(t_s: float) -> Box | None:
        return walker(4.0, 8.0, 60.0)(t_s) if t_s >= 21 else None

    for still in last(played(34, bag_from(9), [("person", until_20), ("person", from_21)])):
        assert still.alone_since_at > START + timedelta(seconds=32)


def test_a_pole_that_a_detector_takes_for_a_person_attends_nothing() -> None:
    pole = ("person", lambda t_s: (172.0, 96.0, 182.0, 136.0))
    (still,) = last(played(32, bag_from(9), [OWNER, pole], drawn=1))
    assert still.brought_by == 1
    assert still.alone_since_at < START + timedelta(seconds=16)


def test_a_heap_is_still_a_thing_when_the_car_beside_it_drives_off() -> None:
    def car(t_s: float) -> Box | None:
        left = min(168.0, -60.0 + 40 * (t_s - 2)) + 40 * max(0.0, t_s - 24)
        return (left, 105.0, left + 60, 140.0) if t_s > 2 and left < 320 else None

    def paint(image: Image, t_s: float) -> None:
        if t_s >= 15:
            a_bag(image, (146, 118), 20)

    (still,) = last(played(44, paint, [("car", car), ("person", walker(10.0, 15.0, 2.0, x=126.0))]))
    assert still.since_at < START + timedelta(seconds=19)
    assert still.carrier == "person"


def _signal(image: Image, t_s: float) -> Image | None:
    cv2.rectangle(image, (196, 80), (210, 112), (25, 25, 25), -1)
    cv2.circle(image, (203, 104), 4, (120, 230, 60) if t_s > 12 else (35, 45, 35), -1)
    return None


def test_a_signal_that_turns_green_is_no_thing() -> None:
    story = played(34, _signal, [("person", walker(7.0, 12.0, 1.0, x=190.0))])
    assert [t_s for t_s, stills in story if stills and t_s > 18] == []


def test_a_box_on_a_striped_crossing_is_a_thing() -> None:
    def paint(image: Image, t_s: float) -> None:
        for x in range(100, 230, 16):
            cv2.fillPoly(
                image,
                [np.array([(x, 105), (x + 8, 105), (x - 2, 160), (x - 10, 160)])],
                (60, 190, 225),
            )
        if t_s >= 9:
            a_bag(image, (146, 116), 18)

    assert len(last(played(34, paint, [OWNER]))) == 1


def _van(arrives_s: float, leaves_s: float) -> Walk:
    """A van that comes from the left, stands over the bag's place and drives off to the right."""

    def at(t_s: float) -> Box | None:
        way = 40.0 * (min(0.0, t_s - arrives_s) + max(0.0, t_s - leaves_s))
        left = 120.0 + way
        return (left, 90.0, left + 80, 142.0) if -80 < left < 320 else None

    return at


@pytest.mark.parametrize(
    ("arrives_s", "dropped_s", "lost_s", "leaves_s", "found"),
    [(9.0, 10.0, 11.0, 11.5, 1), (9.0, 10.0, 11.0, 99.0, 0), (5.0, 14.0, 20.0, 99.0, 0)],
    ids=["it drove off unseen", "it still stands there", "it had parked for long"],
)
def test_a_thing_before_a_van_is_told_once_the_vans_place_is_bare(
    arrives_s: float, dropped_s: float, lost_s: float, leaves_s: float, found: int
) -> None:
    van = _van(arrives_s, leaves_s)

    def paint(image: Image, t_s: float) -> None:
        box = van(t_s)
        if box is not None:
            a_body(image, box, (200, 190, 60))
        if (somebody := walker(4.0, dropped_s, 0.5)(t_s)) is not None:
            a_body(image, somebody)
        if t_s >= dropped_s:
            a_bag(image)

    def seen(t_s: float) -> Box | None:
        return van(t_s) if t_s < lost_s else None

    story = played(45, paint, [("car", seen)], drawn=0)
    assert len(last(story)) == found
    assert all(still.carrier == "vehicle" for still in last(story))


def _car(t_s: float) -> Box | None:
    """A car that drives by behind the bag's place, before the bag is there."""
    left = 60.0 * (t_s - 3.0) - 60
    return (left, 94.0, left + 60, 134.0) if -60 < left < 320 else None


@pytest.mark.parametrize(
    ("walks", "found"),
    [([("car", _car), OWNER], 1), ([("car", lambda t_s: None), OWNER], 0)],
    ids=["beside cars that drove", "where nobody knows how tall cars are"],
)
def test_a_bag_that_a_detector_calls_a_car_is_none_beside_cars_three_times_as_tall(
    walks: list[tuple[str, Walk]], found: int
) -> None:
    seen = [*walks, ("car", _box_of_the_bag)]
    stills = last(played(30, bag_from(9), seen, drawn=2))
    assert len(stills) == found
    for still in stills:
        assert (still.label, still.carrier) == (None, "person")
        assert still.alone_since_at < START + timedelta(seconds=16)
