"""Where the embedded server listens: a unix socket, whose path must not be too long."""

import hashlib
import os
import stat
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote, urlencode

from data_access.domain.words import N_
from data_access.errors import EmbeddedServerError
from data_access.server_account import Account, give

LONGEST_PATH = 107 if sys.platform == "linux" else 103
"""Bytes that a unix socket's path may have (sun_path, less the closing zero)."""

_SOCKET = ".s.PGSQL.5432"
SOCKET_LOCK = f"{_SOCKET}.lock"
"""Names the process that listens at the socket beside it."""


def socket_folder(folder: Path, account: Account | None, short_root: Path | None = None) -> Path:
    """``folder`` itself, or a folder of our own in ``short_root`` if that is too long.

    ``short_root`` is the folder for temporary files unless it is given.

    Raises ``EmbeddedServerError`` where that belongs to somebody else, or is too long as well.
    """
    if _fits(folder):
        return folder
    name = hashlib.sha256(str(folder).encode()).hexdigest()[:16]
    short = (short_root or Path(tempfile.gettempdir())) / f"qala-{name}"
    if not _fits(short):
        raise EmbeddedServerError(
            N_("{folder} is too long for a unix socket. Set QALA_HOME to a shorter path."),
            folder=folder,
        )
    short.mkdir(mode=0o700, exist_ok=True)
    _check_ours(short, account)
    give(short, account)
    return short


def socket_url(folder: Path, role: str, password: str, database: str) -> str:
    """The address of a database behind the socket in ``folder``."""
    return f"postgresql://{role}:{quote(password, safe='')}@/{database}?" + urlencode(
        {"host": str(folder)}, quote_via=quote
    )


def _fits(folder: Path) -> bool:
    return len(bytes(folder / _SOCKET)) <= LONGEST_PATH


def _check_ours(folder: Path, account: Account | None) -> None:
    """Others may write among the temporary folders: take no folder that they have laid out."""
    there = folder.lstat()
    owners = {os.geteuid(), account.uid} if account else {os.geteuid()}
    open_to_others = stat.S_IMODE(there.st_mode) & 0o077
    if not stat.S_ISDIR(there.st_mode) or there.st_uid not in owners or open_to_others:
        raise EmbeddedServerError(
            N_("{folder} belongs to somebody else. Remove it, or set QALA_HOME to a shorter path."),
            folder=folder,
        )
