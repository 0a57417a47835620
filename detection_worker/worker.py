"""A worker put together: it watches the cameras of the database until it is told to stop.

What must outlive everything else is opened first and closed last: the outbox, its writer, the
port. Without a database the worker runs on: findings wait in the outbox. Only the list of
cameras has to come from the database once.
"""

import logging
import threading
import time
from datetime import UTC, datetime

from data_access.domain.words import N_
from data_access.errors import DataAccessError
from data_access.media import MediaFolder
from detection_worker.allocation import Trimming
from detection_worker.database_door import DatabaseDoor
from detection_worker.detection.detections import Detector
from detection_worker.event_writer import DATABASE_AWAY, SET_ASIDE, EventWriter, Pauses
from detection_worker.evidence.recorder import EvidenceRecorder
from detection_worker.evidence.room import Room
from detection_worker.evidence.sealing import Sealer
from detection_worker.evidence.upkeep import make_upkeep
from detection_worker.health.report import HealthReport
from detection_worker.health.reporter import HealthReporter
from detection_worker.health.sight_reporter import SightReporter
from detection_worker.health.usual_views import UsualViews
from detection_worker.intake.desk import IntakeDesk
from detection_worker.live_pictures import LivePictures
from detection_worker.named_detectors import NamedDetectors
from detection_worker.outbox import Outbox
from detection_worker.pipeline import Journey
from detection_worker.plates.crops import crops_in
from detection_worker.plates.desk import PatientDesk
from detection_worker.plates.listed import ListedPlates
from detection_worker.plates.pictures import PlatePictures
from detection_worker.plates.watcher import PlatesWatcher
from detection_worker.port import Port, make_app
from detection_worker.roster import Roster
from detection_worker.rules import WATCHERS
from detection_worker.rules.faces import rule_faces
from detection_worker.rules.signals.board import SignalBoard
from detection_worker.rules.signals.watcher import SignalWatcher
from detection_worker.rules.watcher import Watcher
from detection_worker.section_watch import SectionWatch
from detection_worker.watch import Watch
from detection_worker.worker_plan import WorkerPlan

CAMERAS_EVERY_S = 2.0
"""How often the list of cameras is read: a new camera starts well within five seconds."""

MUCH_IS_SHED = 0.9
"""Below this share of what the cameras ask for it is said that the computer is too slow."""

LOAD_SHED = N_(
    "This computer cannot look at every picture that is asked for: all cameras are analysed less "
    "often. Give it more processors, a graphics card or another worker."
)

SHARE_EVERY_S = 0.25
"""How often one process of many looks whether its share of the cameras has changed."""

STOP_WATCH_S, STOP_PLATES_S, STOP_CLIPS_S, STOP_UPKEEP_S, STOP_WRITER_S = 1.0, 0.2, 1.5, 0.5, 1.0
"""How long each may take when the worker stops; findings that are left stay on disk."""

_log = logging.getLogger(__name__)


