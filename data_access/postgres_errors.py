"""PostgreSQL's errors as sentences for people."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from data_access.addresses import shown
from data_access.domain.words import N_
from data_access.errors import (
    AlreadyThere,
    DatabaseError,
    DatabaseFull,
    DatabaseNotMigrated,
    DatabaseRefused,
    DatabaseUnreachable,
    NotPermitted,
    RowRefused,
    TooSlow,
)

_Kind = tuple[type[DatabaseError], str]

_UNREACHABLE: _Kind = (
    DatabaseUnreachable,
    N_(
        "No PostgreSQL answers at {address} ({reason}). Start the server or correct "
        "QALA_DATABASE_URL; without it Qala starts its own."
    ),
)
_BUSY: _Kind = (
    DatabaseUnreachable,
    N_(
        "The database at {address} takes no more connections ({reason}). Close other programs "
        "that use it or raise max_connections."
    ),
)
_PASSWORD: _Kind = (
    DatabaseRefused,
    N_(
        "The database at {address} does not accept the password. Correct it in the address; "
        "for Qala's own roles run ./qala db migrate, which sets their passwords again."
    ),
)
_NO_DATABASE: _Kind = (
    DatabaseRefused,
    N_("There is no such database at {address}. Create it with createdb, then try again."),
)
_DOOR_CLOSED: _Kind = (
    DatabaseRefused,
    N_(
        "The server at {address} does not let this role in ({reason}). Ask its administrator "
        "for a line in pg_hba.conf, or add ?sslmode=require to the address."
    ),
)
_BROKEN: _Kind = (
    DatabaseUnreachable,
    N_("The connection to the database at {address} broke ({reason}). It is tried again."),
)
_FULL: _Kind = (
    DatabaseFull,
    N_("The disk of the database at {address} is full. Nothing was written; free some space."),
)
_NOT_MIGRATED: _Kind = (
    DatabaseNotMigrated,
    N_(
        "The database at {address} has not the tables of this program ({reason}). "
        "Run ./qala db migrate."
    ),
)
_NOT_PERMITTED: _Kind = (NotPermitted, N_("The database does not permit this ({reason})."))
_ALREADY: _Kind = (AlreadyThere, N_("It is there already ({reason})."))
_REFUSED: _Kind = (RowRefused, N_("The database refuses a row ({reason})."))
_SLOW: _Kind = (
    TooSlow,
    N_("The database took too long to answer. Choose a shorter period or fewer cameras."),
)
_OTHER: _Kind = (DatabaseError, N_("The database at {address} reports an error: {reason}."))

_BY_STATE: dict[str, _Kind] = {
    "28P01": _PASSWORD,
    "28000": _DOOR_CLOSED,
    "3D000": _NO_DATABASE,
    "53300": _BUSY,
    "53100": _FULL,
    "42P01": _NOT_MIGRATED,
    "42703": _NOT_MIGRATED,
    "42501": _NOT_PERMITTED,
    "23505": _ALREADY,
    "57014": _SLOW,
    "57P03": _UNREACHABLE,
}
_BY_CLASS: dict[str, _Kind] = {"08": _BROKEN, "57": _BROKEN, "23": _REFUSED, "53": _BUSY}

# libpq gives no SQLSTATE for an attempt that fails before the session stands; the server's
# words are then all there is.
_BY_WORDS: tuple[tuple[str, _Kind], ...] = (
    ("password authentication failed", _PASSWORD),
    ("no password supplied", _PASSWORD),
    ("no pg_hba.conf entry", _DOOR_CLOSED),
    ("too many clients", _BUSY),
    ("remaining connection slots", _BUSY),
)


@contextmanager
def spoken(url: URL) -> Iterator[None]:
    """Turn the driver's errors into those of this package, for the database at ``url``."""
    try:
        yield
    except DBAPIError as error:
        raise sentence(url, error.orig, error.connection_invalidated) from error
    except psycopg.Error as error:
        raise sentence(url, error, False) from error
    except PoolTimeout as error:
        raise _BUSY[0](_BUSY[1], address=shown(url), reason="pool") from error


def sentence(url: URL, error: BaseException | None, broken: bool) -> DatabaseError:
    """The exception that says in words what ``error`` means for the database at ``url``."""
    kind, words = _kind(error, broken)
    return kind(words, address=shown(url), reason=_first_line(error))


def _kind(error: BaseException | None, broken: bool) -> _Kind:
    state = getattr(error, "sqlstate", None)
    if state:
        return _BY_STATE.get(state) or _BY_CLASS.get(state[:2], _OTHER)
    if not isinstance(error, psycopg.OperationalError):
        return _BROKEN if broken else _OTHER
    return _BROKEN if broken else _kind_of_attempt(str(error))


def _kind_of_attempt(words: str) -> _Kind:
    for part, kind in _BY_WORDS:
        if part in words:
            return kind
    if 'database "' in words and "does not exist" in words:
        return _NO_DATABASE
    if "FATAL" in words:
        return _DOOR_CLOSED
    return _UNREACHABLE


def _first_line(error: BaseException | None) -> str:
    diagnosis = getattr(getattr(error, "diag", None), "message_primary", None)
    lines = str(diagnosis or error or "").strip().splitlines()
    return lines[0].rstrip(".") if lines else ""
