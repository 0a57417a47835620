"""The watch list as the worker knows it: read from the database now and then."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime

from data_access import watch_list
from data_access.domain.plates import WatchList
from data_access.errors import DataAccessError
from detection_worker.event_writer import AsWorker

EVERY_S = 10.0
"""A stolen car is on its way: it is looked for this soon after it was added."""

_log = logging.getLogger(__name__)


class ListedPlates:
    """The list as last read; while the database is away, the one before stays."""

    def __init__(self, as_worker: AsWorker, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._as_worker, self._clock_s = as_worker, clock_s
        self._list = WatchList()
        self._read_at_s: float | None = None

    def __call__(self) -> WatchList:
        """The list; never waits."""
        return self._list

    def refresh(self) -> None:
        """Read it again if it was not read for ``EVERY_S``."""
        now_s = self._clock_s()
        if self._read_at_s is not None and now_s - self._read_at_s < EVERY_S:
            return
        self._read_at_s = now_s
        try:
            with self._as_worker() as tx:
                self._list = WatchList(watch_list.listed(tx, datetime.now(UTC)))
        except DataAccessError as error:
            _log.warning("the watch list cannot be read, the one before is used: %s", error)
