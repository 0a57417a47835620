"""Rendered minutes with what is left behind, and with all that only looks like it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from demo.scenes import SCENES
from demo.scenes.motion.cast import Mover, Trip
from demo.scenes.motion.paths import path
from demo.scenes.motion.walks import walk
from demo.scenes.picture import spoiling
from demo.scenes.picture.film import Image
from demo.scenes.picture.light import colour
from demo.scenes.scene import RenderedScene
from demo.scenes.things import looks
from demo.scenes.things.belongings import Thing
from demo.scenes.truth import TrueMover
from detection_worker.tracking.paths import Path
from detection_worker.tracking.tracks import Track, TrackPoint

PLACES = ("square", "courtyard", "school_gate", "crossroad")
LASTS_S = 48.0
DROPPED_S = 14.0
BEGAN_AT = datetime(2026, 5, 4, 6, tzinfo=UTC)

Spoil = Callable[[Image, float, int], Image]
Here = tuple[float, float]

BAG, BOX, HEAP = (0.6, 0.35, 0.45), (0.7, 0.5, 0.5), (1.5, 1.1, 0.7)
PAINTS = ("22252b", "7a2f2a", "2b4a75", "c9b27a", "e8e6e0", "3f5a3c")


@dataclass(frozen=True)
class Story:
    """One minute: who moves, what lies where and when, what the weather does.

    ``left_at`` is the ground point of the thing that a rule must find, None where it must find
    nothing.
    """

    name: str
    movers: tuple[Mover, ...]
    things: Callable[[float], Sequence[Thing]]
    spoil: Spoil
    left: Thing | None = None
    fps: float = 5.0


@dataclass(frozen=True)
class Stage:
    """A place, with ways and spots given as parts of its picture."""

    scene: RenderedScene
    chance: np.random.Generator

    def spot(self, x: float, y: float) -> Here:
        """The ground at a part of the picture."""
        ((east, north),) = self.scene.camera.ground([(x, y)])
        return (float(east), float(north))

    def visit(self, x: float, y: float, waits_s: float, at_s: float, leaves: bool = True) -> Mover:
        """A person who comes from the left, is at (x, y) at ``at_s``, and goes on after a wait."""
        start, here, end = self.spot(-0.08, y), self.spot(x, y), self.spot(1.08, y)
        beside = (here[0] - 0.6, here[1] - 0.3)
        way = path(start, beside, end)
        reach_m = float(np.hypot(beside[0] - start[0], beside[1] - start[1]))
        wait_s = waits_s if leaves else LASTS_S
        trip = walk(way, at_s - reach_m / 1.35, 1.35, [(reach_m, wait_s)])
        return Mover(looks.random_person(self.chance), trip)

    def passers(self, count: int) -> tuple[Mover, ...]:
        """People who walk through and stop nowhere."""
        return tuple(
            self.visit(0.5, float(self.chance.uniform(0.55, 0.9)), 0.0, float(at_s))
            for at_s in self.chance.uniform(8, LASTS_S - 4, count)
        )

    def car(self, x: float, y: float, at_s: float, waits_s: float) -> Mover:
        """A car that comes from the left and stands at (x, y) for a while."""
        start, here, end = self.spot(-0.5, y), self.spot(x, y), self.spot(1.5, y)
        way = path(start, here, end)
        reach_m = float(np.hypot(here[0] - start[0], here[1] - start[1]))
        times = [0.0, at_s, at_s + waits_s, at_s + waits_s + 8.0]
        along = [max(0.0, reach_m - 7 * at_s), reach_m, reach_m, min(way.length_m, reach_m + 56)]
        trip = Trip(way, 0.0, np.array(times), np.array(along))
        return Mover(looks.random_car(self.chance), trip)

    def thing(self, x: float, y: float, size: tuple[float, float, float] = BAG) -> Thing:
        """Something at (x, y)."""
        return Thing(self.spot(x, y), size, colour(PAINTS[self.chance.integers(len(PAINTS))]))


def plain(image: Image, t_s: float, number: int) -> Image:
    """Fine weather."""
    return image


def _during(thing: Thing, since_s: float, until_s: float = 1e9) -> Callable[[float], list[Thing]]:
    return lambda t_s: [thing] if since_s <= t_s < until_s else []


def _nothing(t_s: float) -> list[Thing]:
    return []


def left_behind(stage: Stage) -> Iterator[Story]:
    """Minutes in which something is left."""
    weathers: tuple[tuple[str, Spoil, float], ...] = (
        ("fine", plain, 5.0),
        ("10 fps", plain, 10.0),
        ("rain", lambda image, t_s, n: spoiling.rainy(image, n), 5.0),
        ("shake", lambda image, t_s, n: spoiling.shaken(image, t_s), 5.0),
        ("noise", lambda image, t_s, n: spoiling.squeezed(spoiling.grainy(image, n)), 5.0),
        ("dusk", lambda image, t_s, n: spoiling.lit(image, 1 - 0.5 * t_s / LASTS_S), 5.0),
        ("cloud after it", lambda image, t_s, n: spoiling.lit(image, 0.6 if t_s > 22 else 1), 5.0),
    )
    for name, spoil, fps in weathers:
        x, y = float(stage.chance.uniform(0.25, 0.7)), float(stage.chance.uniform(0.62, 0.85))
        thing = stage.thing(x, y, BAG if stage.chance.random() < 0.6 else BOX)
        movers = (stage.visit(x, y, 3.0, DROPPED_S - 1.5), *stage.passers(6))
        yield Story(f"left, {name}", movers, _during(thing, DROPPED_S), spoil, thing, fps)
    heap = stage.thing(0.45, 0.72, HEAP)
    car = stage.car(0.62, 0.72, 10.0, 8.0)
    yield Story("dumped from a car", (car,), _during(heap, 15.0), plain, heap)


def quiet(stage: Stage) -> Iterator[Story]:
    """Minutes in which nothing is left, whatever it looks like."""
    x, y = 0.5, 0.74
    bag, people = stage.thing(x, y), stage.passers(6)
    stays = (stage.visit(x, y, 0, DROPPED_S - 1.5, leaves=False), *people)
    yield Story("owner stays", stays, _during(bag, DROPPED_S), plain)
    fetches = (stage.visit(x, y, 9.0, DROPPED_S - 1.5), *people)
    yield Story("picked up again", fetches, _during(bag, DROPPED_S, DROPPED_S + 7), plain)
    takes = (stage.visit(x, y, 3.0, 20.0), *people)
    yield Story("taken away", takes, _during(bag, -1, 21.5), plain)
    yield Story("car parks", (stage.car(0.5, 0.74, 12.0, 60.0), *people), _nothing, plain)
    stands = (stage.visit(0.45, 0.7, 25.0, 12.0), stage.visit(0.6, 0.8, 30.0, 15.0), *people)
    yield Story("people stand", stands, _nothing, plain)
    weathers: tuple[tuple[str, Spoil, float], ...] = (
        ("people", plain, 5.0),
        ("10 fps", plain, 10.0),
        ("rain", lambda image, t_s, n: spoiling.rainy(image, n), 5.0),
        ("shake", lambda image, t_s, n: spoiling.shaken(image, t_s, 0.008), 5.0),
        ("noise", lambda image, t_s, n: spoiling.squeezed(spoiling.grainy(image, n)), 5.0),
        ("dusk", lambda image, t_s, n: spoiling.lit(image, 1 - 0.6 * t_s / LASTS_S), 5.0),
        ("sudden light", lambda image, t_s, n: spoiling.lit(image, 1.5 if t_s > 20 else 0.8), 5.0),
        ("lights out", lambda image, t_s, n: spoiling.lit(image, 0.3 if t_s > 20 else 1), 5.0),
        ("lamp on", lambda image, t_s, n: _lamp(image, t_s), 5.0),
        ("shadow", lambda image, t_s, n: _shadow(image, t_s), 5.0),
        ("turned", lambda image, t_s, n: spoiling.shifted(image, 0.12 if t_s > 20 else 0), 5.0),
    )
    for name, spoil, fps in weathers:
        yield Story(f"quiet, {name}", stage.passers(6), _nothing, spoil, None, fps)


def _lamp(image: Image, t_s: float) -> Image:
    return spoiling.with_lamp(image, (0.4, 0.6)) if t_s > 18 else image


def _shadow(image: Image, t_s: float) -> Image:
    """A cloud's edge comes and stays, another shadow creeps."""
    creeps = 0.2 + 0.1 * t_s / LASTS_S
    image = spoiling.with_shadow(image, (creeps, 0.6, creeps + 0.12, 0.85))
    return spoiling.with_shadow(image, (0.55, 0.65, 0.68, 0.76)) if t_s > 18 else image


