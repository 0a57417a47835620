"""Clips: kept frames as H.264 in MP4, as every browser plays it."""

import errno
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from fractions import Fraction
from itertools import chain
from pathlib import Path

import av
import cv2
import numpy as np
from av.video.stream import VideoStream

from detection_worker.evidence.kept_frames import KEPT_WIDTH_PX, KeptFrame, narrowed, pictures
from detection_worker.frames import Image

TIME_BASE = Fraction(1, 90_000)
"""The clock of MPEG: exact for every common frame rate."""

MIME = "video/mp4"

_X264 = {"preset": "veryfast", "crf": "25", "profile": "main", "bf": "0"}
"""6.5 ms a frame of 960 × 540 on one core, 1 MB for ten seconds of a busy crossroad; without
B-frames the first picture stands at zero in every player."""

_KEY_EVERY_S = 2

USUAL_FPS = 25.0


def write_clip(path: Path, frames: Sequence[KeptFrame]) -> datetime:
    """Write ``frames``, oldest first and one or more, at the times they were captured.

    The picture has the size of the first one, at most ``KEPT_WIDTH_PX`` wide; a frame of another
    size is fitted into it with black borders. Returns when its first picture was captured.
    Raises OSError where the disk takes it not, or no frame can be decoded.
    """
    seen = pictures(frames)
    start, first = next(seen, (None, None))
    if start is None or first is None:
        raise OSError(errno.EILSEQ, "no picture of the clip can be decoded", str(path))
    timed = (
        ((at - start).total_seconds(), narrowed(image, KEPT_WIDTH_PX))
        for at, image in chain([(start, first)], seen)
    )
    write_pictures(path, timed, _fps(frames))
    return start


def write_pictures(
    path: Path, timed: Iterable[tuple[float, Image]], fps: float = USUAL_FPS
) -> None:
    """As ``write_clip``, for pictures with their times in seconds from the first one's.

    ``fps`` only guides the encoder.
    """
    try:
        _encode(path, iter(timed), fps)
    except av.error.FFmpegError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def _encode(path: Path, timed: Iterator[tuple[float, Image]], fps: float) -> None:
    _, first = start = next(timed)
    size = max(2, first.shape[1] // 2 * 2), max(2, first.shape[0] // 2 * 2)
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        stream = _stream(container, size, fps)
        for at_s, image in chain([start], timed):
            picture = av.VideoFrame.from_ndarray(_fitted(image, size), format="bgr24")
            picture.pts = round(at_s / TIME_BASE)
            picture.time_base = TIME_BASE
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))


def _stream(
    container: av.container.OutputContainer, size: tuple[int, int], fps: float
) -> VideoStream:
    options = {**_X264, "g": str(max(1, round(fps * _KEY_EVERY_S)))}
    stream = container.add_stream("libx264", rate=max(1, round(fps)), options=options)
    stream.width, stream.height = size
    stream.pix_fmt = "yuv420p"
    stream.codec_context.time_base = TIME_BASE
    stream.codec_context.thread_count = 1
    return stream


def _fps(frames: Sequence[KeptFrame]) -> float:
    """The mean rate; it only guides the encoder, times are each frame's own."""
    length_s = (frames[-1].captured_at - frames[0].captured_at).total_seconds()
    return (len(frames) - 1) / length_s if length_s > 0 else 1.0


def _fitted(image: Image, size: tuple[int, int]) -> Image:
    """The picture in exactly ``size``: cut by a pixel where odd, fitted where it differs."""
    width, height = size
    if 0 <= image.shape[1] - width <= 1 and 0 <= image.shape[0] - height <= 1:
        return np.ascontiguousarray(image[:height, :width])
    scale = min(width / image.shape[1], height / image.shape[0])
    inner = max(1, int(image.shape[1] * scale)), max(1, int(image.shape[0] * scale))
    left, top = (width - inner[0]) // 2, (height - inner[1]) // 2
    whole = np.zeros((height, width, 3), np.uint8)
    whole[top : top + inner[1], left : left + inner[0]] = cv2.resize(image, inner)
    return whole
