"""Where vehicles wait to have their plates read: a thread with a budget, or at once."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Protocol

from detection_worker.plates.reader import PlateReader
from detection_worker.plates.reading import PlateReading
from detection_worker.plates.track_plate import Sighting

CPU_SHARE = 0.25
"""Of one core, for all cameras of a worker together: rests three times as long as it reads."""

MOST_WAITING = 32
"""Sightings that may wait, the worthiest: 32 vehicles, 15 MB."""

CLOSE_SIDE_PX = (320, 640)
"""Short side that a vehicle's picture is brought to: letters of 13 px and more, no more work."""

Told = Callable[[Sighting, PlateReading | None], None]

_log = logging.getLogger(__name__)


class Desk(Protocol):
    """Takes sightings and tells what was read in them."""

    def offer(self, sighting: Sighting, told: Told) -> None:
        """Read it, now or later; ``told`` is called once, perhaps on another thread.

        It is told the sighting with the picture that was read.
        """
        ...


class PromptDesk:
    """Reads at once: for recordings, where frames wait and every run must find the same."""

    def __init__(self, reader: PlateReader | None = None) -> None:
        self._reader = reader or PlateReader(threads=1)

    def offer(self, sighting: Sighting, told: Told) -> None:
        """Read it now."""
        best = sighting.at_its_best()
        told(best, read_vehicle(self._reader, best))


class PatientDesk:
    """Reads on a thread of its own, the worthiest first, and never more than its share of a core.

    What waits too long behind worthier sightings is given back unread.
    """

    def __init__(
        self,
        reader: PlateReader | None = None,
        cpu_share: float = CPU_SHARE,
        most_waiting: int = MOST_WAITING,
    ) -> None:
        self._reader = reader or PlateReader(threads=1)
        self._rest = 1 / cpu_share - 1
        self._most_waiting = most_waiting
        self._waiting: list[tuple[Sighting, Told]] = []
        self._changed = threading.Condition()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="plates", daemon=True)

    def offer(self, sighting: Sighting, told: Told) -> None:
        """Let it wait; of one track the worthiest waits, and the thread begins with the first."""
        with self._changed:
            dropped = self._add(sighting, told)
            if not self._thread.is_alive() and not self._stopping.is_set():
                self._thread.start()
            self._changed.notify()
        for other, tell in dropped:
            tell(other, None)

    def stop(self, within_s: float) -> None:
        """Read no more."""
        self._stopping.set()
        with self._changed:
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(within_s)

    def _add(self, sighting: Sighting, told: Told) -> list[tuple[Sighting, Told]]:
        """Let it wait; what no longer does for it."""
        key = (sighting.camera_id, sighting.track_id)
        same = [one for one in self._waiting if (one[0].camera_id, one[0].track_id) == key]
        others = [one for one in self._waiting if one not in same]
        ranked = sorted([*others, (sighting, told)], key=lambda one: -one[0].worth)
        self._waiting = ranked[: self._most_waiting]
        return same + ranked[self._most_waiting :]

    def _run(self) -> None:
        while not self._stopping.is_set():
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._stopping.is_set())
                if self._stopping.is_set():
                    return
                sighting, told = self._waiting.pop(0)
            began = time.thread_time()
            told(*self._read(sighting))
            self._stopping.wait((time.thread_time() - began) * self._rest)

    def _read(self, sighting: Sighting) -> tuple[Sighting, PlateReading | None]:
        """A picture that the reader stumbles over costs its reading, not all to come."""
        try:
            best = sighting.at_its_best()
            return best, read_vehicle(self._reader, best)
        except Exception:  # noqa: BLE001 - the border of the plates' thread, told in the log
            _log.exception("camera %s: a plate could not be read", sighting.camera_id)
            return sighting, None


def read_vehicle(reader: PlateReader, sighting: Sighting) -> PlateReading | None:
    """The plate in the picture of a vehicle; its box is in that picture's pixels."""
    short = min(sighting.crop_bgr.shape[:2])
    least, most = CLOSE_SIDE_PX
    return reader.read_close(sighting.crop_bgr, min(max(short, least), most))
