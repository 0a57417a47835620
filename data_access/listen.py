"""Hearing of new events: a thread that listens to PostgreSQL's notifications."""

import select
import socket
import threading
from collections.abc import Iterator
from itertools import chain, repeat

import psycopg

from data_access.addresses import engine_url

CHANNEL = "qala_events"

_PAUSES_S = (0.2, 0.5, 1.0, 2.0, 5.0)
"""Between attempts to connect again; the last one is repeated."""

_SILENCE_S = 60.0
"""After so long without a word the connection is tried with a query."""


class Listener:
    """Counts notifications on ``qala_events`` from the moment it is started.

    A screen keeps the ``version`` that it has drawn and asks ``changed_since``. After a lost
    connection the version goes up as well: something may have been missed. Thread-safe.
    """

    def __init__(self, database_url: str) -> None:
        address = engine_url(database_url).set(drivername="postgresql")
        self._address = address.render_as_string(hide_password=False)
        self._version = 0
        self._changed = threading.Condition()
        self._stopping = False
        self._connected = False
        self._wake, self._woken = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name="qala-listener", daemon=True)

    @property
    def version(self) -> int:
        """Grows with everything heard."""
        return self._version

    @property
    def connected(self) -> bool:
        """Whether notifications would be heard now."""
        return self._connected

    def start(self) -> None:
        """Begin to listen; returns at once, also while there is no database."""
        self._thread.start()

    def stop(self) -> None:
        """Stop listening and wait for the thread."""
        self._stopping = True
        self._wake.send(b".")
        self._thread.join()
        self._wake.close()
        self._woken.close()

    def changed_since(self, version: int) -> bool:
        """Whether anything was heard after ``version``."""
        return self._version != version

    def wait_since(self, version: int, timeout_s: float) -> int:
        """Wait until something is heard after ``version``, at most so long; the version then."""
        with self._changed:
            self._changed.wait_for(lambda: self._version != version, timeout_s)
            return self._version

    def _run(self) -> None:
        pauses = self._pauses()
        while not self._stopping:
            try:
                with psycopg.connect(self._address, autocommit=True) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    pauses = self._pauses()
                    self._listen(connection)
            except psycopg.Error:
                # No server, or it went away: there is nothing to tell but the pause, since
                # whoever asks the database for the events themselves hears why.
                self._connected = False
            if not self._stopping:
                select.select([self._woken.fileno()], [], [], next(pauses))

    def _listen(self, connection: psycopg.Connection[tuple[object, ...]]) -> None:
        self._connected = True
        self.note()
        while not self._stopping:
            sockets = [connection.fileno(), self._woken.fileno()]
            ready, _, _ = select.select(sockets, [], [], _SILENCE_S)
            if not ready:
                connection.execute("SELECT 1")
            if list(connection.notifies(timeout=0)):
                self.note()

    def note(self) -> None:
        """Something happened: word of it came, or this very process has just done it."""
        with self._changed:
            self._version += 1
            self._changed.notify_all()

    def _pauses(self) -> Iterator[float]:
        return chain(_PAUSES_S, repeat(_PAUSES_S[-1]))
