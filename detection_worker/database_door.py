"""The way to a database that may not be there yet."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from data_access.database import Database, Transaction


class DatabaseDoor:
    """Connects at the first transaction that succeeds in it; any thread may come in.

    ``connect`` may start a server, and raises ``DataAccessError`` while there is none.
    """

    def __init__(self, connect: Callable[[], Database]) -> None:
        self._connect = connect
        self._database: Database | None = None
        self._lock = threading.Lock()

    @contextmanager
    def as_worker(self) -> Iterator[Transaction]:
        """A transaction of the worker's role. Raises ``DataAccessError``."""
        with self._opened().as_worker() as tx:
            yield tx

    def close(self) -> None:
        """Close the connections that are not in use."""
        if self._database is not None:
            self._database.close()

    def _opened(self) -> Database:
        with self._lock:
            if self._database is None:
                self._database = self._connect()
            return self._database
