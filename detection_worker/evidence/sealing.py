"""Signs the evidence of an event: its readings and its manifest are the last files of it."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid5

from data_access.domain.events import EventRecord, EvidenceRecord
from data_access.domain.evidence import MANIFESTS, SUFFIXES, EvidenceKind
from data_access.domain.words import N_
from data_access.errors import DataAccessError
from data_access.evidence_keys import SigningKey, signing_key
from data_access.evidence_manifest import (
    MIME,
    Absent,
    NamedFile,
    canonical,
    make_statement,
    manifest_id,
    sealed,
)
from data_access.media import MediaFolder
from detection_worker.evidence.case import Sighting, readings
from detection_worker.plain_json import as_plain

UNSIGNED = N_("Evidence is not signed: its key cannot be used. See QALA_HOME/keys and the log.")


def _now() -> datetime:
    return datetime.now(UTC)


class Sealer:
    """Signs with the installation's key, which is made or read when it is first needed."""

    def __init__(self, media: MediaFolder, home: Path, now: Callable[[], datetime] = _now) -> None:
        self._media, self._home, self._now = media, home, now
        self._key: SigningKey | None = None
        self.trouble = ""

    def seal(
        self,
        record: EventRecord,
        sighting: Sighting | None = None,
        absent: Sequence[Absent] = (),
        camera_code: str = "",
    ) -> tuple[EvidenceRecord, ...]:
        """Write the readings and the manifest of an event; its files are those in ``record``.

        Raises ``DataAccessError`` where the key or the disk cannot be used; then nothing of
        it counts, and it can be tried again.
        """
        key = self.key()
        signed_at = self._now()
        own = [] if _has(record, EvidenceKind.READINGS) else [self._readings(record, sighting)]
        files = [file for file in (*record.evidence, *own) if file.kind not in MANIFESTS]
        code = sighting.camera_code if sighting else camera_code
        statement = make_statement(event_fields(record, code), named(files), absent, signed_at)
        try:
            manifest = self.keep_manifest(record, EvidenceKind.MANIFEST, sealed(statement, key))
        except DataAccessError:
            for file in own:
                self._media.remove(file.path)
            raise
        return (*own, manifest)

    def key(self) -> SigningKey:
        """The installation's key; ``trouble`` says while it cannot be used."""
        try:
            self._key = self._key or signing_key(self._home)
        except DataAccessError:
            self.trouble = UNSIGNED
            raise
        self.trouble = ""
        return self._key

    def keep_manifest(
        self, record: EventRecord, kind: EvidenceKind, content: bytes
    ) -> EvidenceRecord:
        """Keep a manifest under the number that every manifest of this event would have."""
        kept = self._media.keep(content, ".json")
        return EvidenceRecord(
            manifest_id(record.id, kind), kind, kept.path, kept.sha256, kept.size_bytes, MIME,
            self._now(),
        )  # fmt: skip

    def _readings(self, record: EventRecord, sighting: Sighting | None) -> EvidenceRecord:
        content = canonical(as_plain(readings(record, sighting))) + b"\n"
        kept = self._media.keep(content, ".json")
        at = sighting.found_at if sighting else record.started_at
        number = uuid5(record.id, EvidenceKind.READINGS)
        return EvidenceRecord(
            number, EvidenceKind.READINGS, kept.path, kept.sha256, kept.size_bytes, MIME, at
        )


def named(files: Sequence[EvidenceRecord]) -> list[NamedFile]:
    """The files as a manifest names them: ``clip.mp4``, and a second one ``clip-2.mp4``."""
    count: dict[str, int] = {}
    found = []
    for file in files:
        count[file.kind] = number = count.get(file.kind, 0) + 1
        name = f"{file.kind}{f'-{number}' if number > 1 else ''}{SUFFIXES.get(file.mime, '.bin')}"
        found.append(
            NamedFile(
                name, file.kind, file.path, file.sha256, file.size_bytes, file.mime,
                file.captured_at.isoformat(),
            )
        )  # fmt: skip
    return found


def _has(record: EventRecord, kind: EvidenceKind) -> bool:
    return any(file.kind == kind for file in record.evidence)


def event_fields(record: EventRecord, camera_code: str) -> dict[str, Any]:
    """What a manifest says of its event."""
    return as_plain(
        {
            "id": str(record.id),
            "kind": record.kind,
            "camera_id": record.camera_id,
            "camera_code": camera_code,
            "started_at": record.started_at.isoformat(),
            "ended_at": record.ended_at.isoformat() if record.ended_at else None,
            "confidence": record.confidence,
            "plate": record.plate,
        }
    )
