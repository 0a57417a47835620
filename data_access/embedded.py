"""The PostgreSQL that Qala runs itself, in ``<home>/postgres``.

It listens on a unix socket alone, and everybody who connects needs a password: no other user
of the machine gets in. Started as root it runs as a system user of its own, because
PostgreSQL refuses to be root.
"""

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from data_access.domain.words import N_
from data_access.embedded_socket import socket_folder, socket_url
from data_access.errors import EmbeddedServerError, HomeError
from data_access.keys import role_password
from data_access.postgres_programs import Programs, find_programs
from data_access.server_account import Account, account_for, give, open_way

OWNER = "qala"
DATABASE = "qala"

START_PATIENCE_S = 120
"""A server that was killed replays its log first; that may take a while."""

_SETTINGS: dict[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
}


class EmbeddedServer:
    """One PostgreSQL of ``home``; ``settings`` are added to or replace Qala's own."""

    def __init__(self, home: Path, settings: Mapping[str, str] | None = None) -> None:
        self._home = home.resolve()
        self._folder = self._home / "postgres"
        self._data = self._folder / "data"
        self._log = self._folder / "server.log"
        self._settings = _SETTINGS | dict(settings or {})
        self.started_here = False

    def start(self) -> str:
        """Start the server, or find it running, and return the owner's address.

        Raises ``EmbeddedServerError`` or ``HomeError`` with what to do.
        """
        account = self._prepare_folder()
        with self._alone():
            programs = find_programs(self._data_major())
            open_way(programs.folder.parent, account)
            password = self._password()
            if not (self._data / "PG_VERSION").exists():
                self._initialise(programs, account, password)
            folder = self._running_in() or self._launch(programs, account)
        url = socket_url(folder, OWNER, password, DATABASE)
        _make_database(socket_url(folder, OWNER, password, "postgres"))
        return url

    def stop(self) -> None:
        """Stop the server; nothing happens where none runs. Open transactions roll back."""
        if not self._folder.exists():
            return
        with self._alone():
            if self._running_in() is None:
                return
            programs = find_programs(self._data_major())
            words = ["pg_ctl", "stop", "-D", str(self._data), "-m", "fast", "-w", "-t", "60"]
            result = _run(programs, words, account_for(self._data))
            if result.returncode != 0:
                raise self._failed(N_("PostgreSQL in {folder} does not stop: {reason}"), result)

    def _prepare_folder(self) -> Account | None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            account = account_for(self._data if self._data.exists() else self._folder)
            open_way(self._folder, account)
            give(self._folder, account)
            self._folder.chmod(0o700)
            if not os.access(self._folder, os.W_OK | os.X_OK):
                raise PermissionError(13, os.strerror(13))
        except OSError as error:
            raise _unusable(self._folder, error) from error
        return account

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two programs that start or stop it at once wait for each other."""
        try:
            file = (self._home / "postgres.lock").open("w")
        except OSError as error:
            raise _unusable(self._home, error) from error
        with file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _data_major(self) -> int | None:
        version = self._data / "PG_VERSION"
        return int(version.read_text().split(".")[0]) if version.exists() else None

    def _password(self) -> str:
        lost = (self._data / "PG_VERSION").exists() and not (
            self._home / "keys" / f"{OWNER}.password"
        ).exists()
        if lost:
            raise EmbeddedServerError(
                N_(
                    "The password of the database in {folder} is missing: {file}. Put it back "
                    "from a copy; without it nobody can open this database."
                ),
                folder=self._folder,
                file=self._home / "keys" / f"{OWNER}.password",
            )
        return role_password(self._home, OWNER)

    def _initialise(self, programs: Programs, account: Account | None, password: str) -> None:
        """Make the data folder whole or not at all: what was begun is no data folder."""
        begun = self._folder / "data.begun"
        shutil.rmtree(begun, ignore_errors=True)
        with tempfile.NamedTemporaryFile("w", dir=self._folder) as secret:
            secret.write(password)
            secret.flush()
            give(Path(secret.name), account)
            words = ["initdb", "-D", str(begun), "-U", OWNER, f"--pwfile={secret.name}"]
            words += ["--auth=scram-sha-256", "--encoding=UTF8", *_locale(programs)]
            result = _run(programs, words, account)
        if result.returncode != 0:
            raise self._failed(N_("No database could be made in {folder}: {reason}"), result)
        begun.rename(self._data)

    def _running_in(self) -> Path | None:
        """The socket folder of the running server; None (and no stale pid file) if none runs."""
        pid_file = self._data / "postmaster.pid"
        try:
            lines = pid_file.read_text().splitlines()
        except FileNotFoundError:
            return None
        if lines and lines[0].isdigit() and _is_postgres(int(lines[0]), self._data):
            return Path(lines[4]) if len(lines) > 4 else None
        # Left by a machine that went down; its number may now be that of any other process,
        # for which PostgreSQL would refuse to start.
        pid_file.unlink(missing_ok=True)
        return None

    def _launch(self, programs: Programs, account: Account | None) -> Path:
        folder = socket_folder(self._folder, account)
        settings = self._settings | {"unix_socket_directories": str(folder)}
        options = " ".join(_shell_option(name, value) for name, value in settings.items())
        self._log.unlink(missing_ok=True)
        words = ["pg_ctl", "start", "-D", str(self._data), "-l", str(self._log), "-o", options]
        words += ["-w", "-t", str(START_PATIENCE_S)]
        result = _run(programs, words, account)
        if result.returncode != 0:
            raise self._failed(N_("PostgreSQL in {folder} does not start: {reason}"), result)
        self.started_here = True
        return folder

    def _failed(
        self, words: str, result: subprocess.CompletedProcess[str]
    ) -> EmbeddedServerError | HomeError:
        log = self._log.read_text(errors="replace") if self._log.exists() else ""
        said = f"{result.stderr}\n{result.stdout}\n{log}"
        if "No space left" in said or "Disk quota" in said:
            return HomeError(
                N_("The disk of {folder} is full. Free some space or move QALA_HOME."),
                folder=self._folder,
            )
        return EmbeddedServerError(words, folder=self._folder, reason=_telling_line(said))


def _make_database(server_url: str) -> None:
    with psycopg.connect(server_url, autocommit=True) as session:
        query = "SELECT FROM pg_database WHERE datname = %s"
        if session.execute(query, [DATABASE]).fetchone() is None:
            session.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))


def _locale(programs: Programs) -> list[str]:
    """Unicode letters on every machine: PostgreSQL's own tables where it has them (17)."""
    if programs.major >= 17:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]


