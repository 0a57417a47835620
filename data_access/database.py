"""Connections and transactions; every statement of Qala runs inside one of these.

A viewer's transaction carries the scope: ``qala.viewer`` and ``qala.scope`` are set for
that transaction alone and row-level security compares with them. A transaction commits at
the end of its ``with`` and rolls back when an exception leaves it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection

from data_access.addresses import engine_url
from data_access.domain.people import Scope
from data_access.domain.words import N_
from data_access.errors import NotPermitted
from data_access.postgres_errors import spoken

Transaction = Connection
"""An open transaction; the functions of this package take it as their first argument."""

APP_ROLE = "qala_app"
WORKER_ROLE = "qala_worker"

SIGN_IN_SCOPE = "sign_in"
"""The scope that opens accounts, sessions and settings, and no district."""

VIEWER_PATIENCE_MS = 15_000
"""No screen waits longer for one statement."""

_ENTER_SCOPE = text(
    "SELECT set_config('qala.viewer', :viewer, true), set_config('qala.scope', :scope, true),"
    " set_config('statement_timeout', :patience_ms, true), current_user"
)


class Database:
    """A pool of connections of one role.

    ``url`` is ``postgresql://…``; ``pool_size`` connections are kept, twice as many are
    opened when they are needed. Nothing is connected before the first transaction.
    Transactions raise the subclasses of ``DatabaseError`` and let other exceptions pass.
    """

    def __init__(self, url: str, pool_size: int = 5) -> None:
        self._url = engine_url(url)
        self._engine = _engine(url, pool_size)

    @property
    def url(self) -> str:
        """The address with its password, for libpq and for a second pool."""
        return self._url.set(drivername="postgresql").render_as_string(hide_password=False)

    @contextmanager
    def as_viewer(self, scope: Scope) -> Iterator[Transaction]:
        """A transaction that sees and writes the rows of ``scope`` alone."""
        viewer = "" if scope.viewer_id is None else str(scope.viewer_id)
        with self._scoped(viewer, scope.key) as tx:
            yield tx

    @contextmanager
    def as_sign_in(self) -> Iterator[Transaction]:
        """A transaction that reads and writes accounts and sessions, and sees no district."""
        with self._scoped("", SIGN_IN_SCOPE) as tx:
            yield tx

    @contextmanager
    def as_worker(self) -> Iterator[Transaction]:
        """A transaction of the worker, which watches the whole city."""
        with self._transaction() as tx:
            _hold_to_role(str(tx.scalar(text("SELECT current_user"))), WORKER_ROLE)
            yield tx

    @contextmanager
    def as_owner(self) -> Iterator[Transaction]:
        """A transaction of the owner of the tables: migrations, imports, commands."""
        with self._transaction() as tx:
            yield tx

    def close(self) -> None:
        """Close the connections that are not in use."""
        self._engine.dispose()

    @contextmanager
    def _scoped(self, viewer: str, scope: str) -> Iterator[Transaction]:
        values = {"viewer": viewer, "scope": scope, "patience_ms": str(VIEWER_PATIENCE_MS)}
        with self._transaction() as tx:
            _hold_to_role(str(tx.execute(_ENTER_SCOPE, values).one()[3]), APP_ROLE)
            yield tx

    @contextmanager
    def _transaction(self) -> Iterator[Transaction]:
        with spoken(self._url), self._engine.begin() as tx:
            yield tx


def _engine(url: str, pool_size: int) -> Engine:
    engine = create_engine(
        engine_url(url), pool_size=pool_size, max_overflow=pool_size, pool_pre_ping=True
    )
    event.listen(engine, "connect", _speak_utc)
    return engine


def _speak_utc(connection: DBAPIConnection, record: object) -> None:
    """Timestamps come back as aware UTC, whatever zone the server stands in."""
    cursor = connection.cursor()
    cursor.execute("SET TIME ZONE 'UTC'")
    cursor.close()
    connection.commit()


def _hold_to_role(role: str, expected: str) -> None:
    """An owner's connection would see through every policy: refuse it where a role is meant."""
    if role != expected:
        raise NotPermitted(
            N_(
                "This database address signs in as {role}, where {expected} is needed. Check "
                "QALA_APP_DATABASE_URL and QALA_WORKER_DATABASE_URL."
            ),
            role=role,
            expected=expected,
        )
