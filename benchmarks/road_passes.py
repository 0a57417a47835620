"""Vehicles on a rendered road as a detector sees them, and what the journey makes of it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

import numpy as np
import numpy.typing as npt

from data_access.domain.events import EventRecord, TrafficCount
from demo.scenes.scene import RenderedScene
from demo.scenes.stage import appearances
from detection_worker.boxes import overlap
from detection_worker.detection.detections import Detections
from detection_worker.event_desk import Change, EventChange
from detection_worker.frames import Frame, Image, PlainPicture
from detection_worker.pipeline import SeenPicture
from detection_worker.tracking.tracks import Track, TrackPoint

EDGE_ALIKE, OWN_PART, MISSED, JITTER_S = 0.7, 0.5, 0.03, 0.002
"""How alike an edge's error is from frame to frame (correlation), how large a vehicle's own
constant error is beside it, how many frames are missed, and how capture times jitter."""

LEAST_HEIGHT_PX, LEAST_SHARE, LEAST_OVERLAP = 24, 0.25, 0.3
"""Boxes lower than this, or with less of the vehicle in view, are not found; and the overlap
(IoU) from which a track is on a vehicle."""

BEGAN = datetime(2026, 6, 1, 7, tzinfo=UTC)

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Shown:
    """A vehicle in the picture: its number, its class, its box and the share of it in view."""

    id: int
    label: str
    box_xyxy: tuple[float, float, float, float]
    visible: float


class RoadFeed:
    """The scene's frames with times that jitter; what is true in the newest one."""

    def __init__(
        self, scene: RenderedScene, seed: int, drawn: bool, chance: np.random.Generator
    ) -> None:
        self._scene, self._seed, self._drawn, self._chance = scene, seed, drawn, chance
        self.movers: tuple[Shown, ...] = ()

    def frames(self) -> Iterator[Frame]:
        """All frames of the loop; ``movers`` are those of the one given last."""
        blank: Image = np.zeros((self._scene.wh[1], self._scene.wh[0], 3), np.uint8)
        for number in range(int(self._scene.period_s * self._scene.fps)):
            at_s = number / self._scene.fps
            self.movers = tuple(self._shown(at_s))
            image = self._scene.draw(at_s, self._seed) if self._drawn else blank
            late_s = float(self._chance.normal(0, JITTER_S))
            captured_at = BEGAN + timedelta(seconds=at_s + late_s)
            yield Frame(1, captured_at, PlainPicture(image), number + 1)

    def _shown(self, at_s: float) -> Iterator[Shown]:
        """Where the renderer draws the vehicles; nothing stands before this road."""
        scene, cast = self._scene, self._scene.cast(self._seed)
        moment = cast.at(at_s)
        width, height = scene.wh
        for one in appearances(cast, moment, scene.camera, scene.light, 0.0):
            left, top, right, bottom = one.box_px
            box = (max(left, 0.0), max(top, 0.0), min(right, width), min(bottom, height))
            if box[0] < box[2] and box[1] < box[3]:
                whole = (right - left) * (bottom - top)
                share = (box[2] - box[0]) * (box[3] - box[1]) / whole
                number = int(moment.numbers[one.row])
                yield Shown(number, cast.movers[number].look.label, box, share)


class RoughEyes:
    """A detector that finds the vehicles of a feed's newest frame about where they are."""

    name, model, remembers = "boxes", "errors of a usual model", False
    labels: tuple[str, ...] = ("car",)

    def __init__(self, feed: RoadFeed, noise: float, chance: np.random.Generator) -> None:
        self._feed, self._noise, self._chance = feed, noise, chance
        self._own: dict[int, Floats] = {}
        self._off: dict[int, Floats] = {}

    def detect(self, cameras: list[int], images: list[Image]) -> list[Detections]:
        """One result for the one image of a step."""
        height, width = images[0].shape[:2]
        seen = [
            mover
            for mover in self._feed.movers
            if mover.visible > LEAST_SHARE
            and mover.box_xyxy[3] - mover.box_xyxy[1] >= LEAST_HEIGHT_PX
            and self._chance.random() >= MISSED
        ]
        boxes = np.array([self._about(mover) for mover in seen]).reshape(-1, 4)
        boxes = np.clip(boxes, 0, [width, height, width, height])
        sure = np.full(len(seen), 0.85, np.float32)
        return [Detections(boxes.astype(np.float32), sure, tuple(mover.label for mover in seen))]

    def forget(self, camera_id: int) -> None:
        """Nothing is kept of a camera."""

    def _about(self, mover: Shown) -> Floats:
        left, top, right, bottom = mover.box_xyxy
        size = np.array([right - left, bottom - top] * 2)
        draw = self._chance.normal(0, self._noise, 4)
        own = self._own.setdefault(mover.id, self._chance.normal(0, OWN_PART * self._noise, 4))
        before = self._off.get(mover.id, draw)
        self._off[mover.id] = EDGE_ALIKE * before + np.sqrt(1 - EDGE_ALIKE**2) * draw
        return np.asarray(mover.box_xyxy + (self._off[mover.id] + own) * size, np.float64)


@dataclass
class Witness:
    """Stands where the recorder stands: where each vehicle was seen, and what was found of it.

    An event is about the vehicle that its track was on when it opened; tracks may change places.
    """

    truth: tuple[Shown, ...] = ()
    ways: dict[int, list[TrackPoint]] = field(default_factory=lambda: defaultdict(list))
    found: dict[int, list[EventRecord]] = field(default_factory=lambda: defaultdict(list))
    _about: dict[UUID, int | None] = field(default_factory=dict)

    def see(self, frame: Frame, picture: SeenPicture) -> None:
        """Note where each vehicle was seen."""
        for track in picture.tracks:
            number = self._vehicle_of(track)
            if number is not None:
                self.ways[number].append(track.path[-1])

    def record(self, change: EventChange, frame: Frame, tracks: Sequence[Track]) -> EventRecord:
        """Note whose event opens; keep it when it is over."""
        record = change.record
        if change.change is Change.OPENED:
            (track,) = (one for one in tracks if one.id == change.finding.track_ids[0])
            self._about[record.id] = self._vehicle_of(track)
        number = self._about[record.id]
        if change.change is Change.CLOSED and number is not None:
            self.found[number].append(record)
        return record

    def _vehicle_of(self, track: Track) -> int | None:
        """The vehicle that a track covers best now."""
        overlaps = [(overlap(track.box_xyxy, one.box_xyxy), one.id) for one in self.truth]
        best, number = max(overlaps, default=(0.0, 0))
        return number if best > LEAST_OVERLAP else None


class Nowhere:
    """Stands where the outbox stands."""

    def put(self, item: EventRecord | TrafficCount) -> None:
        """Nothing is kept."""
