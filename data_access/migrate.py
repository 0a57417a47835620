"""Bring a database to a revision of the tables, up or down."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, create_engine, pool, text

from data_access.addresses import engine_url, shown
from data_access.domain.words import N_
from data_access.errors import DatabaseNotMigrated, DatabaseRefused
from data_access.postgres_errors import spoken
from data_access.roles import Session, make_roles, set_passwords
from data_access.row_checks import prove

OLDEST_SERVER = 15
"""PostgreSQL's major version that the tables need at least."""

EXTENSIONS = ("pg_trgm", "btree_gist")

_MIGRATIONS = Path(__file__).resolve().parent / "migrations"
_LOCK = 0x71616C61  # "qala": one migration at a time in a database

_log = logging.getLogger(__name__)


def migrate(
    owner_url: str, target: str = "head", passwords: Mapping[str, str] | None = None
) -> str:
    """Move the database to ``target``: ``head``, ``base``, a revision, or ``-N`` for N down.

    Makes the roles where they are missing and gives them ``passwords`` (by role). Returns the
    revision it stands at then (empty: none). Rows from before that break a newer check are named
    in the log each time. Raises ``DatabaseRefused`` for a server that will not do,
    ``DatabaseNotMigrated`` for a revision this program does not know.
    """
    prepare_server(owner_url, passwords or {})
    with _connected(owner_url) as connection:
        config = _config(connection)
        _move(config, current_revision(connection), target)
        reached = current_revision(connection)
        said = prove(connection) if reached == newest_revision() else []
        connection.commit()
    for sentence in said:
        _log.warning(sentence)
    return reached


def prepare_server(owner_url: str, passwords: Mapping[str, str]) -> None:
    """Check the server and make its roles; changes no table."""
    url = engine_url(owner_url)
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with spoken(url), psycopg.connect(address) as session:
        check_server(session)
        session.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        make_roles(session)
        set_passwords(session, passwords)


def check_server(session: Session) -> None:
    """Raise ``DatabaseRefused`` for a server too old or without the extensions."""
    major = session.info.server_version // 10_000
    if major < OLDEST_SERVER:
        raise DatabaseRefused(
            N_("The server is PostgreSQL {major}; Qala needs {oldest} or newer. Upgrade it."),
            major=major,
            oldest=OLDEST_SERVER,
        )
    query = "SELECT name FROM pg_available_extensions WHERE name = ANY (%s)"
    found = {row[0] for row in session.execute(query, [[*EXTENSIONS]])}
    missing = [name for name in EXTENSIONS if name not in found]
    if missing:
        raise DatabaseRefused(
            N_("The server lacks the extensions {names}. Install postgresql-contrib on it."),
            names=", ".join(missing),
        )


def current_revision(connection: Connection) -> str:
    """The revision that the database stands at; empty where nothing was migrated."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def newest_revision() -> str:
    """The newest revision that this program knows."""
    return ScriptDirectory(str(_MIGRATIONS)).get_current_head() or ""


def _move(config: Config, current: str, target: str) -> None:
    known = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    if current and current not in known:
        raise DatabaseNotMigrated(
            N_("The database stands at revision {revision}, newer than this program. Update Qala."),
            revision=current,
        )
    try:
        if _is_down(known, current, target):
            command.downgrade(config, target)
        else:
            command.upgrade(config, target)
    except CommandError as error:
        raise DatabaseNotMigrated(
            N_("There is no revision {target}. Known are: {known}."),
            target=target,
            known=", ".join(reversed(known)),
        ) from error


def _is_down(newest_first: list[str], current: str, target: str) -> bool:
    if target == "base" or target.startswith("-"):
        return True
    if target not in newest_first or not current:
        return False
    return newest_first.index(target) > newest_first.index(current)


@contextmanager
def _connected(owner_url: str) -> Iterator[Connection]:
    url = engine_url(owner_url)
    engine = create_engine(url, poolclass=pool.NullPool)
    with spoken(url), engine.connect() as connection:
        _check_may_create(connection, shown(url))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        yield connection


def _check_may_create(connection: Connection, address: str) -> None:
    query = text("SELECT has_schema_privilege('public', 'CREATE'), current_user")
    allowed, owner = connection.execute(query).one()
    if not allowed:
        raise DatabaseRefused(
            N_(
                "The role {owner} may not create tables at {address}. Run as the server's "
                "administrator: ALTER DATABASE … OWNER TO {owner};"
            ),
            owner=owner,
            address=address,
        )


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
