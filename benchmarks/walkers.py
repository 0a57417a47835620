"""Films of people who walk over a square or a crossroad and hide one another, with their truth.

The camera hangs as one on a building does; people are 30 to 100 px high in pictures of 768 × 576
at seven frames a second. They walk alone, in twos and threes, some stop for a talk.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from demo.scenes import SCENES
from demo.scenes.motion.cast import Mover
from demo.scenes.motion.paths import path
from demo.scenes.motion.walks import walk
from demo.scenes.picture.camera import CameraModel, Point2
from demo.scenes.picture.film import Image
from demo.scenes.scene import RenderedScene
from demo.scenes.things import looks

FPS = 7.0
PERIOD_S = 200.0
"""Longer than any film: a scene begins again after it."""

LEAST_VISIBLE = 0.3
"""People of whom less can be seen behind what stands still are not in the truth."""

WH = (768, 576)


@dataclass(frozen=True)
class View:
    """A scene, a camera of its own, and the ground that people cross: x, y, x, y in metres."""

    scene: str
    camera: CameraModel
    ground_m: tuple[float, float, float, float]


@dataclass(frozen=True)
class Person:
    """Somebody in a frame."""

    id: int
    box_xyxy: tuple[float, float, float, float]


VIEWS = {
    "square_wide": View(
        "square", CameraModel((-15.0, -22.5, 8.5), 26.0, 14.0, 0.95, WH), (-13, -8, 12, 18)
    ),
    "square_near": View(
        "square", CameraModel((22.0, -20.0, 6.5), -30.0, 14.0, 1.25, WH), (-8, -8, 14, 16)
    ),
    "crossroad": View(
        "crossroad", CameraModel((-22.0, -22.0, 7.5), 42.0, 15.0, 1.1, WH), (-12, -12, 12, 12)
    ),
}


def frames(view: View, seed: int, seconds: float) -> Iterator[tuple[Image, list[Person]]]:
    """The pictures of one film, each with who is in it."""
    scene = _scene(view, seed, seconds)
    for number in range(round(seconds * FPS)):
        t_s = number / FPS
        seen = [mover for mover in scene.truth(t_s).movers if mover.visible >= LEAST_VISIBLE]
        yield scene.draw(t_s), [Person(mover.id, mover.box_xyxy) for mover in seen]


def _scene(view: View, seed: int, seconds: float) -> RenderedScene:
    people = _people(view, seed, seconds)
    return replace(
        SCENES[view.scene],
        camera=view.camera,
        period_s=PERIOD_S,
        fps=FPS,
        players=lambda seed: people,
        zones=(),
    )


def _people(view: View, seed: int, seconds: float) -> tuple[Mover, ...]:
    """A new group about every two and a half seconds: six to eight people in view."""
    chance = np.random.default_rng([seed, 77])
    groups = (_group(view, chance, seconds) for _ in range(round(seconds / 3.5)))
    return tuple(mover for group in groups for mover in group)


def _group(view: View, chance: np.random.Generator, seconds: float) -> list[Mover]:
    """One to three people side by side, on one way at one pace."""
    way = _way(view, chance)
    size = int(chance.choice([1, 2, 3], p=[0.6, 0.28, 0.12]))
    pace_ms = float(chance.uniform(0.9, 1.6))
    begins_s = float(chance.uniform(-8.0, seconds - 6.0)) % PERIOD_S
    stops = [(float(chance.uniform(6, 9)), float(chance.uniform(3, 8)))]
    stops = stops if chance.random() < 0.25 else []
    movers = []
    for number in range(size):
        aside = number * float(chance.uniform(0.4, 0.7)), float(chance.uniform(-0.4, 0.4))
        own = path(*((x + aside[0], y + aside[1]) for x, y in way), radius_m=2)
        movers.append(Mover(looks.random_person(chance), walk(own, begins_s, pace_ms, stops)))
    return movers


def _way(view: View, chance: np.random.Generator) -> list[Point2]:
    """From one edge of the ground to another, straight or by way of a place inside."""
    left, bottom, right, top = view.ground_m
    start, end = _edge(view, chance), _edge(view, chance)
    while np.hypot(start[0] - end[0], start[1] - end[1]) < 10:
        end = _edge(view, chance)
    by = float(chance.uniform(left + 3, right - 3)), float(chance.uniform(bottom + 3, top - 3))
    return [start, by, end] if chance.random() < 0.5 else [start, end]


def _edge(view: View, chance: np.random.Generator) -> Point2:
    left, bottom, right, top = view.ground_m
    x, y = float(chance.uniform(left, right)), float(chance.uniform(bottom, top))
    edges = ((left - 3, y), (right + 3, y), (x, bottom - 3), (x, top + 3))
    return edges[int(chance.integers(4))]
