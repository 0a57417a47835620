"""What has been found and is not yet in PostgreSQL, on disk.

A folder belongs to one worker and holds

::

    id               the outbox's own number; the database remembers how far it has been written
    lock             held while a worker uses the folder
    done             the number of the last item that is in the database
    0000000001.log   segments: one item a line (``outbox_items``), named by their first number
    set_aside.jsonl  items that could not be written, each with its reason

``put`` returns when its item would survive a power cut; threads that put at the same time share
one fsync. Where the disk takes no more, items stand in memory behind those on disk and reach
PostgreSQL in their turn; ``trouble`` says so for as long as it lasts.
"""

import json
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from data_access.domain.words import N_
from detection_worker.outbox_folder import (
    identity,
    lines_in,
    read_number,
    take_folder,
    write_number,
)
from detection_worker.outbox_items import DamagedLineError, Item, NumberedItem, item_of, line_of
from detection_worker.outbox_segments import OS_DISK, Disk, Line, Segments

HELD_ITEMS = 10_000
"""How many items may stand in memory while the disk is full: about 10 MB, or an hour of a
lively city, in which somebody frees the disk."""

RETRY_S = 1.0
"""How often a full disk is tried again: each try writes all that stands in memory."""

DISK_FULL = N_("The disk takes no findings: they stand in memory. Free some space.")
FINDINGS_LOST = N_("The disk was full for too long: the oldest findings in memory were lost.")

_log = logging.getLogger(__name__)


class Outbox:
    """The outbox in ``folder``; made where there is none, continued where there is one.

    Any thread may put; one thread reads and reports what is done. Raises ``OutboxError`` when
    the folder cannot be used or another worker uses it.
    """

    def __init__(
        self,
        folder: Path,
        disk: Disk = OS_DISK,
        segment_bytes: int = 4_000_000,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._folder = folder
        self._lock_file = take_folder(folder)
        self.id = identity(folder)
        self._done = read_number(folder / "done")
        self._segments = Segments(folder, segment_bytes, disk)
        numbers = [line.number for line in self._segments.lines()]
        self._on_disk = sum(number > self._done or not number for number in numbers)
        self._earlier = max(numbers, default=0)
        # Numbers go on from the microseconds of the clock: what was given in memory before a
        # crash, and may stand in the database, is then never given to another item.
        self._last = max(self._earlier, self._done, int(clock() * 1e6))
        self._durable = self._last
        self._held: deque[tuple[int, bytes]] = deque()
        self._changed = threading.Condition()
        self._writing = threading.Lock()
        self._retry_at = 0.0
        self._lost = 0
        self._set_aside = lines_in(folder / "set_aside.jsonl")

    @property
    def waiting(self) -> int:
        """How many items are not yet in the database."""
        with self._changed:
            return self._on_disk + len(self._held)

    @property
    def holds_earlier(self) -> bool:
        """Whether items of an earlier run of the worker still wait."""
        return self._done < self._earlier and self._on_disk > 0

    @property
    def set_aside_count(self) -> int:
        """How many items have been set aside, ever."""
        return self._set_aside

    @property
    def trouble(self) -> str:
        """A sentence while findings stand in memory only, or once some were lost; else empty."""
        if self._lost:
            return FINDINGS_LOST
        return DISK_FULL if self._retry_at else ""

    def put(self, item: Item) -> None:
        """Keep one item; durable at return, or held in memory (``trouble``)."""
        self.put_all((item,))

    def put_all(self, items: Sequence[Item]) -> None:
        """Keep items with one fsync for all of them."""
        with self._changed:
            for item in items:
                self._last += 1
                self._held.append((self._last, line_of(self._last, item)))
            mine = self._last
        self._write_held(mine)

    def wait(self, timeout_s: float) -> bool:
        """Wait until items wait to be read, ``wake`` is called or the time is up."""
        with self._changed:
            if not self._readable():
                self._changed.wait(timeout_s)
            return self._readable()

    def wake(self) -> None:
        """Let ``wait`` return at once."""
        with self._changed:
            self._changed.notify_all()

    def read(self, limit: int) -> list[NumberedItem]:
        """The oldest items that are not done, at most ``limit``: the same again until they are."""
        self._write_held(self._last)
        found = self._from_disk(limit)
        if found or not self._retry_at:
            return found
        with self._changed:
            held = list(self._held)[:limit]
        return [item_of(line[:-1]) for _, line in held]

    def done(self, items: Sequence[NumberedItem]) -> None:
        """``items``, the last that were read, are in the database or set aside: forget them."""
        with self._changed:
            self._done = max(self._done, items[-1].number)
            self._on_disk -= sum(item.number <= self._durable for item in items)
            while self._held and self._held[0][0] <= self._done:
                self._held.popleft()
        self._write_held(self._last)
        write_number(self._folder / "done", self._done)

    def set_aside(self, numbered: NumberedItem, reason: str) -> None:
        """Keep an item that can never be written, with the reason, out of everyone's way."""
        self._keep_aside(line_of(numbered.number, numbered.item), reason)

    def close(self) -> None:
        """Write what is held, where the disk takes it, and let the folder go; may be repeated."""
        self._retry_at = min(self._retry_at, time.monotonic())
        self._write_held(self._last)
        self._segments.close()
        self._lock_file.close()

    def _readable(self) -> bool:
        return self._on_disk > 0 or bool(self._retry_at and self._held)

    def _write_held(self, mine: int) -> None:
        """Bring what is held to the disk; whoever waited for the lock may find it done."""
        with self._writing:
            with self._changed:
                held = list(self._held)
            if not held or self._durable >= mine or time.monotonic() < self._retry_at:
                return
            try:
                self._segments.add(held[0][0], b"".join(line for _, line in held))
            except OSError as error:
                self._stay_in_memory(error)
            else:
                self._are_durable(held)
        self.wake()

    def _are_durable(self, held: Sequence[tuple[int, bytes]]) -> None:
        with self._changed:
            self._retry_at = 0.0
            self._durable = held[-1][0]
            self._on_disk += sum(number > self._done for number, _ in held)
            while self._held and self._held[0][0] <= self._durable:
                self._held.popleft()

    def _stay_in_memory(self, error: OSError) -> None:
        if not self._retry_at:
            _log.error("the outbox %s cannot be written: %s", self._folder, error.strerror)
        with self._changed:
            self._retry_at = time.monotonic() + RETRY_S
            while len(self._held) > HELD_ITEMS:
                self._held.popleft()
                self._lost += 1

    def _from_disk(self, limit: int) -> list[NumberedItem]:
        found: list[NumberedItem] = []
        for line in self._segments.lines():
            if line.number > self._durable or len(found) == limit:
                break
            if 0 < line.number <= self._done:
                self._segments.pass_line(line)
            elif not self._found(line, found):
                break
        return found

    def _found(self, line: Line, found: list[NumberedItem]) -> bool:
        """Add the item of ``line``; a damaged one is set aside once it is the oldest."""
        try:
            found.append(item_of(line.words))
        except DamagedLineError as reason:
            if found:
                return False
            self._keep_aside(line.words, str(reason))
            self._segments.pass_line(line)
            with self._changed:
                self._on_disk -= 1
        return True

    def _keep_aside(self, words: bytes, reason: str) -> None:
        text = words.decode(errors="replace").rstrip("\n")
        _log.error("an item of the outbox is set aside, %s: %s", reason, text)
        self._set_aside += 1
        try:
            with (self._folder / "set_aside.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps({"reason": reason, "line": text}, ensure_ascii=False) + "\n")
        except OSError as error:
            _log.error("it stands in this log alone: %s", error.strerror)
