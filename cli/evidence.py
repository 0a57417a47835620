"""Evidence: verify, sign, export for a court, mask faces and plates, and how long it is kept."""

import argparse
from collections.abc import Callable
from pathlib import Path

from cli import evidence_keeping, evidence_verifying
from cli.failure import CommandFailure
from data_access.connections import worker_database
from data_access.database import Database
from data_access.domain.events import EVENT_KINDS, Response
from data_access.errors import DataAccessError
from data_access.retention import ALL
from data_access.settings import Settings
from detection_worker.errors import WorkerError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words that ``evidence`` understands."""
    works = parser.add_subparsers(dest="work", required=True, metavar="WORK")
    _add_verify(works.add_parser("verify", help="prove the signatures and find what was changed"))
    export = works.add_parser("export", help="copy an event's signed files into a new folder")
    export.add_argument("event", help="the number of the event")
    export.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")
    export.add_argument("--masked", action="store_true", help="the masked files instead")
    mask = works.add_parser("mask", help="hide faces and plates in second files of an event")
    mask.add_argument("event", help="the number of the event")
    key = works.add_parser("key", help="show or write the public key that proves signatures")
    key.add_argument("file", nargs="?", type=Path, help="where to write it (PEM)")
    keep = works.add_parser("retention", help="show or set for how many days evidence is kept")
    keep.add_argument(
        "what",
        nargs="?",
        choices=[ALL, *(str(response) for response in Response), *EVENT_KINDS],
        metavar="WHAT",
        help="all, a response (violation, incident, work_order) or a kind of event",
    )
    keep.add_argument("days", nargs="?", type=int, help="a number; 0 takes an exception away")


def _add_verify(verify: argparse.ArgumentParser) -> None:
    verify.add_argument(
        "what", nargs="*", help="events, single files of evidence, or folders that were exported"
    )
    verify.add_argument("--all", action="store_true", help="every event, and files nobody knows")
    verify.add_argument("--key", type=Path, metavar="FILE", help="the public key (PEM) to use")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Do one of the works; 1 if anything is not as it was kept."""
    try:
        if arguments.work == "key":
            return evidence_keeping.show_key(arguments.file, settings)
        if arguments.work == "retention":
            return evidence_keeping.keep_for(arguments.what, arguments.days, settings)
        if arguments.work == "export":
            return _with_database(settings, lambda db: evidence_keeping.export_event(
                db, arguments.event, arguments.folder, arguments.masked, settings
            ))  # fmt: skip
        if arguments.work == "mask":
            return _with_database(
                settings, lambda db: evidence_keeping.mask_one(db, arguments.event, settings)
            )
        return evidence_verifying.verify(arguments.what, arguments.all, arguments.key, settings)
    except (DataAccessError, WorkerError) as error:
        raise CommandFailure(str(error)) from None


def _with_database(settings: Settings, work: Callable[[Database], int]) -> int:
    database = worker_database(settings)
    try:
        return work(database)
    finally:
        database.close()
