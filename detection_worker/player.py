"""Pictures of a stream that nobody decodes until somebody asks for one.

Whoever asks for one picture after the other has the packets between them decoded once; who asks
for one now and then has its group decoded from the key picture on.
"""

import threading

from av.codec.context import Flags
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from detection_worker.colours import Colours
from detection_worker.frames import Image
from detection_worker.packets import (
    EncodedPicture,
    Group,
    as_packet,
    decoder_for,
    frames_of,
)


class Player:
    """Decodes pictures of one stream whose pictures come in their order; any thread may ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._colours = Colours()
        self._group: Group | None = None
        self._decoder: VideoCodecContext | None = None
        self._packets = 0
        self._last: tuple[EncodedPicture, Image | None] | None = None

    def image(self, picture: EncodedPicture) -> Image | None:
        """The picture, BGR; nobody draws into it. None where the camera's packets are damaged."""
        with self._lock:
            last = self._last
            if last is None or (last[0].group, last[0].pts) != (picture.group, picture.pts):
                last = self._last = picture, self._decoded(picture)
            return last[1]

    def _decoded(self, picture: EncodedPicture) -> Image | None:
        if not self._goes_on_to(picture):
            self._begin(picture.group)
        frame = self._played_to(picture)
        return self._colours.of(frame, picture.turns) if frame is not None else None

    def _goes_on_to(self, picture: EncodedPicture) -> bool:
        same = self._decoder is not None and picture.group is self._group
        return same and self._last is not None and picture.pts > self._last[0].pts

    def _begin(self, group: Group) -> None:
        self._group, self._packets = group, 0
        self._decoder = decoder_for(group.head)
        self._decoder.flags |= Flags.low_delay.value  # they come in order: nothing to wait for

    def _played_to(self, picture: EncodedPicture) -> VideoFrame | None:
        assert self._decoder is not None, "it has begun"
        for packet in picture.group.packets[self._packets : picture.packets]:
            self._packets += 1
            for frame in frames_of(self._decoder, as_packet(*packet)):
                if frame.pts == picture.pts:
                    return frame
        # Some decoders hold a picture back even so: what is asked of the end is not given again.
        rest, self._decoder = frames_of(self._decoder, None), None
        return next((frame for frame in rest if frame.pts == picture.pts), None)
