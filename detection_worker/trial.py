"""Tries a drawn zone on a camera's newest clips: what its rule would have found there.

The clips go through the same journey as the live pictures, with that one zone and those that it
may need beside it; nothing of it is written but the result.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from data_access import cameras, rule_trials
from data_access.database import Transaction
from data_access.domain.events import EventRecord, TrafficCount
from data_access.domain.watch import WatchedCamera, Zone
from data_access.domain.words import N_
from data_access.errors import MediaError
from data_access.media import MediaFolder
from data_access.rule_trials import TrialFinding, TrialResult
from detection_worker.detection.detections import Detector
from detection_worker.errors import DetectorError
from detection_worker.event_desk import EventChange
from detection_worker.event_writer import AsWorker
from detection_worker.feeds.file import open_file
from detection_worker.feeds.source import FeedError
from detection_worker.frames import Frame
from detection_worker.pipeline import Journey, SeenPicture
from detection_worker.recording import run_through
from detection_worker.tracking.tracks import Track

NO_CLIPS = N_("No clip of this camera is kept yet. Try the zone on a recording.")
NOT_WATCHED = N_("This camera is not watched: it has no feed, or is switched off.")
RULE_OFF = N_("The rule cannot work with this zone. See the worker's log.")

BESIDE = frozenset({"signal_lamp", "crosswalk_yield"})
"""Zones of these rules are seen by others: signals, and crosswalks that one may walk on."""

AT_ONCE = 4

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Found:
    """Takes what the journey finds; keeps neither pictures nor events."""

    rule: str
    began_at: datetime | None = None
    ended_at: datetime | None = None
    events: dict[UUID, EventRecord] = field(default_factory=dict)
    counted: int = 0
    trouble: str = ""

    def see(self, frame: Frame, picture: SeenPicture) -> None:
        self.began_at = self.began_at or frame.captured_at
        self.ended_at = frame.captured_at

    def record(self, change: EventChange, frame: Frame, tracks: Sequence[Track]) -> EventRecord:
        return change.record

    def put(self, item: EventRecord | TrafficCount) -> None:
        if isinstance(item, TrafficCount):
            self.counted += item.count
        elif isinstance(item, EventRecord) and item.kind == self.rule:
            self.events[item.id] = item

    def rule_off(self, camera_id: int, rule: str, reason: str) -> None:
        if rule == self.rule:
            _log.warning("a zone that is tried at camera %s: %s", camera_id, reason)
            self.trouble = RULE_OFF

    @property
    def seconds(self) -> float:
        if self.began_at is None or self.ended_at is None:
            return 0.0
        return (self.ended_at - self.began_at).total_seconds()

    def findings(self, clip: int) -> list[TrialFinding]:
        began_at = self.began_at
        return [
            TrialFinding(
                clip, round((event.started_at - began_at).total_seconds(), 1), event.confidence
            )
            for event in self.events.values()
            if began_at is not None
        ]


class TrialDesk:
    """Does what administrators asked for, one trial at a time; for one thread."""

    def __init__(
        self, as_worker: AsWorker, media: MediaFolder, open_detector: Callable[[str], Detector]
    ) -> None:
        self._as_worker, self._media, self._open = as_worker, media, open_detector

    def serve(self, now: datetime) -> int:
        """Do the oldest trial; 0 where none waits. Raises ``DataAccessError``."""
        with self._as_worker() as tx:
            waiting = rule_trials.next_waiting(tx)
            if waiting is None:
                return 0
            rule_trials.finish(tx, waiting.id, self._tried(tx, waiting), now)
        return 1

    def _tried(self, tx: Transaction, waiting: rule_trials.WaitingTrial) -> TrialResult:
        found = cameras.watched(tx, [waiting.camera_id])
        clips = rule_trials.clips(tx, waiting.camera_id)
        if not found:
            return TrialResult(trouble=NOT_WATCHED)
        if not clips:
            return TrialResult(trouble=NO_CLIPS)
        try:
            return self._through(trial_camera(found[0], waiting.zone), waiting.zone.rule, clips)
        except DetectorError as error:
            return TrialResult(trouble=str(error))

    def _through(self, camera: WatchedCamera, rule: str, clips: Sequence[str]) -> TrialResult:
        detector, result = self._open(camera.detector or ""), TrialResult()
        for number, path in enumerate(clips, 1):
            one = self._clip(camera, rule, path, detector)
            if one is not None:
                result = TrialResult(
                    result.clips + 1, round(result.seconds + one.seconds, 1),
                    (*result.found, *one.findings(number)), result.counted + one.counted,
                    one.trouble or result.trouble,
                )  # fmt: skip
        return result if result.clips else TrialResult(trouble=NO_CLIPS)

    def _clip(
        self, camera: WatchedCamera, rule: str, path: str, detector: Detector
    ) -> _Found | None:
        """What is found in one clip; None for one that is gone or cannot be read."""
        found = _Found(rule)
        try:
            shown = replace(camera, feed_url=str(self._media.absolute(path)))
            journey = Journey(
                detector, {camera.id: shown}, found, found, on_rule_off=found.rule_off
            )
            run_through(open_file(shown, paced=False), journey, camera.id, AT_ONCE)
        except (FeedError, MediaError) as error:
            _log.warning("a clip of camera %s cannot be tried on: %s", camera.id, error)
            return None
        return found


def trial_camera(camera: WatchedCamera, zone: Zone) -> WatchedCamera:
    """The camera with the zone that is tried, at any hour, and those that it may need."""
    beside = tuple(
        one for one in camera.zones if one.rule in BESIDE and one.id != zone.id
        and one.rule != zone.rule
    )  # fmt: skip
    free = max((one.id for one in camera.zones), default=0) + 1
    tried = replace(zone, id=zone.id or free, schedule=None)
    return replace(camera, zones=(*beside, tried), paused={}, loops=False, sub_feed_url=None)
