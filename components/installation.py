"""What the screens stand on: the settings and one pool of connections a process."""

from functools import cache

from data_access.connections import app_database
from data_access.database import Database
from data_access.settings import Settings, read_settings


@cache
def database_of(settings: Settings) -> Database:
    """The app's database of an installation; its pool is shared by all sessions."""
    return app_database(settings)


def settings() -> Settings:
    """The installation's settings, as the command that serves the screens was given them."""
    return read_settings()
