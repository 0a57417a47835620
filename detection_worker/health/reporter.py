"""Writes how the worker and its feeds are doing to PostgreSQL, every two seconds.

A feed is written when something about it changed, and every ten seconds anyway: its numbers
move all the time, and a screen that shows them needs no more. Partitions are made ahead here,
too, once a day.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from data_access import feed_status, rule_catalogue, workers
from data_access.database import Transaction
from data_access.domain.feeds import FeedState, FeedStatus
from data_access.domain.local_time import LOCAL_ZONE
from data_access.domain.rule_faces import RuleFace
from data_access.domain.words import N_
from data_access.errors import DataAccessError
from data_access.partitions import AHEAD, make_partitions
from data_access.workers import WorkerReport
from detection_worker.event_writer import AsWorker
from detection_worker.health.report import HealthReport, MakeReport

EVERY_S = 2.0
NUMBERS_EVERY_S = 10.0
"""How often what changed is written, and how often everything is."""

HOURS_EVERY_S = 60.0
"""How often camera-hours are added; a crash costs at most so much of them."""

STOPPED = N_("The worker was stopped.")

_log = logging.getLogger(__name__)


class HealthReporter:
    """A thread that writes reports; what cannot be written is written newer the next time.

    ``rules`` are told once, with the first report.
    """

    def __init__(
        self,
        make_report: MakeReport,
        as_worker: AsWorker,
        every_s: float = EVERY_S,
        clock: Callable[[], float] = time.monotonic,
        rules: Sequence[RuleFace] = (),
    ) -> None:
        self._make_report, self._as_worker = make_report, as_worker
        self._every_s, self._clock = every_s, clock
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="health reporter", daemon=True)
        self._feeds = ChangedFeeds()
        self._hours = CameraHours()
        self._partitions_on: date | None = None
        self._failing = False
        self._rules = rules

    def start(self) -> None:
        """Begin to report; once."""
        self._thread.start()

    def stop(self, within_s: float = 1.0) -> None:
        """Write a last report, which says that the worker was stopped."""
        self._stopping.set()
        self._thread.join(within_s)

    def _run(self) -> None:
        while not self._stopping.wait(self._every_s):
            self._report(self._make_report(), last=False)
        self._report(replace(self._make_report(), troubles=(STOPPED,)), last=True)

    def _report(self, report: HealthReport, last: bool) -> None:
        now_s = self._clock()
        self._hours.pass_time(report.feeds, now_s)
        feeds = self._feeds.to_write(report.feeds, now_s) + self._feeds.left(report)
        try:
            with self._as_worker() as tx:
                feed_status.write(tx, feeds)
                workers.report(tx, _worker_row(report))
                self._say_rules(tx, report.name)
                hours = self._hours.add(tx, report.at, now_s, now=last)
        except DataAccessError as error:
            self._say(error)
        else:
            self._failing, self._rules = False, ()
            self._feeds.are_written(feeds, now_s)
            self._hours.are_added(hours, now_s)
            self._make_partitions(report.at)

    def _say_rules(self, tx: Transaction, name: str) -> None:
        """Once: what rules this worker knows, for those who draw zones."""
        if self._rules:
            rule_catalogue.say(tx, name, self._rules)

    def _make_partitions(self, at: datetime) -> None:
        """Once a day, in a transaction of its own: health is written whatever becomes of it."""
        today = at.astimezone(UTC).date()
        if today == self._partitions_on:
            return
        self._partitions_on = today
        try:
            with self._as_worker() as tx:
                make_partitions(tx, today + AHEAD)
        except DataAccessError as error:
            _log.error("no partitions were made ahead; it is tried again tomorrow: %s", error)

    def _say(self, error: DataAccessError) -> None:
        if not self._failing:
            _log.warning("health is not written: %s", error)
        self._failing = True


@dataclass(slots=True)
class ChangedFeeds:
    """Which feeds are to be written: what changed, and each once in ``NUMBERS_EVERY_S``."""

    written: dict[int, tuple[FeedStatus, float]] = field(default_factory=dict)

    def to_write(self, feeds: Sequence[FeedStatus], now_s: float) -> list[FeedStatus]:
        """Those of ``feeds`` that are due."""
        return [feed for feed in feeds if self._is_due(feed, now_s)]

    def left(self, report: HealthReport) -> list[FeedStatus]:
        """Those that were written and are watched no more, as switched off."""
        watched = {feed.camera_id for feed in report.feeds}
        return [
            FeedStatus(
                number, FeedState.OFF, "", report.at, report.at, feed.detector,
                last_frame_at=feed.last_frame_at,
            )
            for number, (feed, _) in self.written.items()
            if number not in watched
        ]  # fmt: skip

    def are_written(self, feeds: Sequence[FeedStatus], now_s: float) -> None:
        """Remember what the database now has."""
        for feed in feeds:
            if feed.state is FeedState.OFF:
                self.written.pop(feed.camera_id, None)
            else:
                self.written[feed.camera_id] = (feed, now_s)

    def _is_due(self, feed: FeedStatus, now_s: float) -> bool:
        before, written_s = self.written.get(feed.camera_id, (None, 0.0))
        if before is None or now_s - written_s >= NUMBERS_EVERY_S:
            return True
        return _nature(before) != _nature(feed)


def _nature(feed: FeedStatus) -> tuple[object, ...]:
    return (
        feed.state, feed.reason, feed.since_at, feed.detector, feed.width_px, feed.height_px,
        feed.rules_off, feed.decoder, feed.turns,
    )  # fmt: skip


@dataclass(slots=True)
class CameraHours:
    """How long each camera has been live since that was last added to its day."""

    online_s: dict[int, float] = field(default_factory=dict)
    passed_s: float | None = None
    added_s: float = 0.0

    def pass_time(self, feeds: Sequence[FeedStatus], now_s: float) -> None:
        """Count the time since the last call for the cameras that are live."""
        step_s = now_s - (self.passed_s if self.passed_s is not None else now_s)
        self.passed_s = now_s
        for feed in feeds:
            if feed.state is FeedState.LIVE and step_s > 0:
                self.online_s[feed.camera_id] = self.online_s.get(feed.camera_id, 0.0) + step_s

    def add(self, tx: Transaction, at: datetime, now_s: float, now: bool) -> dict[int, float]:
        """Add them to the day if it is time; returns what was added."""
        if not now and now_s - self.added_s < HOURS_EVERY_S:
            return {}
        hours = dict(self.online_s)
        feed_status.add_online(tx, at.astimezone(LOCAL_ZONE).date(), hours)
        return hours

    def are_added(self, hours: dict[int, float], now_s: float) -> None:
        """They are in the database: begin anew."""
        if hours:
            self.added_s = now_s
            for camera_id in hours:
                del self.online_s[camera_id]


def _worker_row(report: HealthReport) -> WorkerReport:
    return WorkerReport(
        name=report.name,
        detector=report.detector,
        model=report.model,
        cameras=len(report.feeds),
        inference_ms=report.inference_ms,
        outbox_waiting=report.outbox_waiting,
        message="\n".join(report.troubles),
        started_at=report.started_at,
        updated_at=report.at,
    )
