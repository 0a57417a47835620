"""One installation: its database is kept alive while it is open."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import psycopg
import pytest

from cli.installation import open_installation
from data_access.settings import read_settings
from tests.postgres import new_folder


@pytest.fixture
def home() -> Iterator[Path]:
    folder = new_folder()
    yield folder / "home"
    rmtree(folder)


def kill_server(home: Path) -> None:
    pid = int((home / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    until = time.monotonic() + 90
    while Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes():
        assert time.monotonic() < until, "the server outlives its death"
        time.sleep(0.05)


def test_a_database_that_was_killed_is_started_again_with_its_rows(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_installation(read_settings({"QALA_HOME": str(home)})) as installation:
        url = installation.settings.database_url or ""
        with psycopg.connect(url, autocommit=True) as session:
            session.execute("CREATE TABLE kept AS SELECT 7 AS n")
        installation.keep_alive()
        assert "starting it again" not in capsys.readouterr().err
        kill_server(home)
        installation.keep_alive()
        with psycopg.connect(url) as session:
            assert session.execute("SELECT n FROM kept").fetchall() == [(7,)]
        assert "starting it again" in "".join(capsys.readouterr())
