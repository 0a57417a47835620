"""A film through the worker's journey, with the errors of a detector and of the weather."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import cv2
import numpy as np

from benchmarks.rule_stage import COUNTED_AT_X_M, Film
from data_access.domain.events import EventRecord, TrafficCount
from data_access.domain.watch import WatchedCamera
from demo.scenes.truth import TrueMover, Truth
from detection_worker.detection.detections import Detections
from detection_worker.event_desk import EventChange
from detection_worker.frames import Frame, Image, PlainPicture
from detection_worker.pipeline import Journey, SeenPicture
from detection_worker.tracking.tracks import Track

BEGAN_AT = datetime(2026, 5, 4, 7, tzinfo=UTC)
FPS = 10.0
LEAST_VISIBLE, LEAST_PX = 0.35, 5.0
"""What shows less of itself, or is smaller, a detector does not find."""


@dataclass(frozen=True)
class Hardship:
    """How hard it is: shares of misses, trembling in sizes of the box, pixels of shaking.

    ``hidden_every_s`` is how often each mover vanishes for a second, ``step`` how many frames
    make one that is analysed.
    """

    misses: float = 0.03
    tremble: float = 0.012
    shake_px: float = 0.0
    hidden_every_s: float = 0.0
    rain: bool = False
    step: int = 1


HARDSHIPS = {
    "plain": Hardship(),
    "occlusion": Hardship(hidden_every_s=8.0),
    "shake": Hardship(shake_px=1.5),
    "rain": Hardship(misses=0.15, tremble=0.02, rain=True),
    "fps5": Hardship(step=2),
    "all": Hardship(0.1, 0.02, 1.0, 12.0, rain=True, step=2),
}


@dataclass
class Played:
    """What came of a film: its events, its crossings, and which mover each track was."""

    events: list[EventRecord] = field(default_factory=list)
    crossings: Counter[str] = field(default_factory=Counter)
    true_crossings: Counter[str] = field(default_factory=Counter)
    votes: defaultdict[int, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))

    def mover_of(self, track_id: int) -> int:
        """The mover that a track was most of the time; -1 for a false box."""
        votes = self.votes[track_id]
        return max(votes, key=lambda mover: votes[mover]) if votes else -1

    def second(self, event: EventRecord) -> float:
        """When in the film an event began."""
        return (event.started_at - BEGAN_AT).total_seconds()


class _Ends:
    """Recorder and outbox in one: remembers what was found and whose track is whose."""

    def __init__(self, eyes: "_Eyes", played: Played) -> None:
        self._eyes, self._played = eyes, played
        self._events: dict[object, EventRecord] = {}

    def see(self, frame: Frame, picture: SeenPicture) -> None:
        for track in picture.tracks:
            mover = self._eyes.shown.get(_key(track.box_xyxy), -1)
            self._played.votes[track.id][mover] += 1

    def record(self, change: EventChange, frame: Frame, tracks: Sequence[Track]) -> EventRecord:
        return change.record

    def put(self, item: EventRecord | TrafficCount) -> None:
        if isinstance(item, EventRecord):
            self._events[item.id] = item
            self._played.events = list(self._events.values())
        else:
            self._played.crossings[item.direction] += item.count


class _Eyes:
    """A detector that is shown the truth and errs as detectors do."""

    name = model = "truth with errors"
    labels: tuple[str, ...] = ()
    remembers = True

    def __init__(self, film: Film, hardship: Hardship, seed: int) -> None:
        self._film, self._hardship = film, hardship
        self._chance = np.random.default_rng([seed, 7])
        self._phase = self._chance.uniform(0, 1, 1000)
        self.truth = Truth(0.0, (), (), {})
        self.offset_px = np.zeros(2)
        self.shown: dict[tuple[float, ...], int] = {}

    def forget(self, camera_id: int) -> None:
        pass

    def detect(self, cameras: list[int], images: list[Image]) -> list[Detections]:
        movers = [mover for mover in self.truth.movers if self._is_found(mover)]
        boxes = [self._box(mover) for mover in movers]
        labels = [self._film.labels.get(mover.id, mover.label) for mover in movers]
        self.shown = {_key(box): mover.id for box, mover in zip(boxes, movers, strict=True)}
        sure = np.clip(self._chance.normal(0.8, 0.07, len(boxes)), 0.3, 0.98)
        found = np.array(boxes, np.float32).reshape(-1, 4)
        return [Detections(found, sure.astype(np.float32), tuple(labels))]

    def _is_found(self, mover: TrueMover) -> bool:
        left, top, right, bottom = mover.box_xyxy
        if mover.visible < LEAST_VISIBLE or min(right - left, bottom - top) < LEAST_PX:
            return False
        every_s = self._hardship.hidden_every_s
        if every_s and (self.truth.t_s + self._phase[mover.id] * every_s) % every_s < 1.0:
            return False
        return bool(self._chance.random() >= self._hardship.misses)

    def _box(self, mover: TrueMover) -> list[float]:
        box = np.array(mover.box_xyxy)
        size = float(np.sqrt((box[2] - box[0]) * (box[3] - box[1])))
        trembling = self._chance.normal(0, self._hardship.tremble * size, 4)
        moved: list[float] = (box + trembling + np.tile(self.offset_px, 2)).tolist()
        return moved


def _key(box: Sequence[float]) -> tuple[float, ...]:
    """A box as the detections hold it: in single precision."""
    return tuple(np.array(box, np.float32).tolist())


def play(film: Film, hardship: Hardship, seed: int, gated: bool = False) -> Played:
    """Take the film through the journey under a hardship, with the motion gate or without."""
    played, eyes = Played(), _Eyes(film, hardship, seed)
    eyes.remembers = not gated
    ends = _Ends(eyes, played)
    calibration = film.scene.calibration if film.calibrated else None
    camera = WatchedCamera(
        1, film.name, "", analysed_fps=1000.0, zones=film.zones, calibration=calibration
    )
    journey = Journey(eyes, {1: camera}, ends, ends, gated=gated)
    assert not journey.rules_off(1), journey.rules_off(1)
    chance = np.random.default_rng([seed, 11])
    truths = _truths(film)
    for number in range(0, len(truths), hardship.step):
        eyes.truth = truths[number]
        eyes.offset_px = (
            chance.normal(0, hardship.shake_px, 2) if hardship.shake_px else eyes.offset_px
        )
        image = _picture(film, number, hardship, eyes.offset_px, chance, gated)
        at = BEGAN_AT + timedelta(seconds=number / FPS)
        journey.step([Frame(1, at, PlainPicture(image), number + 1)])
    journey.finish()
    played.true_crossings = _true_crossings(film, truths)
    return played


@lru_cache(maxsize=2)
def _truths(film: Film) -> list[Truth]:
    return [film.scene.truth(number / FPS) for number in range(round(film.scene.period_s * FPS))]


_BLANK = np.zeros((360, 640, 3), np.uint8)


@lru_cache(maxsize=2000)
def _drawn(film: Film, number: int) -> Image:
    image: Image = film.scene.draw(number / FPS)
    return image


def _picture(
    film: Film,
    number: int,
    hardship: Hardship,
    offset_px: np.ndarray,
    chance: np.random.Generator,
    gated: bool,
) -> Image:
    """The drawn picture, moved and rained upon; a black one where nothing looks at it."""
    if not film.needs_picture and not gated:
        return _BLANK
    image = _drawn(film, number)
    if offset_px.any():
        move = np.array([[1, 0, offset_px[0]], [0, 1, offset_px[1]]], np.float32)
        image = np.asarray(cv2.warpAffine(image, move, (640, 360)), np.uint8)
    return _rained(image, chance) if hardship.rain else image


def _rained(image: Image, chance: np.random.Generator) -> Image:
    """Streaks, a grey veil and noise."""
    veiled = image.astype(np.float32) * 0.8 + 35
    veiled += chance.normal(0, 6, image.shape)
    wet: Image = np.clip(veiled, 0, 255).astype(np.uint8)
    for x, y in chance.uniform((0, 0), (640, 360), (250, 2)).astype(int).tolist():
        cv2.line(wet, (x, y), (x - 1, y + 9), (205, 205, 205), 1, cv2.LINE_AA)
    return wet


def _true_crossings(film: Film, truths: list[Truth]) -> Counter[str]:
    """Movers that pass the counting line: west is down the picture or up, as the zone has it."""
    line = next((zone for zone in film.zones if zone.rule == "line_count"), None)
    if line is None:
        return Counter()
    last: dict[int, float] = {}
    found: Counter[str] = Counter()
    (x1, y1), (x2, y2) = line.points
    west_x, west_y = film.scene.camera.fractions([(COUNTED_AT_X_M - 4, 0.0)])[0]
    west_is_forward = (x2 - x1) * (west_y - y1) - (y2 - y1) * (west_x - x1) > 0
    for truth in truths:
        for mover in truth.movers:
            x = mover.at_m[0] - COUNTED_AT_X_M
            before = last.get(mover.id, x)
            if before * x < 0 and abs(mover.at_m[1]) < 7 and mover.visible > LEAST_VISIBLE:
                found["forward" if (x < 0) is west_is_forward else "backward"] += 1
            last[mover.id] = x
    return found
