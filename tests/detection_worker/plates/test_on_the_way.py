"""Plates on the journey of a frame: from the picture to the outbox."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

import cv2
import numpy as np

from data_access.domain.events import EventRecord, TrafficCount
from data_access.domain.plates import ListedPlate, PlateRead, WatchList
from data_access.domain.watch import WatchedCamera, Zone, ZoneShape
from detection_worker.evidence.kept_frames import KeptFrame, compressed
from detection_worker.frames import Frame, LargePicture, PlainPicture
from detection_worker.pipeline import Journey
from detection_worker.plates.desk import PromptDesk
from detection_worker.plates.watcher import PlatesWatcher
from detection_worker.rules.rule import WHOLE_PICTURE
from tests.detection_worker.journeys import RememberingRecorder, SquareDetector, a_frame

PLATES_EVERYWHERE = Zone(1, "all", "watch_listed_plate", ZoneShape.POLYGON, WHOLE_PICTURE)


class CarDetector(SquareDetector):
    """Calls the white thing a car."""

    labels: tuple[str, ...] = ("car",)


@dataclass
class Ends:
    """An outbox that sorts."""

    events: list[EventRecord]
    reads: list[PlateRead]

    def put(self, item: EventRecord | TrafficCount | PlateRead) -> None:
        if isinstance(item, EventRecord):
            self.events.append(item)
        elif isinstance(item, PlateRead):
            self.reads.append(item)


def frames(plate: str) -> Iterator[Frame]:
    """A white car with a plate that drives to the right, and then an empty road."""
    for number in range(1, 61):
        frame = a_frame(number, None, wh=(640, 480))
        if number <= 25:
            left = 100 + 4 * number
            image = frame.image_bgr.copy()
            cv2.rectangle(image, (left, 140), (left + 320, 380), (255, 255, 255), -1)
            cv2.putText(
                image, plate, (left + 45, 330), cv2.FONT_HERSHEY_SIMPLEX, 1.4, (20, 20, 20), 3,
                cv2.LINE_AA,
            )  # fmt: skip
            frame = replace(frame, picture=PlainPicture(np.asarray(image, np.uint8)))
        yield frame


def test_a_wanted_car_is_read_kept_and_found_on_the_way() -> None:
    ends = Ends([], [])
    listed = WatchList([ListedPlate("123ABC02", "stolen, case 118")])
    watcher = PlatesWatcher(PromptDesk(), ends.put, listed=lambda: listed)
    camera = WatchedCamera(1, "c", "file", zones=(PLATES_EVERYWHERE,))
    journey = Journey(
        CarDetector(),
        {1: camera},
        RememberingRecorder(),
        ends,
        watchers={"plates": lambda: watcher},
    )
    for frame in frames("123ABC02"):
        journey.step([frame])
    journey.finish()
    assert [(read.plate, read.region, read.camera_id) for read in ends.reads] == [
        ("123ABC02", "02", 1)
    ]
    assert {event.kind for event in ends.events} == {"watch_listed_plate"}
    assert {event.plate for event in ends.events} == {"123ABC02"}
    assert ends.events[-1].facts["reason"] == "stolen, case 118"
    assert len({event.id for event in ends.events}) == 1


def test_a_plate_too_small_to_be_read_is_read_in_the_large_stream() -> None:
    large = {frame.captured_at: frame for frame in frames("123ABC02")}
    ends = {with_large: Ends([], []) for with_large in (False, True)}
    for with_large, end in ends.items():
        kept_at = partial(kept_of_moment, large) if with_large else None
        watcher = PlatesWatcher(PromptDesk(), end.put, kept_at=kept_at)
        camera = WatchedCamera(1, "c", "file", zones=(PLATES_EVERYWHERE,))
        journey = Journey(
            CarDetector(), {1: camera}, RememberingRecorder(), end,
            watchers={"plates": lambda watcher=watcher: watcher},
        )  # fmt: skip
        for frame in large.values():
            journey.step([smaller(frame, with_large)])
        journey.finish()
    assert [read.plate for read in ends[False].reads] == []
    assert [read.plate for read in ends[True].reads] == ["123ABC02"]


def smaller(frame: Frame, with_large: bool) -> Frame:
    """A sixth of it: the letters are five pixels high."""
    small = cv2.resize(frame.image_bgr, (107, 80), interpolation=cv2.INTER_AREA)
    image = np.asarray(small, np.uint8)
    large = LargePicture.of(1, frame.captured_at, frame.picture) if with_large else None
    return replace(frame, picture=PlainPicture(image), large=large)


def kept_of_moment(large: dict[datetime, Frame], camera_id: int, at: datetime) -> KeptFrame:
    return compressed(large[at])
