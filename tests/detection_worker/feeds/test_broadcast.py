"""RTSP over UDP, RTMP from a drone: over real sockets of this machine."""

import itertools
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from benchmarks.free_ports import free_port
from detection_worker.feeds.broadcast import open_rtmp
from detection_worker.feeds.rtsp import open_rtsp
from detection_worker.feeds.source import (
    NO_ANSWER,
    NOBODY_SENDS,
    REFUSED_CONNECTION,
    FeedError,
)
from tests.detection_worker.feeds.footage import PASSWORD, camera, tcp_server
from tests.detection_worker.feeds.rtsp_udp import rtsp_udp_camera

PATIENCE_S = 90.0
DRONE = """
import sys, time
import av, numpy
until = time.monotonic() + float(sys.argv[2])
while True:
    try:
        container = av.open(sys.argv[1], "w", format=sys.argv[3])
        break
    except (OSError, av.error.FFmpegError):
        if time.monotonic() > until:
            raise
        time.sleep(0.2)
with container:
    track = container.add_stream("libx264", rate=25, options={"tune": "zerolatency", "g": "10"})
    track.width, track.height, track.pix_fmt = 160, 96, "yuv420p"
    for number in range(200):
        grey = numpy.full((96, 160, 3), number % 250, numpy.uint8)
        frame = av.VideoFrame.from_ndarray(grey, format="bgr24")
        frame.pts = number
        container.mux(track.encode(frame))
        time.sleep(0.04)
"""


@contextmanager
def drone(url: str, kind: str) -> Iterator[None]:
    """Another process that broadcasts to ``url`` for some seconds, as soon as it is let in."""
    words = [sys.executable, "-c", DRONE, url, str(PATIENCE_S), kind]
    process = subprocess.Popen(words, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.kill()
        process.wait()


def test_rtsp_over_udp_is_asked_for_and_seen() -> None:
    with rtsp_udp_camera() as (port, transports):
        feed = open_rtsp(camera(f"rtsp://127.0.0.1:{port}/1?transport=udp"), PATIENCE_S)
        shown = list(itertools.islice(feed.frames(), 8))
        feed.close()
    assert "RTP/AVP/UDP" in transports[0]
    assert shown[0][1].bgr.shape == (96, 160, 3)
    steps_s = [(b[0] - a[0]).total_seconds() for a, b in itertools.pairwise(shown)]
    assert all(step_s > 0 for step_s in steps_s)


def test_a_drone_that_broadcasts_to_this_machine_is_seen() -> None:
    port = free_port()
    feed = open_rtmp(camera(f"rtmp://127.0.0.1:{port}/drone/1?listen=1"), PATIENCE_S)
    with drone(f"rtmp://127.0.0.1:{port}/drone/1", "flv"):
        shown = list(itertools.islice(feed.frames(), 5))
        feed.close()
    assert [picture.bgr.shape for _, picture in shown] == [(96, 160, 3)] * 5


def reason_of(feed_url: str, patience_s: float = 0.5) -> str:
    with pytest.raises(FeedError) as raised:
        list(open_rtmp(camera(feed_url), patience_s).frames())
    assert PASSWORD not in str(raised.value)
    return raised.value.reason


def test_a_drone_that_does_not_broadcast_is_waited_for_and_said() -> None:
    assert reason_of(f"rtmp://u:{PASSWORD}@127.0.0.1:{free_port()}/1?listen=1") == NOBODY_SENDS


def test_an_rtmp_server_that_is_away_or_silent_is_said() -> None:
    assert reason_of(f"rtmp://127.0.0.1:{free_port()}/1") == REFUSED_CONNECTION
    with tcp_server() as port:
        assert reason_of(f"rtmp://127.0.0.1:{port}/1") == NO_ANSWER
