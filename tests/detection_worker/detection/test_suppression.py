"""Suppression of doubles."""

import numpy as np

from detection_worker.detection.families import suppression_groups
from detection_worker.detection.suppression import suppress

CAR, TRUCK, PERSON = 0, 1, 2
GROUPS = np.array(suppression_groups(("car", "truck", "person")))


def kept(boxes: list[list[float]], confidence: list[float], classes: list[int]) -> list[int]:
    groups = GROUPS[np.array(classes, np.int64)]
    return suppress(
        np.array(boxes, np.float32), np.array(confidence, np.float32), groups, 0.5
    ).tolist()


def test_the_weaker_of_two_boxes_of_one_thing_goes() -> None:
    assert kept([[0, 0, 10, 10], [1, 0, 11, 10]], [0.6, 0.9], [CAR, CAR]) == [1]


def test_a_van_that_is_car_and_truck_is_one_thing() -> None:
    assert kept([[0, 0, 10, 10], [1, 0, 11, 10]], [0.9, 0.6], [CAR, TRUCK]) == [0]


def test_a_person_before_a_car_stays() -> None:
    assert kept([[0, 0, 10, 10], [1, 0, 11, 10]], [0.9, 0.6], [CAR, PERSON]) == [0, 1]


def test_a_suppressed_box_suppresses_nothing_itself() -> None:
    boxes = [[0, 0, 10, 10], [3, 0, 13, 10], [6, 0, 16, 10]]
    assert kept(boxes, [0.9, 0.8, 0.7], [CAR] * 3) == [0, 2]


def test_boxes_without_an_area_do_not_divide_by_zero() -> None:
    assert kept([[5, 5, 5, 5], [5, 5, 5, 5]], [0.9, 0.8], [CAR, CAR]) == [0, 1]
