"""How reads are shared by sessions: by database and scope, never by who looks.

Use with ``st.cache_data(hash_funcs=SHARED)``: two calls with equal scopes see the same rows.
"""

from collections.abc import Callable
from typing import Any

from data_access.database import Database
from data_access.domain.people import Scope


def scope_key(scope: Scope) -> str:
    """Equal for scopes that see the same rows, whoever looks."""
    return scope.key


def database_key(database: Database) -> str:
    """The address of a database."""
    return database.url


SHARED: dict[str | type[Any], Callable[[Any], Any]] = {Scope: scope_key, Database: database_key}
