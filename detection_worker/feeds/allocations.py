"""A bound on what FFmpeg takes for one thing: what a camera sends must not cost the others.

FFmpeg believes an RTSP camera that announces a description of two gigabytes, and pieces a picture
together that never ends until it has as much. It has a bound for that, which is not in PyAV.
"""

import ctypes
import logging
from pathlib import Path

import av

MOST_BYTES = 512 * 1024 * 1024
"""The largest picture (``stills.MOST_PIXELS``) has 400 MB at eight bytes a pixel, the index of a
recording of ten days 520."""

log = logging.getLogger(__name__)


def bound_allocations(most_bytes: int = MOST_BYTES) -> bool:
    """Let FFmpeg refuse larger ones, in this process; whether its library was found.

    It lies beside PyAV, which has loaded it already; elsewhere it may be another one.
    """
    package = Path(av.__file__).parent
    folders = (package.with_name("av.libs"), package / ".dylibs")  # Linux, macOS
    for library in (path for folder in folders for path in folder.glob("libavutil*")):
        set_bound = ctypes.CDLL(str(library)).av_max_alloc
        set_bound.argtypes, set_bound.restype = [ctypes.c_size_t], None
        set_bound(most_bytes)
        return True
    log.info("FFmpeg's own library is not beside PyAV: what it takes for one thing has no bound")
    return False
