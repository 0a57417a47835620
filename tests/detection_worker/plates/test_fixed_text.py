"""A clock in the picture is no plate of the vehicle that drives over it."""

from datetime import timedelta

import cv2
import numpy as np
import pytest

from data_access.domain.plates import PlateRead
from detection_worker.frames import Frame, Image, PlainPicture
from detection_worker.plates.desk import PromptDesk
from detection_worker.plates.watcher import GONE_S, PlatesWatcher
from detection_worker.rules.scene import Scene
from detection_worker.tracking.tracks import Track, TrackPoint
from tests.detection_worker.items import NOON

WH = (960, 540)
CLOCK_XY, CLOCK = (300, 420), "KX20160"
CAR_WH = (340, 250)


def write(image: Image, text: str, xy: tuple[int, int], grey: int) -> None:
    cv2.putText(image, text, xy, cv2.FONT_HERSHEY_SIMPLEX, 1.3, (grey,) * 3, 3, cv2.LINE_AA)


def a_picture(car_left: int | None, plate: str, clock: str) -> Image:
    """A grey road, a darker car with or without a plate, and over all the camera's clock."""
    image = np.full((WH[1], WH[0], 3), 110, np.uint8)
    if car_left is not None:
        cv2.rectangle(
            image, (car_left, 240), (car_left + CAR_WH[0], 240 + CAR_WH[1]), (60, 50, 40), -1
        )
        if plate:
            cv2.rectangle(image, (car_left + 40, 380), (car_left + 310, 440), (235,) * 3, -1)
            write(image, plate, (car_left + 55, 425), 20)
    if clock:
        write(image, clock, CLOCK_XY, 250)
    return image


def reads(way: list[int], plate: str, clock: str) -> list[PlateRead]:
    """What is read of a car that is at each of these places in turn, and then gone."""
    found: list[PlateRead] = []
    watcher = PlatesWatcher(PromptDesk(), found.append)
    for step, left in enumerate([*way, *[None] * 3]):
        at = NOON + timedelta(seconds=step * (GONE_S / 2))
        frame = Frame(1, at, PlainPicture(a_picture(left, plate, clock)))
        watcher.add(frame, Scene(1, at, WH, tracks(left, frame)))
    watcher.finish()
    return found


def tracks(left: int | None, frame: Frame) -> tuple[Track, ...]:
    if left is None:
        return ()
    box = (float(left), 240.0, float(left + CAR_WH[0]), 240.0 + CAR_WH[1])
    return (Track(1, "car", 0.9, box, (TrackPoint(frame.captured_at, left + 170, 490),)),)


@pytest.mark.parametrize(
    ("way", "plate", "clock", "expected"),
    [
        ([260, 300, 620], "", CLOCK, []),
        ([260, 300, 620], "123ABC02", "", ["123ABC02"]),
        ([620, 600, 20], "123ABC02", CLOCK, ["123ABC02"]),  # beside the clock
        ([260, 260, 260], "123ABC02", "", ["123ABC02"]),  # stands, and its track is lost
    ],
    ids=["a clock", "a plate", "both", "a car that stands"],
)
def test_what_stays_behind_is_no_plate(
    way: list[int], plate: str, clock: str, expected: list[str]
) -> None:
    assert [read.plate for read in reads(way, plate, clock)] == expected


def test_without_driving_on_nobody_knows_that_it_is_a_clock() -> None:
    assert [read.plate for read in reads([260, 260], "", CLOCK)] != []
