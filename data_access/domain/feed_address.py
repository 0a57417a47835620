"""The address of a feed: what makes one that nothing can be fetched from."""

import re
from collections.abc import Collection
from pathlib import PurePath
from urllib.parse import SplitResult, urlsplit

from data_access.domain.words import N_

HERE = frozenset({"file", "folder"})
"""Schemes of what lies on the worker's own disk: a path, no host."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]+):")
"""Two letters at least: one is a drive of Windows."""

_UNWANTED = re.compile(r"[\x00-\x1f\x7f]")


def feed_fault(url: str, schemes: Collection[str]) -> str | None:
    """What is wrong with an address, as a sentence with ``{column}`` and ``{known}``.

    None for a good one and for none at all. The address is never repeated: it may hold a
    password.
    """
    if _UNWANTED.search(url):
        return N_("The feed's address has characters that cannot be in it.")
    found = _SCHEME.match(url)
    if not url or (found is None and PurePath(url).is_absolute()):
        return None
    if found is None:
        return N_("“{column}” is neither an address with a scheme nor a full path.")
    if found.group(1).lower() not in schemes:
        return N_("“{column}” begins with a scheme that is not known. Known are: {known}.")
    return _fault_after_scheme(url, found.group(1).lower(), url[found.end() :])


def _fault_after_scheme(url: str, scheme: str, rest: str) -> str | None:
    if not rest.startswith("//"):
        return N_("“{column}” has no // after its scheme.")
    if scheme in HERE:
        return None if rest.strip("/") else N_("“{column}” has no path.")
    if " " in url:
        return N_("“{column}” has a blank in it. Write it as %20.")
    try:
        parts = urlsplit(url)
    except ValueError:
        return N_("“{column}” has no host that can be read.")
    return _fault_of_port(parts) or _fault_of_host(parts, scheme)


def _fault_of_port(parts: SplitResult) -> str | None:
    try:
        given = parts.port
    except ValueError:
        given = 0
    if given == 0:
        return N_(
            "“{column}” has a port that is no number from 1 to 65535. In a password, write @ as "
            "%40, : as %3A and / as %2F."
        )
    return None


def _fault_of_host(parts: SplitResult, scheme: str) -> str | None:
    # SRT waits at all of this machine's addresses where none is named: srt://:9000?mode=listener
    if parts.hostname or (scheme == "srt" and parts.port):
        return None
    return N_("“{column}” names no host.")
