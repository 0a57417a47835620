"""The worker's picture of one camera, as a source of video frames for WebRTC.

A thread pulls the worker's stream while somebody asks for frames, and ends by itself soon
after nobody does. Its callback runs on other threads: nothing here calls Streamlit.
"""

import threading
from collections.abc import Callable, Iterator
from fractions import Fraction
from time import monotonic

import av
import httpx
import numpy as np
from numpy.typing import NDArray

from data_access.domain.words import N_

Yuv = NDArray[np.uint8]
"""A picture in planar YUV 4:2:0, (height * 3 / 2, width)."""

FPS = 12
WIDTH_PX = 960
NOBODY_ASKS_S = 3.0
"""A stream that nobody has asked for so long is ended: the worker draws for nobody no more."""

TRY_AGAIN_S = 1.0
PATIENCE = httpx.Timeout(6.0, connect=2.0)
EMPTY_WH = (960, 540)
EMPTY_LUMA, EMPTY_CHROMA = 28, 128

AWAY = N_("The worker does not answer. The picture comes back by itself when it does.")
NO_PICTURE = N_("The worker has no picture of this camera now.")

LENGTH = b"content-length:"
HEAD_END = b"\r\n\r\n"


class StreamBroken(Exception):
    """The worker's stream is not the multipart stream it should be."""


def jpegs(parts: Iterator[bytes]) -> Iterator[bytes]:
    """The JPEGs of a multipart/x-mixed-replace stream, each by its Content-Length."""
    kept = b""
    for part in parts:
        kept += part
        while (found := _one_jpeg(kept)) is not None:
            jpeg, kept = found
            yield jpeg


def _one_jpeg(kept: bytes) -> tuple[bytes, bytes] | None:
    head, mark, body = kept.partition(HEAD_END)
    if not mark:
        return None
    length = _length(head)
    if len(body) < length:
        return None
    return body[:length], body[length:]


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(LENGTH):
            return int(line.removeprefix(LENGTH))
    raise StreamBroken("a part of the worker's stream has no Content-Length")


def decoded(jpeg: bytes) -> Yuv:
    """A JPEG as planar YUV; raises ``StreamBroken`` where it is none."""
    try:
        frame = next(iter(av.CodecContext.create("mjpeg", "r").decode(av.Packet(jpeg))))
    except (av.FFmpegError, StopIteration) as error:
        raise StreamBroken("a picture of the worker's stream cannot be decoded") from error
    even = (frame.width // 2 * 2, frame.height // 2 * 2)
    return frame.reformat(*even, format="yuv420p").to_ndarray().astype(np.uint8, copy=False)


def empty_picture() -> Yuv:
    """A dark picture for as long as there is none."""
    width, height = EMPTY_WH
    picture = np.full((height * 3 // 2, width), EMPTY_CHROMA, np.uint8)
    picture[:height] = EMPTY_LUMA
    return picture


class LiveVideo:
    """One camera's video for all who look at it in this process; thread-safe.

    ``url`` is that of the worker's multipart stream, ``headers`` carry its key.
    """

    def __init__(
        self, url: str, headers: dict[str, str], clock: Callable[[], float] = monotonic
    ) -> None:
        self._url = url
        self._headers = headers
        self._clock = clock
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._asked_at = clock()
        self._stopping = threading.Event()
        self._picture = empty_picture()
        self.trouble = ""
        """Why there is no picture, as a text of the catalogues; empty while there is one."""

    @property
    def pulling(self) -> bool:
        """Whether the worker is being asked for pictures now."""
        return self._thread is not None and self._thread.is_alive()

    def frame(self, pts: int, time_base: Fraction) -> av.VideoFrame:
        """The newest picture: the callback of ``create_video_source_track``."""
        self.begin()
        frame = av.VideoFrame.from_ndarray(self._picture, format="yuv420p")
        frame.pts, frame.time_base = pts, time_base
        return frame

    def begin(self) -> None:
        """Ask for pictures already while the browser connects: its first frame then shows one."""
        self._asked_at = self._clock()
        self._keep_pulling()

    def stop(self) -> None:
        """End the stream now."""
        self._stopping.set()
        thread = self._thread
        if thread is not None:
            thread.join()

    def _keep_pulling(self) -> None:
        with self._lock:
            if self.pulling or self._stopping.is_set():
                return
            self._thread = threading.Thread(target=self._pull, name="qala-video", daemon=True)
            self._thread.start()

    def _wanted(self) -> bool:
        asked_lately = self._clock() - self._asked_at < NOBODY_ASKS_S
        return asked_lately and not self._stopping.is_set()

    def _pull(self) -> None:
        with httpx.Client(headers=self._headers, timeout=PATIENCE, trust_env=False) as client:
            while self._wanted():
                self._pull_once(client)
                self._stopping.wait(TRY_AGAIN_S)
        self._picture = empty_picture()

    def _pull_once(self, client: httpx.Client) -> None:
        try:
            with client.stream("GET", self._url) as answer:
                if answer.status_code != httpx.codes.OK:
                    self._lose(NO_PICTURE)
                    return
                for jpeg in jpegs(answer.iter_raw()):
                    self._picture, self.trouble = decoded(jpeg), ""
                    if not self._wanted():
                        return
        except (httpx.HTTPError, StreamBroken):
            self._lose(AWAY)

    def _lose(self, trouble: str) -> None:
        self._picture, self.trouble = empty_picture(), trouble
