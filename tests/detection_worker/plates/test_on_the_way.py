"""Plates on the journey of a frame: from the picture to the outbox."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np

from data_access.domain.events import EventRecord, TrafficCount
from data_access.domain.plates import ListedPlate, PlateRead, WatchList
from data_access.domain.watch import WatchedCamera, Zone, ZoneShape
from detection_worker.frames import Frame
from detection_worker.pipeline import Journey
from detection_worker.plates.desk import PromptDesk
from detection_worker.plates.watcher import PlatesWatcher
from detection_worker.rules.rule import WHOLE_PICTURE
from tests.detection_worker.journeys import RememberingRecorder, SquareDetector, a_frame


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
            frame = replace(frame, image_bgr=np.asarray(image, np.uint8))
        yield frame


def test_a_wanted_car_is_read_kept_and_found_on_the_way() -> None:
    ends = Ends([], [])
    listed = WatchList([ListedPlate("123ABC02", "stolen, case 118")])
    watcher = PlatesWatcher(PromptDesk(), ends.put, listed=lambda: listed)
    zone = Zone(1, "all", "watch_listed_plate", ZoneShape.POLYGON, WHOLE_PICTURE)
    camera = WatchedCamera(1, "c", "file", zones=(zone,))
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
