"""What the screens stand on: the settings and one pool of connections a process."""

from threading import Lock

from data_access.connections import app_database
from data_access.database import Database
from data_access.settings import Settings, read_settings

_databases: dict[Settings, Database] = {}
_opening = Lock()


def settings() -> Settings:
    """The installation's settings, as the command that serves the screens was given them."""
    return read_settings()


def database_of(settings: Settings) -> Database:
    """The app's database of an installation; its pool is shared by all sessions."""
    with _opening:
        if settings not in _databases:
            _databases[settings] = app_database(settings)
        return _databases[settings]


def close_databases() -> None:
    """Close the pools, when the process ends."""
    with _opening:
        while _databases:
            _databases.popitem()[1].close()
