"""Opening and decoding with FFmpeg, for recordings and streams alike.

FFmpeg's own messages repeat the address with its password: none of them leaves this module.
"""

import logging
import math
import time
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol, cast

import av
import av.error
from av.codec.hwaccel import HWAccel
from av.container import InputContainer
from av.packet import Packet
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from detection_worker.colours import Colours
from detection_worker.decoded_picture import DecodedPicture
from detection_worker.feeds import hardware
from detection_worker.feeds.allocations import bound_allocations
from detection_worker.feeds.playlist import NO_LISTS
from detection_worker.feeds.source import (
    BROKE_OFF,
    NO_ANSWER,
    NO_FILE,
    NO_PICTURE,
    NO_STREAM,
    NOT_A_VIDEO,
    NOT_ALLOWED,
    NOT_IN_FFMPEG,
    REFUSED_CONNECTION,
    SILENT,
    TOO_LARGE,
    UNREADABLE_STREAM,
    WRONG_PASSWORD,
    FeedError,
    FeedMissing,
    FeedRefused,
    FeedSilent,
    FeedUnreachable,
    FeedUnreadable,
    FeedUnsupported,
)
from detection_worker.feeds.stills import MOST_PIXELS
from detection_worker.feeds.turned import quarter_turns
from detection_worker.packets import EncodedPicture, PacketLog

LEAST_RATE_FPS, LIKELY_RATE_FPS, MOST_RATE_FPS = 1.0, 25.0, 120.0
"""Rates that containers claim are believed between the outer two, else it is the middle one."""

LEAST_DAMAGED = 3
"""Packets without a picture between them: a camera that falls silent tears its last one."""

TEXT_AS_VIDEO = "tty"
"""FFmpeg draws text files as pictures of a terminal; nobody has a camera that shows one."""

log = logging.getLogger(__name__)
bound_allocations()

if TYPE_CHECKING:
    VideoPacket = Packet[VideoStream]

Errors = tuple[tuple[tuple[type[Exception], ...], type[FeedError], str], ...]

_WHEN_OPENING_FILE: Errors = (
    ((av.error.FileNotFoundError,), FeedMissing, NO_FILE),
    ((av.error.PermissionError,), FeedMissing, NOT_ALLOWED),
    ((av.error.FFmpegError, OSError, ValueError), FeedUnreadable, NOT_A_VIDEO),
)
_WHEN_CONNECTING: Errors = (
    ((av.error.ProtocolNotFoundError,), FeedUnsupported, NOT_IN_FFMPEG),
    ((av.error.HTTPNotFoundError,), FeedMissing, NO_STREAM),
    ((av.error.HTTPUnauthorizedError, av.error.HTTPForbiddenError), FeedRefused, WRONG_PASSWORD),
    ((av.error.ConnectionRefusedError,), FeedUnreachable, REFUSED_CONNECTION),
    ((av.error.InvalidDataError,), FeedUnreadable, UNREADABLE_STREAM),
    ((av.error.FFmpegError, OSError, ValueError), FeedUnreachable, NO_ANSWER),
)
_WHEN_READING: Errors = (
    ((av.error.ExitError, TimeoutError), FeedSilent, SILENT),
    ((av.error.InvalidDataError,), FeedUnreadable, UNREADABLE_STREAM),
    ((av.error.FFmpegError, OSError), FeedUnreachable, BROKE_OFF),
)


class Readable(Protocol):
    """What FFmpeg can read from as from a file."""

    def read(self, most_bytes: int, /) -> bytes:
        """The next bytes, none at the end."""
        ...


