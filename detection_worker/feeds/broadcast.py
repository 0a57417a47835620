"""RTMP, as drones send it: fetched from a server, or waited for.

``rtmp://0.0.0.0:1935/drone/1?listen=1`` waits on this machine for the drone that broadcasts to
it; without ``listen`` the stream is fetched.
"""

from data_access.domain.watch import WatchedCamera
from detection_worker.feeds.address import take
from detection_worker.feeds.source import NOBODY_SENDS
from detection_worker.feeds.stream import PATIENCE_S, QUICK, StreamFeed, Way


def open_rtmp(camera: WatchedCamera, patience_s: float = PATIENCE_S) -> StreamFeed:
    """The RTMP stream at ``camera.feed_url``."""
    location, listens = take(camera.feed_url, "listen")
    if listens != "1":
        return StreamFeed(camera, Way(location), patience_s)
    return StreamFeed(camera, Way(location, {"listen": "1", **QUICK}, NOBODY_SENDS), patience_s)
