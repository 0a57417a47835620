"""The best picture so far of each track's plate, for the evidence of its vehicle's events."""

import threading
from collections import OrderedDict
from collections.abc import Sequence

from detection_worker.evidence.case import PlateCrop

MOST_KEPT = 256
"""Vehicles whose plates are remembered, the newest: 20 kB each, and as many as drive past all
cameras of a busy worker in some minutes, while a clip is waited for."""


class PlatePictures:
    """Watchers show what they read; the recorder asks. Any thread may call."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[int, int], PlateCrop] = OrderedDict()
        self._lock = threading.Lock()

    def show(self, camera_id: int, track_id: int, crop: PlateCrop) -> None:
        """Take the best picture of a track's plate in place of the one before."""
        with self._lock:
            self._kept[camera_id, track_id] = crop
            self._kept.move_to_end((camera_id, track_id))
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def of(self, camera_id: int, track_ids: Sequence[int]) -> PlateCrop | None:
        """The plate of the one track that an event is about; of several nobody knows whose."""
        if len(track_ids) != 1:
            return None
        with self._lock:
            return self._kept.get((camera_id, track_ids[0]))

    def forget(self, camera_id: int) -> None:
        """The camera's tracks are numbered anew."""
        with self._lock:
            for key in [key for key in self._kept if key[0] == camera_id]:
                del self._kept[key]
