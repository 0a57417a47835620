import contextlib
import errno
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pytest

from data_access.domain.intake import Call, CallKind, SosPress, UnitPosition, UnitState
from detection_worker.outbox import DISK_FULL, FINDINGS_LOST, HELD_ITEMS, Outbox
from detection_worker.outbox_folder import OutboxError
from detection_worker.outbox_items import DamagedLineError, Item, item_of, line_of
from detection_worker.outbox_segments import Disk
from tests.detection_worker.items import NOON, a_count, a_file, an_event
from tests.detection_worker.watching import wait_until

ITEMS: tuple[Item, ...] = (
    an_event(evidence=(a_file(),), plate="123 ABC 02", facts={"имя": "<script>'\"", "n": None}),
    an_event(ended_at=NOON),
    a_count(3),
    SosPress(uuid4(), "SOS-1", NOON),
    Call(uuid4(), NOON, CallKind.FIGHT, "шум\nу дома", None, 50.9, 71.4),
    UnitPosition("P-7", NOON, 50.9, 71.4, UnitState.ON_WAY),
    UnitPosition("P-7", NOON, 50.9, 71.4),
)


class FullDisk:
    """A disk that can be filled: it then takes half of a write and refuses the rest."""

    def __init__(self) -> None:
        self.full = False
        self.syncs = 0
        self.while_first: Callable[[], object] = lambda: None

    def disk(self) -> Disk:
        return Disk(self._write, self._sync)

    def _write(self, file: int, words: bytes) -> int:
        if not self.full:
            return os.write(file, words)
        if len(words) > 20:
            return os.write(file, words[: len(words) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    def _sync(self, file: int) -> None:
        self.syncs += 1
        if self.syncs == 1:
            self.while_first()
        os.fdatasync(file)


Open = Callable[..., Outbox]


@pytest.fixture
def opened() -> Iterator[Open]:
    """Opens outboxes and lets go of all of them at the end."""
    with contextlib.ExitStack() as stack:

        def open_outbox(folder: Path, disk: FullDisk | None = None, **words: Any) -> Outbox:
            outbox = Outbox(folder, (disk or FullDisk()).disk(), **words)
            stack.callback(outbox.close)
            return outbox

        yield open_outbox


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: type(item).__name__)
def test_an_item_comes_back_from_its_line_as_it_was(item: Item) -> None:
    line = line_of(12, item)
    assert line.count(b"\n") == 1
    assert item_of(line[:-1]).item == item


def test_numpy_numbers_are_kept_as_plain_ones_and_nan_as_nothing() -> None:
    event = an_event(facts={"speed_kmh": np.float32(1.5), "bad": float("nan"), "ids": np.arange(2)})
    kept = item_of(line_of(1, event)[:-1]).item
    assert kept == replace(event, facts={"speed_kmh": 1.5, "bad": None, "ids": [0, 1]})


def test_items_are_read_in_order_until_they_are_done(tmp_path: Path, opened: Open) -> None:
    outbox = opened(tmp_path)
    for item in ITEMS:
        outbox.put(item)
    first = outbox.read(3)
    assert [one.item for one in first] == list(ITEMS[:3])
    assert outbox.read(3) == first
    outbox.done(first)
    assert [one.item for one in outbox.read(99)] == list(ITEMS[3:])
    assert outbox.waiting == len(ITEMS) - 3


def test_what_is_not_done_is_there_after_a_restart_and_what_is_done_is_not(
    tmp_path: Path, opened: Open
) -> None:
    outbox = opened(tmp_path)
    outbox.put_all(ITEMS)
    outbox.done(outbox.read(4))
    name = outbox.id
    outbox.close()
    again = opened(tmp_path)
    assert again.id == name
    assert again.waiting == len(ITEMS) - 4
    assert [one.item for one in again.read(99)] == list(ITEMS[4:])


def test_numbers_grow_over_restarts_even_when_nothing_reached_the_disk(
    tmp_path: Path, opened: Open
) -> None:
    disk = FullDisk()
    disk.full = True
    outbox = opened(tmp_path, disk, clock=lambda: 1_000.0)
    outbox.put_all(ITEMS)
    last = outbox.read(99)[-1].number
    outbox.close()
    again = opened(tmp_path, clock=lambda: 1_001.0)
    again.put(ITEMS[0])
    assert again.read(1)[0].number > last


def test_done_segments_are_removed_and_the_disk_is_bounded(tmp_path: Path, opened: Open) -> None:
    outbox = opened(tmp_path, segment_bytes=2_000)
    for number in range(100):
        outbox.put(a_count(number + 1))
        outbox.done(outbox.read(5))
    assert outbox.waiting == 0
    assert len(list(tmp_path.glob("*.log"))) <= 2
    outbox.put(ITEMS[0])
    assert [one.item for one in outbox.read(9)] == [ITEMS[0]]


def test_many_segments_are_read_as_one(tmp_path: Path, opened: Open) -> None:
    outbox = opened(tmp_path, segment_bytes=300)
    counts = [a_count(number + 1) for number in range(50)]
    for count in counts:
        outbox.put(count)
    assert len(list(tmp_path.glob("*.log"))) > 5
    read: list[Item] = []
    while found := outbox.read(7):
        read += [one.item for one in found]
        outbox.done(found)
    assert read == counts


def test_a_torn_last_record_is_cut_off_and_the_rest_is_kept(tmp_path: Path, opened: Open) -> None:
    outbox = opened(tmp_path)
    outbox.put_all(ITEMS)
    outbox.close()
    path = next(tmp_path.glob("*.log"))
    path.write_bytes(path.read_bytes()[:-9])
    again = opened(tmp_path)
    again.put(ITEMS[0])
    assert [one.item for one in again.read(99)] == [*ITEMS[:-1], ITEMS[0]]
    assert again.set_aside_count == 0


def test_a_damaged_record_is_set_aside_and_the_others_go_on(tmp_path: Path, opened: Open) -> None:
    outbox = opened(tmp_path)
    outbox.put_all([a_count(1), a_count(2), a_count(3)])
    path = next(tmp_path.glob("*.log"))
    lines = path.read_bytes().splitlines(keepends=True)
    lines[1] = lines[1].replace(b'"count": 2', b'"count": 9')
    path.write_bytes(b"".join(lines))
    read = []
    while found := outbox.read(10):
        read += [one.item for one in found]
        outbox.done(found)
    assert read == [a_count(1), a_count(3)]
    assert outbox.waiting == 0
    aside = json.loads((tmp_path / "set_aside.jsonl").read_text())
    assert "checksum" in aside["reason"] and '"count": 9' in aside["line"]


@pytest.mark.parametrize("words", [b"", b"nonsense", b"1 00000000 {}", b"1 zz {}"])
def test_a_line_that_is_no_item_is_refused(words: bytes) -> None:
    with pytest.raises(DamagedLineError):
        item_of(words)


def test_a_full_disk_keeps_items_in_memory_and_writes_nothing_half(
    tmp_path: Path, opened: Open
) -> None:
    disk = FullDisk()
    outbox = opened(tmp_path, disk)
    outbox.put(ITEMS[0])
    before = next(tmp_path.glob("*.log")).read_bytes()
    disk.full = True
    outbox.put(ITEMS[1])
    assert outbox.trouble == DISK_FULL
    assert outbox.waiting == 2
    assert next(tmp_path.glob("*.log")).read_bytes() == before
    first = outbox.read(10)
    assert [one.item for one in first] == [ITEMS[0]]
    outbox.done(first)
    held = outbox.read(10)
    assert [one.item for one in held] == [ITEMS[1]]
    outbox.done(held)
    assert outbox.waiting == 0


def test_items_held_in_memory_reach_the_disk_when_it_takes_them_again(
    tmp_path: Path, opened: Open
) -> None:
    disk = FullDisk()
    outbox = opened(tmp_path, disk)
    disk.full = True
    outbox.put_all(ITEMS)
    disk.full = False
    outbox.close()
    again = opened(tmp_path)
    assert not again.trouble
    assert [one.item for one in again.read(99)] == list(ITEMS)


def test_what_stands_in_memory_is_bounded_and_the_loss_is_said(
    tmp_path: Path, opened: Open
) -> None:
    disk = FullDisk()
    disk.full = True
    outbox = opened(tmp_path, disk)
    outbox.put_all([a_count(1)] * (HELD_ITEMS + 5))
    assert outbox.waiting == HELD_ITEMS
    assert outbox.trouble == FINDINGS_LOST


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_really_full_disk_loses_nothing_that_was_put(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "qala-test", str(disk)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("this root may not mount")
    try:
        outbox = Outbox(disk / "outbox")
        counts = [a_count(number + 1) for number in range(600)]
        for count in counts:
            outbox.put(count)
        assert outbox.trouble == DISK_FULL
        read: list[Item] = []
        while found := outbox.read(100):
            read += [one.item for one in found]
            outbox.done(found)
        assert read == counts
        outbox.close()
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_threads_that_put_together_share_an_fsync(tmp_path: Path, opened: Open) -> None:
    disk = FullDisk()
    outbox = opened(tmp_path, disk)
    together = threading.Barrier(8)

    def put_many() -> None:
        together.wait()
        for _ in range(25):
            outbox.put(a_count())

    disk.while_first = lambda: wait_until(lambda: outbox.waiting == 8)
    run_together([put_many] * 8)
    assert outbox.waiting == 200 == len(outbox.read(999))
    assert disk.syncs <= 194, "the seven that waited for the first one share the second"
    numbers = [one.number for one in outbox.read(999)]
    assert numbers == sorted(set(numbers))


def run_together(works: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_reader_is_woken_by_an_item_and_by_wake(tmp_path: Path, opened: Open) -> None:
    outbox = opened(tmp_path)
    threading.Timer(0.05, outbox.put, (a_count(),)).start()
    assert outbox.wait(30)
    outbox.done(outbox.read(1))
    threading.Timer(0.05, outbox.wake).start()
    assert not outbox.wait(30)


def test_one_writer_and_one_reader_at_once_pass_every_item_once(
    tmp_path: Path, opened: Open
) -> None:
    outbox = opened(tmp_path, segment_bytes=1_000)
    counts = [a_count(number + 1) for number in range(400)]
    read: list[Item] = []

    def take_all() -> None:
        while len(read) < len(counts):
            outbox.wait(1)
            if found := outbox.read(16):
                read.extend(one.item for one in found)
                outbox.done(found)

    def put_all() -> None:
        for count in counts:
            outbox.put(count)

    run_together([take_all, put_all])
    assert read == counts


def test_a_second_worker_is_told_that_the_folder_is_taken(tmp_path: Path, opened: Open) -> None:
    outbox = opened(tmp_path)
    with pytest.raises(OutboxError, match=r"Another worker uses the outbox .* QALA_HOME"):
        opened(tmp_path)
    outbox.close()
    opened(tmp_path).close()


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path, opened: Open) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutboxError, match="cannot be written"):
        opened(tmp_path / "file" / "outbox")


CHILD = """
import sys
from pathlib import Path
from typing import Any
from detection_worker.outbox import Outbox
from tests.detection_worker.items import a_count
outbox = Outbox(Path(sys.argv[1]), segment_bytes=2_000)
number = 0
while True:
    number += 1
    outbox.put(a_count(number))
    print(number, flush=True)
"""


def test_every_item_that_was_put_survives_kill_9(tmp_path: Path, opened: Open) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        told = [int(child.stdout.readline()) for _ in range(200)]
        child.send_signal(signal.SIGKILL)
        told += [int(line) for line in child.stdout if line.endswith("\n")]
    outbox = opened(tmp_path)
    kept = [one.item for one in outbox.read(10_000_000)]
    assert kept[: len(told)] == [a_count(number) for number in told]
    assert len(kept) <= len(told) + 1


def test_times_keep_their_zone(tmp_path: Path, opened: Open) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    outbox = opened(tmp_path)
    outbox.put(an_event(started_at=at))
    item = outbox.read(1)[0].item
    assert item == replace(item, started_at=at) and item.started_at.tzinfo is not None
