"""From settings to databases: whose address it is, and which password goes with which role."""

from data_access.addresses import with_role
from data_access.database import APP_ROLE, WORKER_ROLE, Database
from data_access.embedded import EmbeddedServer
from data_access.keys import role_password
from data_access.migrate import migrate
from data_access.settings import Settings


def owner_url(settings: Settings) -> str:
    """The owner's address; starts the embedded server where no server is named."""
    return settings.database_url or EmbeddedServer(settings.home).start()


def owner_database(settings: Settings) -> Database:
    """The owner's database, for migrations and commands."""
    return Database(owner_url(settings))


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


def migrate_installation(settings: Settings, target: str = "head") -> str:
    """Migrate the installation's database and set its roles' passwords; the revision then.

    A role whose whole address is a setting keeps the password it has.
    """
    given = {APP_ROLE: settings.app_database_url, WORKER_ROLE: settings.worker_database_url}
    passwords = {role: role_password(settings.home, role) for role, url in given.items() if not url}
    return migrate(owner_url(settings), target, passwords)


def _derived(settings: Settings, role: str) -> str:
    return with_role(owner_url(settings), role, role_password(settings.home, role))
