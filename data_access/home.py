"""What can go wrong with the folder of the installation, in words."""

import errno
from pathlib import Path

from data_access.domain.words import N_
from data_access.errors import HomeError

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


def unusable(path: Path, error: OSError) -> HomeError:
    """The exception for a file or folder under QALA_HOME that gave ``error``."""
    if error.errno in NO_ROOM:
        return disk_full(path)
    return HomeError(
        N_("{path} cannot be used ({reason}). Make it writable for this user or set QALA_HOME."),
        path=path,
        reason=error.strerror or error,
    )


def disk_full(path: Path) -> HomeError:
    """The exception for a disk without room."""
    return HomeError(
        N_("The disk of {folder} is full. Free some space or move QALA_HOME."), folder=path
    )