class Worker:
    """One worker; ``run`` is called once.

    Raises ``OutboxError`` or ``PortTaken`` where it cannot be made.
    """

    def __init__(self, plan: WorkerPlan) -> None:
        self._plan = plan
        part = plan.part
        self._port = Port(plan.host, plan.port, part.listening if part else None)
        self._outbox = Outbox(plan.home / (part.outbox if part else "outbox"))
        self._door = DatabaseDoor(plan.connect)
        self._live = LivePictures()
        self._media = MediaFolder(plan.media_dir)
        room = Room(plan.media_dir)
        self._sealer = Sealer(self._media, plan.home)
        self._plate_pictures = PlatePictures()
        keep = (self._media, self._outbox, self._live, room)
        plate_of = self._plate_pictures.of
        self._recorder = EvidenceRecorder(*keep, sealer=self._sealer, plate_of=plate_of)
        self._signals = SignalBoard()
        self._writer = EventWriter(self._outbox, self._door.as_worker)
        self._reporter = HealthReporter(self.report, self._door.as_worker, rules=rule_faces())
        self._sections = SectionWatch(self._door.as_worker, self._media, self._sealer)
        self._sight = SightReporter(
            self._live.newest,
            self._media,
            room,
            self._door.as_worker,
            views=UsualViews(plan.home / "views"),
        )
        self._detectors = NamedDetectors(plan.open_detector)
        self._roster = Roster(
            self._door.as_worker,
            self._outbox,
            lambda: self._recorder.open_events,
            part.share if part else None,
        )
        self._plate_desk = PatientDesk()
        self._listed = ListedPlates(self._door.as_worker)
        self._upkeep = make_upkeep(
            self._door.as_worker,
            self._media,
            plan.home,
            self._sealer,
            lambda: self._recorder.known_events,
            lambda: self._roster.known,
            lambda name: plan.open_detector(name or plan.detector),
        )
        self._detector: Detector | None = None
        self._watch: Watch | None = None
        self._started_at = datetime.now(UTC)
        self._ready = False
        self._roster_trouble = ""
        self._trimming = Trimming()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._port.port

    def run(self, stopping: threading.Event) -> None:
        """Work until ``stopping`` is set; raises what made it end otherwise."""
        try:
            self._open()
            self._watch = self._watching(stopping)
            self._follow_cameras(self._watch, stopping)
        finally:
            self._close()
        if self._watch.failure is not None:
            raise self._watch.failure

    def report(self) -> HealthReport:
        """How it is doing now; any thread may ask."""
        now, watch, detector = datetime.now(UTC), self._watch, self._detector
        return HealthReport(
            name=self._plan.name,
            detector=detector.name if detector else "",
            model=detector.model if detector else "",
            started_at=self._started_at,
            at=now,
            ready=self._ready,
            feeds=tuple(watch.statuses(now)) if watch else (),
            inference_ms=round(watch.inference_ms, 2) if watch else 0.0,
            outbox_waiting=self._outbox.waiting,
            set_aside=self._outbox.set_aside_count,
            written=self._writer.written,
            pre_roll_bytes=self._recorder.pre_roll_bytes,
            writer_stuck=self._writer.stuck,
            troubles=self._troubles(),
            analysed_share=round(watch.analysed_share, 2) if watch else 1.0,
        )

    def _troubles(self) -> tuple[str, ...]:
        sentences = (
            self._writer.trouble or self._roster_trouble,
            self._outbox.trouble,
            self._recorder.trouble,
            next((one.trouble for one in self._upkeep if one.trouble), ""),
            self._detectors.trouble,
            self._sections.trouble,
            SET_ASIDE if self._outbox.set_aside_count else "",
            LOAD_SHED if self._watch and self._watch.analysed_share < MUCH_IS_SHED else "",
        )
        return tuple(sentence for sentence in sentences if sentence)

    def _open(self) -> None:
        desk = IntakeDesk(self._door.as_worker, self._outbox, self._signals)
        plan = self._plan
        app = make_app(self._live, self.report, desk, plan.key, plan.intake_keys, self._onvif_url)
        self._port.start(app)
        if plan.part is None:  # else another process may be writing to what it has begun
            self._media.remove_begun()
        self._writer.start()
        self._reporter.start()
        self._sight.start()
        self._recorder.start()
        if plan.part is None or plan.part.leads:
            self._sections.start()
        for upkeep in self._upkeep:
            upkeep.start()
        self._detector = plan.open_detector(plan.detector)
        self._detectors.use(plan.detector, self._detector)

    def _onvif_url(self, camera_id: int) -> str | None:
        return self._watch.onvif_url(camera_id) if self._watch is not None else None

    def _watching(self, stopping: threading.Event) -> Watch:
        assert self._detector is not None
        journey = Journey(
            self._detector,
            {},
            self._recorder,
            self._outbox,
            detectors=self._detectors,
            watchers={
                **WATCHERS,
                "plates": self._plates_watcher,
                "signals": lambda: SignalWatcher(self._signals),
            },
        )
        watch = Watch(journey, self._recorder, self._plan.open_feed, on_failure=stopping.set)
        watch.start()
        return watch

    def _plates_watcher(self) -> Watcher:
        room = Room(self._plan.media_dir)
        keep_crop = crops_in(self._media, lambda: room.for_snapshots)
        return PlatesWatcher(
            self._plate_desk,
            self._outbox.put,
            keep_crop,
            self._listed,
            self._plate_pictures,
            self._recorder.kept_at,
        )

    def _follow_cameras(self, watch: Watch, stopping: threading.Event) -> None:
        pauses, failures = Pauses(CAMERAS_EVERY_S), 0
        while not stopping.is_set():
            try:
                cameras = self._roster.read()
                self._sight.follow(cameras)
                watch.follow(cameras)
            except DataAccessError as error:
                failures += 1
                self._roster_trouble = DATABASE_AWAY
                self._say_once(failures, error)
            else:
                self._ready, self._roster_trouble, failures = True, "", 0
            self._listed.refresh()
            self._trimming.now_and_then()
            self._wait(stopping, pauses.after(max(failures, 1)))

    def _wait(self, stopping: threading.Event, pause_s: float) -> None:
        """Until it is time to look at the cameras again; a share that changes is looked at now."""
        if self._plan.part is None:
            stopping.wait(pause_s)
            return
        changed, until_s = self._plan.part.share.changed, time.monotonic() + pause_s
        while time.monotonic() < until_s and not changed.is_set():
            if stopping.wait(SHARE_EVERY_S):
                return
        changed.clear()

    def _say_once(self, failures: int, error: DataAccessError) -> None:
        if failures == 1:
            meanwhile = "those known are watched on" if self._ready else "it is tried again"
            _log.warning("the list of cameras cannot be read; %s: %s", meanwhile, error)

    def _close(self) -> None:
        _log.info("stopping")
        self._port.ask_to_stop()
        if self._watch is not None:
            self._watch.stop(STOP_WATCH_S)
        self._sections.stop()
        self._plate_desk.stop(STOP_PLATES_S)
        self._recorder.stop(STOP_CLIPS_S)
        for upkeep in self._upkeep:
            upkeep.stop(STOP_UPKEEP_S)
        self._writer.stop(STOP_WRITER_S)
        self._reporter.stop()
        self._sight.stop()
        self._port.stop()
        self._outbox.close()
        self._door.close()
