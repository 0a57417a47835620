"""Recordings: played in real time in place of a camera, or read through for an analysis."""

import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from data_access.domain.watch import WatchedCamera
from detection_worker.feeds.clock import OnwardClock, RealTime, SteadyClock
from detection_worker.feeds.playlist import (
    LIST_BEGINS,
    MOST_LIST_BYTES,
    PIECES_ALLOWED,
    is_recorded,
)
from detection_worker.feeds.source import (
    A_FOLDER,
    A_LIST,
    EMPTY_FILE,
    NO_FILE,
    NO_RECORDING,
    NOT_A_VIDEO,
    NOT_ALLOWED,
    FeedMissing,
    FeedUnreadable,
)
from detection_worker.feeds.video import Video
from detection_worker.frames import Picture

LONGEST_PAUSE_S = 10.0
"""A gap in a recording that plays in real time is waited for no longer than this."""

LONGEST_GAP_S = 86_400.0
"""A recording in which nothing comes for longer has a damaged clock; recorders begin a new file."""

TOLD_YEARS = range(1970, 2500)
"""Of when it was recorded; others are those of clocks that were never set, or of damage."""


def open_file(camera: WatchedCamera, paced: bool) -> "FileFeed":
    """The recording at ``camera.feed_url`` (a path or ``file://``), in real time if ``paced``."""
    return FileFeed(camera, paced)


def play_file(camera: WatchedCamera) -> "FileFeed":
    """The recording in place of a live camera: paced, and again from its start if it loops."""
    return open_file(camera, paced=True)


class FileFeed:
    """A recording; its container's timestamps say when its frames were captured.

    Paced, they count from now, and a loop's time goes on. Unpaced, they count from when it was
    recorded: its ``creation_time``, else the file's own time; the frames wait to be taken.
    """

    def __init__(self, camera: WatchedCamera, paced: bool) -> None:
        self.live = paced
        self._url = camera.feed_url
        self._loops = camera.loops and paced
        self._closing = threading.Event()

    def close(self) -> None:
        """Let ``frames`` end before its next frame."""
        self._closing.set()

    def frames(self) -> Iterator[tuple[datetime, Picture]]:
        """Pictures and when they were captured, to the recording's end or for ever.

        Raises:
            FeedError: it is missing or no video.
        """
        return self._paced() if self.live else self._unpaced()

    def _unpaced(self) -> Iterator[tuple[datetime, Picture]]:
        with closing(self._open()) as video:
            started_at = _recorded_at(video.creation_time, recording(self._url))
            first_s: float | None = None
            for position_s, picture in self._pictures(
                video, OnwardClock(video.step_s, LONGEST_GAP_S)
            ):
                first_s = position_s if first_s is None else first_s
                yield started_at + timedelta(seconds=position_s - first_s), picture

    def _paced(self) -> Iterator[tuple[datetime, Picture]]:
        real_time = RealTime(SteadyClock())
        for position_s, picture in self._played():
            captured_at, wait_s = real_time.due(position_s)
            if self._closing.wait(wait_s):
                return
            yield captured_at, picture

    def _played(self) -> Iterator[tuple[float, Picture]]:
        clock: OnwardClock | None = None
        while clock is None or self._loops:
            with closing(self._open()) as video:
                clock = clock or OnwardClock(video.step_s, LONGEST_PAUSE_S)
                yield from self._pictures(video, clock)

    def _pictures(self, video: Video, clock: OnwardClock) -> Iterator[tuple[float, Picture]]:
        """Positions in seconds, always increasing, and their pictures.

        A loop's second round begins before its first one ended: the clock goes on by one step.
        """
        seen = False
        for told_s, picture in video.pictures():
            if self._closing.is_set():
                return
            seen = True
            yield clock.read(told_s), picture
        if not seen:
            raise FeedUnreadable(self._url, NOT_A_VIDEO)

    def _open(self) -> Video:
        path = recording(self._url)
        # "file:" keeps a name with a colon from being taken for an address.
        return Video(self._url, self._options(path), location=f"file:{path}")

    def _options(self, path: Path) -> dict[str, str]:
        """A playlist is read where it is whole: FFmpeg would wait for the rest for ever."""
        with path.open("rb") as file:
            content = file.read(len(LIST_BEGINS))
            if content != LIST_BEGINS:
                return {}
            content += file.read(MOST_LIST_BYTES)
        if not is_recorded(content):
            raise FeedUnreadable(self._url, A_LIST)
        return PIECES_ALLOWED


def recording(feed_url: str) -> Path:
    """The file that a path or a ``file://`` address names.

    Raises:
        FeedError: there is none, it is a folder, or empty.
    """
    path = Path(unquote(urlsplit(feed_url).path) if feed_url.startswith("file://") else feed_url)
    try:
        if path.is_dir():
            raise FeedMissing(feed_url, A_FOLDER)
        if path.is_file() and path.stat().st_size == 0:
            raise FeedUnreadable(feed_url, EMPTY_FILE)
        if not path.exists():
            raise FeedMissing(feed_url, NO_FILE)
        if not path.is_file():  # nobody may ever write into a pipe
            raise FeedUnreadable(feed_url, NO_RECORDING)
    except (OSError, ValueError) as error:  # a name too long, or with a zero byte in it
        reason = NOT_ALLOWED if isinstance(error, PermissionError) else NO_FILE
        raise FeedMissing(feed_url, reason) from None
    return path


def _recorded_at(creation_time: str | None, path: Path) -> datetime:
    """When a recording began: as its maker wrote it, else the time of its file."""
    try:
        told_at = datetime.fromisoformat(creation_time or "")
    except ValueError:
        told_at = datetime.min
    if told_at.year not in TOLD_YEARS:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return told_at.astimezone(UTC) if told_at.tzinfo else told_at.replace(tzinfo=UTC)
