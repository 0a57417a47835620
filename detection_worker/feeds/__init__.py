"""Feeds: where frames come from, one kind a file.

``file`` plays a recording, ``folder`` stills, ``drawn`` rendered scenes; ``rtsp``, ``broadcast``
(RTMP), ``srt`` and ``web`` (MJPEG, a still by its address, HLS) are cameras' streams; ``reader``
keeps one feed running in a thread of its own, ``pair`` a camera's two streams; ``redact`` removes
secrets from addresses; ``source`` holds the contract and draws the exceptions.
"""

import re
from collections.abc import Mapping

from data_access.domain.watch import WatchedCamera
from detection_worker.feeds.broadcast import open_rtmp
from detection_worker.feeds.file import play_file
from detection_worker.feeds.folder import folder, play_folder
from detection_worker.feeds.rtsp import open_rtsp
from detection_worker.feeds.source import UNKNOWN_KIND, FeedSource, FeedUnsupported, OpenFeed
from detection_worker.feeds.srt import open_srt
from detection_worker.feeds.web import open_web

FEEDS: dict[str, OpenFeed] = {
    "file": play_file,
    "folder": play_folder,
    "rtsp": open_rtsp,
    "rtsps": open_rtsp,
    "rtmp": open_rtmp,
    "rtmps": open_rtmp,
    "srt": open_srt,
    "http": open_web,
    "https": open_web,
}
"""How a feed is opened, by the scheme of its address."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]+)://")


def scheme(feed_url: str) -> str:
    """The scheme of an address in small letters; that of a plain path is ``file`` or ``folder``."""
    found = _SCHEME.match(feed_url)
    named = found.group(1).lower() if found else "file"
    return "folder" if named == "file" and _is_folder(feed_url) else named


def _is_folder(feed_url: str) -> bool:
    try:
        return folder(feed_url).is_dir()
    except (OSError, ValueError):  # a name too long, or with a zero byte in it
        return False


def opener(feeds: Mapping[str, OpenFeed] = FEEDS) -> OpenFeed:
    """One ``OpenFeed`` for all kinds in ``feeds``; raises ``FeedUnsupported`` for others."""

    def open_feed(camera: WatchedCamera) -> FeedSource:
        opened = feeds.get(scheme(camera.feed_url))
        if opened is None:
            raise FeedUnsupported(camera.feed_url, UNKNOWN_KIND)
        return opened(camera)

    return open_feed
