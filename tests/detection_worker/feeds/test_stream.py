import contextlib
import http.server
import itertools
import logging
import signal
import statistics
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import av
import cv2
import pytest

from benchmarks.free_ports import free_port
from data_access.domain.watch import WatchedCamera
from detection_worker.feeds import FEEDS, opener, scheme
from detection_worker.feeds.source import (
    BROKE_OFF,
    NO_ANSWER,
    NO_STREAM,
    REFUSED_CONNECTION,
    SILENT,
    TOO_LARGE,
    UNKNOWN_KIND,
    UNREADABLE_STREAM,
    WRONG_PASSWORD,
    FeedError,
    FeedSource,
)
from tests.detection_worker.feeds.footage import (
    DRIFT,
    PASSWORD,
    camera,
    files_in,
    picture,
    record,
    rtsp_server,
    tcp_server,
    web,
)

IMPATIENT_S = 0.5
"""For servers that never answer."""

PATIENCE_S = 60.0
"""For those that do, on however busy a machine."""


def open_stream(watched: WatchedCamera, patience_s: float = PATIENCE_S) -> FeedSource:
    """As the worker opens it, with another patience."""
    return FEEDS[scheme(watched.feed_url)](watched, patience_s)  # type: ignore[call-arg]


def failure(feed_url: str, patience_s: float = PATIENCE_S) -> FeedError:
    with pytest.raises(FeedError) as raised:
        list(open_stream(camera(feed_url), patience_s).frames())
    assert PASSWORD not in str(raised.value)
    logged = "".join(traceback.format_exception(raised.value))
    assert "127.0.0.1" in logged
    assert PASSWORD not in logged, "FFmpeg's own message repeats the password"
    return raised.value


def test_frames_of_an_rtsp_camera_come_in_real_time_at_its_own_rate(tmp_path: Path) -> None:
    record(tmp_path / "live.mp4", [n / 10 for n in range(50)])
    port = free_port()
    with rtsp_server(tmp_path, port):
        feed = open_stream(camera(f"rtsp://u:{PASSWORD}@127.0.0.1:{port}/live.mp4"))
        began_at, frames = datetime.now(UTC), feed.frames()
        times = [next(frames)[0] for _ in range(15)]
        ended_at = datetime.now(UTC)
        feed.close()
        assert list(frames) == []
    steps_s = [(b - a).total_seconds() for a, b in itertools.pairwise(times)]
    # A busy machine reads some frames late; the camera's own clock brings the others back.
    assert statistics.median(steps_s) == pytest.approx(0.1, abs=0.02)
    assert began_at - DRIFT < times[0] < times[-1] < ended_at + DRIFT


def test_a_stream_that_ends_has_broken_off(tmp_path: Path) -> None:
    record(tmp_path / "short.mp4", [n / 10 for n in range(10)])
    port = free_port()
    with rtsp_server(tmp_path, port):
        error = failure(f"rtsp://u:{PASSWORD}@127.0.0.1:{port}/short.mp4", patience_s=8.0)
    assert error.reason in (BROKE_OFF, SILENT)


def test_a_camera_that_falls_silent_is_left(tmp_path: Path) -> None:
    record(tmp_path / "live.mp4", [n / 10 for n in range(50)])
    port = free_port()
    with rtsp_server(tmp_path, port) as server:
        frames = open_stream(
            camera(f"rtsp://u:{PASSWORD}@127.0.0.1:{port}/live.mp4"), patience_s=5.0
        ).frames()
        next(frames)
        server.send_signal(signal.SIGSTOP)
        with pytest.raises(FeedError) as raised:
            list(frames)
        server.send_signal(signal.SIGCONT)
    assert raised.value.reason == SILENT


def test_a_server_that_accepts_and_never_answers_is_left(tmp_path: Path) -> None:
    with tcp_server() as port:
        error = failure(f"rtsp://u:{PASSWORD}@127.0.0.1:{port}/1", IMPATIENT_S)
    assert error.reason == NO_ANSWER


def test_a_description_of_gigabytes_is_refused_before_it_has_come() -> None:
    able = b"RTSP/1.0 200 OK\r\nCSeq: 1\r\nPublic: DESCRIBE, SETUP, PLAY\r\n\r\n"
    told = b"Content-Type: application/sdp\r\nContent-Length: 2000000000\r\n\r\nv=0\r\n"
    with tcp_server(able + b"RTSP/1.0 200 OK\r\nCSeq: 2\r\n" + told) as port:
        error = failure(f"rtsp://u:{PASSWORD}@127.0.0.1:{port}/1")
    assert error.reason == UNREADABLE_STREAM, "who waits for the rest would say: no answer"


def test_a_server_that_sends_headers_without_end_is_left() -> None:
    with tcp_server(b"RTSP/1.0 200 OK\r\n" + b"X-Endless: yes\r\n" * 50, repeat=True) as port:
        assert failure(f"rtsp://u:{PASSWORD}@127.0.0.1:{port}/1", IMPATIENT_S).reason == NO_ANSWER


def test_an_rtsp_server_that_sends_in_circles_is_left() -> None:
    port = free_port()
    there = f"rtsp://127.0.0.1:{port}/1"
    answer = f"RTSP/1.0 302 Moved\r\nCSeq: 1\r\nLocation: {there}\r\n\r\n".encode()
    with tcp_server(answer, port=port):
        assert failure(f"rtsp://u:{PASSWORD}@127.0.0.1:{port}/1", IMPATIENT_S).reason


