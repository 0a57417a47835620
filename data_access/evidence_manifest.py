"""The manifest of an event's evidence: one JSON document that names each file, and is signed.

The file is ``{"signature":"…","statement":{…}}`` and a line end, canonical: keys sorted, no
spaces, UTF-8. The signature (Ed25519, hexadecimal) is over the bytes of the statement as they
stand in the file. A file that is not canonical is refused, so that no byte of it can change.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from data_access.domain.evidence import EvidenceKind
from data_access.domain.words import N_
from data_access.errors import ManifestDamaged
from data_access.evidence_keys import PublicKey, SigningKey
from data_access.version import VERSION

FORMAT = "qala-evidence-1"
MIME = "application/json"
NAME = "manifest.json"
"""What the manifest is called in a folder that was exported."""

_ENVELOPE = re.compile(rb'\{"signature":"([0-9a-f]{128})","statement":(\{.*\})\}\n', re.S)
_PLAIN_NAME = re.compile(r"[a-z0-9_-]+\.[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file as a manifest names it: ``path`` in the media folder, ``name`` when exported."""

    name: str
    kind: str
    path: str
    sha256: str
    size_bytes: int
    mime: str
    captured_at: str


@dataclass(frozen=True, slots=True)
class Absent:
    """A file that the manifest says is not there, and why, in a sentence."""

    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a manifest file says, its form checked, its signature not yet."""

    statement: dict[str, Any]
    signed: bytes
    signature: bytes
    files: tuple[NamedFile, ...]

    @property
    def fingerprint(self) -> str:
        """Which key it says it was signed with."""
        return str(self.statement["key"])

    @property
    def event_id(self) -> str:
        """Whose evidence it names."""
        return str(self.statement["event"]["id"])

    @property
    def is_complete(self) -> bool:
        """Whether every file that belongs to the event is there."""
        return bool(self.statement["complete"])

    def is_proved_by(self, key: PublicKey) -> bool:
        """Whether ``key`` has signed it."""
        return key.proves(self.signature, self.signed)


def manifest_id(event_id: UUID, kind: EvidenceKind) -> UUID:
    """The number of an event's manifest: the same for whoever makes it, so there is one."""
    return uuid5(event_id, kind)


def make_statement(
    event: Mapping[str, Any],
    files: Sequence[NamedFile],
    absent: Sequence[Absent],
    signed_at: datetime,
    **more: Any,
) -> dict[str, Any]:
    """What is signed: the event, its rule and version, its files, what is missing, and when."""
    return {
        "format": FORMAT,
        "program": {"name": "Qala", "version": VERSION},
        "event": dict(event),
        "rule": {"id": event["kind"], "version": VERSION},
        "files": [asdict(file) for file in files],
        "complete": not absent,
        "absent": [asdict(one) for one in absent],
        "signed_at": signed_at.isoformat(),
        **more,
    }


def sealed(statement: Mapping[str, Any], key: SigningKey) -> bytes:
    """The manifest file: the statement, with the key's fingerprint in it, signed."""
    signed = canonical({**statement, "key": key.public.fingerprint})
    signature = key.sign(signed).hex().encode()
    return b'{"signature":"%b","statement":%b}\n' % (signature, signed)


def canonical(document: Mapping[str, Any]) -> bytes:
    """The one way in which a document is written; ValueError for NaN and infinity."""
    words = json.dumps(
        document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return words.encode()


def opened(content: bytes) -> Manifest:
    """The manifest in a file; raises ``ManifestDamaged`` where it is not one of ours, whole."""
    form = _ENVELOPE.fullmatch(content)
    if form is None:
        raise _damaged()
    try:
        statement = json.loads(form[2])
        if canonical(statement) != form[2] or statement["format"] != FORMAT:
            raise _damaged()
        files = tuple(NamedFile(**file) for file in statement["files"])
        UUID(statement["event"]["id"])
        statement["key"], statement["complete"]
        [Absent(**one) for one in statement["absent"]]
        plain = all(_PLAIN_NAME.fullmatch(file.name) for file in files)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _damaged() from error
    if not plain:
        raise _damaged()
    return Manifest(statement, form[2], bytes.fromhex(form[1].decode()), files)


def _damaged() -> ManifestDamaged:
    return ManifestDamaged(N_("The manifest is damaged: it is not as Qala wrote it."))
