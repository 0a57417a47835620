"""The worker's stream as video: decoded, shared, and ended when nobody looks."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import cv2
import numpy as np
import pytest

from benchmarks.free_ports import free_port
from components.live_video import (
    AWAY,
    NO_PICTURE,
    NOBODY_ASKS_S,
    LiveVideo,
    StreamBroken,
    decoded,
    jpegs,
)

BASE = Fraction(1, 90_000)


def a_jpeg(grey: int, width: int = 64, height: int = 36) -> bytes:
    encoded = cv2.imencode(".jpg", np.full((height, width, 3), grey, np.uint8))[1]
    return encoded.tobytes()


def a_part(jpeg: bytes) -> bytes:
    head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
    return head.encode() + jpeg + b"\r\n"


@pytest.mark.parametrize("cut", [1, 7, 100, 10_000])
def test_pictures_are_found_however_the_stream_is_cut(cut: int) -> None:
    pictures = [a_jpeg(grey) for grey in (10, 90, 200)]
    stream = b"".join(map(a_part, pictures))
    parts = (stream[start : start + cut] for start in range(0, len(stream), cut))
    assert list(jpegs(parts)) == pictures


def test_a_part_without_a_length_is_no_stream_of_ours() -> None:
    with pytest.raises(StreamBroken):
        list(jpegs(iter([b"--frame\r\nContent-Type: image/jpeg\r\n\r\nabc"])))


def test_a_picture_becomes_planar_video_of_even_size() -> None:
    picture = decoded(a_jpeg(120, 65, 37))
    assert picture.shape == (36 * 3 // 2, 64)
    assert abs(int(picture[:36].mean()) - 120) < 4


@pytest.mark.parametrize("octets", [b"", b"no jpeg", a_jpeg(1)[:40]])
def test_what_is_no_picture_is_said_to_be_none(octets: bytes) -> None:
    with pytest.raises(StreamBroken):
        decoded(octets)


class Worker(BaseHTTPRequestHandler):
    """Streams grey pictures for as long as somebody reads them, or refuses."""

    status = 200
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.headers["X-Qala-Key"])
        self.send_response(self.status)
        self.end_headers()
        try:
            while self.status == 200:
                self.wfile.write(a_part(a_jpeg(200)))
                time.sleep(0.02)
        except OSError:
            self.close_connection = True

    def log_message(self, *_words: object) -> None:
        """The tests read ``asked``."""


@contextmanager
def a_worker(handler: type[Worker], port: int = 0) -> Iterator[str]:
    """A worker's port; gives the address of its stream."""
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/live/1.mjpeg"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def handler() -> type[Worker]:
    return type("OneWorker", (Worker,), {"asked": []})


@pytest.fixture
def url(handler: type[Worker]) -> Iterator[str]:
    with a_worker(handler) as address:
        yield address


def until(condition: object, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.01)


def luma(video: LiveVideo) -> float:
    return float(video.frame(0, BASE).to_ndarray()[:36].mean())


def test_the_picture_of_the_worker_is_played(url: str, handler: type[Worker]) -> None:
    video = LiveVideo(url, {"X-Qala-Key": "k"})
    assert video.frame(5, BASE).pts == 5
    until(lambda: luma(video) > 150)
    assert (video.trouble, set(handler.asked)) == ("", {"k"})
    video.stop()
    assert not video.pulling


def test_nobody_who_looks_means_nobody_who_asks(url: str, handler: type[Worker]) -> None:
    now = [0.0]
    video = LiveVideo(url, {"X-Qala-Key": "k"}, lambda: now[0])
    assert not video.pulling
    until(lambda: luma(video) > 150)
    now[0] = NOBODY_ASKS_S + 1
    until(lambda: not video.pulling)
    handler.status = 503  # else the next look could bring a new picture at once
    assert luma(video) < 60  # the old picture is not shown as if it were live
    video.stop()


def test_a_camera_without_a_picture_is_said_so(url: str, handler: type[Worker]) -> None:
    handler.status = 503
    video = LiveVideo(url, {"X-Qala-Key": "k"})
    until(lambda: luma(video) < 60 and video.trouble == NO_PICTURE)
    video.stop()


def test_a_worker_that_is_away_is_said_so_and_comes_back(handler: type[Worker]) -> None:
    port = free_port()
    video = LiveVideo(f"http://127.0.0.1:{port}/live/1.mjpeg", {"X-Qala-Key": "k"})
    until(lambda: luma(video) < 60 and video.trouble == AWAY)
    with a_worker(handler, port):
        until(lambda: luma(video) > 150)
        assert video.trouble == ""
        video.stop()
