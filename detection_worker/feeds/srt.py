"""SRT, as drones and encoders send it: FFmpeg's own program receives it, this one decodes it.

The FFmpeg inside PyAV is built without SRT; the program that imageio-ffmpeg carries has it. It
hands the packets on as they came, through a pipe. The address reaches it through its standard
input: the words of a command line, a passphrase among them, can be read by all of a machine's
users.
"""

import os
import re
import select
import subprocess
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

import imageio_ffmpeg

from data_access.domain.watch import WatchedCamera
from detection_worker.feeds.address import take
from detection_worker.feeds.source import (
    NO_ANSWER,
    NO_PICTURE,
    NOBODY_SENDS,
    NOT_IN_FFMPEG,
    WRONG_PASSWORD,
    FeedError,
    FeedRefused,
    FeedUnreachable,
    FeedUnreadable,
    FeedUnsupported,
)
from detection_worker.feeds.stream import PATIENCE_S, StreamFeed
from detection_worker.feeds.video import Video

QUIETLY = ("-hide_banner", "-loglevel", "warning")
RECEIVE = ("-f", "concat", "-safe", "0", "-protocol_whitelist", "pipe,srt,udp", "-i", "pipe:0")
"""A list of one address is read from the standard input; nothing else may be opened from it."""

HAND_ON = ("-map", "0:v:0", "-c", "copy", "-flush_packets", "1", "-f", "mpegts", "pipe:1")

KEPT_LINES = 20
"""Of what the program says, the last; a bad line lets it say much."""

_NOT_IN_AN_ADDRESS = re.compile(r"[\x00-\x20]")


def open_srt(camera: WatchedCamera, patience_s: float = PATIENCE_S) -> "SrtFeed":
    """The SRT stream at ``camera.feed_url``; FFmpeg reads its words (mode, passphrase, latency)."""
    return SrtFeed(camera, patience_s=patience_s)


class SrtFeed(StreamFeed):
    """A stream that another program receives; with the feed that program ends."""

    @contextmanager
    def _open(self) -> Iterator[Video]:
        with closing(Receiver(self._url, self._patience_s)) as receiver:
            try:
                video = Video(self._url, self._way.options, self._patience_s, receiver)
            except FeedError as error:
                raise receiver.meant(error) from None
            with closing(video):
                yield video


class Receiver:
    """The program that receives one stream, and its pipe as a file that FFmpeg reads.

    Raises FeedUnsupported where the program is not there.
    """

    def __init__(self, feed_url: str, patience_s: float) -> None:
        self._url, self._patience_s = feed_url, patience_s
        self._process = _started(feed_url)
        self._said: deque[bytes] = deque(maxlen=KEPT_LINES)
        self._listener = threading.Thread(target=self._listen, name="srt", daemon=True)
        self._listener.start()
        self._tell(_as_list(_with_patience(feed_url, patience_s)))

    def read(self, most_bytes: int) -> bytes:
        """What has come, or nothing at the end; TimeoutError if nothing comes for too long."""
        assert self._process.stdout is not None, "it was opened with a pipe"
        pipe = self._process.stdout.fileno()
        waiting = select.poll()  # select() knows no numbers above 1023, and a worker opens more
        waiting.register(pipe, select.POLLIN)
        if not waiting.poll(self._patience_s * 1000):
            raise TimeoutError("nothing was received")
        return os.read(pipe, most_bytes)

    def close(self) -> None:
        """End the program; its port is free after that."""
        self._process.kill()
        self._process.wait()
        self._listener.join()
        for pipe in (self._process.stdout, self._process.stderr):
            if pipe is not None:
                pipe.close()

    def meant(self, error: FeedError) -> FeedError:
        """What it means that no video could be opened, by what the program said."""
        self.close()
        said = b"\n".join(self._said)
        if b"BADSECRET" in said or b"UNSECURE" in said:
            return FeedRefused(self._url, WRONG_PASSWORD)
        if b"matches no streams" in said:
            return FeedUnreadable(self._url, NO_PICTURE)
        if b"Error opening input" in said or isinstance(error, FeedUnreachable):
            listens = take(self._url, "mode")[1] == "listener"
            return FeedUnreachable(self._url, NOBODY_SENDS if listens else NO_ANSWER)
        return error

    def _tell(self, text: str) -> None:
        assert self._process.stdin is not None, "it was opened with a pipe"
        with suppress(BrokenPipeError), self._process.stdin as told:  # else it has said why
            told.write(text.encode())

    def _listen(self) -> None:
        assert self._process.stderr is not None, "it was opened with a pipe"
        self._said.extend(self._process.stderr)


def _started(feed_url: str) -> "subprocess.Popen[bytes]":
    pipe = subprocess.PIPE
    try:
        words = [imageio_ffmpeg.get_ffmpeg_exe(), *QUIETLY, *RECEIVE, *HAND_ON]
        return subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=pipe)  # noqa: S603
    except (RuntimeError, OSError):
        raise FeedUnsupported(feed_url, NOT_IN_FFMPEG) from None


def _with_patience(feed_url: str, patience_s: float) -> str:
    """The address with how long to wait for the other side, unless it says so itself."""
    waits = {"connect_timeout": patience_s * 1e3, "listen_timeout": patience_s * 1e6}
    missing = [
        f"{name}={round(value)}" for name, value in waits.items() if take(feed_url, name)[1] is None
    ]
    head, _, query = feed_url.partition("?")
    words = [word for word in query.split("&") if word]  # FFmpeg stops at an empty one
    return f"{head}?{'&'.join([*words, *missing])}"


def _as_list(location: str) -> str:
    """The address in FFmpeg's words for a list of files; it cannot add a line of its own."""
    quoted = _NOT_IN_AN_ADDRESS.sub("", location).replace("'", r"'\''")
    return f"ffconcat version 1.0\nfile '{quoted}'\n"
