"""Faults of cameras on real footage: pictures of each clip, with damage done to them.

A clip's pictures are cut to the middle of their view, so that a turned camera shows what really
lies beside it. The first half is good, then the damage stays; nothing undamaged may be a fault,
nor may a day that slowly becomes night.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from data_access.domain.sight import Sight
from data_access.domain.watch import WatchedCamera
from demo.scenes.picture import spoiling
from detection_worker.feeds.file import open_file
from detection_worker.frames import Image
from detection_worker.health.sight import Look, SightCheck

NOON = datetime(2026, 5, 4, 7, tzinfo=UTC)
NIGHT = datetime(2026, 5, 4, 19, tzinfo=UTC)
EVENING = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
"""The sun leaves the east of the country; three hours later it is night in the west, too."""

STEP = timedelta(seconds=5)
PICTURES, GOOD = 16, 8
"""Pictures of a clip, evenly over its length, and how many of them are seen well."""

CUT = 0.7
"""Part of the picture's width and height that the camera sees: the rest is for turning it."""

EVENING_CHECKS = 120

View = Callable[[Image, int], Image]


@dataclass(frozen=True)
class Damage:
    """What is done to whole pictures, and what must be said; ``far`` is how far it moved."""

    name: str
    expected: Sight
    view: View
    at: datetime = NOON
    far_percent: float | None = None


def cut(image: Image, right: float = 0.0, down: float = 0.0, turned_deg: float = 0.0) -> Image:
    """What a camera sees that looks to the middle, or beside it by parts of its own width."""
    height, width = image.shape[:2]
    size = (round(width * CUT), round(height * CUT))
    middle = (width / 2 + right * size[0], height / 2 + down * size[0])
    move = cv2.getRotationMatrix2D(middle, turned_deg, 1.0)
    move[:, 2] += np.array([size[0] / 2 - middle[0], size[1] / 2 - middle[1]])
    return np.asarray(cv2.warpAffine(image, move, size, borderMode=cv2.BORDER_REFLECT), np.uint8)


def _then(way: Callable[..., Image], *how: float) -> View:
    return lambda image, number: way(cut(image), *how)


def _frosted(image: Image) -> Image:
    """The blur of a lens out of focus is a disc, not a bell."""
    side = max(3, round(0.012 * image.shape[1]))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)).astype(np.float32)
    return np.asarray(cv2.filter2D(image, -1, disc / disc.sum()), np.uint8)


def damages() -> Iterator[Damage]:
    """All damage, mild and strong."""
    for sigma in (0.004, 0.008, 0.015):
        yield Damage(f"blur {sigma}", Sight.OUT_OF_FOCUS, _then(spoiling.blurred, sigma))
    yield Damage("defocus", Sight.OUT_OF_FOCUS, _then(_frosted))
    for share in (0.6, 0.75):
        yield Damage(f"fog {share}", Sight.FOG, _then(spoiling.hazy, share))
    yield Damage("black", Sight.DARK, lambda image, n: np.zeros_like(cut(image)) + np.uint8(n % 3))
    yield Damage("nearly black", Sight.DARK, _then(spoiling.lit, 0.08))
    yield Damage("glare", Sight.GLARE, _then(spoiling.glaring))
    for share, level in ((1.0, 50.0), (1.0, 190.0), (0.6, 60.0)):
        yield Damage(
            f"cover {share} of {level}", Sight.COVERED, _then(spoiling.covered, share, level)
        )
    yield from _turned()
    yield from _no_damage()


def _turned() -> Iterator[Damage]:
    for right, down in ((0.05, 0.0), (-0.1, 0.02), (0.0, 0.08), (0.15, 0.0), (-0.2, 0.0)):
        far = 100 * float(np.hypot(right, down))

        def view(image: Image, n: int, right: float = right, down: float = down) -> Image:
            return cut(image, right, down)

        yield Damage(f"turned {right} {down}", Sight.SHIFTED, view, far_percent=far)
    for angle in (4.0, -10.0):

        def tilted(image: Image, n: int, angle: float = angle) -> Image:
            return cut(image, turned_deg=angle)

        yield Damage(f"rotated {angle}", Sight.SHIFTED, tilted)


