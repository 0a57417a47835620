"""Small painted places and what happens in them, for the watchers that look at pictures."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

import cv2
import numpy as np

from data_access.domain.watch import WatchedCamera
from detection_worker.frames import Frame, Image, PlainPicture
from detection_worker.rules.scene import Scene, Still
from detection_worker.rules.stills.watcher import StillsWatcher
from detection_worker.tracking.paths import Path
from detection_worker.tracking.tracks import Track, TrackPoint

START = datetime(2026, 5, 4, 6, tzinfo=UTC)
WH = (320, 180)
FPS = 5.0
Box = tuple[float, float, float, float]
Paint = Callable[[Image, float], Image | None]
Walk = Callable[[float], Box | None]


def a_place() -> Image:
    """A street with a wall, kerbs and the texture of asphalt."""
    chance = np.random.default_rng(1)
    rough = chance.normal(0, 1, (WH[1] // 2, WH[0] // 2)).astype(np.float32)
    image = 120 + 14 * cv2.resize(rough, WH, interpolation=cv2.INTER_CUBIC)[..., None]
    image = np.repeat(image, 3, axis=2).clip(0, 255).astype(np.uint8)
    image[:60] = (150, 165, 180)
    for x in range(10, 320, 40):
        cv2.rectangle(image, (x, 15), (x + 18, 40), (90, 80, 70), -1)
    cv2.line(image, (0, 100), (319, 92), (200, 200, 205), 2)
    return image


def a_bag(image: Image, at: tuple[int, int] = (150, 120), side: int = 14) -> None:
    """Something dark with a light strap."""
    x, y = at
    cv2.rectangle(image, (x, y), (x + side, y + side), (40, 30, 90), -1)
    cv2.line(image, (x, y + side // 3), (x + side, y + side // 3), (120, 120, 160), 1)


def a_body(image: Image, box: Box, colour: tuple[int, int, int] = (60, 110, 60)) -> None:
    """Somebody, or a car."""
    left, top, right, bottom = (round(side) for side in box)
    cv2.rectangle(image, (left, top), (right, bottom), colour, -1)
    middle = (top + bottom) // 2
    cv2.rectangle(image, (left, middle), (right, bottom), tuple(c // 2 for c in colour), -1)


def walker(since_s: float, stops_s: float, waits_s: float, x: float = 140.0) -> Walk:
    """Who comes from the left, is at ``x`` at ``stops_s``, waits and goes on to the right."""

    def at(t_s: float) -> Box | None:
        gone = max(0.0, t_s - stops_s - waits_s) + min(0.0, t_s - stops_s)
        left = x + 30.0 * gone
        return (left, 95.0, left + 16, 140.0) if t_s >= since_s and -16 < left < 320 else None

    return at


def played(
    lasts_s: float,
    paint: Paint = lambda image, t_s: None,
    walks: Iterable[tuple[str, Walk]] = (),
    fps: float = FPS,
    drawn: int = 99,
    watcher: StillsWatcher | None = None,
) -> list[tuple[float, tuple[Still, ...]]]:
    """What the watcher saw at each moment, with the noise of a sensor in each picture.

    The first ``drawn`` of ``walks`` are painted; the others are boxes of a detector alone.
    """
    place, chance, eye = a_place(), np.random.default_rng(2), watcher or StillsWatcher()
    eye.follow(WatchedCamera(1, "c", "x"))
    paths: dict[int, Path] = {}
    story = []
    for number in range(int(lasts_s * fps)):
        t_s = number / fps
        at = START + timedelta(seconds=t_s)
        image = place.copy()
        painted = paint(image, t_s)
        image = image if painted is None else painted
        tracks = []
        for index, (label, walk) in enumerate(walks, 1):
            box = walk(t_s)
            if box is not None:
                if index <= drawn:
                    a_body(image, box)
                tracks.append(_track(index, label, box, at, paths))
        noisy = image + chance.normal(0, 2, (*image.shape[:2], 1))
        frame = Frame(1, at, PlainPicture(noisy.clip(0, 255).astype(np.uint8)))
        scene = eye.add(frame, Scene(1, at, WH, tuple(tracks)))
        story.append((t_s, scene.stills))
    return story


def _track(number: int, label: str, box: Box, at: datetime, paths: dict[int, Path]) -> Track:
    path = paths.setdefault(number, Path())
    path.extend(TrackPoint(at, (box[0] + box[2]) / 2, box[3]), label, 0.9)
    return Track(number, label, 0.9, box, path.points())
