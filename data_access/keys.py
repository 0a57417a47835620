"""Secrets of the installation: made once, readable by its owner alone, under ``<home>/keys``."""

import os
import secrets
import tempfile
from pathlib import Path

from data_access.home import unusable

SECRET_BYTES = 32
"""256 bits, written as 43 characters that need no quoting anywhere."""


def installation_key(home: Path, name: str) -> str:
    """The key ``name`` of this installation, made at the first call; raises ``HomeError``."""
    return _kept(keys_folder(home) / f"{name}.key")


def role_password(home: Path, role: str) -> str:
    """The password of a database role, made at the first call; raises ``HomeError``."""
    return _kept(keys_folder(home) / f"{role}.password")


def keys_folder(home: Path) -> Path:
    """Where the secrets lie (0700); made where it is missing."""
    folder = home / "keys"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise unusable(folder, error) from error
    return folder


def _kept(path: Path) -> str:
    try:
        if not path.exists():
            _make(path)
        path.chmod(0o600)
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError as error:
        raise unusable(path, error) from error


def _make(path: Path) -> None:
    """Write a new secret whole or not at all; of two that try at once, the first one stays."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="ascii") as file:
        file.write(secrets.token_urlsafe(SECRET_BYTES) + "\n")
        file.flush()
        os.fsync(file.fileno())
        try:
            os.link(file.name, path)
        except FileExistsError:
            return
