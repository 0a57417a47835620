"""Lists of recordings: HLS playlists, and what else leads FFmpeg from one file to others.

FFmpeg follows a list wherever it leads. One that names itself, or a thousand others, costs it
minutes and gigabytes before it says that there is no picture: so it is given none but a list of
pieces, found here, and only where a list is expected.
"""

import re
from urllib.parse import urljoin, urlsplit, urlunsplit

import av

_LEADING = frozenset({"concat", "dash", "hls", "imf", "sdp"})
"""FFmpeg's names for what is no recording but leads to others, beside it or on the network."""

NO_LISTS = {
    "format_whitelist": ",".join(sorted(av.formats_available - _LEADING)),
    "pattern_type": "none",  # a still with a per cent sign in its name is no series of stills
}
"""Options for FFmpeg: recordings and streams of all kinds, but no lists."""

PIECES_ALLOWED = {"format_whitelist": NO_LISTS["format_whitelist"] + ",hls"}
"""As ``NO_LISTS``, and HLS playlists."""

MOST_LIST_BYTES = 8_000_000
"""A day of pieces of two seconds, with long names."""

LIST_BEGINS = b"#EXTM3U"
_OTHER_LISTS = re.compile(rb"^#EXT-X-(STREAM-INF|MEDIA|I-FRAME-STREAM-INF):", re.MULTILINE)
_VARIANT = re.compile(
    rb"^#EXT-X-STREAM-INF:([^\r\n]*)\r?\n(?:#[^\r\n]*\r?\n|\r?\n)*([^#\r\n]+)", re.M
)


def is_recorded(content: bytes) -> bool:
    """Whether a playlist is whole, and of pieces alone: FFmpeg waits for what is to come."""
    return b"#EXT-X-ENDLIST" in content and not names_lists(content)


def names_lists(content: bytes) -> bool:
    """Whether a playlist leads to further ones."""
    return _OTHER_LISTS.search(content) is not None


def variant(content: bytes) -> str | None:
    """The list that comes first among those with pictures, as it is named; None for no list."""
    found = _VARIANT.findall(content)
    seen = [name for told, name in found if b"RESOLUTION=" in told] or [name for _, name in found]
    return seen[0].decode("utf-8", "replace").strip() if seen else None


def beside(location: str, asked: str, named: str) -> str:
    """The address of what a list ``named``, which was had from ``asked``.

    Name and password of ``location`` are for its own server alone.
    """
    own, found = urlsplit(location), urlsplit(urljoin(asked, named))
    is_own = own.netloc.rpartition("@")[2] == found.netloc
    return urlunsplit(found._replace(netloc=own.netloc) if is_own else found)
