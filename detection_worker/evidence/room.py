"""Room on the disk: clips stop before snapshots, and snapshots before events."""

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
        if not self.for_snapshots:
            return NO_EVIDENCE
        return "" if self.for_clips else NO_CLIPS
