"""A frame on its journey, and the slot that keeps the newest one."""

import threading
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

Image = npt.NDArray[np.uint8]
"""A picture: height × width × 3, BGR, 0–255."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of one camera; ``captured_at`` is aware UTC and is the only clock.

    ``number`` counts the feed's frames from 1 and serves output files only.
    """

    camera_id: int
    captured_at: datetime
    image_bgr: Image
    number: int = 0


class Slot:
    """Room for one frame: a live feed overwrites (and counts a drop), a file waits."""

    def __init__(self, live: bool) -> None:
        self.live = live
        self.dropped = 0
        self._frame: Frame | None = None
        self._changed = threading.Condition()

    def put(self, frame: Frame, stop: threading.Event) -> None:
        """Leave a frame; for a file, wait until the earlier one was taken or ``stop`` is set."""
        with self._changed:
            while not self.live and self._frame is not None and not stop.is_set():
                self._changed.wait(0.1)
            if self._frame is not None:
                self.dropped += 1
            self._frame = frame
            self._changed.notify_all()

    def take(self) -> Frame | None:
        """The newest frame if there is one that was not taken yet; never waits."""
        with self._changed:
            frame, self._frame = self._frame, None
            self._changed.notify_all()
            return frame