def _no_damage() -> Iterator[Damage]:
    yield Damage("fine", Sight.CLEAR, _then(lambda image: image))
    yield Damage("night", Sight.CLEAR, lambda image, n: spoiling.by_night(cut(image), n), NIGHT)
    yield Damage("rain", Sight.CLEAR, lambda image, n: spoiling.rainy(cut(image), n))
    yield Damage("noise", Sight.CLEAR, lambda image, n: spoiling.grainy(cut(image), n))
    yield Damage("compression", Sight.CLEAR, _then(lambda image: spoiling.squeezed(image, 25)))
    yield Damage("wind", Sight.CLEAR, lambda image, n: spoiling.shaken(cut(image), 0.37 * n))
    yield Damage("cloud", Sight.CLEAR, _then(spoiling.lit, 0.6))


@dataclass
class ClipFigures:
    """What was right, missed and invented on real footage."""

    right: int = 0
    missed: int = 0
    invented: int = 0
    wrong: list[str] = field(default_factory=list)
    far_off_percent: list[float] = field(default_factory=list)

    def count(self, name: str, expected: Sight, found: Sight) -> None:
        """Add one damage."""
        self.right += found is expected is not Sight.CLEAR
        self.missed += found is not expected and expected is not Sight.CLEAR
        self.invented += found is not expected and found is not Sight.CLEAR
        if found is not expected:
            self.wrong.append(f"{name}: {found}, not {expected}")

    def as_json(self) -> dict[str, Any]:
        """Precision, recall, and how far off the distances of shifted views are."""
        off = np.abs(self.far_off_percent) if self.far_off_percent else np.zeros(1)
        return {
            "precision": round(self.right / max(self.right + self.invented, 1), 3),
            "recall": round(self.right / max(self.right + self.missed, 1), 3),
            "wrong": self.wrong,
            "shift_off_percent": {"median": round(float(np.median(off)), 2),
                                  "worst": round(float(off.max()), 2)},
        }  # fmt: skip


def on_clips(folder: Path, only: str = "") -> dict[str, Any]:
    """All damage on each clip of a folder."""
    figures = ClipFigures()
    for feed in sorted(folder.iterdir()):
        if only in feed.stem:
            _on_clip(feed, figures)
    return figures.as_json()


def _on_clip(feed: Path, figures: ClipFigures) -> None:
    pictures = _pictures(feed)
    for damage in damages():
        found = _damaged(pictures, damage)
        figures.count(f"{feed.stem}: {damage.name}", damage.expected, found.sight)
        if damage.far_percent is not None and found.sight is damage.expected:
            far = float(found.measured.get("shift_percent", 0.0))
            figures.far_off_percent.append(far - damage.far_percent)
    figures.count(f"{feed.stem}: frozen", Sight.FROZEN, _frozen(pictures))
    evening = _evening(pictures) - {Sight.CLEAR}
    figures.count(f"{feed.stem}: evening", Sight.CLEAR, min(evening, default=Sight.CLEAR))


def _pictures(feed: Path) -> list[Image]:
    frames = [
        picture.bgr
        for _, picture in open_file(WatchedCamera(1, feed.stem, str(feed)), paced=False).frames()
    ]
    return [frames[int(number)] for number in np.linspace(0, len(frames) - 1, PICTURES)]


def _damaged(pictures: list[Image], damage: Damage) -> Look:
    check, at = SightCheck(), NOON
    for image in pictures[:GOOD]:
        check.check(cut(image), at)
        at += STEP
    at = max(at, damage.at)
    for number, image in enumerate(pictures[GOOD:]):
        check.check(damage.view(image, number), at)
        at += STEP
    return check.current


def _frozen(pictures: list[Image]) -> Sight:
    check, at = SightCheck(), NOON
    for image in [*pictures[:GOOD], *[pictures[GOOD]] * 14]:
        check.check(cut(image), at)
        at += STEP
    return check.current.sight


def _evening(pictures: list[Image]) -> set[Sight]:
    """What is said while three hours of dusk pass: darker, bluer, noisier, lamps at the end."""
    check, found = SightCheck(), set()
    for number in range(EVENING_CHECKS):
        passed = number / EVENING_CHECKS
        image = cut(pictures[number % PICTURES])
        gain = float(np.clip(1.2 - 1.3 * passed, 0.04, 1.0))
        if number >= GOOD:
            image = spoiling.grainy(
                spoiling.lit(image, gain, 1 + 0.15 * passed), number, 1 + 4 * passed
            )
        found.add(check.check(image, EVENING + passed * timedelta(hours=3)).sight)
    return found
