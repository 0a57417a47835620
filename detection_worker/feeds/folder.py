"""Folders of stills: played in the order of their names, or followed as a camera fills them."""

import logging
import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from data_access.domain.watch import WatchedCamera
from detection_worker.feeds.address import take, take_number
from detection_worker.feeds.clock import RealTime, SteadyClock
from detection_worker.feeds.source import NO_FOLDER, NO_STILLS, FeedMissing, FeedUnreadable
from detection_worker.feeds.stills import MOST_BYTES, StillDamaged, StillTooLarge, decoded
from detection_worker.frames import Picture, PlainPicture

SUFFIXES = frozenset({".jpg", ".jpeg", ".png"})

USUAL_FPS, LEAST_FPS = 1.0, 0.001
"""Stills are taken once a second unless ``fps=`` says otherwise."""

LOOK_EVERY_S = 0.5
"""How often a folder that is followed is looked into."""

Mark = tuple[int, int]
"""When a file was last written (nanoseconds) and its size in bytes."""

log = logging.getLogger(__name__)


def play_folder(camera: WatchedCamera) -> "FolderFeed":
    """The stills in place of a live camera: paced, and again from the first if it loops."""
    return FolderFeed(camera, paced=True)


class FolderFeed:
    """The JPEG and PNG files of a folder (a path, ``file://`` or ``folder://``).

    ``?fps=2`` says how many there are a second. ``?follow=1`` is for a camera that uploads its
    stills there: those that come are shown as they come, at the time of their file.
    """

    def __init__(self, camera: WatchedCamera, paced: bool) -> None:
        url, follow = take(camera.feed_url, "follow")
        url, self._fps = take_number(url, "fps", USUAL_FPS, LEAST_FPS)
        self._url, self._path = camera.feed_url, folder(url)
        self._follows = paced and follow == "1"
        self.live = paced
        self._loops = camera.loops and paced
        self._closing = threading.Event()

    def close(self) -> None:
        """Let ``frames`` end before its next picture."""
        self._closing.set()

    def frames(self) -> Iterator[tuple[datetime, Picture]]:
        """Pictures and when they were captured.

        Raises:
            FeedError: there is no such folder, or no picture in it.
        """
        if not self._path.is_dir():
            raise FeedMissing(self._url, NO_FOLDER)
        if self._follows:
            return self._as_they_come()
        return self._paced() if self.live else self._unpaced()

    def _unpaced(self) -> Iterator[tuple[datetime, Picture]]:
        stills = self._stills()
        began_at = captured_at(stills[0]) if stills else datetime.now(UTC)
        for number, picture in self._readable(stills):
            yield began_at + timedelta(seconds=number / self._fps), picture

    def _paced(self) -> Iterator[tuple[datetime, Picture]]:
        real_time, played, again = RealTime(SteadyClock()), 0, True
        while again:
            stills, again = self._stills(), self._loops
            for number, picture in self._readable(stills):
                at, wait_s = real_time.due((played + number) / self._fps)
                if self._closing.wait(wait_s):
                    return
                yield at, picture
            played += len(stills)

    def _as_they_come(self) -> Iterator[tuple[datetime, Picture]]:
        """The newest still, and then each that is added, once nobody writes to it any more."""
        shown = {path: _mark(path) for path in self._stills()[:-1]}
        before: dict[Path, Mark] = {}
        while not self._closing.is_set():
            now = {path: _mark(path) for path in self._stills()}
            for path, mark in now.items():
                if shown.get(path) != mark and before.get(path) == mark:
                    shown[path] = mark
                    if (picture := _read(path)) is not None:
                        yield datetime.fromtimestamp(mark[0] / 1e9, UTC), picture
            shown = {path: mark for path, mark in shown.items() if path in now}
            before = now
            self._closing.wait(LOOK_EVERY_S)

    def _readable(self, stills: list[Path]) -> Iterator[tuple[int, Picture]]:
        """The pictures with their number from 0; files that are no picture are passed over."""
        seen = False
        for number, path in enumerate(stills):
            if self._closing.is_set():
                return
            picture = _read(path)
            if picture is not None:
                seen = True
                yield number, picture
        if not seen:
            raise FeedUnreadable(self._url, NO_STILLS)

    def _stills(self) -> list[Path]:
        found = [path for path in self._path.iterdir() if path.suffix.lower() in SUFFIXES]
        return sorted(found, key=lambda path: _natural(path.name))


def folder(feed_url: str) -> Path:
    """The folder that a path, a ``file://`` or a ``folder://`` address names."""
    if re.match("(file|folder)://", feed_url):
        return Path(unquote(urlsplit(feed_url).path))
    return Path(feed_url)


def captured_at(path: Path) -> datetime:
    """When a still was taken: the time of its file."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _natural(name: str) -> list[tuple[int, str]]:
    """A key by which ``2.jpg`` comes before ``10.jpg``."""
    return [
        (int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", name)
    ]


def _mark(path: Path) -> Mark:
    """What changes when a file is written to."""
    try:
        told = path.stat()
    except OSError:
        return (0, 0)
    return told.st_mtime_ns, told.st_size


def _read(path: Path) -> Picture | None:
    try:
        if not path.is_file():
            raise StillDamaged
        if path.stat().st_size > MOST_BYTES:
            raise StillTooLarge
        return PlainPicture(decoded(path.read_bytes()))
    except (StillDamaged, StillTooLarge, OSError):
        log.debug("%s is no picture: it is passed over", path)
        return None
