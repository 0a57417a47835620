"""Verify the files of evidence: whether each is there, and is the one that was kept."""

import argparse
from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from cli.failure import CommandFailure
from data_access.connections import worker_database
from data_access.database import Transaction
from data_access.errors import DataAccessError
from data_access.evidence_files import EvidenceFile, all_evidence, evidence_of
from data_access.media import MediaFolder
from data_access.settings import Settings
from detection_worker.evidence.verification import Finding, faulty, unknown, waiting_paths


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words that ``evidence`` understands."""
    works = parser.add_subparsers(dest="work", required=True, metavar="WORK")
    verify = works.add_parser("verify", help="compare the files with what was kept of them")
    which = verify.add_mutually_exclusive_group(required=True)
    which.add_argument("id", nargs="?", type=UUID, help="an event, or one file of evidence")
    which.add_argument("--all", action="store_true", help="every file, and those nobody knows")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Verify; 1 if anything is not as it was kept."""
    try:
        database = worker_database(settings)
        with database.as_worker() as tx:
            verification = _Verification(tx, settings)
            findings = verification.of_all() if arguments.all else verification.of(arguments.id)
            faults = Counter(_tell(finding) for finding in findings)
        database.close()
    except DataAccessError as error:
        raise CommandFailure(str(error)) from None
    if arguments.id and not verification.checked:
        raise CommandFailure(f"there is no evidence with the number {arguments.id}.")
    print(
        f"Files checked: {verification.checked}. Missing: {faults['missing']}. "
        f"Changed: {faults['changed']}. Unknown: {faults['unknown']}."
    )
    return 1 if faults else 0


class _Verification:
    """One look through the evidence; counts what it has checked."""

    def __init__(self, tx: Transaction, settings: Settings) -> None:
        self._tx, self._settings = tx, settings
        self._media = MediaFolder(settings.media_dir)
        self._paths: set[str] = set()

    @property
    def checked(self) -> int:
        return len(self._paths)

    def of(self, number: UUID) -> Iterator[Finding]:
        return faulty(self._noted(iter(evidence_of(self._tx, number))), self._media)

    def of_all(self) -> Iterator[Finding]:
        yield from faulty(self._noted(all_evidence(self._tx)), self._media)
        known = self._paths | waiting_paths(self._settings.home / "outbox")
        yield from unknown(self._settings.media_dir, known)

    def _noted(self, files: Iterator[EvidenceFile]) -> Iterator[EvidenceFile]:
        for file in files:
            self._paths.add(file.path)
            yield file


def _tell(finding: Finding) -> str:
    print(finding.sentence)
    return str(finding.fault)
