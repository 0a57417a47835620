"""HTTP: what a camera sends is seen from its answer: pictures one by one, a still, or video."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from urllib.parse import urlsplit

import httpx

from data_access.domain.watch import WatchedCamera
from detection_worker.feeds.address import take_number
from detection_worker.feeds.clock import SteadyClock
from detection_worker.feeds.multipart import Parts, PartsTooLong, boundary_of
from detection_worker.feeds.playlist import PIECES_ALLOWED, beside, names_lists, variant
from detection_worker.feeds.source import (
    A_WEB_PAGE,
    BROKE_OFF,
    LISTS_OF_LISTS,
    SILENT,
    TOO_LARGE,
    TOO_LONG,
    UNCHANGED,
    UNREADABLE_STREAM,
    FeedSilent,
    FeedUnreachable,
    FeedUnreadable,
)
from detection_worker.feeds.stills import MOST_BYTES, StillDamaged, StillTooLarge, decoded
from detection_worker.feeds.stream import PATIENCE_S, QUICK, StreamFeed, Way
from detection_worker.feeds.web_client import Stopped, WebClient
from detection_worker.frames import Picture, PlainPicture

USUAL_EVERY_S, LEAST_EVERY_S = 1.0, 0.04
"""How often a still is fetched unless ``every_s=`` says otherwise."""

QUIET_ROUNDS = 3
"""A still that is the same so many times in a row, and for ``PATIENCE_S``, does not change."""

HLS_WAYS = "http,https,tcp,tls,crypto"
"""A playlist may lead FFmpeg to these only: never to this machine's files."""

_HLS = {"protocol_whitelist": HLS_WAYS, **PIECES_ALLOWED}
_UNTIMED = {"use_wallclock_as_timestamps": "1", **QUICK}
"""Pictures over HTTP have no clock of their own; FFmpeg would invent 25 a second."""

Timed = Iterator[tuple[datetime, Picture]]


def open_web(camera: WatchedCamera, patience_s: float = PATIENCE_S) -> "WebFeed":
    """What a camera gives at an ``http`` or ``https`` address; asked when frames are taken."""
    return WebFeed(camera, patience_s)