class Video:
    """One opened recording or stream and its first video track.

    ``location`` is what FFmpeg opens where that is not ``feed_url`` itself, an address or a file
    that gives ``TimeoutError`` where nothing comes for too long. A stream has
    ``patience_s`` to open, and as much between two pictures; a recording has none.

    Raises:
        FeedError: it cannot be opened, or has no picture.
    """

    def __init__(
        self,
        feed_url: str,
        options: Mapping[str, str],
        patience_s: float | None = None,
        location: "str | Readable | None" = None,
    ) -> None:
        self._url = feed_url
        self._patience_s = patience_s
        self._container = self._open(location or feed_url, options)
        self._track = self._video_track()
        self._refuse_too_large(self._track.width, self._track.height)
        # Each feed has a thread of its own: more delay its pictures, keep more of them, and cost
        # four per cent of what six recordings side by side take.
        self._track.codec_context.thread_count = 1
        self._colours = Colours()
        self._form: tuple[str, int, int] | None = None
        context = self._track.codec_context
        self._log = PacketLog(context.name, context.extradata)
        self._again = True

    @property
    def step_s(self) -> float:
        """The usual time between two pictures."""
        rate = self._track.guessed_rate
        if rate is None or not LEAST_RATE_FPS <= rate <= MOST_RATE_FPS:
            return 1.0 / LIKELY_RATE_FPS
        return float(1 / rate)

    @property
    def kind(self) -> str:
        """FFmpeg's name for how it is wrapped: ``rtsp``, ``hls``, ``mov,mp4,…``."""
        return self._container.format.name

    @property
    def decoder(self) -> str:
        """The hardware that decodes it (``cuda``, ``vaapi``, …); empty for the processor."""
        acceleration = self._track.codec_context.is_hwaccel
        return hardware.device() if acceleration else ""

    @property
    def creation_time(self) -> str | None:
        """When it was recorded, as its maker wrote it, in ISO 8601."""
        return self._container.metadata.get("creation_time")

    def pictures(self) -> Iterator[tuple[float | None, DecodedPicture]]:
        """Pictures with their time in seconds on the container's clock, if it has one.

        Damaged packets are passed over. A recording's end, even a torn one, is the end.

        Raises:
            FeedError: the stream broke, or no picture has come for ``patience_s``.
        """
        for frame in self._decoded():
            self._refuse_too_large(frame.width, frame.height)
            turns = quarter_turns(frame)
            encoded = self._log.picture(frame.pts, turns)
            picture = DecodedPicture(frame, turns, self._colours, encoded)
            self._refuse_colourless(picture)
            yield frame.time, picture

    def _refuse_colourless(self, picture: DecodedPicture) -> None:
        """Look at the first picture of each form: later, nobody could say what is wrong."""
        if picture.form == self._form:
            return
        try:
            self._form = picture.form if picture.bgr.size else None
        except (av.error.FFmpegError, OSError, ValueError):
            raise FeedUnreadable(self._url, self._undecoded) from None

    @property
    def _undecoded(self) -> str:
        return UNREADABLE_STREAM if self._patience_s else NOT_A_VIDEO

    @property
    def again(self) -> bool:
        """Whether each picture can be had again from its packets, as far as is known."""
        return self._again and self._log.keeps and not self._track.codec_context.has_b_frames

    def sent(self) -> Iterator[tuple[float | None, EncodedPicture]]:
        """As ``pictures``, not decoded; ends where they cannot be had again, then or later.

        Raises:
            FeedError: the stream broke, or no picture has come for ``patience_s``.
        """
        last_pts, seen_s = -math.inf, time.monotonic()
        for packet in self._packets():
            picture = self._as_sent(packet)
            if self._log.lost or (picture is not None and picture.pts <= last_pts):
                self._again = False
                return
            if picture is not None:
                yield float(picture.pts * cast(Fraction, self._track.time_base)), picture
                last_pts, seen_s = picture.pts, time.monotonic()
            elif self._patience_s and time.monotonic() - seen_s > self._patience_s:
                raise FeedSilent(self._url, SILENT)

    def close(self) -> None:
        """Let go of the file or the connection; by the thread that reads it."""
        self._container.close()

    def _open(self, location: "str | Readable", options: Mapping[str, str]) -> InputContainer:
        began_s = time.monotonic()
        try:
            return self._open_anyhow(location, {**NO_LISTS, **options})
        except (av.error.FFmpegError, OSError, ValueError) as error:
            # FFmpeg calls an answer that was waited for in vain by many names.
            if self._patience_s and time.monotonic() - began_s >= self._patience_s:
                raise FeedUnreachable(self._url, NO_ANSWER) from None
            meanings = _WHEN_CONNECTING if self._patience_s else _WHEN_OPENING_FILE
            raise _feed_error(self._url, error, meanings) from None

    def _open_anyhow(self, location: "str | Readable", options: dict[str, str]) -> InputContainer:
        """With the hardware's help where it can be had: its decoders may all be taken."""
        device = hardware.device() if self._patience_s else ""
        if device:
            try:
                acceleration = HWAccel(device, allow_software_fallback=True)
                return av.open(
                    location, "r", options=options, timeout=self._patience_s, hwaccel=acceleration
                )
            except hardware.FAULTS:
                log.info("no %s decoder is free: the processor decodes", device)
        return av.open(location, "r", options=options, timeout=self._patience_s)

    def _refuse_too_large(self, width_px: int, height_px: int) -> None:
        if width_px * height_px > MOST_PIXELS:
            raise FeedUnreadable(self._url, TOO_LARGE)

    def _video_track(self) -> VideoStream:
        tracks = [track for track in self._container.streams.video if not _is_still(track)]
        # A track of a kind that no decoder is known for has no size and no rate either.
        known = [track for track in tracks if track.codec_context is not None]
        if known and self.kind != TEXT_AS_VIDEO:
            return known[0]
        self._container.close()
        raise FeedUnreadable(self._url, self._undecoded if tracks else NO_PICTURE)

    def _decoded(self) -> Iterator[VideoFrame]:
        seen_s, damaged = time.monotonic(), 0
        for packet in self._packets():
            frames, failed = self._frames(packet)
            damaged += failed
            if frames:
                yield from frames
                seen_s, damaged = time.monotonic(), 0
            elif self._patience_s and time.monotonic() - seen_s > self._patience_s:
                raise self._silence(damaged)

    def _frames(self, packet: "VideoPacket") -> tuple[list[VideoFrame], bool]:
        """The pictures of a packet, and whether it was damaged; none of another track's."""
        if packet.stream is not self._track:
            return [], False
        self._log.add(packet)
        return _decode(packet)

    def _as_sent(self, packet: "VideoPacket") -> EncodedPicture | None:
        if packet.stream is not self._track:
            return None
        self._log.add(packet)
        return self._log.picture(packet.pts)

    def _packets(self) -> "Iterator[VideoPacket]":
        # All tracks, since a stream whose sound goes on without its picture never times out.
        try:
            yield from cast("Iterator[VideoPacket]", self._container.demux())
        except (av.error.FFmpegError, OSError) as error:
            if self._patience_s:
                raise _feed_error(self._url, error, _WHEN_READING) from None
            log.warning("%s is torn: it is read up to there", self._url)

    def _silence(self, damaged: int) -> FeedError:
        if damaged >= LEAST_DAMAGED:
            return FeedUnreadable(self._url, UNREADABLE_STREAM)
        return FeedSilent(self._url, SILENT)


def _is_still(track: VideoStream) -> bool:
    """Whether a track is the picture on the cover of a recording of sound."""
    return bool(track.disposition & Disposition.attached_pic)


def _decode(packet: "VideoPacket") -> tuple[list[VideoFrame], bool]:
    """The pictures of a packet, and whether it was damaged."""
    try:
        return packet.decode(), False
    except av.error.FFmpegError:
        return [], True


def _feed_error(feed_url: str, error: Exception, meanings: Errors) -> FeedError:
    for kinds, feed_error, reason in meanings:
        if isinstance(error, kinds):
            return feed_error(feed_url, reason)
    raise error
