"""What a worker is made of, and what makes it one process of many."""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from data_access.database import Database
from detection_worker.detection.detections import Detector
from detection_worker.feeds.source import OpenFeed
from detection_worker.intake.routes import IntakeKeys
from detection_worker.processes.share import Share


@dataclass(frozen=True, slots=True)
class Part:
    """What makes a worker one process of many: its cameras, its socket, its outbox's name.

    The one that ``leads`` does what an installation needs once.
    """

    share: Share
    listening: socket.socket
    outbox: str
    leads: bool


@dataclass(frozen=True, slots=True)
class WorkerPlan:
    """What a worker is made of.

    ``connect`` gives the worker's database and may fail, it is tried again; ``open_detector``
    takes a name and raises ``DetectorError``; ``key`` opens the live pictures on the port.
    """

    name: str
    host: str
    port: int
    home: Path
    media_dir: Path
    connect: Callable[[], Database]
    open_detector: Callable[[str], Detector]
    detector: str
    open_feed: OpenFeed
    key: str
    intake_keys: IntakeKeys
    part: Part | None = None
