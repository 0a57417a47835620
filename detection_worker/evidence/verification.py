"""The files in the media folder that no event knows of."""

import time
from collections.abc import Collection, Iterator
from pathlib import Path

from data_access.domain.events import EventRecord
from data_access.evidence_check import Fault, Finding
from detection_worker.outbox_items import DamagedLineError, item_of
from detection_worker.outbox_segments import SUFFIX

FRESH_S = 600.0
"""A file without a row is no fault while it is so young: its event may still be on its way."""


def unknown(folder: Path, known: Collection[str], fresh_s: float = FRESH_S) -> Iterator[Finding]:
    """The files in the media folder that no event knows of."""
    older_than = time.time() - fresh_s
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder).as_posix()
        if relative not in known and path.is_file() and path.stat().st_mtime < older_than:
            words = f"{relative}: no event knows this file."
            yield Finding(Fault.UNKNOWN, relative, words)


def waiting_paths(outbox: Path) -> set[str]:
    """The files of events that wait in an outbox and are not in the database yet."""
    paths: set[str] = set()
    for segment in outbox.glob(f"*{SUFFIX}"):
        for line in segment.read_bytes().splitlines():
            paths |= _paths_in(line)
    return paths


def _paths_in(line: bytes) -> set[str]:
    try:
        item = item_of(line)
    except DamagedLineError:
        return set()
    event = item.item
    return {file.path for file in event.evidence} if isinstance(event, EventRecord) else set()
