"""The media folder: files of evidence under names that tell nothing.

A file appears whole or not at all: it is written aside, brought to the disk and renamed.
"""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from data_access.domain.words import N_
from data_access.errors import MediaError
from data_access.home import NO_ROOM

_CHUNK_BYTES = 1 << 20
_BEGUN = ".begun"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file in the media folder: its relative path, what it weighs and its SHA-256."""

    path: str
    size_bytes: int
    sha256: str


class MediaFolder:
    """The folder ``path``; it is made when the first file is kept."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def new_path(self, suffix: str) -> str:
        """A random name with ``suffix`` (like ``.mp4``), relative to the folder."""
        name = secrets.token_hex(16)
        return f"{name[:2]}/{name}{suffix}"

    def absolute(self, relative: str) -> Path:
        """Where a kept file is; raises ``MediaError`` for a path that leads out of the folder."""
        folder = self._path.resolve()
        try:
            whole = (folder / relative).resolve()
        except (OSError, ValueError, RuntimeError) as error:
            raise _no_such_file() from error
        if Path(relative).is_absolute() or folder not in whole.parents:
            raise _no_such_file()
        return whole

    def open(self, relative: str) -> BinaryIO:
        """A kept file, to be read; raises ``MediaError`` where it is gone."""
        try:
            return self.absolute(relative).open("rb")
        except OSError as error:
            raise _no_such_file() from error

    def keep(self, content: bytes, suffix: str) -> KeptFile:
        """Keep ``content`` under a new name."""
        relative = self.new_path(suffix)
        with self.writing(relative) as path:
            path.write_bytes(content)
        return KeptFile(relative, len(content), hashlib.sha256(content).hexdigest())

    @contextmanager
    def writing(self, relative: str) -> Iterator[Path]:
        """A path to write to; at the end of the ``with`` it becomes the file ``relative``.

        Whatever goes wrong leaves no file. Raises ``MediaError`` where there is no room.
        """
        final = self.absolute(relative)
        # The suffix stays at the end: writers of video look at it.
        begun = final.with_name(f"{final.stem}{_BEGUN}{final.suffix}")
        try:
            final.parent.mkdir(parents=True, exist_ok=True)
            yield begun
            _bring_to_disk(begun)
            begun.rename(final)
            _bring_to_disk(final.parent)
        except OSError as error:
            raise self._not_written(error) from error
        finally:
            # Where the folder itself cannot be used, there is nothing to remove either.
            with suppress(OSError):
                begun.unlink(missing_ok=True)

    def remove(self, relative: str) -> None:
        """Remove a kept file; one that is gone already is no failure. Raises ``MediaError``."""
        try:
            self.absolute(relative).unlink(missing_ok=True)
        except OSError as error:
            raise self._not_written(error) from error

    def kept(self, relative: str) -> KeptFile:
        """What a kept file weighs and its SHA-256, read anew."""
        return KeptFile(relative, self.absolute(relative).stat().st_size, self.sha256(relative))

    def sha256(self, relative: str) -> str:
        """The SHA-256 of a kept file in hexadecimal; reads it in pieces."""
        digest = hashlib.sha256()
        with self.open(relative) as file:
            while chunk := file.read(_CHUNK_BYTES):
                digest.update(chunk)
        return digest.hexdigest()

    def remove_begun(self) -> int:
        """Remove what a process that was killed had begun to write; how many files."""
        begun = list(self._path.glob(f"??/*{_BEGUN}.*"))
        for path in begun:
            path.unlink(missing_ok=True)
        return len(begun)

    def _not_written(self, error: OSError) -> MediaError:
        if error.errno in NO_ROOM:
            return MediaError(
                N_("The disk of {folder} is full. Free some space or move QALA_MEDIA_DIR."),
                folder=self._path,
            )
        return MediaError(
            N_("No evidence can be written to {folder} ({reason}). Check QALA_MEDIA_DIR."),
            folder=self._path,
            reason=error.strerror or error,
        )


def _bring_to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, would outlive a power cut."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _no_such_file() -> MediaError:
    return MediaError(N_("This file of evidence is not there. Tell the administrator."))
