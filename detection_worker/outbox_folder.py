"""The small files of an outbox's folder: its lock, its identity, how far it is done."""

import fcntl
from pathlib import Path
from typing import IO
from uuid import UUID, uuid4

from detection_worker.errors import WorkerError
from detection_worker.outbox_segments import sync_folder


class OutboxError(WorkerError):
    """The outbox's folder cannot be used; the message says why and what to do."""


def take_folder(folder: Path) -> IO[str]:
    """Make the folder and hold its lock; the lock goes with the file that is returned."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / "lock").open("a")
    except OSError as error:
        raise OutboxError(
            f"The outbox {folder} cannot be written: {error.strerror}. Findings would be lost: "
            "give the worker a folder it may write, with QALA_HOME."
        ) from None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise OutboxError(
            f"Another worker uses the outbox {folder}. Stop it first, or give this one "
            "a home of its own with QALA_HOME."
        ) from None
    return file


def identity(folder: Path) -> UUID:
    """The outbox's own number, made once."""
    path = folder / "id"
    if path.exists() and (text := path.read_text().strip()):
        return UUID(text)
    number = uuid4()
    fresh = path.with_suffix(".new")
    fresh.write_text(f"{number}\n")
    fresh.replace(path)
    sync_folder(folder)
    return number


def read_number(path: Path) -> int:
    """The number in a file; 0 where there is none."""
    text = path.read_text().strip() if path.exists() else ""
    return int(text) if text.isdigit() else 0


def write_number(path: Path, number: int) -> None:
    """Replace the number in a file, whole or not at all.

    It is not synced: the database knows better, and a smaller number only means that items
    are offered again which it then recognises.
    """
    fresh = path.with_suffix(".new")
    try:
        fresh.write_text(f"{number}\n")
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)


def lines_in(path: Path) -> int:
    """How many lines a file has; 0 where there is none."""
    if not path.exists():
        return 0
    with path.open("rb") as file:
        return sum(1 for _ in file)
