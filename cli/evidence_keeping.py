"""The public key, exports for a court, and for how long evidence is kept."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from cli.failure import CommandFailure
from data_access.audit import record_login
from data_access.connections import owner_session
from data_access.database import Database
from data_access.domain.evidence import Retention
from data_access.evidence_deletion import retention
from data_access.evidence_export import export
from data_access.evidence_files import EvidenceFile, evidence_of
from data_access.evidence_keys import signing_key
from data_access.evidence_seals import recorded_event
from data_access.media import MediaFolder
from data_access.retention import ALL, keep_by_command
from data_access.settings import Settings
from detection_worker.evidence.sealing import Sealer
from detection_worker.masking.events import Masking, mask_event

BY_COMMAND = "./qala evidence"
"""Who stands in the audit log for what a command has done."""


def show_key(file: Path | None, settings: Settings) -> int:
    """Write the public key to a file, or show it, with its fingerprint."""
    public = signing_key(settings.home).public
    if file is None:
        print(public.pem.decode(), end="")
    else:
        try:
            file.write_bytes(public.pem)
        except OSError as error:
            raise CommandFailure(f"{file} cannot be written: {error.strerror}.") from error
    print(f"Fingerprint: {public.fingerprint}")
    return 0


def files_of(database: Database, word: str) -> list[EvidenceFile]:
    """The files of the event that a word names."""
    try:
        number = UUID(word)
    except ValueError:
        raise CommandFailure(f"{word} is not the number of an event.") from None
    with database.as_worker() as tx:
        files = evidence_of(tx, number)
    if not files:
        raise CommandFailure(f"there is no evidence with the number {number}.")
    return files


def export_event(
    database: Database, event: str, folder: Path, masked: bool, settings: Settings
) -> int:
    """Copy an event's signed files; who took them stands in the audit log."""
    files = files_of(database, event)
    manifest = export(files, MediaFolder(settings.media_dir), folder, masked)
    with database.as_worker() as tx:
        detail = {"files": len(manifest.files), "masked": masked, "folder": str(folder)}
        subject = f"event {files[0].event_id}"
        record_login(tx, BY_COMMAND, None, "evidence.export", subject=subject, detail=detail)
    print(
        f"{folder}: {len(manifest.files)} files and their manifest, signed with the key "
        f"{manifest.fingerprint}.\nWhoever has the public key (./qala evidence key FILE) proves "
        f"it with: ./qala evidence verify {folder} --key FILE"
    )
    return 0


def mask_one(database: Database, word: str, settings: Settings) -> int:
    """Make an event's masked files; who made them stands in the audit log."""
    number = files_of(database, word)[0].event_id
    media = MediaFolder(settings.media_dir)
    masking = Masking(media, Sealer(media, settings.home))
    with database.as_worker() as tx:
        event = recorded_event(tx, number)
        if event is None:
            raise CommandFailure(f"event {number} is gone.")
        mask_event(tx, masking, event, datetime.now(UTC))
        record_login(tx, BY_COMMAND, None, "evidence.mask", subject=f"event {number}")
    print(
        f"Masked. The originals are as they were. Take the masked files with: "
        f"./qala evidence export {number} DIR --masked"
    )
    return 0


def keep_for(what: str | None, days: int | None, settings: Settings) -> int:
    """Show for how many days evidence is kept, or change it; the change is in the audit log."""
    if (what is None) != (days is None):
        raise CommandFailure("say what is to be kept and for how many days: violation 365.")
    with owner_session(settings) as owner, owner.as_owner() as tx:
        if what is None or days is None:
            kept = retention(tx)
        else:
            kept = keep_by_command(tx, BY_COMMAND, what, days)
    _show(kept)
    return 0


def _show(kept: Retention) -> None:
    print(f"{ALL:<24} {kept.days} days")
    for name, days in sorted({**kept.responses, **kept.kinds}.items()):
        print(f"{name:<24} {days} days")
    print("Evidence of matters that are still open is kept for as long as they are.")