def stories(place: str, seed: int) -> Iterator[tuple[RenderedScene, Story]]:
    """All minutes of one place, each with the scene that it plays in."""
    base = SCENES[place]
    stage = Stage(base, np.random.default_rng([seed, 77]))
    for story in (*left_behind(stage), *quiet(stage)):
        yield base.playing(story.movers, story.things, LASTS_S + 10), story


class Witness:
    """Makes tracks of the truth; a hard one misses one box in five, and its tracks break."""

    def __init__(self, hard: bool) -> None:
        self._hard = hard
        self._chance = np.random.default_rng(5)
        self._paths: dict[int, Path] = {}
        self._names: dict[int, int] = {}

    def tracks(self, at: datetime, movers: Sequence[TrueMover]) -> tuple[Track, ...]:
        """The tracks of one moment."""
        return tuple(_track(at, one, self._name(one), self._paths) for one in self._seen(movers))

    def _seen(self, movers: Sequence[TrueMover]) -> list[TrueMover]:
        seen = [one for one in movers if one.visible > 0.4]
        return [one for one in seen if not self._hard or self._chance.random() > 0.2]

    def _name(self, mover: TrueMover) -> int:
        if self._hard and self._chance.random() < 0.01:
            self._names[mover.id] = 1000 + len(self._paths)
        return self._names.get(mover.id, mover.id)


def frames(
    scene: RenderedScene, story: Story
) -> Iterator[tuple[datetime, Image, tuple[TrueMover, ...]]]:
    """Moments with their pictures and who is in them."""
    for number in range(int(LASTS_S * story.fps)):
        t_s = number / story.fps
        at = BEGAN_AT + timedelta(seconds=t_s)
        yield at, story.spoil(scene.draw(t_s), t_s, number), scene.truth(t_s).movers


def _track(at: datetime, mover: TrueMover, number: int, paths: dict[int, Path]) -> Track:
    left, _, right, bottom = mover.box_xyxy
    way = paths.setdefault(number, Path())
    way.extend(TrackPoint(at, (left + right) / 2, bottom), mover.label, 0.8)
    return Track(number, mover.label, 0.8, mover.box_xyxy, way.points())
