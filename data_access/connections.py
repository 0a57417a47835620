"""From settings to databases: whose address it is, and which password goes with which role."""

from collections.abc import Iterator
from contextlib import contextmanager

from data_access.addresses import with_role
from data_access.database import APP_ROLE, WORKER_ROLE, Database
from data_access.domain.words import N_
from data_access.embedded import EmbeddedServer
from data_access.errors import EmbeddedServerError
from data_access.keys import role_password
from data_access.migrate import migrate
from data_access.settings import Settings


def owner_url(settings: Settings) -> str:
    """The owner's address; starts the embedded server where no server is named."""
    return settings.database_url or EmbeddedServer(settings.home).start()


def owner_database(settings: Settings) -> Database:
    """The owner's database, for migrations and commands."""
    return Database(owner_url(settings))


@contextmanager
def owner_session(settings: Settings) -> Iterator[Database]:
    """The owner's database for one command; an embedded server started for it stops after it."""
    with running_owner_url(settings) as url:
        database = Database(url)
        try:
            yield database
        finally:
            database.close()


@contextmanager
def running_owner_url(settings: Settings) -> Iterator[str]:
    """The owner's address while it answers; a server started here stops at the end."""
    if settings.database_url:
        yield settings.database_url
        return
    server = EmbeddedServer(settings.home)
    try:
        yield server.start()
    finally:
        if server.started_here:
            server.stop()


def app_database(settings: Settings) -> Database:
    """The database as the app signs in to it."""
    return Database(app_url(settings))


def worker_database(settings: Settings) -> Database:
    """The database as the worker signs in to it."""
    return Database(worker_url(settings))


def app_url(settings: Settings) -> str:
    """The address for the role of the app."""
    return settings.app_database_url or _derived(settings, APP_ROLE)


def worker_url(settings: Settings) -> str:
    """The address for the role of the worker."""
    return settings.worker_database_url or _derived(settings, WORKER_ROLE)


def migrate_installation(settings: Settings, url: str | None = None, target: str = "head") -> str:
    """Migrate the installation's database and set its roles' passwords; the revision then.

    ``url`` is the owner's address where it is known already. A role whose whole address is a
    setting keeps the password it has.
    """
    given = {APP_ROLE: settings.app_database_url, WORKER_ROLE: settings.worker_database_url}
    passwords = {role: role_password(settings.home, role) for role, own in given.items() if not own}
    return migrate(url or owner_url(settings), target, passwords)


def _derived(settings: Settings, role: str) -> str:
    """The role's address; no server is made for it: without its tables nobody can work."""
    if not settings.database_url and not EmbeddedServer(settings.home).made:
        raise EmbeddedServerError(
            N_(
                "There is no database in {home} yet. Begin with ./qala up, which makes one, or "
                "set QALA_DATABASE_URL to that of your city."
            ),
            home=settings.home,
        )
    return with_role(owner_url(settings), role, role_password(settings.home, role))
