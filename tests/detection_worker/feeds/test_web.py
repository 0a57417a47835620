"""Cameras over HTTP: MJPEG, stills, HLS, and those that answer as no camera should."""

import base64
import contextlib
import hashlib
import http.server
import itertools
import logging
import math
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, ClassVar

import cv2
import numpy as np
import pytest

from detection_worker.feeds.source import (
    A_WEB_PAGE,
    BROKE_OFF,
    LISTS_OF_LISTS,
    NO_ANSWER,
    NO_STREAM,
    REDIRECTS,
    SILENT,
    TOO_LARGE,
    TOO_LONG,
    UNCHANGED,
    UNREADABLE_STREAM,
    WRONG_PASSWORD,
    FeedError,
)
from detection_worker.feeds.web import WebFeed, open_web
from tests.detection_worker.feeds.footage import DRIFT, PASSWORD, camera, picture, tcp_server, web

PLAIN = "s3cr@t"
IMPATIENT_S = 0.6
"""For servers that never answer."""

PATIENCE_S = 60.0
"""For those that do, on however busy a machine."""


def jpeg(brightness: int) -> bytes:
    return cv2.imencode(".jpg", picture(brightness))[1].tobytes()


def png(brightness: int) -> bytes:
    return cv2.imencode(".png", picture(brightness))[1].tobytes()


