"""The cameras that one process is to watch, told by the process in front over its input.

Each line is a JSON list of camera numbers. The end of the input is the end of the process in
front: then this one stops, too, and nothing is left running.
"""

import json
import logging
import threading
from collections.abc import Collection
from typing import BinaryIO

_log = logging.getLogger(__name__)


class Share:
    """What was told last; ``None`` while nothing was told. Any thread may ask."""

    def __init__(self) -> None:
        self.cameras: frozenset[int] | None = None
        self.changed = threading.Event()

    def take(self, cameras: Collection[int]) -> None:
        """Watch these from now on."""
        self.cameras = frozenset(cameras)
        self.changed.set()

    def follow(self, told: BinaryIO, stopping: threading.Event) -> None:
        """Take what is told in a thread of its own; at its end set ``stopping``."""
        reading = threading.Thread(
            target=self._read, args=(told, stopping), name="share", daemon=True
        )
        reading.start()

    def _read(self, told: BinaryIO, stopping: threading.Event) -> None:
        for line in told:
            self.take(json.loads(line))
        _log.info("the worker in front has gone")
        stopping.set()
        self.changed.set()


def line_of(cameras: Collection[int]) -> bytes:
    """What is told for these cameras."""
    return json.dumps(sorted(cameras)).encode() + b"\n"
