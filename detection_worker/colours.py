"""The colours of what FFmpeg has decoded."""

import threading

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter

from detection_worker.frames import Image


class Colours:
    """Makes the colours of one feed's pictures, one at a time; any thread may ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._to_bgr = VideoReformatter()

    def of(self, frame: VideoFrame, turns: int) -> Image:
        """The frame in BGR, turned by quarters to the left.

        A new converter a frame would cost ten times the conversion; its own threads would cost a
        quarter more processor time, and be some for every feed. Raises FFmpegError, OSError or
        ValueError for colours that FFmpeg cannot turn into these.
        """
        with self._lock:
            image = self._to_bgr.reformat(frame, format="bgr24", threads=1).to_ndarray()
        return np.ascontiguousarray(np.rot90(image, turns) if turns else image, np.uint8)
