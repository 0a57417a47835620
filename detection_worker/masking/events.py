"""Masks the evidence of an event: second files with a manifest of their own.

The originals are read and never written. A masked file is signed like an original, and its
manifest names the file that it was made from.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from uuid import uuid4

import cv2
import numpy as np

from data_access import mask_requests
from data_access.database import Transaction
from data_access.domain.events import EventRecord, EvidenceRecord
from data_access.domain.evidence import EvidenceKind
from data_access.domain.words import N_
from data_access.errors import DataAccessError
from data_access.events import add_evidence
from data_access.evidence_manifest import make_statement, sealed
from data_access.evidence_seals import RecordedEvent, recorded_event
from data_access.media import MediaFolder
from detection_worker.errors import WorkerError
from detection_worker.event_writer import AsWorker
from detection_worker.evidence.kept_frames import EVIDENCE_QUALITY, as_jpeg
from detection_worker.evidence.sealing import Sealer, event_fields, named
from detection_worker.masking.faces import FaceFinder
from detection_worker.masking.films import (
    CANNOT,
    Finder,
    Masked,
    Unreadable,
    mask_film,
    mask_picture,
)
from detection_worker.masking.texts import TextFinder

NOTHING = N_("This event has neither a snapshot nor a clip that could be masked.")
GONE = N_("The evidence of this event was deleted.")

_log = logging.getLogger(__name__)


class NotMasked(WorkerError):
    """The evidence of an event cannot be masked."""


@dataclass(frozen=True, slots=True)
class Finders:
    """What finds faces and plates; the models are large, so they are opened when needed."""

    faces: Finder
    texts: Finder


@cache
def open_finders() -> Finders:
    """The finders of this machine; raises ``FaceModelMissing``."""
    return Finders(FaceFinder(), TextFinder())


class Masking:
    """Masks events; for one thread."""

    def __init__(
        self,
        media: MediaFolder,
        sealer: Sealer,
        finders: Callable[[], Finders] = open_finders,
    ) -> None:
        self._media, self._sealer, self._finders = media, sealer, finders

    def mask(self, event: RecordedEvent, now: datetime) -> EventRecord:
        """The event with its masked files and their manifest, which are kept; no row is written.

        Raises ``WorkerError`` or ``DataAccessError``; nothing is left behind then.
        """
        finders, record = self._finders(), event.record
        made: list[tuple[EvidenceRecord, EvidenceRecord, Masked]] = []
        try:
            for file in record.evidence:
                if file.kind in _MASKS:
                    made.append((file, *self._mask(file, finders)))
            if not made:
                raise NotMasked(NOTHING)
            manifest = self._sign(event, made, now)
        except (DataAccessError, WorkerError):
            for _, file, _ in made:
                self._media.remove(file.path)
            raise
        return replace(record, evidence=(*(file for _, file, _ in made), manifest))

    def discard(self, record: EventRecord) -> None:
        """Remove the files that ``mask`` made: their rows could not be written."""
        for file in record.evidence:
            self._media.remove(file.path)

    def _mask(self, file: EvidenceRecord, finders: Finders) -> tuple[EvidenceRecord, Masked]:
        source = self._media.absolute(file.path)
        relative = self._media.new_path(source.suffix)
        with self._media.writing(relative) as target:
            masked = _WAYS[file.kind](source, target, finders)
        kept = self._media.kept(relative)
        return (
            EvidenceRecord(
                uuid4(), _MASKS[file.kind], kept.path, kept.sha256, kept.size_bytes, file.mime,
                file.captured_at,
            ),
            masked,
        )  # fmt: skip

    def _sign(
        self,
        event: RecordedEvent,
        made: list[tuple[EvidenceRecord, EvidenceRecord, Masked]],
        now: datetime,
    ) -> EvidenceRecord:
        statement = make_statement(
            event_fields(event.record, event.camera_code),
            named([file for _, file, _ in made]),
            (),
            now,
            masked=[
                {"path": file.path, "made_from": original.path, "original": original.sha256,
                 "faces": count.faces, "texts": count.texts}
                for original, file, count in made
            ],
        )  # fmt: skip
        content = sealed(statement, self._sealer.key())
        return self._sealer.keep_manifest(event.record, EvidenceKind.MASKED_MANIFEST, content)


class MaskDesk:
    """Does what viewers asked for, one request at a time."""

    def __init__(self, as_worker: AsWorker, masking: Masking) -> None:
        self._as_worker, self._masking = as_worker, masking

    def serve(self, now: datetime) -> int:
        """Do the oldest request; 0 where none waits. Raises ``DataAccessError``."""
        with self._as_worker() as tx:
            found = mask_requests.next_waiting(tx)
            if found is None:
                return 0
            request, event_id = found
            try:
                event = recorded_event(tx, event_id)
                trouble = GONE if event is None else mask_event(tx, self._masking, event, now)
            except WorkerError as error:
                trouble = str(error)
                _log.error("event %s is not masked: %s", event_id, error)
            mask_requests.finish(tx, request, now, trouble)
        return 1


def mask_event(tx: Transaction, masking: Masking, event: RecordedEvent, now: datetime) -> str:
    """Mask an event's evidence and write the rows, once; empty, for nothing went wrong."""
    if any(file.kind == EvidenceKind.MASKED_MANIFEST for file in event.record.evidence):
        return ""
    masked = masking.mask(event, now)
    try:
        add_evidence(tx, [masked])
    except Exception:  # the database speaks its own errors inside a transaction
        masking.discard(masked)
        raise
    return ""


def _mask_picture(source: Path, target: Path, finders: Finders) -> Masked:
    content = source.read_bytes() if source.is_file() else b""
    image = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR) if content else None
    if image is None:
        raise Unreadable(CANNOT)
    picture = image.astype(np.uint8, copy=False)
    masked = mask_picture(picture, finders.faces, finders.texts)
    target.write_bytes(as_jpeg(picture, EVIDENCE_QUALITY))
    return masked


def _mask_film(source: Path, target: Path, finders: Finders) -> Masked:
    return mask_film(source, target, finders.faces, finders.texts)


_MASKS: dict[str, EvidenceKind] = {
    EvidenceKind.SNAPSHOT: EvidenceKind.MASKED_SNAPSHOT,
    EvidenceKind.CLIP: EvidenceKind.MASKED_CLIP,
    EvidenceKind.BEFORE: EvidenceKind.MASKED_BEFORE,
    EvidenceKind.BEHIND: EvidenceKind.MASKED_BEHIND,
}
_WAYS: dict[str, Callable[[Path, Path, Finders], Masked]] = {
    EvidenceKind.SNAPSHOT: _mask_picture,
    EvidenceKind.CLIP: _mask_film,
    EvidenceKind.BEFORE: _mask_picture,
    EvidenceKind.BEHIND: _mask_picture,
}
