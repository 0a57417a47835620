"""Qala's own words in a feed's address, and the name and password in it.

``rtsp://camera/1?transport=udp``, ``http://camera/still.jpg?every_s=30``,
``folder:///srv/stills?fps=2``, ``rtmp://0.0.0.0:1935/drone?listen=1``: the camera never sees
these words, they are taken out before anything is asked of it.
"""

from math import isfinite
from typing import NamedTuple
from urllib.parse import unquote, urlsplit, urlunsplit

MOST = 86_400.0
"""Of any number in an address: a still a day, or as many a second. Waits have an end."""


def take(feed_url: str, name: str) -> tuple[str, str | None]:
    """The address without the word ``name`` of its query, and its value if it was there."""
    head, mark, query = feed_url.partition("?")
    if not mark:
        return feed_url, None
    pairs = query.split("&")
    mine = [pair.partition("=")[2] for pair in pairs if pair.partition("=")[0] == name]
    others = "&".join(pair for pair in pairs if pair.partition("=")[0] != name)
    return (f"{head}?{others}" if others else head), (mine[-1] if mine else None)


def take_number(feed_url: str, name: str, usual: float, least: float) -> tuple[str, float]:
    """As ``take``, for a number of ``least`` to ``MOST``; ``usual`` where it is absent or none."""
    without, text = take(feed_url, name)
    try:
        number = float(text) if text else usual
    except ValueError:
        number = usual
    return without, min(max(number, least), MOST) if isfinite(number) else usual


class Credentials(NamedTuple):
    """An address without name and password, and these two; empty where there are none."""

    url: str
    name: str
    password: str

    def __repr__(self) -> str:
        return f"Credentials({self.url!r})"


def split_credentials(url: str) -> Credentials:
    """Take the name and the password out of an address; raises ValueError for no address."""
    parts = urlsplit(url)
    authority = parts.netloc.rpartition("@")[2]
    bare = urlunsplit((parts.scheme, authority, parts.path, parts.query, ""))
    return Credentials(bare, unquote(parts.username or ""), unquote(parts.password or ""))
