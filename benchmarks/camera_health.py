"""How well faults of cameras are told from night and weather: precision and recall.

Each rendered place is seen well for half a minute, then spoilt in a way that has a name, or in
one that has none (night, rain, dawn, headlights, wind). Real footage must have no fault at all.
"""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import process_time
from typing import Any

from benchmarks.camera_health_clips import on_clips
from benchmarks.shared import shared
from data_access.domain.sight import Sight
from data_access.domain.watch import WatchedCamera
from data_access.settings import Settings
from demo.scenes import SCENES
from demo.scenes.picture import spoiling
from detection_worker.feeds.file import open_file
from detection_worker.frames import Image
from detection_worker.health.sight import SightCheck

NOON = datetime(2026, 5, 4, 7, tzinfo=UTC)
NIGHT = datetime(2026, 5, 4, 19, tzinfo=UTC)
STEP = timedelta(seconds=5)
GOOD, SPOILT = 6, 5
"""Checks of good pictures, and of spoilt ones."""

CLIP_STEP = 25
"""Every so many frames of a clip are taken for five seconds."""

Spoil = Callable[[Image, int], Image]


@dataclass(frozen=True)
class Case:
    """A way to spoil pictures, and what must be said of it."""

    name: str
    expected: Sight
    spoil: Spoil
    at: datetime = NOON


def _by(way: Callable[..., Image], *how: float) -> Spoil:
    """A way to spoil that does not care which picture it is."""
    return lambda image, number: way(image, *how)


def cases() -> Iterator[Case]:
    """All ways, mild and strong."""
    for sigma in (0.003, 0.004, 0.006, 0.01, 0.02):
        yield Case(f"blur {sigma}", Sight.OUT_OF_FOCUS, _by(spoiling.blurred, sigma))
    for share in (0.6, 0.7, 0.8):
        yield Case(f"haze {share}", Sight.FOG, _by(spoiling.hazy, share))
    for gain in (0.03, 0.08, 0.12):
        yield Case(f"dark {gain}", Sight.DARK, _by(spoiling.lit, gain))
    yield Case("glare", Sight.GLARE, _by(spoiling.glaring))
    for right in (0.02, -0.05, 0.1, 0.15):
        yield Case(f"shift {right}", Sight.SHIFTED, _by(spoiling.shifted, right))
    for share, level in ((1.0, 60.0), (1.0, 190.0), (0.6, 60.0), (0.8, 120.0)):
        yield Case(f"cover {share} of {level}", Sight.COVERED, _by(spoiling.covered, share, level))
    yield from _no_faults()


def _no_faults() -> Iterator[Case]:
    yield Case("fine", Sight.CLEAR, lambda image, number: image)
    yield Case("night with lamps", Sight.CLEAR, spoiling.by_night, NIGHT)
    yield Case("night", Sight.CLEAR, _unlit, NIGHT)
    yield Case("headlights", Sight.CLEAR, _headlights, NIGHT)
    for gain in (0.4, 0.6, 0.8, 1.25):
        yield Case(f"light {gain}", Sight.CLEAR, _by(spoiling.lit, gain, 1.1))
    yield Case("rain", Sight.CLEAR, spoiling.rainy)
    yield Case("noise", Sight.CLEAR, spoiling.grainy)
    yield Case("compression", Sight.CLEAR, lambda image, number: spoiling.squeezed(image, 25))
    yield Case("wind", Sight.CLEAR, lambda image, number: spoiling.shaken(image, 0.37 * number))
    yield Case("haze in the distance", Sight.CLEAR, _by(spoiling.hazy, 0.2))


def _unlit(image: Image, number: int) -> Image:
    return spoiling.by_night(image, number, lamps=False)


def _headlights(image: Image, number: int) -> Image:
    return spoiling.with_headlights(spoiling.by_night(image, number), (0.5, 0.6))


def measure(arguments: list[str], settings: Settings) -> dict[str, Any]:
    """Precision and recall over all faults, what went wrong, and what real clips say."""
    parser = argparse.ArgumentParser(prog="./qala bench camera_health")
    parser.add_argument("--place", action="append", choices=SCENES)
    parser.add_argument("--no-clips", action="store_true", help="rendered scenes only")
    asked = parser.parse_args(arguments)
    began_s, checks = process_time(), 0
    wrong: list[str] = []
    right = missed = invented = 0
    for place in asked.place or SCENES:
        pictures = [SCENES[place].draw(5.0 * number) for number in range(GOOD + SPOILT)]
        began_s = began_s if checks else process_time()
        for case in cases():
            found = _said(pictures, case)
            checks += GOOD + SPOILT
            right += found is case.expected is not Sight.CLEAR
            missed += found is not case.expected and case.expected is not Sight.CLEAR
            invented += found is not case.expected and found is not Sight.CLEAR
            if found is not case.expected:
                wrong.append(f"{place}: {case.name}: {found}, not {case.expected}")
    damaged = {} if asked.no_clips else on_clips(shared("feeds"))
    return {
        "precision": round(right / max(right + invented, 1), 3),
        "recall": round(right / max(right + missed, 1), 3),
        "wrong": wrong,
        "cpu_ms_a_check_with_spoiling": round(
            1000 * (process_time() - began_s) / max(checks, 1), 1
        ),
        "clips": {} if asked.no_clips else dict(_clips()),
        "clips_damaged": damaged,
    }


def _said(pictures: list[Image], case: Case) -> Sight:
    check, at = SightCheck(), NOON
    for image in pictures[:GOOD]:
        check.check(image, at)
        at += STEP
    at = max(at, case.at)
    for number, image in enumerate(pictures[GOOD:]):
        check.check(case.spoil(image, number), at)
        at += STEP
    return check.current.sight


def _clips() -> Iterator[tuple[str, list[str]]]:
    """What is said of each real clip: nothing but ``clear`` is right."""
    for feed in sorted(shared("feeds").iterdir()):
        check, found = SightCheck(), set()
        frames = open_file(WatchedCamera(1, feed.stem, str(feed)), paced=False).frames()
        for number, (_, picture) in enumerate(frames):
            if number % CLIP_STEP == 0:
                at = NOON + (number // CLIP_STEP) * STEP
                found.add(str(check.check(picture.bgr, at).sight))
        yield feed.stem, sorted(found)
