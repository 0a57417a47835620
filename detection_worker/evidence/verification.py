"""Whether the files of evidence are still those that were kept."""

import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from data_access.domain.events import EventRecord
from data_access.errors import MediaError
from data_access.evidence_files import EvidenceFile
from data_access.media import MediaFolder
from detection_worker.outbox_items import DamagedLineError, item_of
from detection_worker.outbox_segments import SUFFIX

FRESH_S = 600.0
"""A file without a row is no fault while it is so young: its event may still be on its way."""


class Fault(StrEnum):
    """What can be wrong with a file."""

    MISSING = "missing"
    CHANGED = "changed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """A file that is not as it should be, in words."""

    fault: Fault
    path: str
    sentence: str


def faulty(files: Iterable[EvidenceFile], media: MediaFolder) -> Iterator[Finding]:
    """The files that are gone, or whose SHA-256 is not the one that was kept."""
    for file in files:
        if (finding := _look(file, media)) is not None:
            yield finding


def _look(file: EvidenceFile, media: MediaFolder) -> Finding | None:
    whose = f"the {file.kind} of event {file.event_id}"
    try:
        sha256 = media.sha256(file.path)
    except MediaError:
        return Finding(Fault.MISSING, file.path, f"{file.path}: {whose} is missing.")
    if sha256 != file.sha256:
        words = f"{file.path}: {whose} was changed since it was kept."
        return Finding(Fault.CHANGED, file.path, words)
    return None


def unknown(folder: Path, known: Collection[str], fresh_s: float = FRESH_S) -> Iterator[Finding]:
    """The files in the media folder that no event knows of."""
    older_than = time.time() - fresh_s
    for path in sorted(folder.glob("*/*")):
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
