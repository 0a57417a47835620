"""The upkeep of evidence: what is done beside the finding of events, in small batches.

Signing what was left unsigned, deleting what is over, masking on request: each round is short,
in a thread of its own, so that nothing that finds events waits for it.
"""

import logging
import threading
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from uuid import UUID

from data_access.domain.words import N_
from data_access.errors import DataAccessError, DatabaseUnreachable
from data_access.evidence_deletion import EvidenceDeletion
from data_access.media import MediaFolder
from detection_worker.detection.detections import Detector
from detection_worker.event_writer import AsWorker
from detection_worker.evidence.sealing import Sealer
from detection_worker.evidence.unsealed import UnsealedEvidence
from detection_worker.masking.events import MaskDesk, Masking
from detection_worker.trial import TrialDesk

EVERY_S = 60.0
"""How often it is looked whether something is to be done, where nothing was."""

REQUESTS_EVERY_S = 3.0
"""How often it is looked whether somebody asked for masked evidence: who asks, waits for it."""

SOON_S = 1.0
"""The pause between two batches: deletion takes its time and leaves the disk to the clips."""

UPKEEP_FAILS = N_("Evidence cannot be signed, masked or deleted on time. See the worker's log.")

_log = logging.getLogger(__name__)

Chore = Callable[[datetime], int]
"""Does one batch at a time that it is given; returns how much it did, 0 where nothing is left."""


def make_upkeep(
    as_worker: AsWorker,
    media: MediaFolder,
    home: Path,
    sealer: Sealer,
    known: Callable[[], Collection[UUID]],
    cameras: Callable[[], Collection[int]],
    open_detector: Callable[[str], Detector],
) -> tuple["Upkeep", ...]:
    """What a worker does beside: what nobody waits for, and what somebody asked for.

    ``known`` gives the events still at work, ``cameras`` those that the worker watches;
    ``open_detector`` gives a detector for trials, the usual one for an empty name.
    """
    unsealed = UnsealedEvidence(as_worker, media, sealer, known, cameras)
    deletion = EvidenceDeletion(as_worker, media, home / "deletions")

    requests = MaskDesk(as_worker, Masking(media, sealer))
    trials = TrialDesk(as_worker, media, cache(open_detector))

    def delete(now: datetime) -> int:
        return deletion.finish_begun() + deletion.delete_batch(now)

    return (
        Upkeep((unsealed.complete, delete)),
        Upkeep((requests.serve,), REQUESTS_EVERY_S),
        Upkeep((trials.serve,), REQUESTS_EVERY_S),
    )


class Upkeep:
    """Does the chores in turn until it is stopped; a chore that fails is tried again."""

    def __init__(
        self,
        chores: Sequence[Chore],
        every_s: float = EVERY_S,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._chores, self._every_s, self._now = chores, every_s, now
        self._stopping = threading.Event()
        self._bell = threading.Event()
        self._thread = threading.Thread(target=self._run, name="evidence upkeep", daemon=True)
        self.trouble = ""

    def start(self) -> None:
        """Begin; once."""
        self._thread.start()

    def stop(self, within_s: float) -> None:
        """End after the batch that is being done."""
        self._stopping.set()
        self._bell.set()
        if self._thread.ident is not None:
            self._thread.join(within_s)

    def _run(self) -> None:
        while not self._stopping.is_set():
            busy = self.round()
            self._bell.wait(SOON_S if busy else self._every_s)

    def round(self) -> bool:
        """One batch of each chore; whether any of them had something to do."""
        done, trouble = 0, ""
        for chore in self._chores:
            if self._stopping.is_set():
                break
            try:
                done += chore(self._now())
            except DatabaseUnreachable:
                break  # others say so already
            except DataAccessError as error:
                trouble = UPKEEP_FAILS
                if not self.trouble:
                    _log.warning("the upkeep of evidence is tried again: %s", error)
        self.trouble = trouble
        return bool(done) and not trouble
