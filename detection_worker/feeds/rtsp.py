"""RTSP, over TCP unless its address ends in ``?transport=udp``."""

from data_access.domain.watch import WatchedCamera
from detection_worker.feeds.address import take
from detection_worker.feeds.stream import PATIENCE_S, QUICK, StreamFeed, Way

TRANSPORTS = frozenset({"tcp", "udp", "udp_multicast", "http", "https"})
"""FFmpeg's words for how the pictures of an RTSP stream travel."""

REORDER_S = 0.1
"""UDP packets that come out of order are waited for so long: more would only be delay."""


def open_rtsp(camera: WatchedCamera, patience_s: float = PATIENCE_S) -> StreamFeed:
    """The RTSP stream at ``camera.feed_url``.

    TCP is the usual transport, for it loses nothing; UDP is for networks in which a lost
    picture is better than a late one, and for cameras that know nothing else.
    """
    location, asked = take(camera.feed_url, "transport")
    transport = asked if asked in TRANSPORTS else "tcp"
    options = {"rtsp_transport": transport, **QUICK}
    if transport.startswith("udp"):
        options["max_delay"] = str(round(REORDER_S * 1e6))
    return StreamFeed(camera, Way(location, options), patience_s)
