"""The PostgreSQL that Qala starts itself: a real one, in homes of its own."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import psycopg
import pytest

from data_access.embedded import EmbeddedServer
from data_access.embedded_socket import socket_folder
from data_access.errors import EmbeddedServerError, HomeError
from data_access.postgres_programs import Programs, find_programs, program_folders
from data_access.server_account import account_for
from tests.postgres import FAST, new_folder

as_root = os.geteuid() == 0


@pytest.fixture
def home() -> Iterator[Path]:
    """A new home; whatever runs in it is stopped at the end."""
    folder = new_folder()
    yield folder / "home"
    if (folder / "home" / "keys").exists():
        EmbeddedServer(folder / "home").stop()
    rmtree(folder)


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[Path, str]]:
    """A server for the tests that only look at it: its home and its address."""
    folder = new_folder()
    server = EmbeddedServer(folder / "home", FAST)
    yield folder / "home", server.start()
    server.stop()
    rmtree(folder)


def answer(url: str, query: str = "SELECT 1") -> object:
    with psycopg.connect(url, autocommit=True) as session:
        result = session.execute(query)
        row = result.fetchone() if result.description else None
    return row and row[0]


def test_a_second_start_finds_the_first_and_the_rows_outlive_a_stop(home: Path) -> None:
    first, second = EmbeddedServer(home, FAST), EmbeddedServer(home, FAST)
    url = first.start()
    answer(url, "CREATE TABLE kept AS SELECT 7 AS n")
    assert second.start() == url == first.running_url()
    assert (first.started_here, second.started_here) == (True, False)
    first.stop()
    assert first.running_url() is None
    assert answer(EmbeddedServer(home, FAST).start(), "SELECT n FROM kept") == 7


def test_stopping_what_does_not_run_is_no_trouble(home: Path) -> None:
    EmbeddedServer(home).stop()
    assert EmbeddedServer(home).running_url() is None
    assert not home.exists()


def test_no_user_of_the_machine_gets_in_without_the_password(running: tuple[Path, str]) -> None:
    home, url = running
    rules = (home / "postgres" / "data" / "pg_hba.conf").read_text().splitlines()
    methods = {line.split()[-1] for line in rules if line and not line.startswith("#")}
    assert methods == {"scram-sha-256"}
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(f"postgresql://qala@/qala?host={home}/postgres", passfile="/dev/null")
    assert answer(url, "SHOW listen_addresses") == ""


def test_the_passwords_and_the_data_are_their_owners_alone(running: tuple[Path, str]) -> None:
    home, _ = running
    modes = {
        name: stat.S_IMODE((home / name).stat().st_mode)
        for name in ("keys", "keys/qala.password", "postgres", "postgres/data")
    }
    assert modes == {
        "keys": 0o700,
        "keys/qala.password": 0o600,
        "postgres": 0o700,
        "postgres/data": 0o700,
    }


@pytest.mark.skipif(not as_root, reason="only root starts it as another user")
def test_started_by_root_it_runs_as_a_user_of_its_own(running: tuple[Path, str]) -> None:
    home, _ = running
    number = (home / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[0]
    assert Path(f"/proc/{number}").stat().st_uid == (home / "postgres").stat().st_uid != 0


def test_letters_of_the_citys_languages_are_folded(running: tuple[Path, str]) -> None:
    assert answer(running[1], "SELECT 'ҚОСШЫ Ёлка' ILIKE 'қосшы ёЛКА'") is True


def test_a_pid_file_left_by_a_machine_that_went_down_does_not_stop_it(home: Path) -> None:
    server = EmbeddedServer(home, FAST)
    server.start()
    pid_file = home / "postgres" / "data" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    server.stop()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]))  # another process has it now
    assert answer(server.start()) == 1


def test_a_home_with_a_long_path_is_reached_by_a_short_socket(home: Path) -> None:
    server = EmbeddedServer(home / ("long" * 25) / "é", FAST)
    url = server.start()
    try:
        assert answer(url) == 1
        assert "long" not in url
    finally:
        server.stop()


def test_a_short_socket_folder_that_somebody_else_has_laid_out_is_not_used(
    home: Path,
) -> None:
    folder = home / ("long" * 25)
    own = socket_folder(folder, None, short_root=home.parent)
    own.chmod(0o777)
    with pytest.raises(EmbeddedServerError, match="belongs to somebody else"):
        socket_folder(folder, None, short_root=home.parent)


def test_a_home_in_which_nothing_can_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(
        HomeError, match=r"file/home/postgres cannot be used \(Not a directory\).*QALA_HOME"
    ):
        EmbeddedServer(tmp_path / "file" / "home").start()


def test_a_lost_password_is_said_before_anything_is_changed(home: Path) -> None:
    server = EmbeddedServer(home, FAST)
    server.start()
    server.stop()
    (home / "keys" / "qala.password").unlink()
    with pytest.raises(
        EmbeddedServerError, match=r"password of the database .* is missing: .*qala\.password"
    ):
        server.start()
    assert not (home / "keys" / "qala.password").exists()


@pytest.mark.parametrize(
    ("version", "sentence"),
    [("99", "made by PostgreSQL 99"), ("", "no database folder of PostgreSQL")],
)
def test_data_that_these_programs_cannot_read_is_left_alone(
    version: str, sentence: str, home: Path
) -> None:
    data = home / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text(version)
    with pytest.raises(EmbeddedServerError, match=sentence):
        EmbeddedServer(home).start()


def test_a_server_that_does_not_start_tells_its_own_reason(home: Path) -> None:
    with pytest.raises(EmbeddedServerError, match=r"does not start: .*max_connections"):
        EmbeddedServer(home, {"max_connections": "many"}).start()
    assert answer(EmbeddedServer(home, FAST).start()) == 1


def test_a_first_start_that_was_killed_is_begun_anew(home: Path) -> None:
    begun = home / "postgres" / "data.begun"
    begun.mkdir(parents=True)
    (begun / "PG_VERSION").write_text("18")
    assert answer(EmbeddedServer(home, FAST).start()) == 1
    assert not begun.exists()


def failing_programs(folder: Path, words: str) -> Programs:
    """Programs that say ``words`` and fail, as PostgreSQL's do."""
    folder.mkdir()
    for name in ("initdb", "pg_ctl", "postgres"):
        (folder / name).write_text(f"#!/bin/sh\necho '{words}' >&2\nexit 1\n")
        (folder / name).chmod(0o755)
    return Programs(folder, 18)


