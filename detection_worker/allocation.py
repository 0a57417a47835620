"""How the C library keeps the memory of many threads."""

import ctypes

ARENAS = 2
"""glibc gives each thread an arena of its own, up to eight a core, and pictures of a megabyte
leave holes in all of them: with six cameras the worker held 1,110 MB where 630 MB were in use.
With two arenas it holds 560 (``bench memory``)."""

_M_ARENA_MAX = -8
"""mallopt(3)."""


def keep_few_arenas() -> bool:
    """Let all threads share a few arenas; before they start. Whether this C library can."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and bool(mallopt(_M_ARENA_MAX, ARENAS))
