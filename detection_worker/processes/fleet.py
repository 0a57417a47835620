"""Many processes put together: started, watched, told their cameras, stopped."""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data_access import cameras
from data_access.database import Database
from data_access.domain.words import N_
from data_access.errors import DataAccessError
from data_access.media import MediaFolder
from detection_worker.cores import share_of, usable_cores
from detection_worker.database_door import DatabaseDoor
from detection_worker.event_writer import DATABASE_AWAY, EventWriter
from detection_worker.health.report import HealthReport
from detection_worker.health.reporter import HealthReporter
from detection_worker.outbox import Outbox
from detection_worker.port import Port
from detection_worker.processes.child import Child, Command
from detection_worker.processes.front import Front
from detection_worker.processes.spread import spread

LOOK_EVERY_S = 0.2
CAMERAS_EVERY_S = 2.0
"""How often dead processes are looked for, and how often the list of cameras is read."""

STOP_WITHIN_S = 8.0
"""How long the processes may take to stop together, before they are killed."""

PROCESS_DIES = N_(
    "A process of the worker ends again and again: its cameras are watched only at times. "
    "See the worker's log."
)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FleetPlan:
    """What a worker of many processes is made of; ``command`` starts one of them."""

    name: str
    host: str
    port: int
    home: Path
    media_dir: Path
    processes: int
    connect: Callable[[], Database]
    command: Command
    key: str


class Fleet:
    """The processes and their front; ``run`` is called once. Raises ``PortTaken``."""

    def __init__(self, plan: FleetPlan) -> None:
        self._plan = plan
        self._port = Port(plan.host, plan.port)
        self._door = DatabaseDoor(plan.connect)
        cores = share_of(plan.processes, usable_cores())
        self._children = [
            Child(number, process_name(plan.name, number), plan.command, cores)
            for number in range(plan.processes)
        ]
        self._reporter = HealthReporter(self.report, self._door.as_worker)
        self._left: list[tuple[Outbox, EventWriter]] = []
        self._watches: dict[int, int] = {}
        self._started_at = datetime.now(UTC)
        self._read_at_s = 0.0
        self._database_away = self._ready = False

    @property
    def port(self) -> int:
        """The port in front."""
        return self._port.port

    @property
    def processes(self) -> Sequence[Child]:
        """All processes."""
        return self._children

    @property
    def watches(self) -> Mapping[int, int]:
        """The process of each camera."""
        return self._watches

    @property
    def troubles(self) -> tuple[str, ...]:
        """What is wrong with the processes themselves."""
        dying = any(child.dies_too_often for child in self._children)
        said = ((PROCESS_DIES, dying), (DATABASE_AWAY, self._database_away))
        return tuple(sentence for sentence, true in said if true)

    def run(self, stopping: threading.Event) -> None:
        """Work until ``stopping`` is set."""
        try:
            MediaFolder(self._plan.media_dir).remove_begun()
            self._write_what_is_left()
            self._port.start(Front(self, self._plan.key).app())
            self._reporter.start()
            for child in self._children:
                child.start()
            while not stopping.wait(LOOK_EVERY_S):
                self._look()
        finally:
            self._close()

    def report(self) -> HealthReport:
        """How the front is doing: the processes report for themselves and their cameras."""
        return HealthReport(
            name=self._plan.name, detector="", model="", started_at=self._started_at,
            at=datetime.now(UTC), ready=self._ready, feeds=(), inference_ms=0.0,
            outbox_waiting=sum(outbox.waiting for outbox, _ in self._left), set_aside=0, written=0,
            pre_roll_bytes=0, writer_stuck=False, troubles=self.troubles,
        )  # fmt: skip

    def _look(self) -> None:
        if time.monotonic() - self._read_at_s >= CAMERAS_EVERY_S:
            self._read_at_s = time.monotonic()
            self._read_cameras()
        for child in self._children:
            mine = [one for one, number in self._watches.items() if number == child.number]
            child.tell(mine)
            child.keep_alive()

    def _read_cameras(self) -> None:
        try:
            with self._door.as_worker() as tx:
                found = cameras.watched_ids(tx)
        except DataAccessError as error:
            if not self._database_away:
                _log.warning("the list of cameras cannot be read: %s", error)
            self._database_away = True
        else:
            self._watches = spread(found, self._watches, self._plan.processes)
            self._ready, self._database_away = True, False

    def _write_what_is_left(self) -> None:
        """Findings of processes that there were and are no more: their outboxes wait on disk."""
        mine = {outbox_name(number) for number in range(self._plan.processes)}
        for folder in sorted(self._plan.home.glob("outbox*")):
            if folder.is_dir() and folder.name not in mine:
                outbox = Outbox(folder)
                writer = EventWriter(outbox, self._door.as_worker)
                writer.start()
                self._left.append((outbox, writer))

    def _close(self) -> None:
        _log.info("stopping")
        self._port.ask_to_stop()
        for child in self._children:
            child.ask_to_stop()
        until_s = time.monotonic() + STOP_WITHIN_S
        for child in self._children:
            child.stop(until_s - time.monotonic())
        self._reporter.stop()
        self._port.stop()
        for outbox, writer in self._left:
            writer.stop(1.0)
            outbox.close()
        self._door.close()


def process_name(name: str, number: int) -> str:
    """What health calls a process (from 0): ``worker-1``."""
    return f"{name}-{number + 1}"


def outbox_name(number: int) -> str:
    """The folder of a process's outbox; the first one's is that of a worker of one process."""
    return "outbox" if number == 0 else f"outbox-{number + 1}"
