"""Ports that nobody uses, for servers that must be told theirs before they listen."""

import itertools
import os
import socket

LOWEST, SPAN = 10_000, 22_000
"""Below the ports that Linux lends to outgoing connections (32,768 and up): one of those can be
lent away between choosing and listening, and who calls it in vain can even reach himself."""

APART = 499
"""Processes that begin side by side look for their ports this far from each other."""

_numbers = itertools.count(os.getpid() * APART)


def free_port() -> int:
    """A port of the loopback that nobody listens on; never the same one twice."""
    for number in _numbers:
        port = LOWEST + number % SPAN
        if _is_free(port):
            return port
    raise AssertionError("numbers do not end")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
