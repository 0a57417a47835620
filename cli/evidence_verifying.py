"""``evidence verify``: of events and files in the database, and of folders without one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from cli.failure import CommandFailure
from data_access.connections import worker_database
from data_access.database import Transaction
from data_access.evidence_check import (
    Checked,
    Fault,
    Finding,
    check_event,
    check_folder,
)
from data_access.evidence_files import EvidenceFile, all_evidence, evidence_of
from data_access.evidence_keys import PublicKey, public_key, read_public_key, signing_key
from data_access.files_beside import files_beside
from data_access.media import MediaFolder
from data_access.settings import Settings
from detection_worker.evidence.verification import unknown, waiting_paths

UNSIGNED_IS_A_FAULT_AFTER = timedelta(days=1)
"""Evidence is signed minutes after its event, or after the worker's next start: a day later
somebody has taken the manifest away, or no worker runs."""


def verify(what: Sequence[str], everything: bool, key: Path | None, settings: Settings) -> int:
    """Check what is named, or everything; 1 if anything is not as it was kept."""
    if bool(what) == everything:
        raise CommandFailure("name events, files or folders to verify, or --all.")
    folders = [Path(one) for one in what if _number(one) is None]
    numbers = [number for one in what if (number := _number(one)) is not None]
    report = Report()
    for folder in folders:
        _verify_folder(folder, _key(key, settings), report)
    if numbers or everything:
        _verify_rows(numbers, _key(key, settings, makes=True), settings, report)
    print(report.summary)
    return 1 if report.faults else 0


def _number(word: str) -> UUID | None:
    try:
        return UUID(word)
    except ValueError:
        return None


def _key(path: Path | None, settings: Settings, makes: bool = False) -> PublicKey:
    """The named key, or the installation's own."""
    if path is not None:
        return read_public_key(path)
    return signing_key(settings.home).public if makes else public_key(settings.home)


@dataclass(slots=True)
class Report:
    """What was checked so far, told as it is found."""

    files: int = 0
    signed: int = 0
    unsigned: int = 0
    faults: Counter[Fault] = field(default_factory=Counter)

    def add(self, checked: Checked, unsigned_is_a_fault: bool = True) -> None:
        """Count one event or folder, and say what is wrong with it."""
        self.files += checked.files
        self.signed += checked.manifest is not None
        self.unsigned += checked.manifest is None
        for finding in checked.findings:
            if finding.fault is not Fault.UNSIGNED or unsigned_is_a_fault:
                self.tell(finding)

    def tell(self, finding: Finding) -> None:
        """Say what is wrong with one file."""
        print(finding.sentence)
        self.faults[finding.fault] += 1

    @property
    def summary(self) -> str:
        """One line at the end."""
        faults = self.faults
        changed = faults[Fault.CHANGED] + faults[Fault.FORGED] + faults[Fault.OTHER_KEY]
        return (
            f"Files checked: {self.files}. Missing: {faults[Fault.MISSING]}. "
            f"Changed: {changed}. Added: {faults[Fault.ADDED]}. "
            f"Unknown: {faults[Fault.UNKNOWN]}. Events signed: {self.signed}, "
            f"not signed: {self.unsigned}."
        )


def _verify_folder(folder: Path, key: PublicKey, report: Report) -> None:
    if not folder.is_dir():
        raise CommandFailure(f"{folder} is neither the number of an event nor a folder.")
    checked = check_folder(folder, key)
    report.add(checked)
    manifest = checked.manifest
    if manifest is not None and not checked.findings:
        event = manifest.statement["event"]
        print(
            f"{folder}: {event['kind']}, event {event['id']}, camera {event['camera_code']}, "
            f"{event['started_at']}: as it was signed at {manifest.statement['signed_at']} "
            f"with the key {manifest.fingerprint}."
        )
    for absent in manifest.statement["absent"] if manifest else ():
        print(f"{folder}: signed without the {absent['kind']}: {absent['reason']}")


def _verify_rows(
    numbers: Sequence[UUID], key: PublicKey, settings: Settings, report: Report
) -> None:
    database = worker_database(settings)
    try:
        with database.as_worker() as tx:
            for number in numbers:
                _verify_one(tx, number, key, settings, report)
            if not numbers:
                _verify_all(tx, key, settings, report)
    finally:
        database.close()


def _verify_one(
    tx: Transaction, number: UUID, key: PublicKey, settings: Settings, report: Report
) -> None:
    files = evidence_of(tx, number)
    if not files:
        raise CommandFailure(f"there is no evidence with the number {number}.")
    report.add(check_event(files, MediaFolder(settings.media_dir), key), _is_old(files))


def _verify_all(tx: Transaction, key: PublicKey, settings: Settings, report: Report) -> None:
    media, paths = MediaFolder(settings.media_dir), set[str]()
    for files in all_evidence(tx):
        paths.update(file.path for file in files)
        report.add(check_event(files, media, key), _is_old(files))
    for finding in unknown(settings.media_dir, paths | files_beside(tx) | _waiting(settings)):
        report.tell(finding)


def _waiting(settings: Settings) -> set[str]:
    """What waits in the outboxes of all of this installation's workers."""
    found: set[str] = set()
    for folder in settings.home.glob("outbox*"):
        found |= waiting_paths(folder)
    return found


def _is_old(files: Sequence[EvidenceFile]) -> bool:
    newest = max(file.captured_at for file in files)
    return datetime.now(UTC) - newest > UNSIGNED_IS_A_FAULT_AFTER
