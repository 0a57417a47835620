"""Evidence taken out of the installation: a folder that proves itself with the public key."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from data_access.domain.evidence import EvidenceKind
from data_access.domain.words import N_
from data_access.errors import MediaError
from data_access.evidence_files import EvidenceFile
from data_access.evidence_manifest import NAME, Manifest, opened
from data_access.media import MediaFolder


def export(
    files: Sequence[EvidenceFile], media: MediaFolder, folder: Path, masked: bool = False
) -> Manifest:
    """Copy an event's files and their manifest into ``folder``, which must be new or empty.

    ``masked`` takes the masked files in place of the originals. Raises ``MediaError`` where
    there is no manifest yet, or a file is gone; ``ManifestDamaged`` where it was changed.
    """
    kind = EvidenceKind.MASKED_MANIFEST if masked else EvidenceKind.MANIFEST
    row = next((file for file in files if file.kind == kind), None)
    if row is None:
        raise MediaError(_NOT_MASKED if masked else _NOT_SIGNED)
    with media.open(row.path) as file_:
        content = file_.read()
    manifest = opened(content)
    try:
        _copy(manifest, content, media, folder)
    except OSError as error:
        raise MediaError(
            N_("The evidence could not be copied to {folder} ({reason})."),
            folder=folder,
            reason=error.strerror or error,
        ) from error
    return manifest


def _copy(manifest: Manifest, content: bytes, media: MediaFolder, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise MediaError(
            N_("The folder {folder} is not empty. Name a new one: what is added shows as added."),
            folder=folder,
        )
    for file in manifest.files:
        with media.open(file.path) as source, (folder / file.name).open("xb") as target:
            shutil.copyfileobj(source, target)
    # The manifest comes last: a copy that was broken off is no export.
    (folder / NAME).write_bytes(content)


_NOT_SIGNED = N_("This event's evidence is not signed yet. Wait until its clip is there.")
_NOT_MASKED = N_("This event has no masked evidence yet. Make it with “./qala evidence mask”.")
