"""What a feed is, and what can be wrong with one.

::

    WorkerError
    └── FeedError
        ├── FeedMissing · FeedUnreachable · FeedRefused      the camera is shown as offline
        ├── FeedSilent                                       … as giving no picture
        └── FeedUnreadable · FeedUnsupported                 … as an unreadable stream
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import ClassVar, Protocol

from data_access.domain.feeds import FeedState
from data_access.domain.watch import WatchedCamera
from data_access.domain.words import N_
from detection_worker.errors import WorkerError
from detection_worker.feeds.redact import without_secrets
from detection_worker.frames import Picture


class FeedSource(Protocol):
    """One opened feed, read by one thread.

    One that decodes a stream also has ``decoder``: the hardware at work, or empty.
    """

    live: bool
    """Whether time passes whether or not frames are taken: a live feed drops, a file waits."""

    def frames(self) -> Iterator[tuple[datetime, Picture]]:
        """Pictures with ``captured_at`` (aware UTC, each later than the one before), to the end.

        Raises:
            FeedError: the feed cannot be opened, or broke.
        """
        ...

    def close(self) -> None:
        """Let ``frames`` end soon; may be called from any thread, any number of times."""
        ...


OpenFeed = Callable[[WatchedCamera], FeedSource]


class FeedError(WorkerError):
    """A feed gives no pictures.

    ``reason`` is a constant sentence marked for the catalogues, so that a screen can show it in
    the viewer's language; ``str()`` puts the feed's address before it, without secrets.
    """

    state: ClassVar[FeedState] = FeedState.OFFLINE

    def __init__(self, feed_url: str, reason: str) -> None:
        super().__init__(f"{without_secrets(feed_url)}: {reason}")
        self.reason = reason


class FeedMissing(FeedError):
    """There is nothing at the feed's address."""


class FeedUnreachable(FeedError):
    """Nobody answers at the feed's address, or the connection broke."""


class FeedRefused(FeedError):
    """The camera does not accept the name or the password."""


class FeedSilent(FeedError):
    """The feed is connected, and no picture comes."""

    state = FeedState.STALLED


class FeedUnreadable(FeedError):
    """What comes from the feed is no video."""

    state = FeedState.BROKEN


class FeedUnsupported(FeedError):
    """No feed opens addresses of this kind."""

    state = FeedState.BROKEN


NO_FILE = N_("There is no such file. Check its path.")
A_FOLDER = N_("This is a folder, not a recording. Name a file in it.")
NO_RECORDING = N_("This is a device or a pipe, not a recording. Name a file.")
A_LIST = N_("This is a list of recordings, not a recording. Name one of them.")
NO_FOLDER = N_("There is no such folder. Check its path.")
NO_STILLS = N_("The folder holds no JPEG or PNG picture that can be read. Put some into it.")
NOT_ALLOWED = N_("The file may not be read. Give the worker the right to read it.")
EMPTY_FILE = N_("The file is empty. Copy it again.")
NOT_A_VIDEO = N_(
    "This is not a video, or it was cut short. Copy it again, or give an H.264, H.265 or MJPEG "
    "recording."
)
NO_PICTURE = N_("There is no picture in it, only sound or text. Choose one with video.")
REFUSED_CONNECTION = N_(
    "The camera refuses the connection. Check the address and the port, and that it is switched on."
)
NO_ANSWER = N_("The camera does not answer. Check its power, its network and its address.")
BROKE_OFF = N_("The connection broke off. It is being made again.")
WRONG_PASSWORD = N_(
    "The camera refuses the name or the password. Enter them again in the feed's address."
)
NO_STREAM = N_("The camera has no such stream. Check the end of the feed's address.")
SILENT = N_("The camera is connected but sends no picture. Restart it.")
UNREADABLE_STREAM = N_(
    "The stream cannot be decoded. Set the camera to H.264, H.265 or MJPEG and restart it."
)
UNKNOWN_KIND = N_("Feeds of this kind are not known. Use a file, rtsp, rtmp, srt or http.")
NOT_IN_FFMPEG = N_(
    "The FFmpeg of this installation cannot open addresses of this kind. Let the camera send "
    "RTSP or RTMP."
)
NOBODY_SENDS = N_("Nobody sends to this address yet. Start the broadcast on the drone.")
TOO_LARGE = N_("The picture has too many pixels. Set the camera to 8K or less.")
TOO_LONG = N_("The camera's answer has no end where it should. Check the feed's address.")
REDIRECTS = N_("The camera sends from address to address in a circle. Give its final address.")
A_WEB_PAGE = N_(
    "There is a web page at this address, not a picture. Give the address of the picture itself."
)
LISTS_OF_LISTS = N_(
    "The playlist leads from list to list and to no video. Give the address of the list with the "
    "video in it."
)
UNCHANGED = N_("The camera answers, but its picture does not change. Restart it.")
SMALL_AWAY = N_("The small stream gives no picture: the large one is analysed.")
LARGE_AWAY = N_("The large stream gives no picture: evidence is taken from the small one.")
OUR_FAULT = N_("Reading this feed failed inside Qala. The log of the worker says how.")
"""Reasons: what happened and what to do now, in one place so that they sound alike."""
