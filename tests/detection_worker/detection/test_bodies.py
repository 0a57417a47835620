"""Pieces and bodies, as a table of drawn films: a bus that waits, and people beside it."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from detection_worker.detection.motion import WARM_UP, MotionDetector
from detection_worker.frames import Image

Box = tuple[int, int, int, int]
Film = Callable[[int], list[tuple[Box, str]]]

WIDTH, HEIGHT = 320, 180
EMPTY = 60
"""Frames of the empty street at the beginning."""

COMES, WAITS_UNTIL = 50, 115
"""Frames in which the bus drives in, and until which it waits: long enough to be background."""

CHANCE = np.random.default_rng(1)
GROUND = cv2.GaussianBlur(CHANCE.integers(60, 140, (HEIGHT, WIDTH, 3), np.uint8), (9, 9), 0)
NOISY = [GROUND + CHANCE.normal(0, 2.0, GROUND.shape).astype(np.float32) for _ in range(7)]


def bus_at(left: int) -> list[tuple[Box, str]]:
    """A bus 140 px long, of one colour but for its pillars."""
    pillars = [((left + x, 66, left + x + 4, 100), "pillar") for x in range(10, 135, 22)]
    return [((left, 60, left + 140, 112), "bus"), *pillars]


def bus(number: int, goes: bool = True) -> list[tuple[Box, str]]:
    """Drives in from the left, waits in the middle of the street, and drives on."""
    if number < COMES:
        return bus_at(-140 + 4 * number)
    return bus_at(60 + (number - WAITS_UNTIL if goes and number > WAITS_UNTIL else 0))


def person(left: int) -> tuple[Box, str]:
    """A person 12 px wide, who stands lower in the picture than the bus."""
    return (left, 82, left + 12, 120), "person"


def walks(from_x: int, step: int) -> Film:
    """The bus waits, and somebody walks before it."""
    return lambda number: [
        *bus(number, goes=False),
        *([person(from_x + step * (number - WAITS_UNTIL))] if number >= WAITS_UNTIL else []),
    ]


def walks_out(number: int) -> list[tuple[Box, str]]:
    """The picture's edge cuts the bus that waits, and somebody walks on from before it."""
    bus_there = bus_at(-150 + 2 * min(number, COMES))
    late = number - WAITS_UNTIL
    return [*bus_there, *([person(60 + 2 * late)] if late >= 0 else [])]


def pupils(number: int) -> list[tuple[Box, str]]:
    """Two who walk side by side."""
    return [person(20 + 2 * number), person(48 + 2 * number)]


COLOURS = {"bus": (60, 160, 70), "pillar": (230, 230, 230), "person": (30, 30, 200)}


def picture(things: list[tuple[Box, str]], number: int) -> Image:
    image = NOISY[number % len(NOISY)].copy()
    for (left, top, right, bottom), what in things:
        image[top:bottom, max(left, 0) : max(right, 0)] = COLOURS[what]
    return np.clip(image, 0, 255).astype(np.uint8)


def seen(film: Film, first: int, last: int) -> list[list[tuple[str, list[float]]]]:
    """What is found in each frame from ``first`` to ``last``."""
    detector, found = MotionDetector(), []
    for number in range(-EMPTY - WARM_UP, last + 1):
        things = film(number) if number >= 0 else []
        (here,) = detector.detect([1], [picture(things, number)])
        found.append(list(zip(here.labels, here.xyxy_px.tolist(), strict=True)))
    return found[EMPTY + WARM_UP + first :]


@pytest.mark.parametrize(
    ("what", "film", "first", "last", "expected"),
    [
        ("a bus that waits is background", bus, 112, 115, []),
        ("a bus that drives on is one vehicle", bus, 127, 170, ["vehicle_like"]),
        ("who walks before a waiting bus", walks(70, 3), 120, 150, ["person_like"]),
        ("who walks on from before it", walks(150, 3), 118, 160, ["person_like"]),
        ("who walks in before it", walks(240, -3), 118, 160, ["person_like"]),
        ("who gets out of its door", walks(188, 1), 120, 160, ["person_like"]),
        ("who has left one that is cut", walks_out, 145, 170, ["person_like"]),
        ("pupils side by side are two", pupils, 20, 80, ["person_like"] * 2),
    ],
)
def test_what_moves_is_found_as_what_it_is(
    what: str, film: Film, first: int, last: int, expected: list[str]
) -> None:
    for number, here in enumerate(seen(film, first, last), first):
        assert [label for label, _ in here] == expected, f"{what}, frame {number}: {here}"


def test_a_bus_that_drives_on_is_as_long_as_it_is() -> None:
    *_, ((_, box),) = seen(bus, 150, 160)
    assert box == pytest.approx([105, 60, 245, 112], abs=4)


def test_a_bus_that_was_there_at_first_leaves_no_vehicle_in_its_place() -> None:
    def film(number: int) -> list[tuple[Box, str]]:
        return bus_at(60 + 6 * max(0, number)) if number < 60 else []

    detector = MotionDetector()
    for number in range(-EMPTY - WARM_UP, 100):
        (here,) = detector.detect([1], [picture(film(number), number)])
    assert len(here) == 0
