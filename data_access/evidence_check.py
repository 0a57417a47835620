"""Whether evidence is what was signed: of an event in the media folder, or of a folder.

A check compares three things: the signature with the key, the manifest with the files, and,
in an installation, the manifest with the rows of the database.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from data_access.domain.evidence import MANIFEST_OF, MANIFESTS, EvidenceKind, Verdict
from data_access.errors import ManifestDamaged, MediaError
from data_access.evidence_files import EvidenceFile
from data_access.evidence_keys import PublicKey
from data_access.evidence_manifest import NAME, Manifest, NamedFile, opened
from data_access.media import MediaFolder

_CHUNK_BYTES = 1 << 20


class Fault(StrEnum):
    """What can be wrong."""

    MISSING = "missing"
    CHANGED = "changed"
    ADDED = "added"
    FORGED = "forged"  # the signature is not the key's
    OTHER_KEY = "other_key"
    UNSIGNED = "unsigned"
    UNKNOWN = "unknown"  # in the media folder, and no event knows it


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be, in words that name the file."""

    fault: Fault
    path: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check of one event's originals, or of a folder, found."""

    findings: tuple[Finding, ...]
    files: int
    manifest: Manifest | None = None

    @property
    def verdict(self) -> Verdict:
        """The findings in one word; the worst one counts."""
        faults = {finding.fault for finding in self.findings}
        if faults - {Fault.UNSIGNED, Fault.OTHER_KEY}:
            return Verdict.CHANGED
        if Fault.OTHER_KEY in faults:
            return Verdict.OTHER_KEY
        if self.manifest is None or Fault.UNSIGNED in faults:
            return Verdict.UNSIGNED
        return Verdict.VALID if self.manifest.is_complete else Verdict.INCOMPLETE


def check_event(files: Sequence[EvidenceFile], media: MediaFolder, key: PublicKey) -> Checked:
    """One event's files, one or more: rows, manifests, signatures and contents."""
    found: list[Finding] = []
    shown: Manifest | None = None
    for kind in sorted(MANIFESTS):
        its = [file for file in files if MANIFEST_OF[EvidenceKind(file.kind)] == kind]
        manifest = _check_part(its, kind, media, key, found)
        shown = manifest if kind is EvidenceKind.MANIFEST else shown
    return Checked(tuple(found), len(files), shown)


def check_folder(folder: Path, key: PublicKey) -> Checked:
    """A folder that was exported; needs nothing but the key. Raises ``ManifestDamaged``."""
    try:
        content = _as_file(folder / NAME).read_bytes()
    except OSError:
        gone = Finding(Fault.MISSING, NAME, f"{NAME}: the manifest is missing.")
        return Checked((gone,), 0)
    found: list[Finding] = []
    manifest = _read(content, NAME, key, found)
    if manifest is None:
        return Checked(tuple(found), 1)
    for file in manifest.files:
        found += _compare(file, file.name, _in_folder(folder, file.name), "")
    found += _not_named(folder, {NAME, *(file.name for file in manifest.files)})
    return Checked(tuple(found), 1 + len(manifest.files), manifest)


def _check_part(
    files: Sequence[EvidenceFile],
    kind: EvidenceKind,
    media: MediaFolder,
    key: PublicKey,
    found: list[Finding],
) -> Manifest | None:
    """The originals or the masked files; adds to ``found`` what is wrong with them."""
    kept = [file for file in files if file.kind != kind]
    for file in files:
        found += _compare(file, file.path, _in_media(media, file.path), f"the {file.kind} of ")
    row = next((file for file in files if file.kind == kind), None)
    if row is None:
        if kept:
            words = f"event {kept[0].event_id}: its evidence is not signed."
            found.append(Finding(Fault.UNSIGNED, kept[0].path, words))
        return None
    try:
        with media.open(row.path) as file_:
            content = file_.read()
    except MediaError:
        return None  # said already: it is missing
    manifest = _read(content, row.path, key, found)
    if manifest is not None:
        found += _rows_against(manifest, row, kept)
    return manifest


def _read(content: bytes, path: str, key: PublicKey, found: list[Finding]) -> Manifest | None:
    try:
        manifest = opened(content)
    except ManifestDamaged:
        found.append(Finding(Fault.CHANGED, path, f"{path}: the manifest was changed."))
        return None
    if manifest.fingerprint != key.fingerprint:
        words = (
            f"{path}: signed with the key {manifest.fingerprint}, and this is the key "
            f"{key.fingerprint}. Name the right public key with --key FILE."
        )
        found.append(Finding(Fault.OTHER_KEY, path, words))
    elif not manifest.is_proved_by(key):
        words = f"{path}: the signature of the manifest is not valid: it was changed."
        found.append(Finding(Fault.FORGED, path, words))
    return manifest


def _rows_against(
    manifest: Manifest, row: EvidenceFile, kept: Sequence[EvidenceFile]
) -> Iterator[Finding]:
    """The rows of the database compared with what was signed."""
    if manifest.event_id != str(row.event_id):
        words = f"{row.path}: the manifest is that of event {manifest.event_id}."
        yield Finding(Fault.FORGED, row.path, words)
        return
    signed = {file.path: file for file in manifest.files}
    rows = {file.path: file for file in kept}
    whose = f"of event {row.event_id}"
    for path in sorted(signed.keys() - rows.keys()):
        words = f"{path}: the {signed[path].kind} {whose} was signed and is missing."
        yield Finding(Fault.MISSING, path, words)
    for path in sorted(rows.keys() - signed.keys()):
        words = f"{path}: the {rows[path].kind} {whose} was added after the signature."
        yield Finding(Fault.ADDED, path, words)
    for path in sorted(rows.keys() & signed.keys()):
        if (rows[path].sha256, rows[path].kind) != (signed[path].sha256, signed[path].kind):
            words = f"{path}: the {rows[path].kind} {whose} is not the one that was signed."
            yield Finding(Fault.CHANGED, path, words)


def _compare(
    file: EvidenceFile | NamedFile, path: str, now: tuple[str, int] | None, whose: str
) -> Iterator[Finding]:
    event = f"event {file.event_id}" if isinstance(file, EvidenceFile) else f"the {file.kind}"
    if now is None:
        yield Finding(Fault.MISSING, path, f"{path}: {whose}{event} is missing.")
    elif now != (file.sha256, file.size_bytes):
        words = f"{path}: {whose}{event} was changed since it was kept."
        yield Finding(Fault.CHANGED, path, words)


def _not_named(folder: Path, named: set[str]) -> Iterator[Finding]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name not in named:
            words = f"{name}: this file was added; the manifest does not name it."
            yield Finding(Fault.ADDED, name, words)


def _in_media(media: MediaFolder, path: str) -> tuple[str, int] | None:
    try:
        return media.sha256(path), media.absolute(path).stat().st_size
    except (MediaError, OSError):
        return None


def _in_folder(folder: Path, name: str) -> tuple[str, int] | None:
    digest, size = hashlib.sha256(), 0
    try:
        with _as_file(folder / name).open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                digest.update(chunk)
                size += len(chunk)
    except OSError:
        return None
    return digest.hexdigest(), size


def _as_file(path: Path) -> Path:
    """The path, if it is a file: a pipe or a device in its place has no end."""
    if not path.is_file():
        raise FileNotFoundError(path)
    return path
