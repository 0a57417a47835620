"""Feeds: where frames come from, one kind a file.

``file`` plays a recording, ``stream`` a camera's stream; ``reader`` keeps one feed running in a
thread of its own; ``redact`` removes secrets from addresses; ``source`` holds the contract and
draws the exceptions.
"""

import re
from collections.abc import Mapping

from data_access.domain.watch import WatchedCamera
from detection_worker.feeds.file import play_file
from detection_worker.feeds.source import UNKNOWN_KIND, FeedSource, FeedUnsupported, OpenFeed
from detection_worker.feeds.stream import open_stream

FEEDS: dict[str, OpenFeed] = {
    "file": play_file,
    "rtsp": open_stream,
    "rtsps": open_stream,
    "rtmp": open_stream,
    "rtmps": open_stream,
    "srt": open_stream,
    "http": open_stream,
    "https": open_stream,
}
"""How a feed is opened, by the scheme of its address."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]+)://")


def scheme(feed_url: str) -> str:
    """The scheme of an address in small letters; that of a plain path is ``file``."""
    found = _SCHEME.match(feed_url)
    return found.group(1).lower() if found else "file"


def opener(feeds: Mapping[str, OpenFeed] = FEEDS) -> OpenFeed:
    """One ``OpenFeed`` for all kinds in ``feeds``; raises ``FeedUnsupported`` for others."""

    def open_feed(camera: WatchedCamera) -> FeedSource:
        opened = feeds.get(scheme(camera.feed_url))
        if opened is None:
            raise FeedUnsupported(camera.feed_url, UNKNOWN_KIND)
        return opened(camera)

    return open_feed
