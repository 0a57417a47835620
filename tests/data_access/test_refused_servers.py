"""A server that will not do: one sentence each, with the cure and without the password."""

import socket
from types import SimpleNamespace
from typing import Any, cast

import psycopg
import pytest

from data_access.addresses import engine_url, with_database
from data_access.database import Database
from data_access.errors import DatabaseError, DatabaseRefused, DatabaseUnreachable
from data_access.migrate import check_server, migrate
from data_access.roles import Session, make_roles
from tests.postgres import PASSWORDS, role_url


def said(url: str) -> str:
    """What connecting to ``url`` says."""
    database = Database(url)
    with pytest.raises(DatabaseError) as refused, database.as_owner():
        pass
    return str(refused.value)


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_server_that_is_not_there_is_named_with_the_setting_to_correct() -> None:
    port = closed_port()
    url = f"postgresql://qala:topsecret@127.0.0.1:{port}/qala"
    with pytest.raises(DatabaseUnreachable):
        migrate(url)
    words = said(url)
    assert f"No PostgreSQL answers at qala@127.0.0.1:{port}/qala" in words
    assert "correct QALA_DATABASE_URL" in words
    assert "topsecret" not in words


def test_a_host_that_has_no_address_is_named() -> None:
    assert "qala@no-such-host.invalid/qala" in said("postgresql://qala@no-such-host.invalid/qala")


def test_a_wrong_password_is_said_and_not_repeated(owner_url: str) -> None:
    url = role_url(owner_url, "qala_app").replace(PASSWORDS["qala_app"], "topsecret")
    words = said(url)
    assert "does not accept the password" in words
    assert "topsecret" not in words


def test_a_database_that_is_not_there_says_how_to_make_it(owner_url: str) -> None:
    assert "Create it with createdb" in said(with_database(owner_url, "nowhere"))


@pytest.mark.parametrize(
    "address",
    ["", "qala", "mysql://u:topsecret@h/d", "postgresql://u:topsecret@h:port/d", "host=x password=topsecret"],
)  # fmt: skip
def test_what_is_no_address_is_explained_and_not_repeated(address: str) -> None:
    with pytest.raises(DatabaseRefused, match="postgresql://USER:PASSWORD@HOST") as refused:
        engine_url(address)
    assert "topsecret" not in str(refused.value)


def test_a_password_with_signs_of_addresses_survives(owner_url: str) -> None:
    database = Database("postgres://u:p%40%2F%3A@h/d")
    assert psycopg.conninfo.conninfo_to_dict(database.url)["password"] == "p@/:"


def test_a_server_that_is_too_old_is_told_the_version_it_needs() -> None:
    old = SimpleNamespace(info=SimpleNamespace(server_version=140012))
    with pytest.raises(DatabaseRefused, match="PostgreSQL 14; Qala needs 15 or newer"):
        check_server(cast(Session, old))


def test_a_server_without_the_extensions_is_told_the_package() -> None:
    bare: Any = SimpleNamespace(
        info=SimpleNamespace(server_version=150000), execute=lambda *_: [("pg_trgm",)]
    )
    with pytest.raises(
        DatabaseRefused, match=r"lacks the extensions btree_gist.*postgresql-contrib"
    ):
        check_server(bare)


def test_an_owner_who_may_not_create_roles_is_told_two_cures(owner_url: str) -> None:
    """Nothing is created: the roles of this server are there, so a fake list says they are not."""
    with psycopg.connect(owner_url) as session:
        session.execute("CREATE ROLE poor_owner")
        session.execute("SET LOCAL ROLE poor_owner")
        session.execute(
            "CREATE TEMP VIEW pg_roles AS SELECT 'x'::name AS rolname, false AS rolsuper, false AS rolbypassrls"
        )
        session.execute("SET LOCAL search_path = pg_temp, pg_catalog")
        with pytest.raises(
            DatabaseRefused, match=r"may not create roles.*CREATEROLE; or: CREATE ROLE qala_app"
        ):
            make_roles(session)
        session.rollback()


def test_a_role_that_sees_through_the_policies_is_refused(owner_url: str) -> None:
    with psycopg.connect(owner_url) as session:
        session.execute(
            "CREATE TEMP VIEW pg_roles AS SELECT 'qala_app'::name AS rolname, true AS rolsuper, false AS rolbypassrls"
        )
        session.execute("SET LOCAL search_path = pg_temp, pg_catalog")
        with pytest.raises(DatabaseRefused, match="ALTER ROLE qala_app NOSUPERUSER"):
            make_roles(session)
        session.rollback()


def test_an_owner_who_may_not_create_tables_is_told_so(empty_url: str) -> None:
    with psycopg.connect(empty_url, autocommit=True) as session:
        session.execute("CREATE ROLE poor_guest LOGIN CREATEROLE PASSWORD 'guest'")
        url = engine_url(empty_url).set(username="poor_guest", password="guest")
        try:
            with pytest.raises(DatabaseRefused, match="poor_guest may not create tables"):
                migrate(url.set(drivername="postgresql").render_as_string(hide_password=False))
        finally:
            session.execute("DROP ROLE poor_guest")
