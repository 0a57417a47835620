import threading
from datetime import UTC, datetime, timedelta

import numpy as np

from detection_worker.frames import AHEAD, Frame, FrameDesk, PlainPicture, Slot

DEADLINE_S = 60.0
RUNNING = threading.Event()


def frame(camera_id: int, number: int = 0) -> Frame:
    at = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(seconds=number)
    return Frame(camera_id, at, PlainPicture(np.zeros((2, 2, 3), np.uint8)), number)


def test_a_live_slot_keeps_the_newest_frame_and_counts_the_others() -> None:
    slot = Slot(live=True)
    for number in range(5):
        slot.put(frame(1, number), RUNNING)
    newest = slot.take()
    assert newest is not None
    assert (newest.number, slot.dropped, slot.take()) == (4, 4, None)


def full_slot() -> Slot:
    """Of a recording that is read as far ahead as it may be."""
    slot = Slot(live=False)
    for number in range(AHEAD):
        slot.put(frame(1, number), RUNNING)
    return slot


def numbers(slot: Slot) -> list[int]:
    return [one.number for one in iter(slot.take, None)]


def test_a_file_that_is_read_ahead_waits_until_a_frame_was_taken() -> None:
    slot = full_slot()
    putting = threading.Thread(target=slot.put, args=(frame(1, AHEAD), RUNNING))
    putting.start()
    first = slot.take()
    putting.join(DEADLINE_S)
    assert first is not None and first.number == 0
    assert (numbers(slot), slot.dropped) == (list(range(1, AHEAD + 1)), 0)


def test_a_file_that_waits_can_be_stopped_and_leaves_nothing() -> None:
    slot, stop = full_slot(), threading.Event()
    putting = threading.Thread(target=slot.put, args=(frame(1, AHEAD), stop))
    putting.start()
    stop.set()
    slot.wake()
    putting.join(DEADLINE_S)
    assert not putting.is_alive()
    assert numbers(slot) == list(range(AHEAD))


def test_the_desk_gives_each_cameras_newest_frame_the_oldest_first() -> None:
    desk = FrameDesk()
    slots = {number: desk.slot(number) for number in (1, 2, 3)}
    slots[1].put(frame(1, 8), RUNNING)
    slots[2].put(frame(2, 3), RUNNING)
    slots[2].put(frame(2, 5), RUNNING)
    assert [(f.camera_id, f.number) for f in desk.take()] == [(2, 5), (1, 8)]
    assert desk.take() == []


def test_whoever_waits_at_the_desk_wakes_with_the_first_frame_of_any_camera() -> None:
    desk = FrameDesk()
    desk.slot(1)
    slot = desk.slot(2)
    threading.Timer(0.02, slot.put, args=(frame(2), RUNNING)).start()
    assert [f.camera_id for f in desk.take(timeout_s=DEADLINE_S)] == [2]


def test_whoever_waits_at_the_desk_can_be_woken_without_a_frame() -> None:
    desk = FrameDesk()
    threading.Timer(0.02, desk.wake).start()
    assert desk.wait(timeout_s=DEADLINE_S) is False


def test_a_camera_that_was_removed_leaves_no_frame_behind() -> None:
    desk = FrameDesk()
    slot = desk.slot(1)
    slot.put(frame(1), RUNNING)
    desk.remove(1)
    desk.remove(99)
    assert desk.take() == []
