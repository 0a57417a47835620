"""How the C library keeps the memory of many threads.

glibc gives each thread an arena of its own, up to eight a core, and pictures of megabytes that
come and go leave holes in all of them: with six cameras the worker held 1,110 MB where 630 MB
were in use.
"""

import ctypes
import time
from collections.abc import Callable

ARENAS = 2
"""Two arenas alone: 885 MB (``bench memory``)."""

MAPPED_BYTES = 8_000_000
"""Larger things are given back at once. Smaller ones, a full HD picture among them, are not: to
map 2.8 MB anew for each picture costs 1.2 ms, five times what it costs to fill it."""

GIVE_BACK_EVERY_S = 10.0
"""How often holes are given back; what is in use has none to give. In a minute 70 MB of holes
grow, a seventh of what is in use; to give them back takes 1 to 7 ms."""

_M_ARENA_MAX, _M_MMAP_THRESHOLD = -8, -3
"""mallopt(3)."""


def keep_together() -> None:
    """Let all threads share a few arenas; before they start. Other C libraries do as they do."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, ARENAS)
        mallopt(_M_MMAP_THRESHOLD, MAPPED_BYTES)


class Trimming:
    """Gives the free pages of all arenas back to the system; ``trim`` does it."""

    def __init__(
        self,
        trim: Callable[[], object] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._trim, self._clock = trim or _trim, clock
        self._last_s = clock()

    def now_and_then(self) -> None:
        """Trim, if the last time is ``GIVE_BACK_EVERY_S`` ago."""
        if self._clock() - self._last_s >= GIVE_BACK_EVERY_S:
            self._last_s = self._clock()
            self._trim()


def _trim() -> None:
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
