"""The system user that the embedded server runs as when Qala is started as root."""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from data_access.domain.words import N_
from data_access.errors import EmbeddedServerError

NAME = "qala-postgres"


@dataclass(frozen=True, slots=True)
class Account:
    """A user of the machine, by number."""

    uid: int
    gid: int


def account_for(folder: Path) -> Account | None:
    """Who the server of ``folder`` runs as; None means: as the one who starts it.

    Root gets the owner of the folder if that is not root, else a system user, which is made
    where it is missing. Raises ``EmbeddedServerError`` where it cannot be made.
    """
    if os.geteuid() != 0:
        return None
    owner = folder.stat()
    if owner.st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    found = _found() or _made()
    return Account(found.pw_uid, found.pw_gid)


def give(path: Path, account: Account | None) -> None:
    """Make ``account`` the owner of ``path``, if it is another user."""
    if account is not None:
        os.chown(path, account.uid, account.gid)


def open_way(folder: Path, account: Account | None) -> None:
    """Let another user pass through the folders above ``folder`` (pass, not list)."""
    if account is None:
        return
    for parent in folder.parents:
        mode = stat.S_IMODE(parent.stat().st_mode)
        if not mode & stat.S_IXOTH and parent.stat().st_uid != account.uid:
            parent.chmod(mode | stat.S_IXOTH)


def open_programs(folder: Path, account: Account | None) -> None:
    """Let another user read and run what is in ``folder``, if it was installed for root alone."""
    open_way(folder, account)
    others = stat.S_IROTH | stat.S_IXOTH
    if account is None or folder.stat().st_mode & others == others:
        return
    for path in [folder, *folder.rglob("*")]:
        mode = stat.S_IMODE(path.stat().st_mode)
        runnable = path.is_dir() or mode & stat.S_IXUSR
        path.chmod(mode | (others if runnable else stat.S_IROTH))


def _found() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        return None


def _made() -> pwd.struct_passwd:
    useradd = shutil.which("useradd")
    if useradd is None:
        raise _no_user("useradd: not found")
    words = [useradd, "--system", "--user-group", "--no-create-home", "--shell", "/bin/false", NAME]
    result = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603
    found = _found()
    if found is None:
        raise _no_user(result.stderr.strip())
    return found


def _no_user(reason: str) -> EmbeddedServerError:
    return EmbeddedServerError(
        N_(
            "PostgreSQL does not run as root, and the user {name} could not be made ({reason}). "
            "Start Qala as an ordinary user, or set QALA_DATABASE_URL to a server."
        ),
        name=NAME,
        reason=reason,
    )
