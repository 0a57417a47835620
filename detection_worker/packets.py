"""Pictures of a stream as they came, encoded, to be decoded again when somebody asks for one.

A camera sends a *key picture* now and then, and between two of them only what changes: a picture
can be had again from its key picture on. So the packets of a *group* (a key picture and all up to
the next one) stay together, as long as any picture of the group is still wanted::

    log = PacketLog(codec="h264", extradata=track.codec_context.extradata)
    log.add(packet)                          # each packet, before it is decoded
    encoded = log.picture(frame.pts, turns)  # each picture that came out; None: keep it otherwise
    ...
    for image in decoded([encoded, later]):  # in the order of their times
        ...

This costs a copy of some kilobytes a picture, where encoding it anew costs milliseconds, and
keeps it as the camera made it.
"""

import weakref
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING, cast

import av
import av.error
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from detection_worker.colours import Colours
from detection_worker.frames import Image

if TYPE_CHECKING:
    from av.video.stream import VideoStream

    VideoPacket = Packet[VideoStream]

CODECS = frozenset({"h264", "hevc", "mjpeg", "mpeg4", "vp8", "vp9", "av1"})
"""What cameras and recordings send, and what can be decoded from its packets and the head alone."""

MOST_DELAYED = 64
"""Packets that a picture may come out after: FFmpeg's frame threads and reordering take fewer."""


MOST_GROUP_BYTES = 32_000_000
"""Ten seconds of the largest streams. A camera may send a key picture once and never again: it
is kept in another way then."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a decoder must know before the first packet."""

    codec: str
    extradata: bytes | None


@dataclass(eq=False)
class Group:
    """A key picture and the packets up to the next one: (bytes, pts, dts), as they came.

    A stream's very first packet often has no time: it can be decoded, and not be asked for.

    ``before`` is the group before it, while anybody wants that: the few pictures that come out
    before the key picture need it, and cannot be had again without.
    """

    head: Head
    before: "weakref.ref[Group] | None" = None
    packets: list[tuple[bytes, int | None, int | None]] = field(default_factory=list)
    weight_bytes: int = 0

    def add(self, packet: tuple[bytes, int | None, int | None]) -> None:
        """One more packet; by the thread that reads the feed."""
        self.packets.append(packet)
        self.weight_bytes += len(packet[0])


@dataclass(frozen=True, slots=True, eq=False)
class EncodedPicture:
    """One picture of a group, ``pts`` on the stream's clock, and turned by quarters.

    It comes out of a decoder after ``packets`` packets of its group, or at their end.
    """

    group: Group
    pts: int
    packets: int
    turns: int = 0

    @property
    def image(self) -> Image | None:
        """The picture, decoded anew; None where the camera's packets are damaged."""
        return next(decoded([self]))


class PacketLog:
    """The newest packets of a track; belongs to the thread that reads it."""

    def __init__(self, codec: str, extradata: bytes | None) -> None:
        self._head = Head(codec, extradata) if codec in CODECS else None
        self._group: Group | None = None
        self._recent: OrderedDict[int, Group] = OrderedDict()
        self.lost = False
        """Whether the camera has sent so long without a key picture that nothing is kept."""

    @property
    def keeps(self) -> bool:
        """Whether pictures of this kind can be decoded from their packets."""
        return self._head is not None

    def add(self, packet: "VideoPacket") -> None:
        """Take a packet that is about to be decoded."""
        if self._head is None or not packet.size:
            return
        if packet.is_keyframe:
            before = weakref.ref(self._group) if self._group is not None else None
            self._group, self.lost = Group(self._head, before), False
        if self._group is not None:
            self._group.add((bytes(packet), packet.pts, packet.dts))
            self._note(packet.pts, self._group)

    def _note(self, pts: int | None, group: Group) -> None:
        if group.weight_bytes > MOST_GROUP_BYTES:
            self._group, self.lost = None, True
            self._recent.clear()
        elif pts is not None:
            self._recent[pts] = group
            if len(self._recent) > MOST_DELAYED:
                self._recent.popitem(last=False)

    def picture(self, pts: int | None, turns: int = 0) -> EncodedPicture | None:
        """The picture that has just come out; None where its packet is not known."""
        group = self._recent.get(pts) if pts is not None else None
        if group is None or pts is None:
            return None
        return EncodedPicture(group, pts, len(group.packets), turns)