class Camera(http.server.BaseHTTPRequestHandler):
    """Answers with ``body``; what it was asked for stands in ``asked``."""

    protocol_version = "HTTP/1.1"
    status, kind, body = 200, "image/jpeg", b""
    more: ClassVar[dict[str, str]] = {}
    asked: ClassVar[list[str]]

    def __init_subclass__(cls) -> None:
        cls.asked = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.give(self.status, self.body)

    def give(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        headers = {"Content-Type": self.kind, "Content-Length": str(len(body))} | headers
        for name, value in {**self.more, **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def answering(**answer: object) -> type[Camera]:
    return type("Answering", (Camera,), answer)


class Asked:
    """A feed whose frames are closed when the test is over, as its reader closes them."""

    def __init__(self, feed: WebFeed, after: contextlib.ExitStack) -> None:
        self._feed, self._after = feed, after

    def frames(self) -> Iterator[Any]:
        return self._after.enter_context(contextlib.closing(self._feed.frames()))  # type: ignore[type-var]


@pytest.fixture
def ask() -> Iterator[Callable[..., Asked]]:
    with contextlib.ExitStack() as servers:

        def serve(
            handler: type[Camera],
            path: str = "/still.jpg?every_s=0.05",
            user: str = "",
            patience_s: float = PATIENCE_S,
        ) -> Asked:
            port = servers.enter_context(web(handler))
            address = f"http://{user}{'@' if user else ''}127.0.0.1:{port}{path}"
            return Asked(open_web(camera(address), patience_s), servers)

        yield serve


Ask = Callable[..., Asked]


def failure(feed: WebFeed | Asked) -> str:
    with pytest.raises(FeedError) as raised:
        list(feed.frames())
    assert PASSWORD not in str(raised.value) and PLAIN not in str(raised.value)
    return raised.value.reason


@pytest.mark.parametrize("encoded", [jpeg, png])
def test_a_still_is_shown_each_time_it_is_another_one(
    ask: Ask, encoded: Callable[[int], bytes]
) -> None:
    number = itertools.count()

    class Changing(Camera):
        def do_GET(self) -> None:
            self.asked.append(self.path)
            self.give(200, encoded(40 * (next(number) // 2)))

    feed = ask(Changing)
    shown = list(itertools.islice(feed.frames(), 3))
    assert [round(float(picture.bgr.mean()) / 40) for _, picture in shown] == [0, 1, 2]
    assert set(Changing.asked) == {"/still.jpg"}, "the camera never sees our own words"


def test_an_unchanged_still_is_not_sent_again(ask: Ask) -> None:
    class Tagged(Camera):
        """Another picture after five questions."""

        sent = 0

        def do_GET(self) -> None:
            known = self.headers["If-None-Match"], self.headers["If-Modified-Since"]
            self.asked.append(str(known))
            is_other = len(self.asked) > 5
            if known == ('"1"', "Sun, 01 Mar 2026 12:00:00 GMT") and not is_other:
                self.give(304)
                return
            type(self).sent += 1
            body = jpeg(200 if is_other else 50)
            self.give(200, body, ETag='"1"', Last_Modified="Sun, 01 Mar 2026 12:00:00 GMT")

    frames = ask(Tagged).frames()
    next(frames)
    assert next(frames)[1].bgr.mean() > 150
    assert (Tagged.sent, len(Tagged.asked)) == (2, 6)


def test_a_still_that_never_changes_is_said(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detection_worker.feeds.web.PATIENCE_S", 0.3)
    assert failure(ask(answering(body=jpeg(9)))) == UNCHANGED


@pytest.mark.parametrize("scheme", ["basic", "digest"])
def test_a_camera_asks_for_its_password_and_gets_it(ask: Ask, scheme: str) -> None:
    class Guarded(Camera):
        def do_GET(self) -> None:
            given = self.headers["Authorization"] or ""
            self.asked.append(given)
            if _is_right(scheme, given):
                self.give(200, jpeg(len(self.asked)))
            else:
                challenges = {
                    "basic": 'Basic realm="c"',
                    "digest": 'Digest realm="c", nonce="n", qop="auth"',
                }
                self.give(401, WWW_Authenticate=challenges[scheme])

    frames = ask(Guarded, user=f"op:{PASSWORD}").frames()
    next(frames), next(frames)
    assert Guarded.asked[0] == ""
    assert failure(ask(Guarded, user="op:wrong")) == WRONG_PASSWORD


def _is_right(scheme: str, given: str) -> bool:
    if scheme == "basic":
        return given == "Basic " + base64.b64encode(f"op:{PLAIN}".encode()).decode()
    if not given.startswith("Digest "):
        return False
    told = dict(part.strip().split("=", 1) for part in given[7:].split(", "))
    word = {name: value.strip('"') for name, value in told.items()}
    one = hashlib.md5(f"op:c:{PLAIN}".encode()).hexdigest()
    two = hashlib.md5(f"GET:{word['uri']}".encode()).hexdigest()
    whole = f"{one}:n:{word['nc']}:{word['cnonce']}:auth:{two}"
    return word["response"] == hashlib.md5(whole.encode()).hexdigest()


class Streaming(Camera):
    """MJPEG with or without lengths, and with one damaged picture in it."""

    kind = "multipart/x-mixed-replace; boundary=--next"
    line = "--next"
    with_lengths = True
    sent_at: ClassVar[list[datetime]]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.sent_at = []

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", self.kind)
        self.end_headers()
        self.close_connection = True
        with contextlib.suppress(OSError):
            for number in range(8):
                body = b"\xff\xd8 damaged" if number == 2 else jpeg(20 * number)
                length = f"Content-Length: {len(body)}\r\n" if self.with_lengths else ""
                self.sent_at.append(datetime.now(UTC))
                self.wfile.write(
                    f"{self.line}\r\nContent-Type: image/jpeg\r\n{length}\r\n".encode()
                )
                self.wfile.write(body + b"\r\n")
                time.sleep(0.03)


@pytest.mark.parametrize("with_lengths", [True, False])
def test_pictures_in_a_stream_come_one_by_one_and_damaged_ones_are_passed_over(
    ask: Ask, with_lengths: bool
) -> None:
    camera_of_pictures = type("S", (Streaming,), {"with_lengths": with_lengths})
    frames = ask(camera_of_pictures).frames()
    shown = list(itertools.islice(frames, 6))
    assert [round(float(picture.bgr.mean()) / 20) for _, picture in shown] == [0, 1, 3, 4, 5, 6]
    sent_at = [at for number, at in enumerate(camera_of_pictures.sent_at) if number != 2]
    came_at = [at for at, _ in shown]
    pairs = zip(sent_at, came_at, strict=False)
    assert all(sent <= came + DRIFT for sent, came in pairs), "each as it came"
    with pytest.raises(FeedError) as raised:
        list(frames)
    assert raised.value.reason == BROKE_OFF


@pytest.mark.parametrize("with_lengths", [True, False])
@pytest.mark.parametrize(
    ("told", "line"),
    [
        pytest.param("; boundary=one", "--another", id="another one"),
        pytest.param("; boundary=next", "next", id="without its dashes"),
        pytest.param("; boundary=", "--next", id="an empty one"),
        pytest.param("", "--next", id="none"),
    ],
)
def test_what_stands_between_pictures_is_believed_rather_than_what_is_told(
    ask: Ask, told: str, line: str, with_lengths: bool
) -> None:
    kind = f"multipart/x-mixed-replace{told}"
    wrongly = type("W", (Streaming,), {"kind": kind, "line": line, "with_lengths": with_lengths})
    shown = list(itertools.islice(ask(wrongly).frames(), 6))
    assert [round(float(picture.bgr.mean()) / 20) for _, picture in shown] == [0, 1, 3, 4, 5, 6]


@pytest.mark.parametrize("kind", ["", "application/octet-stream"])
def test_a_still_of_no_told_kind_is_known_by_its_address(ask: Ask, kind: str) -> None:
    number = itertools.count()

    class Untold(Camera):
        def do_GET(self) -> None:
            self.give(200, jpeg(40 * next(number)), Content_Type=kind)

    shown = list(itertools.islice(ask(Untold).frames(), 3))
    assert [round(float(picture.bgr.mean()) / 40) for _, picture in shown] == [0, 1, 2]


class Lists(Camera):
    """Playlists that name each other."""

    kind = "application/vnd.apple.mpegurl"
    named = "1.m3u8"

    def do_GET(self) -> None:
        self.asked.append(self.path)
        variant = f"#EXT-X-STREAM-INF:BANDWIDTH=1\n{self.named}\n"
        self.give(200, b"#EXTM3U\n" + variant.encode() * 1000)


class Endless(Camera):
    """A body that has neither an end nor a picture in it."""

    piece = b"x" * 65_536

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", self.kind)
        self.end_headers()
        self.close_connection = True
        with contextlib.suppress(OSError):
            while True:
                self.wfile.write(self.piece)


def _large() -> bytes:
    """A PNG of 20,000 × 20,000 black pixels: small as a file, 1.2 GB when it is decoded."""
    return cv2.imencode(".png", np.zeros((20_000, 20_000), np.uint8))[1].tobytes()


def _turning(self: Camera) -> None:
    self.give(302, Location="/again")


@pytest.mark.parametrize(
    ("handler", "reason"),
    [
        pytest.param(answering(status=404), NO_STREAM, id="nothing there"),
        pytest.param(answering(status=500), NO_ANSWER, id="an error of the camera"),
        pytest.param(answering(kind="text/html", body=b"<p>"), A_WEB_PAGE, id="a web page"),
        pytest.param(answering(body=b"no picture"), UNREADABLE_STREAM, id="no picture"),
        pytest.param(answering(kind="text/plain", body=b"no"), A_WEB_PAGE, id="a text"),
        pytest.param(answering(do_GET=_turning), REDIRECTS, id="a circle of addresses"),
        pytest.param(answering(kind="image/png", body=_large()), TOO_LARGE, id="a huge picture"),
        pytest.param(type("L", (Lists,), {}), LISTS_OF_LISTS, id="a list that names itself"),
        pytest.param(type("L", (Lists,), {"named": "file:///x"}), UNREADABLE_STREAM, id="a list of files"),
        pytest.param(type("E", (Endless,), {"kind": "audio/mpegurl"}), TOO_LONG, id="a list without end"),
        pytest.param(type("E", (Endless,), {}), TOO_LONG, id="a still without end"),
        pytest.param(
            type("E", (Endless,), {"kind": "multipart/x-mixed-replace; boundary=b"}),
            TOO_LONG,
            id="a part without end",
        ),
        pytest.param(
            type("E", (Endless,), {
                "kind": "multipart/x-mixed-replace; boundary=b", "piece": b"--b\r\nA: b\r\n\r\nno\r\n",
            }),
            UNREADABLE_STREAM,
            id="parts that are no pictures",
        ),
    ],
)  # fmt: skip
def test_what_is_no_camera_is_said_in_a_sentence(
    ask: Ask, handler: type[Camera], reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("web", "multipart"):  # a loaded machine takes long for the real limit
        monkeypatch.setattr(f"detection_worker.feeds.{module}.MOST_BYTES", 500_000)
    # Parts that are no pictures are read for as long as patience lasts.
    assert failure(ask(handler, user=f"u:{PASSWORD}", patience_s=3.0)) == reason


@pytest.mark.parametrize(
    ("greeting", "reasons"),
    [
        pytest.param(b"", {NO_ANSWER}, id="never answers"),
        pytest.param(b"HTTP/1.1 200 OK\r\n" + b"X-More: yes\r\n" * 99, {UNREADABLE_STREAM, NO_ANSWER}, id="headers without end"),
        pytest.param(bytes(range(256)) * 9, {UNREADABLE_STREAM, NO_ANSWER}, id="garbage"),
    ],
)  # fmt: skip
def test_a_server_that_speaks_no_http_is_left(greeting: bytes, reasons: set[str]) -> None:
    with tcp_server(greeting, repeat=bool(greeting)) as port:
        feed = open_web(camera(f"http://u:{PASSWORD}@127.0.0.1:{port}/1"), IMPATIENT_S)
        assert failure(feed) in reasons


def test_a_camera_that_sends_a_letter_at_a_time_does_not_hold_the_thread() -> None:
    """It would hold it for ever: the failure alone says that it does not."""
    with tcp_server(b"H", repeat=True) as port:
        feed = open_web(camera(f"http://127.0.0.1:{port}/1"), IMPATIENT_S)
        assert failure(feed) in {UNREADABLE_STREAM, NO_ANSWER}


def test_a_stream_that_falls_silent_is_left(ask: Ask) -> None:
    over = threading.Event()

    class Silent(Streaming):
        def do_GET(self) -> None:
            super().do_GET()
            over.wait(PATIENCE_S)

    frames = ask(Silent, patience_s=3.0).frames()
    with pytest.raises(FeedError) as raised:
        list(frames)
    over.set()
    assert raised.value.reason == SILENT


def test_closing_ends_a_wait_at_once() -> None:
    with tcp_server() as port:
        feed = open_web(camera(f"http://127.0.0.1:{port}/1"), math.inf)
        threading.Timer(0.3, feed.close).start()
        assert list(feed.frames()) == []


def test_nothing_secret_is_logged_by_the_http_client(
    ask: Ask, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    next(ask(answering(body=jpeg(9)), path=f"/s.jpg?token={PLAIN}", user=f"u:{PASSWORD}").frames())
    assert PLAIN not in caplog.text and PASSWORD not in caplog.text
