"""Writes what the outbox holds to PostgreSQL, in batches, as soon as there is something.

A batch is what has gathered while the one before it was written: one event in a quiet city is
written at once, and a thousand at a time cost little more. When the database is away nothing is
lost: the writer tries again after growing pauses, and says so.
"""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime

from data_access.database import Transaction
from data_access.domain.words import N_
from data_access.errors import DatabaseError, DatabaseFull, DatabaseUnreachable
from data_access.outbox_batches import write_batch
from detection_worker.outbox import Outbox

BATCH_ITEMS = 1_000
"""Enough that a batch's round trips no longer count; a second's work of the server."""

STUCK_AFTER_S = 30.0
"""Without progress for so long while findings wait, the writer counts as stuck."""

DATABASE_AWAY = N_("The database does not answer: findings wait on this computer's disk.")
DATABASE_FULL = N_("The disk of the database is full: findings wait on this computer's disk.")
DATABASE_REFUSES = N_("The database refuses findings: they wait on disk. See the worker's log.")
SET_ASIDE = N_("Some findings cannot be written and were set aside: see outbox/set_aside.jsonl.")

AsWorker = Callable[[], AbstractContextManager[Transaction]]
"""Opens a transaction of the worker's role: ``Database.as_worker``."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pauses:
    """How long to wait after each failure in a row."""

    first_s: float = 0.5
    longest_s: float = 30.0

    def after(self, failures: int) -> float:
        """The pause in seconds after ``failures`` failures in a row, one or more."""
        return float(min(self.first_s * 2 ** min(failures - 1, 30), self.longest_s))


class EventWriter:
    """A thread between the outbox and the database."""

    def __init__(
        self,
        outbox: Outbox,
        as_worker: AsWorker,
        pauses: Pauses | None = None,
        batch_items: int = BATCH_ITEMS,
    ) -> None:
        self._outbox = outbox
        self._as_worker = as_worker
        self._pauses = pauses or Pauses()
        self._batch_items = batch_items
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="event writer", daemon=True)
        self._failures = 0
        self._trouble = ""
        self._until = 0.0
        self._progress_at = time.monotonic()
        self.written = 0

    @property
    def trouble(self) -> str:
        """A sentence while the database takes nothing; else empty."""
        return self._trouble

    @property
    def stuck(self) -> bool:
        """Whether findings have waited for ``STUCK_AFTER_S`` without any progress."""
        silent_s = time.monotonic() - self._progress_at
        return self._outbox.waiting > 0 and silent_s > STUCK_AFTER_S

    def start(self) -> None:
        """Begin to write; once."""
        self._thread.start()

    def stop(self, within_s: float = 2.0) -> None:
        """Write what waits, for at most ``within_s``, and stop; the rest stays on disk."""
        self._until = time.monotonic() + within_s
        self._stopping.set()
        self._outbox.wake()
        self._thread.join(within_s + 0.2)

    def _run(self) -> None:
        while not self._is_over():
            if self._outbox.wait(timeout_s=1.0):
                self._try_batch()
            else:
                self._progress_at = time.monotonic()

    def _is_over(self) -> bool:
        """Whether to end: asked to, and nothing waits, or it cannot be written in time."""
        if not self._stopping.is_set():
            return False
        return not self._outbox.waiting or bool(self._failures) or time.monotonic() > self._until

    def _try_batch(self) -> None:
        try:
            self._write_batch()
        except Exception as error:  # noqa: BLE001 - the writer's border: findings outlive it
            self._pause(error)
        else:
            self._go_on()

    def _write_batch(self) -> None:
        items = self._outbox.read(self._batch_items)
        if not items:
            return
        with self._as_worker() as tx:
            refused = write_batch(tx, self._outbox.id, items, datetime.now(UTC))
            # Before the commit: a crash in between sets them aside twice rather than never.
            for one in refused:
                self._outbox.set_aside(one.numbered, one.reason)
        self._outbox.done(items)
        self.written += len(items) - len(refused)

    def _go_on(self) -> None:
        if self._failures:
            _log.info("the database takes findings again")
        self._failures, self._trouble = 0, ""
        self._progress_at = time.monotonic()

    def _pause(self, error: Exception) -> None:
        self._failures += 1
        self._trouble = _sentence(error)
        pause_s = self._pauses.after(self._failures)
        unexpected = error if not isinstance(error, DatabaseError) else None
        _log.error(
            "nothing was written (%s); trying again in %.1f s", error, pause_s, exc_info=unexpected
        )
        self._stopping.wait(pause_s)


def _sentence(error: Exception) -> str:
    match error:
        case DatabaseUnreachable():
            return DATABASE_AWAY
        case DatabaseFull():
            return DATABASE_FULL
        case _:
            return DATABASE_REFUSES
