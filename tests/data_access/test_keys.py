"""Secrets of the installation: made once, for their owner alone."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from data_access.errors import HomeError
from data_access.keys import installation_key, role_password


def test_a_key_is_made_once_and_differs_from_every_other(tmp_path: Path) -> None:
    worker = installation_key(tmp_path, "worker")
    assert installation_key(tmp_path, "worker") == worker
    assert len({worker, installation_key(tmp_path, "sos"), role_password(tmp_path, "worker")}) == 3
    assert len(worker) == 43


def test_nobody_else_reads_a_key_even_if_it_was_left_open(tmp_path: Path) -> None:
    installation_key(tmp_path, "worker")
    path = tmp_path / "keys" / "worker.key"
    path.chmod(0o644)
    path.parent.chmod(0o755)
    installation_key(tmp_path, "worker")
    assert [stat.S_IMODE(p.stat().st_mode) for p in (path, path.parent)] == [0o600, 0o700]


def test_two_that_make_it_at_once_have_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(lambda _: installation_key(tmp_path, "worker"), range(32)))
    assert len(keys) == 1
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["worker.key"]


def test_a_home_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(HomeError, match=r"file/keys cannot be used.*QALA_HOME"):
        installation_key(tmp_path / "file", "worker")
