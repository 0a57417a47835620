"""One installation, put together: its PostgreSQL, its tables, its city, its people."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from cli.progress import say
from data_access.accounts import accounts
from data_access.city import is_empty
from data_access.connections import app_url, migrate_installation, owner_database, worker_url
from data_access.database import Database
from data_access.embedded import EmbeddedServer
from data_access.settings import Settings
from demo import seed
from demo.bare import make_bare_city
from demo.feeds import put_feeds_in_place
from demo.viewers import SignIn, add_administrator, add_viewers, read_sign_ins

DEMONSTRATION_SEED = 1
"""The demonstration is the same city for everybody who starts it on the same day."""


class Installation:
    """What ``up`` needs of one installation; make it with ``open_installation``."""

    def __init__(self, settings: Settings, owner: Database, server: EmbeddedServer | None) -> None:
        self.settings = settings
        self._owner, self._server = owner, server

    def fill(self, city: str, bare: bool, feeds: list[str]) -> None:
        """Fill an empty database with the city (or an empty one) and put ``feeds`` in place.

        What an interruption left undone the next call does.
        """
        with self._owner.as_owner() as tx:
            empty, nobody = is_empty(tx), all(account.disabled for account in accounts(tx))
        if empty and bare:
            make_bare_city(self._owner)
        elif empty:
            say(f"building the demonstration city {city}")
            seed(self._owner, city, DEMONSTRATION_SEED, datetime.now(UTC), say)
        if nobody:
            add = add_administrator if bare else add_viewers
            add(self._owner, self.settings.home)
        if feeds:
            put_feeds_in_place(self._owner, feeds)

    def keep_alive(self) -> None:
        """Start the embedded server again if it has ended by itself: killed, or out of memory."""
        if self._server is not None and self._server.running_url() is None:
            say("PostgreSQL has ended; starting it again")
            self._server.start()

    def sign_ins(self) -> list[SignIn]:
        """Who can sign in, as far as passwords were made here and not changed since."""
        return read_sign_ins(self.settings.home)

    def worker_environment(self) -> dict[str, str]:
        """What the worker may know: its own role's address, not the owner's."""
        return self._common() | {"QALA_WORKER_DATABASE_URL": worker_url(self.settings)}

    def app_environment(self, worker_port: int) -> dict[str, str]:
        """What the app may know: its own role's address, and where the worker answers."""
        return self._common() | {
            "QALA_APP_DATABASE_URL": app_url(self.settings),
            "QALA_WORKER_URL": f"http://127.0.0.1:{worker_port}",
        }

    def _common(self) -> dict[str, str]:
        return {"QALA_HOME": str(self.settings.home), "QALA_DATABASE_URL": ""}


@contextmanager
def open_installation(settings: Settings) -> Iterator[Installation]:
    """Start or find PostgreSQL, migrate it, and hand the installation over.

    The embedded server is stopped at the end, also one that an earlier start left behind:
    ``up`` has the home for itself.
    """
    server = None if settings.database_url else EmbeddedServer(settings.home)
    try:
        if server is not None:
            say("starting PostgreSQL")
            settings = replace(settings, database_url=server.start())
        migrate_installation(settings)
        owner = owner_database(settings)
        try:
            yield Installation(settings, owner, server)
        finally:
            owner.close()
    finally:
        if server is not None:
            server.stop()