def decoded(pictures: Sequence[EncodedPicture]) -> Iterator[Image | None]:
    """Each picture, BGR; of one feed, in the order of their times. None for a damaged one."""
    colours = Colours()
    for run in _runs(pictures):
        frames = _played(run)
        pts, frame = next(frames, _OVER)
        for picture in run:
            while pts < picture.pts:
                pts, frame = next(frames, _OVER)
            shown = frame if pts == picture.pts else None
            yield colours.of(shown, picture.turns) if shown is not None else None


_OVER = (inf, None)


def _runs(pictures: Sequence[EncodedPicture]) -> Iterator[list[EncodedPicture]]:
    """Pictures that one decoder can give in one go: groups that follow each other."""
    run: list[EncodedPicture] = []
    for picture in pictures:
        if run and not _follows(picture, run[-1]):
            yield run
            run = []
        run.append(picture)
    if run:
        yield run


def _follows(picture: EncodedPicture, last: EncodedPicture) -> bool:
    before = picture.group.before
    near = picture.group is last.group or (before is not None and before() is last.group)
    return near and picture.pts > last.pts


def _played(run: Sequence[EncodedPicture]) -> Iterator[tuple[float, VideoFrame | None]]:
    """The frames of the run with their times, from its first key picture on.

    A frame before the first key picture would be pieced together without what it is made from.
    """
    needed = _needed(run)
    begins_at = _key_pts(next(iter(needed)))
    for frame in _frames(run[0].group.head, needed):
        if frame.pts is not None and frame.pts >= begins_at:
            yield frame.pts, frame


def _frames(head: Head, groups: Mapping[Group, int]) -> Iterator[VideoFrame]:
    decoder = decoder_for(head)
    for group, packets in groups.items():
        for words, pts, dts in group.packets[:packets]:
            yield from frames_of(decoder, as_packet(words, pts, dts))
    yield from frames_of(decoder, None)


def _needed(run: Sequence[EncodedPicture]) -> dict[Group, int]:
    """The groups in their order, and how many packets of each."""
    first, needed = run[0], {}
    before = first.group.before() if first.group.before is not None else None
    if before is not None and first.pts < _key_pts(first.group):
        needed[before] = len(before.packets)
    for picture in run:
        needed[picture.group] = max(needed.get(picture.group, 0), picture.packets)
    groups = list(needed)
    return {group: len(group.packets) for group in groups[:-1]} | {groups[-1]: needed[groups[-1]]}


def decoder_for(head: Head) -> VideoCodecContext:
    """A decoder that gives a picture as soon as it can."""
    decoder = cast(VideoCodecContext, av.CodecContext.create(head.codec, "r"))
    if head.extradata:
        decoder.extradata = head.extradata
    decoder.thread_count = 1
    return decoder


def _key_pts(group: Group) -> float:
    """When the group's key picture is shown; a stream's first is shown first."""
    pts = group.packets[0][1]
    return pts if pts is not None else -inf


def as_packet(words: bytes, pts: int | None, dts: int | None) -> "VideoPacket":
    """A packet of a group, for a decoder."""
    packet = Packet(words)
    packet.pts, packet.dts = pts, dts
    return cast("VideoPacket", packet)


def frames_of(decoder: VideoCodecContext, packet: "VideoPacket | None") -> list[VideoFrame]:
    """What comes out for a packet, or at the end; nothing for a damaged one."""
    try:
        return decoder.decode(packet)
    except av.error.FFmpegError:  # a damaged packet, as it was when it came
        return []
