"""The PostgreSQL that Qala runs itself, in ``<home>/postgres``.

It listens on a unix socket alone, and everybody who connects needs a password: no other user
of the machine gets in. Started as root it runs as a system user of its own, because
PostgreSQL refuses to be root.
"""

import fcntl
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from data_access.addresses import engine_url
from data_access.domain.words import N_
from data_access.embedded_socket import SOCKET_LOCK, socket_folder, socket_url
from data_access.errors import EmbeddedServerError, HomeError
from data_access.home import disk_full, unusable
from data_access.keys import role_password
from data_access.postgres_errors import spoken
from data_access.postgres_programs import Programs, find_programs
from data_access.server_account import Account, account_for, give, open_programs, open_way

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
    """One PostgreSQL of ``home``; ``settings`` are added to or replace Qala's own.

    ``programs`` finds the programs to use for data of a major version, or for new data.
    """

    def __init__(
        self,
        home: Path,
        settings: Mapping[str, str] | None = None,
        programs: Callable[[int | None], Programs] = find_programs,
    ) -> None:
        self._home = home.resolve()
        self._folder = self._home / "postgres"
        self._data = self._folder / "data"
        self._log = self._folder / "server.log"
        self._settings = _SETTINGS | dict(settings or {})
        self._find_programs = programs
        self.started_here = False

    @property
    def made(self) -> bool:
        """Whether there is a database in the home, running or not."""
        return (self._data / "PG_VERSION").exists()

    def start(self) -> str:
        """Start the server, or find it running, and return the owner's address.

        Raises ``EmbeddedServerError`` or ``HomeError`` with what to do.
        """
        account = self._prepare_folder()
        with self._alone():
            programs = self._find_programs(self._data_major())
            open_programs(programs.folder.parent, account)
            password = self._password()
            if not self.made:
                self._initialise(programs, account, password)
            folder = self._running_in() or self._launch(programs, account)
            self._make_database(socket_url(folder, OWNER, password, "postgres"))
        return socket_url(folder, OWNER, password, DATABASE)

    def running_url(self) -> str | None:
        """The owner's address if the server runs; starts nothing."""
        if not self._folder.exists():
            return None
        with self._alone():
            folder = self._running_in()
        return socket_url(folder, OWNER, self._password(), DATABASE) if folder else None

    def stop(self) -> None:
        """Stop the server; nothing happens where none runs. Open transactions roll back."""
        if not self._folder.exists():
            return
        with self._alone():
            folder = self._running_in()
            if folder is None:
                return
            programs = self._find_programs(self._data_major())
            words = ["pg_ctl", "stop", "-D", str(self._data), "-m", "fast", "-w", "-t", "60"]
            result = programs.run(words, account_for(self._data))
            if result.returncode != 0:
                raise self._failed(N_("PostgreSQL in {folder} does not stop: {reason}"), result)
            if folder != self._folder:
                folder.rmdir()

    def _prepare_folder(self) -> Account | None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            account = account_for(self._data if self._data.exists() else self._folder)
            open_way(self._folder, account)
            give(self._folder, account)
            self._folder.chmod(0o700)
        except OSError as error:
            raise unusable(self._folder, error) from error
        return account

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two programs that start or stop it at once wait for each other."""
        try:
            with (self._home / "postgres.lock").open("w") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                yield
        except OSError as error:
            raise unusable(self._folder, error) from error

    def _data_major(self) -> int | None:
        version = self._data / "PG_VERSION"
        if not version.exists():
            return None
        major = re.match(r"\d+", version.read_text())
        if major is None:
            raise EmbeddedServerError(
                N_("{folder} is no database folder of PostgreSQL. Put it back from a copy."),
                folder=self._data,
            )
        return int(major[0])

    def _password(self) -> str:
        if self.made and not (self._home / "keys" / f"{OWNER}.password").exists():
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
            result = programs.run(words, account)
        if result.returncode != 0:
            raise self._failed(N_("No database could be made in {folder}: {reason}"), result)
        begun.rename(self._data)

    def _running_in(self) -> Path | None:
        """The socket folder of the running server; None (and no stale pid file) if none runs."""
        pid_file = self._data / "postmaster.pid"
        until = time.monotonic() + START_PATIENCE_S
        while pid_file.exists():
            lines = pid_file.read_text().splitlines()
            if not lines or not _is_postgres(lines[0], self._data):
                # Left by a machine that went down; its number may now be that of any other
                # process, for which PostgreSQL would refuse to start.
                pid_file.unlink(missing_ok=True)
                return None
            if len(lines) >= 8 and lines[7].strip() == "ready":
                return Path(lines[4])
            if time.monotonic() > until:
                raise EmbeddedServerError(
                    N_("PostgreSQL in {folder} neither starts nor stops. Its log is {log}."),
                    folder=self._folder,
                    log=self._log,
                )
            time.sleep(0.05)  # another start or stop is under way; it announces nothing
        return None

    def _launch(self, programs: Programs, account: Account | None) -> Path:
        folder = socket_folder(self._folder, account)
        settings = self._settings | {"unix_socket_directories": str(folder)}
        options = " ".join(_shell_option(name, value) for name, value in settings.items())
        self._log.unlink(missing_ok=True)
        # Left by a server that was killed, it would keep this one from starting for as long as
        # its number belongs to any process at all. The folder is ours and nothing runs in it.
        (folder / SOCKET_LOCK).unlink(missing_ok=True)
        words = ["pg_ctl", "start", "-D", str(self._data), "-l", str(self._log), "-o", options]
        words += ["-w", "-t", str(START_PATIENCE_S)]
        result = programs.run(words, account)
        if result.returncode != 0:
            raise self._failed(N_("PostgreSQL in {folder} does not start: {reason}"), result)
        self.started_here = True
        return folder

    def _make_database(self, server_url: str) -> None:
        with spoken(engine_url(server_url)), psycopg.connect(server_url, autocommit=True) as tx:
            query = "SELECT FROM pg_database WHERE datname = %s"
            if tx.execute(query, [DATABASE]).fetchone() is None:
                tx.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))

    def _failed(
        self, words: str, result: subprocess.CompletedProcess[str]
    ) -> EmbeddedServerError | HomeError:
        log = self._log.read_text(errors="replace") if self._log.exists() else ""
        said = f"{result.stderr}\n{result.stdout}\n{log}"
        if "No space left" in said or "Disk quota" in said:
            return disk_full(self._folder)
        return EmbeddedServerError(words, folder=self._folder, reason=_telling_line(said))


def _locale(programs: Programs) -> list[str]:
    """Unicode letters on every machine: PostgreSQL's own tables where it has them (17)."""
    if programs.major >= 17:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]


def _shell_option(name: str, value: str) -> str:
    quoted = value.replace("'", "'\\''")
    return f"-c {name}='{quoted}'"


def _is_postgres(pid: str, data: Path) -> bool:
    """Whether the process ``pid`` is the server of this very data folder."""
    if Path("/proc/self").exists():
        words = Path(f"/proc/{pid}/cmdline")
        return words.exists() and str(data).encode() in words.read_bytes().split(b"\0")
    seen = subprocess.run(  # noqa: S603 - fixed words
        ["/bin/ps", "-p", pid, "-o", "command="], capture_output=True, text=True, check=False
    )
    return str(data) in seen.stdout


def _telling_line(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if "FATAL" in line or "error:" in line or "PANIC" in line]
    return (telling or lines or ["?"])[-1]
