"""The list of cameras to watch, as the database has it, and the events a crash left open."""

import logging
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from data_access import cameras, events, rule_checks
from data_access.database import Transaction
from data_access.domain.watch import WatchedCamera
from detection_worker.event_writer import AsWorker
from detection_worker.outbox import Outbox
from detection_worker.processes.share import Share

_log = logging.getLogger(__name__)

PAUSES_EVERY = timedelta(minutes=1)
"""How often it is looked which rules officers' checks have paused: officers check a few
violations a minute, and the sum goes over a month of them."""

OpenEvents = Callable[[], Collection[UUID]]


class Roster:
    """Reads the cameras; the first time it meets one, it closes what was left open there.

    What an earlier run has left in the outbox may open events, too: once that is written, all
    cameras are looked through again, but for the events that this run has opened.
    """

    def __init__(
        self,
        as_worker: AsWorker,
        outbox: Outbox,
        open_events: OpenEvents,
        share: Share | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._now = now
        self._paused: dict[int, dict[str, str]] = {}
        self._paused_at: datetime | None = None
        self._as_worker, self._outbox, self._open_events = as_worker, outbox, open_events
        self._share = share
        self._met: set[int] = set()
        self._earlier_waits = outbox.holds_earlier

    @property
    def known(self) -> frozenset[int]:
        """The cameras that were ever to be watched since the start."""
        return frozenset(self._met)

    def read(self) -> list[WatchedCamera]:
        """The cameras to watch now: all, or those of the share. Raises ``DataAccessError``."""
        only = self._share.cameras or () if self._share is not None else None
        with self._as_worker() as tx:
            found = cameras.watched(tx, only)
            self._close_orphans(tx, {camera.id for camera in found})
            self._look_for_pauses(tx)
        return [replace(camera, paused=self._paused.get(camera.id, {})) for camera in found]

    def _look_for_pauses(self, tx: Transaction) -> None:
        now = self._now()
        if self._paused_at is not None and now - self._paused_at < PAUSES_EVERY:
            return
        paused: defaultdict[int, dict[str, str]] = defaultdict(dict)
        for pause in rule_checks.pauses(tx, now):
            paused[pause.camera_id][pause.rule] = pause.reason
        self._paused, self._paused_at = dict(paused), now

    def _close_orphans(self, tx: Transaction, found: set[int]) -> None:
        earlier_is_written = self._earlier_waits and not self._outbox.holds_earlier
        looked_at = found if earlier_is_written else found - self._met
        if not looked_at:
            return
        closed = events.close_orphans(tx, looked_at, datetime.now(UTC), self._open_events())
        if closed:
            _log.info("events that an earlier run left open were closed: %d", len(closed))
        self._met |= found
        if earlier_is_written:
            self._earlier_waits = False
