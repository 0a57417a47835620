"""Decoding by the graphics card, where this machine has one that FFmpeg can use."""

import logging
from functools import cache
from io import BytesIO

import av
import av.error
import numpy as np
from av.codec.hwaccel import HWAccel, hwdevices_available

KINDS = ("cuda", "vaapi", "videotoolbox", "d3d11va", "qsv")
"""The kinds of devices that decode H.264, the fastest known first."""

FAULTS: tuple[type[Exception], ...] = (
    av.error.PermissionError,
    av.error.ExternalError,
    av.error.UnknownError,
    NotImplementedError,
    MemoryError,
    RuntimeError,
)
"""What FFmpeg raises where a device cannot be opened; a camera's own failures are others."""

_UNREADABLE: tuple[type[Exception], ...] = (
    av.error.FFmpegError,
    OSError,
    ValueError,
    StopIteration,
)

log = logging.getLogger(__name__)


@cache
def device() -> str:
    """The kind of device that decodes a test picture here; empty where none does.

    FFmpeg names the kinds it was built with, whether or not the machine has one: so each is
    tried, once in a process.
    """
    there = hwdevices_available()
    recording = _recording() if any(kind in there for kind in KINDS) else b""
    found = next((kind for kind in KINDS if kind in there and _decodes(kind, recording)), "")
    log.info("streams are decoded by %s", found or "the processor")
    return found


def _decodes(kind: str, recording: bytes) -> bool:
    try:
        acceleration = HWAccel(kind, allow_software_fallback=False)
        with av.open(BytesIO(recording), "r", hwaccel=acceleration) as container:
            frame = next(container.decode(video=0))
            return bool(frame.to_ndarray(format="bgr24").size)
    except FAULTS + _UNREADABLE:
        return False


def _recording() -> bytes:
    """Three pictures in H.264, of a size that every device takes."""
    file = BytesIO()
    with av.open(file, "w", format="mpegts") as container:
        track = container.add_stream("libx264", rate=25)
        track.width, track.height, track.pix_fmt = 320, 240, "yuv420p"
        for number in range(3):
            grey = np.full((240, 320, 3), 60 * number, np.uint8)
            container.mux(track.encode(av.VideoFrame.from_ndarray(grey, format="bgr24")))
        container.mux(track.encode(None))
    return file.getvalue()
