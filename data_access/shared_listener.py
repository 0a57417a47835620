"""One listener for each database in a process: screens and routes hear the same, at once."""

from threading import Lock

from data_access.listen import Listener

_listeners: dict[str, Listener] = {}
_making = Lock()


def listener_of(database_url: str) -> Listener:
    """The process's listener of a database, started at its first use."""
    with _making:
        if database_url not in _listeners:
            _listeners[database_url] = Listener(database_url)
            _listeners[database_url].start()
        return _listeners[database_url]


def stop_listeners() -> None:
    """End all of them; the next use starts anew."""
    with _making:
        while _listeners:
            _listeners.popitem()[1].stop()
