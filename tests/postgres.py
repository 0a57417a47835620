"""One PostgreSQL for a whole test run: shared by all xdist workers, cloned for each test."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql

from data_access.addresses import with_database, with_role
from data_access.database import APP_ROLE, WORKER_ROLE
from data_access.embedded import EmbeddedServer
from data_access.migrate import migrate
from data_access.postgres_programs import Programs, find_programs

CONNECT_PATIENCE_S = 60
"""The app gives a server five seconds; here it may share its processors with much else."""

PASSWORDS = {APP_ROLE: "app-in-tests", WORKER_ROLE: "worker-in-tests"}

FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "max_locks_per_transaction": "256",
}
"""A test server that goes down with the machine is made again."""


@dataclass(frozen=True)
class TestServer:
    """The server of this run; ``owner_url`` names the migrated template, never to be used."""

    __test__ = False
    owner_url: str

    @contextmanager
    def clone(self) -> Iterator[str]:
        """A migrated database of its own; gives the owner's address and drops it at the end."""
        name = f"test_{uuid4().hex[:12]}"
        with self._server_session() as session:
            session.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE qala").format(sql.Identifier(name))
            )
        try:
            yield with_database(self.owner_url, name)
        finally:
            self._drop(name)

    @contextmanager
    def empty(self) -> Iterator[str]:
        """A database without any table."""
        name = f"empty_{uuid4().hex[:12]}"
        with self._server_session() as session:
            session.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name))
            )
        try:
            yield with_database(self.owner_url, name)
        finally:
            self._drop(name)

    def _drop(self, name: str) -> None:
        with self._server_session() as session:
            session.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _server_session(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(with_database(self.owner_url, "postgres"), autocommit=True)


def role_url(owner_url: str, role: str) -> str:
    """The address of the same database for ``qala_app`` or ``qala_worker``."""
    return with_role(owner_url, role, PASSWORDS[role])


def new_folder() -> Path:
    """Where the server of a run lives; short, because unix sockets have short names."""
    return Path(tempfile.mkdtemp(prefix="qala-tests-"))


def shared_server(folder: Path) -> TestServer:
    """Start the run's server, or find it started by another xdist worker."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        url = EmbeddedServer(folder / "home", FAST, _wanted_programs).start()
        ready = folder / "ready"
        if not ready.exists():
            migrate(url, "head", PASSWORDS)
            ready.touch()
    return TestServer(f"{url}&connect_timeout={CONNECT_PATIENCE_S}")


def _wanted_programs(data_major: int | None) -> Programs:
    """The usual programs, or those of ``QALA_TEST_POSTGRES`` (a major version like 15)."""
    wanted = os.environ.get("QALA_TEST_POSTGRES")
    return find_programs(int(wanted) if wanted else data_major)


def end(folder: Path) -> None:
    """Stop the server of a run that is over and leave nothing behind."""
    if (folder / "home").exists():
        EmbeddedServer(folder / "home").stop()
    shutil.rmtree(folder)
