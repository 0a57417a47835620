"""The outbox's segments: files of whole lines that are only added to, and removed when done.

A write is all or nothing: where the disk takes only a part, the file is cut back to where it
was. A last line without its end was torn by a power cut before anyone was told that it is
kept; it is cut off when the folder is opened.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

SUFFIX = ".log"


@dataclass(frozen=True, slots=True)
class Disk:
    """The two calls by which bytes reach the disk; a test passes its own."""

    write: Callable[[int, bytes], int] = os.write
    sync: Callable[[int], None] = os.fdatasync


OS_DISK = Disk()


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its end; ``number`` is 0 where it cannot be read."""

    number: int
    words: bytes


class Segments:
    """The segment files of a folder, oldest first; one thread adds, one reads and forgets."""

    def __init__(self, folder: Path, segment_bytes: int, disk: Disk = OS_DISK) -> None:
        self._folder = folder
        self._disk = disk
        self._segment_bytes = segment_bytes
        self._firsts = sorted(int(path.stem) for path in folder.glob(f"*{SUFFIX}"))
        self._file: int | None = None
        self._size = 0
        self._cursor = 0  # bytes of the oldest segment that are done
        if self._firsts:
            self._size = _cut_torn_end(self._path(self._firsts[-1]))
            self._file = os.open(self._path(self._firsts[-1]), os.O_WRONLY | os.O_APPEND)

    def add(self, first: int, lines: bytes) -> None:
        """Add whole lines, the first numbered ``first``; durable at return, else OSError."""
        if self._file is None or self._size >= self._segment_bytes:
            self._begin(first)
        assert self._file is not None
        try:
            self._write_all(lines)
            self._disk.sync(self._file)
        except OSError:
            os.ftruncate(self._file, self._size)
            raise
        self._size += len(lines)

    def lines(self) -> Iterator[Line]:
        """The whole lines that are not yet passed, oldest first.

        ``pass_line`` forgets them one by one; it may be called while this runs.
        """
        self._drop_passed()
        skip = self._cursor
        for first in tuple(self._firsts):
            with self._path(first).open("rb") as file:
                file.seek(skip)
                for line in file:
                    if not line.endswith(b"\n"):
                        break
                    yield Line(_number(line), line[:-1])
            skip = 0

    def pass_line(self, line: Line) -> None:
        """The oldest line, which is ``line``, is done."""
        self._cursor += len(line.words) + 1
        self._drop_passed()

    def _drop_passed(self) -> None:
        while len(self._firsts) > 1 and self._cursor >= self._path(self._firsts[0]).stat().st_size:
            self._path(self._firsts.pop(0)).unlink()
            self._cursor = 0

    def close(self) -> None:
        """Close the file that is written."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _path(self, first: int) -> Path:
        return self._folder / f"{first:020d}{SUFFIX}"

    def _begin(self, first: int) -> None:
        new = os.open(self._path(first), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        sync_folder(self._folder)
        self.close()
        self._file, self._size = new, 0
        if first not in self._firsts:
            self._firsts.append(first)

    def _write_all(self, lines: bytes) -> None:
        assert self._file is not None
        rest = memoryview(lines)
        while rest:
            rest = rest[self._disk.write(self._file, bytes(rest)) :]


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, not only the files' bytes."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _number(line: bytes) -> int:
    start = line.split(b" ", 1)[0]
    return int(start) if start.isdigit() else 0


def _cut_torn_end(path: Path) -> int:
    """Cut a line without its end off; returns the size that is left."""
    words = path.read_bytes()
    size = words.rfind(b"\n") + 1
    if size < len(words):
        os.truncate(path, size)
    return size