def _shell_option(name: str, value: str) -> str:
    quoted = value.replace("'", "'\\''")
    return f"-c {name}='{quoted}'"


def _run(
    programs: Programs, words: list[str], account: Account | None
) -> subprocess.CompletedProcess[str]:
    """Run a program of PostgreSQL; its words go to files, since the server keeps them open."""
    who = {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}
    environment = {**os.environ, "LC_ALL": "C", "LANG": "C"}
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors:
        try:
            code = subprocess.run(  # noqa: S603 - fixed programs, no shell
                [programs.path(words[0]), *words[1:]],
                stdin=subprocess.DEVNULL, stdout=out, stderr=errors, cwd="/",
                env=environment, check=False, **who,
            ).returncode  # fmt: skip
        except OSError as error:
            raise _cannot_run(programs, error) from error
        return subprocess.CompletedProcess(words, code, _read(out), _read(errors))


def _read(file: "tempfile._TemporaryFileWrapper[str]") -> str:
    file.seek(0)
    return file.read()


def _is_postgres(pid: int, data: Path) -> bool:
    """Whether the process ``pid`` is the server of this very data folder."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        return str(data).encode() in words
    except FileNotFoundError:
        if Path("/proc/self").exists():
            return False
    seen = subprocess.run(  # noqa: S603 - fixed words
        ["/bin/ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True, check=False
    )
    return str(data) in seen.stdout


def _telling_line(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if "FATAL" in line or "error:" in line or "PANIC" in line]
    return (telling or lines or ["?"])[-1]


def _cannot_run(programs: Programs, error: OSError) -> EmbeddedServerError:
    return EmbeddedServerError(
        N_("{program} cannot be run ({reason}). Set QALA_DATABASE_URL to another server."),
        program=programs.folder,
        reason=error.strerror or error,
    )


def _unusable(path: Path, error: OSError) -> HomeError:
    return HomeError(
        N_("{path} cannot be used ({reason}). Make it writable for this user or set QALA_HOME."),
        path=path,
        reason=error.strerror or error,
    )
