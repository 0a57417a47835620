"""The first look at a recording whose rules have to learn from all of it what is usual there.

A live camera learns as time goes by and says nothing until it knows. A recording is judged once,
and who offends may come early: so it is looked at twice. What the detector found at the first
look is kept for the second, which costs little more than decoding.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from data_access.domain.events import EventRecord, TrafficCount
from data_access.domain.watch import WatchedCamera, Zone
from detection_worker.detection.detections import Detections, Detector
from detection_worker.event_desk import EventChange
from detection_worker.feeds.source import FeedSource
from detection_worker.frames import Frame, Image
from detection_worker.pipeline import Journey, SeenPicture
from detection_worker.recording import run_through
from detection_worker.rules import WATCHERS
from detection_worker.rules.usual_ways import UsualWays
from detection_worker.rules.ways_watcher import WaysWatcher
from detection_worker.tracking.tracks import Track


class KeptDetections:
    """A detector that keeps what another one finds, and gives it again after ``rewind``."""

    def __init__(self, inner: Detector) -> None:
        self._inner = inner
        self.name, self.model, self.labels = inner.name, inner.model, inner.labels
        self.remembers = inner.remembers
        self._found: list[Detections] = []
        self._again: Iterator[Detections] = iter(())

    def rewind(self) -> None:
        """The recording begins anew: its pictures will come in the same order."""
        self._again, self._found = iter(self._found), []

    def detect(self, cameras: list[int], images: list[Image]) -> list[Detections]:
        """What was found in the same pictures the first time, or what is found now."""
        known = list(islice(self._again, len(images)))
        if len(known) < len(images):
            new = self._inner.detect(cameras[len(known) :], images[len(known) :])
            self._found += new
            known += new
        return known

    def forget(self, camera_id: int) -> None:
        """Let go of what is remembered of a camera's background, not of what was found."""
        self._inner.forget(camera_id)


class _Unheard:
    """A recorder and outbox for what is said before all is known."""

    def see(self, frame: Frame, picture: SeenPicture) -> None:
        """Nothing is drawn."""

    def record(self, change: EventChange, frame: Frame, tracks: Sequence[Track]) -> EventRecord:
        """The event as it is."""
        return change.record

    def put(self, item: EventRecord | TrafficCount) -> None:
        """Nothing is kept."""


def learnt_ways(
    source: FeedSource,
    camera: WatchedCamera,
    zones: Sequence[Zone],
    detector: Detector,
    *,
    at_once: int,
    gated: bool,
    on_step: Callable[[int], None] = lambda count: None,
) -> UsualWays | None:
    """The usual ways of a whole recording, for these zones; None where it has no picture.

    Raises FeedError as ``source`` does.
    """
    teacher, ends = WaysWatcher(), _Unheard()
    journey = Journey(
        detector, {camera.id: replace(camera, zones=tuple(zones))}, ends, ends,
        watchers=WATCHERS | {"ways": lambda: teacher}, gated=gated,
    )  # fmt: skip
    run_through(source, journey, camera.id, at_once, on_step=on_step)
    return teacher.ways
