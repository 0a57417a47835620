"""What a journey is given in tests: a detector that sees white squares, and ends that remember."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np

from data_access.domain.events import EventRecord, TrafficCount
from data_access.domain.watch import WatchedCamera, Zone, ZoneShape
from detection_worker.detection.detections import Detections
from detection_worker.event_desk import EventChange
from detection_worker.frames import Frame, Image, PlainPicture
from detection_worker.pipeline import SeenPicture
from detection_worker.tracking.tracks import Track
from tests.detection_worker.items import NOON

WH = (320, 240)
SQUARE = 40


class SquareDetector:
    """Finds the one white square of a picture and calls it a person."""

    name = "square"
    model = "white"
    labels: tuple[str, ...] = ("person",)

    def __init__(self, remembers: bool = False) -> None:
        self.remembers = remembers
        self.asked: list[list[int]] = []
        self.forgotten: list[int] = []

    def detect(self, cameras: list[int], images: list[Image]) -> list[Detections]:
        self.asked.append(list(cameras))
        return [self._look(image) for image in images]

    def forget(self, camera_id: int) -> None:
        self.forgotten.append(camera_id)

    def _look(self, image: Image) -> Detections:
        rows, columns = np.nonzero(image[:, :, 0] == 255)
        if not len(rows):
            return Detections.none()
        box = [columns.min(), rows.min(), columns.max() + 1, rows.max() + 1]
        return Detections(np.array([box], np.float32), np.array([0.9], np.float32), self.labels)


class RememberingRecorder:
    def __init__(self) -> None:
        self.seen: list[tuple[Frame, SeenPicture]] = []
        self.recorded: list[tuple[EventChange, Frame]] = []

    def see(self, frame: Frame, picture: SeenPicture) -> None:
        self.seen.append((frame, picture))

    def record(self, change: EventChange, frame: Frame, tracks: Sequence[Track]) -> EventRecord:
        self.recorded.append((change, frame))
        return change.record


class RememberingOutbox:
    def __init__(self) -> None:
        self.events: list[EventRecord] = []
        self.counts: list[TrafficCount] = []

    def put(self, item: EventRecord | TrafficCount) -> None:
        (self.events if isinstance(item, EventRecord) else self.counts).append(item)  # type: ignore[arg-type]


def a_frame(
    number: int,
    place: tuple[int, int] | None = (100, 100),
    camera_id: int = 1,
    fps: float = 10.0,
    wh: tuple[int, int] = WH,
    start: datetime = NOON,
) -> Frame:
    """A frame with a square at ``place`` (its left and top), or without one."""
    image = np.full((wh[1], wh[0], 3), 60, np.uint8)
    if place is not None:
        left, top = place
        image[top : top + SQUARE, left : left + SQUARE] = 255
    at = start + timedelta(seconds=number / fps)
    return Frame(camera_id, at, PlainPicture(image), number + 1)


WHOLE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
CLOSED = Zone(1, "yard", "intrusion", ZoneShape.POLYGON, WHOLE, {"hold_s": 0.5, "gap_s": 1.0})
LINE = Zone(2, "gate", "line_count", ZoneShape.LINE, ((0.0, 0.5), (1.0, 0.5)))


def a_camera(camera_id: int = 1, *zones: Zone, **changes: object) -> WatchedCamera:
    settings: dict[str, object] = {"analysed_fps": 1000.0} | changes
    return WatchedCamera(camera_id, f"c{camera_id}", "x", zones=zones, **settings)  # type: ignore[arg-type]
