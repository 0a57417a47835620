"""Films of cameras on which, for a known part of the time, nothing moves.

What moves is taken from recordings beside the project, where they are there, and from rendered
scenes. Where nothing moves the last picture stands, but not as a copy: with the noise of a
sensor, light that flickers, and the artefacts of H.264, as every real camera sends it.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from benchmarks.shared import shared
from data_access.domain.watch import WatchedCamera
from demo.scenes import SCENES
from detection_worker.evidence.clips import write_pictures
from detection_worker.feeds.file import open_file
from detection_worker.frames import Image

RECORDINGS = ("highway_day.mp4", "intersection.mp4", "crowd_close.mp4", "pedestrians_pets09.avi")
RENDERED = ("crossroad", "square")

NOISE_SD = 2.0
"""Grey levels of noise of a sensor by day, before compression."""

FLICKER, FLICKER_S, TREMBLE = 0.015, 7.3, 0.005
"""Light goes up and down by so much in so long, and by chance from picture to picture."""

STILL_SHARES = {"half": 0.5, "four fifths": 0.8, "nineteen twentieths": 0.95}
"""Issue 3: parts of the time in which nothing moves."""

CYCLE_S = 20.0
"""Movement and stillness take turns in cycles of this length."""

LIVELY_FROM_S = 4.0
"""Rendered scenes begin with empty roads."""


@dataclass(frozen=True)
class Clip:
    """What moves: consecutive pictures, ``fps`` a second."""

    name: str
    fps: float
    pictures: list[Image]


def clips(
    seconds: float, fps: float | None = None, only: Collection[str] | None = None
) -> list[Clip]:
    """The clips that there are, as far as needed, at ``fps`` or at their own rate."""
    recorded = [path for path in _recordings() if not only or path.stem in only]
    scenes = [name for name in RENDERED if not only or name in only]
    return [_recorded(path, seconds, fps) for path in recorded] + [
        rendered(name, seconds, fps) for name in scenes
    ]


def moves(frames: int, fps: float, still_share: float) -> list[bool]:
    """For each frame whether anything moves in it: first it does, then it does not."""
    cycle = max(1, round(CYCLE_S * fps))
    lively = round(cycle * (1 - still_share))
    return [number % cycle < lively for number in range(frames)]


def composed(clip: Clip, frames: int, still_share: float, seed: int = 1) -> Iterator[Image]:
    """The pictures of a film; movement goes on where it stopped, and begins anew at its end."""
    chance, shown = np.random.default_rng(seed), 0
    picture = clip.pictures[0]
    for number, moving in enumerate(moves(frames, clip.fps, still_share)):
        if moving:
            picture = clip.pictures[shown % len(clip.pictures)]
            shown += 1
            yield picture
        else:
            yield _still(picture, number / clip.fps, chance)


def write_film(folder: Path, clip: Clip, frames: int, still_share: float) -> Path:
    """The film as H.264 in MP4."""
    path = folder / f"{clip.name}-{still_share:g}.mp4"
    pictures = composed(clip, frames, still_share)
    timed = ((number / clip.fps, picture) for number, picture in enumerate(pictures))
    write_pictures(path, timed, clip.fps)
    return path


def _still(picture: Image, at_s: float, chance: np.random.Generator) -> Image:
    light = 1 + FLICKER * np.sin(2 * np.pi * at_s / FLICKER_S) + chance.normal(0, TREMBLE)
    noise = chance.standard_normal(picture.shape, np.float32) * NOISE_SD
    return np.asarray(np.clip(picture * np.float32(light) + noise, 0, 255), np.uint8)


def _recordings() -> list[Path]:
    try:
        folder = shared("feeds")
    except FileNotFoundError:
        return []
    return [folder / name for name in RECORDINGS if (folder / name).exists()]


def _recorded(path: Path, seconds: float, fps: float | None) -> Clip:
    played = open_file(WatchedCamera(1, path.stem, str(path)), paced=False).frames()
    pictures = ((at, picture.bgr) for at, picture in played)
    (first_at, first), (second_at, second) = islice(pictures, 2)
    own_fps = 1 / (second_at - first_at).total_seconds()
    step = max(1, round(own_fps / fps)) if fps else 1
    kept = [first, second, *(picture for _, picture in pictures)][::step]
    rate = fps or own_fps
    return Clip(path.stem, rate, _even(kept[: round(seconds * rate)]))


def rendered(name: str, seconds: float, fps: float | None) -> Clip:
    """A scene, from when its roads are lively."""
    scene = SCENES[name]
    rate = fps or scene.fps
    times = [LIVELY_FROM_S + number / rate for number in range(round(seconds * rate))]
    return Clip(name, rate, _even([scene.draw(at_s) for at_s in times]))


def _even(pictures: Sequence[Image]) -> list[Image]:
    """Pictures with even sides, as H.264 has them."""
    height, width = (side // 2 * 2 for side in pictures[0].shape[:2])
    return [np.ascontiguousarray(one[:height, :width]) for one in pictures]
