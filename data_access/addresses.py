"""Addresses of databases: what people write, what the driver takes, what may be shown."""

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from data_access.domain.words import N_
from data_access.errors import DatabaseRefused

CONNECT_PATIENCE_S = 5
"""How long a server may take to answer, unless the address itself says otherwise."""

_DRIVERS = {"postgresql", "postgres", "postgresql+psycopg"}


def engine_url(address: str) -> URL:
    """The address for SQLAlchemy with psycopg 3; raises ``DatabaseRefused`` if it is none."""
    try:
        url = make_url(address.strip())
    except (ArgumentError, ValueError):
        raise _not_an_address() from None
    if url.drivername not in _DRIVERS:
        raise _not_an_address()
    url = url.set(drivername="postgresql+psycopg")
    if "connect_timeout" in url.query:
        return url
    return url.update_query_dict({"connect_timeout": str(CONNECT_PATIENCE_S)})


def with_role(address: str, role: str, password: str) -> str:
    """The same database for another role."""
    url = engine_url(address).set(drivername="postgresql", username=role, password=password)
    return url.render_as_string(hide_password=False)


def with_database(address: str, name: str) -> str:
    """Another database of the same server and role."""
    url = engine_url(address).set(drivername="postgresql", database=name)
    return url.render_as_string(hide_password=False)


def shown(url: URL) -> str:
    """Role, host and database for people, without the password."""
    host = url.host or url.query.get("host") or "localhost"
    port = f":{url.port}" if url.port else ""
    return f"{url.username or ''}@{host}{port}/{url.database or ''}"


def _not_an_address() -> DatabaseRefused:
    # The text itself is not repeated: it may hold a password.
    return DatabaseRefused(
        N_(
            "The database address is not one that can be read. Write it as "
            "postgresql://USER:PASSWORD@HOST:5432/DATABASE; in a password, write @ as %40, "
            ": as %3A and / as %2F."
        )
    )
