"""Pictures in a body without end: ``multipart/x-mixed-replace``, as cameras really send it."""

import re
from collections.abc import Iterator

from detection_worker.feeds.stills import MOST_BYTES

MOST_HEAD_BYTES = 16_384
"""The head of a part is a few lines."""

_LENGTH = re.compile(rb"(?im)^content-length:\s*(\d{1,9})\s*$")
_BOUNDARY = re.compile(r'boundary="?([^";\s]+)"?', re.IGNORECASE)
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")


class PartsTooLong(ValueError):
    """A part, or its head, that has no end where one should be."""


def boundary_of(content_type: str) -> bytes:
    """What stands between the parts, with its dashes; cameras often repeat these in the name."""
    found = _BOUNDARY.search(content_type)
    name = found.group(1) if found else ""
    return b"--" + name.removeprefix("--").encode("latin-1", "replace")


class Parts:
    """Cuts a body into its parts; ``feed`` it the bytes as they come.

    A part is as long as its ``Content-Length`` says, else it goes up to the next boundary.
    Memory is bounded: what grows beyond a picture raises ``PartsTooLong``.
    """

    def __init__(self, boundary: bytes) -> None:
        self._boundary = boundary
        self._kept = bytearray()
        self._begun = False

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """The bodies of the parts that are whole now."""
        self._kept += piece
        if not self._begun:
            self._begin()
        while (body := self._whole()) is not None:
            if body:
                yield body

    def _begin(self) -> None:
        """The first line counts: cameras tell one boundary and write another, or no dashes."""
        line, ended, _ = bytes(self._kept[:MOST_HEAD_BYTES]).lstrip().partition(b"\n")
        if not ended:
            return
        self._begun, line = True, line.strip()
        is_another = line.startswith(b"--") and not line.startswith(self._boundary)
        if is_another or (line and b"--" + line == self._boundary):
            self._boundary = line

    def _whole(self) -> bytes | None:
        begins = self._kept.find(self._boundary)
        if begins < 0:
            self._bound(MOST_HEAD_BYTES)
            return None
        head = _END_OF_HEAD.search(self._kept, begins)
        if head is None:
            self._bound(begins + MOST_HEAD_BYTES)
            return None
        told = _LENGTH.search(self._kept, begins, head.start() + 1)
        ends = head.end() + int(told.group(1)) if told else self._next_boundary(head.end())
        if ends < 0 or ends > len(self._kept):
            self._bound(head.end() + MOST_BYTES, ends)
            return None
        body = bytes(self._kept[head.end() : ends])
        del self._kept[:ends]
        return body

    def _next_boundary(self, since: int) -> int:
        return self._kept.find(b"\n" + self._boundary, since)

    def _bound(self, most_bytes: int, told_bytes: int = 0) -> None:
        if max(len(self._kept), told_bytes) > most_bytes:
            raise PartsTooLong