def test_a_full_disk_is_said_and_leaves_no_half_made_database(home: Path) -> None:
    words = "initdb: error: could not write: No space left on device"
    programs = failing_programs(home.parent / "bin", words)
    with pytest.raises(HomeError, match=r"disk of .* is full\. Free some space"):
        EmbeddedServer(home, programs=lambda _: programs).start()
    assert not (home / "postgres" / "data").exists()
    assert answer(EmbeddedServer(home, FAST).start()) == 1


def test_programs_of_another_machine_are_one_sentence(home: Path) -> None:
    nothing = Programs(home.parent / "nowhere", 18)
    with pytest.raises(EmbeddedServerError, match=r"cannot be run .*QALA_DATABASE_URL"):
        EmbeddedServer(home, programs=lambda _: nothing).start()


def test_without_any_programs_the_package_to_install_is_named() -> None:
    with pytest.raises(EmbeddedServerError, match="apt-get install postgresql"):
        find_programs(None, folders=[])


def test_the_programs_of_the_datas_own_version_are_taken(tmp_path: Path) -> None:
    older = failing_programs(tmp_path / "bin", "")
    (older.folder / "pg_ctl").write_text("#!/bin/sh\necho pg_ctl '(PostgreSQL)' 16.4\n")
    folders = [*program_folders(), older.folder]
    assert find_programs(16, [older.folder]).major == 16
    assert find_programs(None, folders).folder == program_folders()[0]


@pytest.mark.skipif(not as_root, reason="only root can give files away")
def test_root_runs_a_database_of_an_ordinary_user_as_that_user(tmp_path: Path) -> None:
    os.chown(tmp_path, 12345, 12346)
    account = account_for(tmp_path)
    assert account is not None
    assert (account.uid, account.gid) == (12345, 12346)