def test_an_rtsp_server_that_sends_garbage_is_left() -> None:
    with tcp_server(bytes(range(256)) * 40, repeat=True) as port:
        assert failure(f"rtsp://u:{PASSWORD}@127.0.0.1:{port}/1", IMPATIENT_S).reason


def test_a_stream_of_too_many_pixels_is_refused_before_it_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("detection_worker.feeds.video.MOST_PIXELS", 160 * 96 - 1)
    record(tmp_path / "live.mp4", [n / 10 for n in range(50)])
    port = free_port()
    with rtsp_server(tmp_path, port):
        assert failure(f"rtsp://u:{PASSWORD}@127.0.0.1:{port}/live.mp4").reason == TOO_LARGE


def test_garbage_in_place_of_a_stream_is_called_that() -> None:
    with tcp_server(b"HTTP/1.1 200 OK\r\n\r\n" + bytes(range(256)) * 40, repeat=True) as port:
        error = failure(f"http://u:{PASSWORD}@127.0.0.1:{port}/1", IMPATIENT_S)
    assert error.reason in (UNREADABLE_STREAM, NO_ANSWER)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"RTSP/1.0 401 Unauthorized\r\nCSeq: 1\r\n\r\n", WRONG_PASSWORD),
        (b"RTSP/1.0 404 Not Found\r\nCSeq: 1\r\n\r\n", NO_STREAM),
    ],
)
def test_what_a_camera_answers_is_understood(answer: bytes, reason: str) -> None:
    with tcp_server(answer) as port:
        assert failure(f"rtsp://u:{PASSWORD}@127.0.0.1:{port}/1").reason == reason


def test_a_camera_that_is_switched_off_refuses() -> None:
    error = failure(f"rtsp://u:{PASSWORD}@127.0.0.1:{free_port()}/1")
    assert error.reason == REFUSED_CONNECTION


def test_an_address_of_an_unknown_kind_is_named_without_its_password() -> None:
    with pytest.raises(FeedError) as raised:
        opener()(camera(f"gopher://u:{PASSWORD}@cam/1"))
    assert str(raised.value) == f"gopher://cam/1: {UNKNOWN_KIND}"


def test_ffmpeg_writes_nothing_to_the_log_by_itself(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    failure(f"http://u:{PASSWORD}@127.0.0.1:{free_port()}/1.m3u8")
    assert PASSWORD not in caplog.text + "".join(capfd.readouterr())


class Pictures(http.server.BaseHTTPRequestHandler):
    """A camera that sends JPEG pictures ten times a second; when it did stands in ``sent_at``."""

    sent_at: ClassVar[list[datetime]]

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace;boundary=next")
        self.end_headers()
        jpeg = cv2.imencode(".jpg", picture(90))[1].tobytes()
        with contextlib.suppress(OSError):
            for _ in range(40):
                head = f"--next\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
                self.sent_at.append(datetime.now(UTC))
                self.wfile.write(head.encode() + jpeg + b"\r\n")
                time.sleep(0.1)

    def log_message(self, *_: object) -> None:
        pass


def test_pictures_over_http_are_timed_by_their_arrival() -> None:
    camera_of_pictures = type("OfPictures", (Pictures,), {"sent_at": []})
    with web(camera_of_pictures) as port:
        feed = open_stream(camera(f"http://127.0.0.1:{port}/video.mjpg"))
        frames = feed.frames()
        times = [next(frames)[0] for _ in range(6)]
        ended_at = datetime.now(UTC)
        feed.close()
        assert list(frames) == []
    sent_at = camera_of_pictures.sent_at
    assert all(sent <= came + DRIFT for sent, came in zip(sent_at, times, strict=False))
    assert times == sorted(set(times)) and times[-1] <= ended_at + DRIFT


def pieces(folder: Path) -> Path:
    """The playlist ``live.m3u8`` of two seconds of video in pieces."""
    recorded = record(folder / "r.mp4", [n / 10 for n in range(20)])
    with av.open(str(recorded)) as source, av.open(str(folder / "live.m3u8"), "w") as target:
        track = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(source.streams.video[0]):
            if packet.dts is not None:
                packet.stream = track
                target.mux(packet)
    return folder / "live.m3u8"


def test_an_hls_stream_is_spread_over_the_time_it_shows(tmp_path: Path) -> None:
    pieces(tmp_path)
    with web(files_in(tmp_path)) as port:
        feed = open_stream(camera(f"http://127.0.0.1:{port}/live.m3u8"))
        began_s, frames = time.monotonic(), feed.frames()
        times = [next(frames)[0] for _ in range(10)]
        assert time.monotonic() - began_s > 0.8
        feed.close()
        assert list(frames) == []
    steps_s = [(b - a).total_seconds() for a, b in itertools.pairwise(times)]
    assert statistics.median(steps_s) == pytest.approx(0.1, abs=0.02)
    assert min(steps_s) > 0.08


def test_an_hls_stream_is_found_by_the_list_of_its_sizes(tmp_path: Path) -> None:
    pieces(tmp_path)
    sound = "#EXT-X-STREAM-INF:BANDWIDTH=1\nsound.m3u8\n"
    small = "#EXT-X-STREAM-INF:BANDWIDTH=9,RESOLUTION=160x96\n# small\nlive.m3u8?of=1\n"
    (tmp_path / "all.m3u8").write_text(f"#EXTM3U\n{sound}{small}")
    with web(files_in(tmp_path)) as port:
        feed = open_stream(camera(f"http://u:{PASSWORD}@127.0.0.1:{port}/all.m3u8"))
        frames = feed.frames()
        assert next(frames)[1].bgr.shape == (96, 160, 3)
        feed.close()
        assert list(frames) == []