class WebFeed:
    """MJPEG, a still that is fetched again and again, HLS, or another stream over HTTP."""

    live = True

    def __init__(self, camera: WatchedCamera, patience_s: float) -> None:
        self._camera, self._patience_s = camera, patience_s
        self._url = camera.feed_url
        self._location, self._every_s = take_number(
            camera.feed_url, "every_s", USUAL_EVERY_S, LEAST_EVERY_S
        )
        self._clock = SteadyClock()
        self._closing = threading.Event()
        self._client: WebClient | None = None
        self._stream: StreamFeed | None = None

    @property
    def decoder(self) -> str:
        """The hardware that decodes it, where it is video; else empty."""
        return self._stream.decoder if self._stream is not None else ""

    def close(self) -> None:
        """Let ``frames`` end soon."""
        self._closing.set()
        if (client := self._client) is not None:
            client.stop()
        if (stream := self._stream) is not None:
            stream.close()

    def frames(self) -> Timed:
        """Pictures and when they came.

        Raises:
            FeedError: nobody answers in time, no picture comes for as long, or it is none.
        """
        with suppress(Stopped):
            yield from self._asked()
        if self._stream is not None and not self._closing.is_set():
            yield from self._stream.frames()

    def _asked(self) -> Timed:
        try:
            self._client = WebClient(self._url, self._location, self._patience_s)
        except ValueError:
            raise FeedUnreadable(self._url, UNREADABLE_STREAM) from None
        with self._client as client:
            answer = client.ask()
            kind = answer.headers.get("content-type", "").lower()
            if kind.startswith("multipart/"):
                yield from self._pictures(client, boundary_of(answer.headers["content-type"]))
            elif _is_still(self._location, kind):
                yield from self._stills(client, answer)
            elif _is_playlist(self._location, kind):
                self._hand_over(_HLS, self._list_of_pieces(client, answer))
            elif kind.startswith("text/"):
                raise FeedUnreadable(self._url, A_WEB_PAGE)
            else:
                self._hand_over(_UNTIMED, self._location)

    def _hand_over(self, options: dict[str, str], location: str) -> None:
        """It is for FFmpeg, which asks the camera anew."""
        self._stream = StreamFeed(self._camera, Way(location, options), self._patience_s)

    def _list_of_pieces(self, client: WebClient, answer: httpx.Response) -> str:
        """The address of the playlist with the video in it: this one, or one that it names."""
        content = self._body(client)
        if not names_lists(content):
            return self._location
        named = beside(self._location, str(answer.url), variant(content) or "")
        with WebClient(self._url, named, self._patience_s) as other:
            self._client = other
            other.ask()
            if names_lists(self._body(other)):
                raise FeedUnreadable(self._url, LISTS_OF_LISTS)
        return named

    def _pictures(self, client: WebClient, boundary: bytes) -> Timed:
        """MJPEG: a damaged picture is passed over, a whole one must come in time."""
        parts, seen_s, damaged = Parts(boundary), time.monotonic(), False
        try:
            while piece := client.piece(SILENT):
                for part in parts.feed(piece):
                    try:
                        image = decoded(part)
                    except StillDamaged:
                        damaged = True
                        continue
                    yield self._clock.now(), PlainPicture(image)
                    seen_s, damaged = time.monotonic(), False
                if time.monotonic() - seen_s > self._patience_s:
                    raise self._no_picture(damaged)
        except PartsTooLong:
            raise FeedUnreadable(self._url, TOO_LONG) from None
        except StillTooLarge:
            raise FeedUnreadable(self._url, TOO_LARGE) from None
        raise FeedUnreachable(self._url, BROKE_OFF)

    def _no_picture(self, damaged: bool) -> FeedSilent | FeedUnreadable:
        if damaged:
            return FeedUnreadable(self._url, UNREADABLE_STREAM)
        return FeedSilent(self._url, SILENT)

    def _stills(self, client: WebClient, answer: httpx.Response) -> Timed:
        """A still, each time it is another one; what has not changed is not sent again."""
        before, changed_s, known = b"", time.monotonic(), _if_changed(answer)
        while not self._closing.is_set():
            content = self._body(client) if answer.status_code == httpx.codes.OK else b""
            if content and content != before:
                before, changed_s = content, time.monotonic()
                yield self._clock.now(), self._still(content)
            elif time.monotonic() - changed_s > max(PATIENCE_S, QUIET_ROUNDS * self._every_s):
                raise FeedSilent(self._url, UNCHANGED)
            self._closing.wait(self._every_s)
            answer = client.ask(known)
            known = _if_changed(answer) or known  # an answer "unchanged" need not repeat them

    def _body(self, client: WebClient) -> bytes:
        body, until_s = bytearray(), time.monotonic() + self._patience_s
        while piece := client.piece(SILENT):
            body += piece
            if len(body) > MOST_BYTES:
                raise FeedUnreadable(self._url, TOO_LONG)
            if time.monotonic() > until_s:
                raise FeedSilent(self._url, SILENT)
        return bytes(body)

    def _still(self, content: bytes) -> Picture:
        try:
            return PlainPicture(decoded(content))
        except StillDamaged:
            raise FeedUnreadable(self._url, UNREADABLE_STREAM) from None
        except StillTooLarge:
            raise FeedUnreadable(self._url, TOO_LARGE) from None


def _is_still(location: str, kind: str) -> bool:
    """Cameras that do not say what they send have it in their address."""
    if kind in ("", "application/octet-stream"):
        return urlsplit(location).path.lower().endswith((".jpg", ".jpeg", ".png"))
    return kind.startswith(("image/jpeg", "image/jpg", "image/png"))


def _is_playlist(location: str, kind: str) -> bool:
    return "mpegurl" in kind or urlsplit(location).path.endswith((".m3u8", ".m3u"))


def _if_changed(answer: httpx.Response) -> dict[str, str]:
    """The headers that ask for a still only if it is another than that of ``answer``."""
    asked = {"If-None-Match": "etag", "If-Modified-Since": "last-modified"}
    kept = {name: answer.headers.get(source) for name, source in asked.items()}
    return {name: value for name, value in kept.items() if value}
