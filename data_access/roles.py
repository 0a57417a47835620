"""The two roles of the database server that the app and the worker sign in as.

They own nothing; what each may do is granted by the migrations. Roles belong to the whole
server, so they are made here, before the first migration, and stay when it is taken back.
"""

from collections.abc import Mapping

import psycopg
from psycopg import sql

from data_access.database import APP_ROLE, WORKER_ROLE
from data_access.domain.words import N_
from data_access.errors import DatabaseRefused

ROLES = (APP_ROLE, WORKER_ROLE)

Session = psycopg.Connection[tuple[object, ...]]
"""A connection of the driver, without SQLAlchemy."""


def make_roles(session: Session) -> None:
    """Make the missing roles; raises ``DatabaseRefused`` where this is not allowed."""
    there = _existing(session)
    for role in ROLES:
        if there.get(role):
            raise _too_powerful(role)
    try:
        for role in ROLES:
            if role not in there:
                session.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
    except psycopg.errors.InsufficientPrivilege as error:
        raise _may_not_create(session.info.user) from error


def set_passwords(session: Session, passwords: Mapping[str, str]) -> None:
    """Give roles these passwords; the server gets a SCRAM verifier, its log no password."""
    for role, password in passwords.items():
        verifier = session.pgconn.encrypt_password(
            password.encode(), role.encode(), b"scram-sha-256"
        ).decode()
        statement = sql.SQL("ALTER ROLE {} PASSWORD {}")
        try:
            session.execute(statement.format(sql.Identifier(role), sql.Literal(verifier)))
        except psycopg.errors.InsufficientPrivilege as error:
            raise _may_not_change(session.info.user, role) from error


def _existing(session: Session) -> dict[str, bool]:
    """The roles that are there, each with whether it would see through the policies."""
    query = "SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = ANY (%s)"
    return {str(name): bool(all_seeing) for name, all_seeing in session.execute(query, [[*ROLES]])}


def _too_powerful(role: str) -> DatabaseRefused:
    return DatabaseRefused(
        N_(
            "The role {role} of the database server may see every row, so viewers would too. "
            "Run as its administrator: ALTER ROLE {role} NOSUPERUSER NOBYPASSRLS;"
        ),
        role=role,
    )


def _may_not_create(owner: str) -> DatabaseRefused:
    return DatabaseRefused(
        N_(
            "The role {owner} may not create roles. Run as the server's administrator: "
            "ALTER ROLE {owner} CREATEROLE; or: CREATE ROLE {app} LOGIN; CREATE ROLE {worker} "
            "LOGIN;"
        ),
        owner=owner,
        app=APP_ROLE,
        worker=WORKER_ROLE,
    )


def _may_not_change(owner: str, role: str) -> DatabaseRefused:
    return DatabaseRefused(
        N_(
            "The role {owner} may not set the password of {role}. Let the server's administrator "
            "set it, and give the whole addresses in QALA_APP_DATABASE_URL and "
            "QALA_WORKER_DATABASE_URL."
        ),
        owner=owner,
        role=role,
    )
