"""Room on the disk: clips stop before snapshots, and snapshots before events."""

import logging
import shutil
from collections.abc import Callable
from pathlib import Path

from data_access.domain.words import N_

CLIPS_NEED_BYTES = 500_000_000
"""Below this no clips are written: what is left is for snapshots and the outbox."""

SNAPSHOTS_NEED_BYTES = 50_000_000
"""Below this only events are written: a hundred thousand of them."""

NO_CLIPS = N_("The disk is nearly full: no clips are recorded until space is freed.")
NO_EVIDENCE = N_("The disk is full: events are recorded without pictures until space is freed.")

FreeBytes = Callable[[Path], int]

_log = logging.getLogger(__name__)


def free_bytes(folder: Path) -> int:
    """What is free on the disk of ``folder``, or of the folder it will be made in."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


class Room:
    """How much room there is for evidence in a folder."""

    def __init__(self, folder: Path, free: FreeBytes = free_bytes) -> None:
        self._folder = folder
        self._free = free
        self._said = ""

    @property
    def for_clips(self) -> bool:
        """Whether clips may be written."""
        return self._free(self._folder) >= CLIPS_NEED_BYTES

    @property
    def for_snapshots(self) -> bool:
        """Whether snapshots may be written."""
        return self._free(self._folder) >= SNAPSHOTS_NEED_BYTES

    @property
    def trouble(self) -> str:
        """A sentence while evidence is not written for want of room; else empty."""
        free = self._free(self._folder)
        sentence = NO_EVIDENCE if free < SNAPSHOTS_NEED_BYTES else NO_CLIPS
        sentence = sentence if free < CLIPS_NEED_BYTES else ""
        self._say(sentence, free)
        return sentence

    def _say(self, sentence: str, free: int) -> None:
        """Into the log, once when it becomes so and once when it is over."""
        if sentence != self._said:
            self._said = sentence
            words = sentence or "There is room for evidence again."
            _log.warning("%s Free: %d MB in %s", words, free // 1_000_000, self._folder)
