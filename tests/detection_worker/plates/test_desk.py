"""Reading on a thread of its own, within its share of the processor."""

import threading

import numpy as np

from detection_worker.frames import Image
from detection_worker.plates.desk import CLOSE_SIDE_PX, PatientDesk
from detection_worker.plates.forms import PlateText
from detection_worker.plates.reader import PlateReader
from detection_worker.plates.reading import PlateReading
from detection_worker.plates.track_plate import Sighting
from tests.detection_worker.items import NOON
from tests.detection_worker.watching import PATIENCE_S

READING = PlateReading(PlateText("123ABC02"), 0.9, (0, 0, 9, 9))


class GatedReader(PlateReader):
    """Reads nothing until the gate is open, and then what it is asked."""

    def __init__(self, fails: bool = False) -> None:
        super().__init__()
        self.gate, self.fails = threading.Event(), fails
        self.begun = threading.Event()
        self.sides: list[int] = []

    def read_close(self, image: Image, short_side_px: int) -> PlateReading | None:
        self.begun.set()
        assert self.gate.wait(PATIENCE_S)
        self.sides.append(short_side_px)
        if self.fails:
            raise ValueError("a picture nobody thought of")
        return READING


class Told:
    """What was told, and a bell for each time."""

    def __init__(self) -> None:
        self.read: list[tuple[int, PlateReading | None]] = []
        self.bell = threading.Semaphore(0)

    def __call__(self, sighting: Sighting, reading: PlateReading | None) -> None:
        self.read.append((sighting.track_id, reading))
        self.bell.release()

    def wait(self, times: int) -> None:
        for _ in range(times):
            assert self.bell.acquire(timeout=PATIENCE_S)


def a_sighting(track_id: int = 1, worth: float = 1.0, side: int = 400) -> Sighting:
    return Sighting(1, track_id, NOON, np.zeros((side, side, 3), np.uint8), worth)


def test_all_that_is_offered_is_told_once_and_the_worthiest_first() -> None:
    reader, told = GatedReader(), Told()
    desk = PatientDesk(reader, cpu_share=1.0)
    desk.offer(a_sighting(9), told)
    assert reader.begun.wait(PATIENCE_S)
    for number, worth in ((1, 1.0), (2, 2.0), (3, 3.0)):
        desk.offer(a_sighting(number, worth), told)
    reader.gate.set()
    told.wait(4)
    desk.stop(PATIENCE_S)
    assert [number for number, _ in told.read] == [9, 3, 2, 1]


def test_of_one_track_the_newest_waits_and_the_others_come_back_unread() -> None:
    reader, told = GatedReader(), Told()
    desk = PatientDesk(reader, cpu_share=1.0, most_waiting=1)
    desk.offer(a_sighting(7, 9.0), told)
    desk.offer(a_sighting(1, 2.0), told)
    desk.offer(a_sighting(2, 3.0), told)
    reader.gate.set()
    told.wait(2)
    desk.stop(PATIENCE_S)
    assert (1, None) in told.read


def test_a_picture_that_the_reader_fails_on_is_told_as_unread() -> None:
    reader, told = GatedReader(fails=True), Told()
    desk = PatientDesk(reader, cpu_share=1.0)
    reader.gate.set()
    for number in (1, 2):
        desk.offer(a_sighting(number), told)
    told.wait(2)
    desk.stop(PATIENCE_S)
    assert told.read == [(1, None), (2, None)]


def test_vehicles_are_looked_at_neither_too_small_nor_too_large() -> None:
    reader, told = GatedReader(), Told()
    desk = PatientDesk(reader, cpu_share=1.0)
    reader.gate.set()
    for number, side in ((1, 100), (2, 400), (3, 2000)):
        desk.offer(a_sighting(number, side=side), told)
        told.wait(1)
    desk.stop(PATIENCE_S)
    assert reader.sides == [CLOSE_SIDE_PX[0], 400, CLOSE_SIDE_PX[1]]


def test_a_desk_that_was_stopped_before_it_was_used_reads_nothing_any_more() -> None:
    reader, told = GatedReader(), Told()
    desk = PatientDesk(reader)
    desk.stop(PATIENCE_S)
    desk.offer(a_sighting(), told)
    assert not [thread for thread in threading.enumerate() if thread.name == "plates"]
    assert (reader.sides, told.read) == ([], [])
