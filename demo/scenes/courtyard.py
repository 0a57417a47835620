"""A courtyard between blocks of flats: a playground, parked cars, a transformer station.

Once a loop somebody climbs over the fence of the transformer station and out again.
"""

from collections.abc import Sequence

import numpy as np

from data_access.domain.watch import Zone, ZoneShape
from data_access.domain.words import Names
from demo.scenes.motion.cast import Mover, Trip
from demo.scenes.motion.paths import Path, path
from demo.scenes.motion.traffic import Entry, drive
from demo.scenes.motion.walks import walk
from demo.scenes.picture import ground
from demo.scenes.picture.camera import CameraModel, Floats, Point2
from demo.scenes.picture.easel import Easel
from demo.scenes.picture.light import Daylight, colour
from demo.scenes.scene import RenderedScene
from demo.scenes.things import looks, playground, street
from demo.scenes.things.buildings import House, house, house_shadow
from demo.scenes.things.facades import Facade
from demo.scenes.things.fleet import BODIES
from demo.scenes.things.solids import block, cast_shadow, footprint
from demo.scenes.things.trees import BIRCH, BUSH, ELM, Kind, tree, tree_shadow
from demo.scenes.things.vehicles import park, parked_shadow

PERIOD_S = 75.0
CAMERA = CameraModel((-13.0, -13.0, 8.2), 32.0, 19.0, 0.82, (640, 360))

HOUSES = (
    House((-24.0, 40.0), (46.0, 40.0), 13.0, Facade(70, 9, colour("d5c8ad"), colour("b26a45"), balconies=2, seed=21)),
    House((38.0, 36.0), (38.0, -40.0), 13.0, Facade(76, 5, colour("c6cdd0"), colour("5d83a0"), balconies=2, seed=22)),
    House((-44.0, -30.0), (-44.0, 34.0), 13.0, Facade(64, 5, colour("d8bf98"), colour("8d5b3f"), balconies=2, seed=23)),
)  # fmt: skip

STATION = ground.rectangle(-3.5, 20.5, 1.5, 25.0)
FENCE: tuple[Point2, ...] = ((-5.8, 18.0), (4.0, 18.0), (4.0, 27.0), (-5.8, 27.0))
CLIMBS_S = 30.0

TREES: tuple[tuple[Point2, float, Kind], ...] = (
    ((-8.6, 14.0), 7.5, ELM),
    ((8.0, 24.0), 8.5, BIRCH),
    ((13.5, 27.0), 8.0, ELM),
    ((24.5, 27.0), 9.0, BIRCH),
    ((28.0, 4.0), 7.0, ELM),
    ((29.0, 15.0), 8.0, BIRCH),
    ((-14.0, 24.0), 8.0, BIRCH),
    ((-20.0, 14.0), 9.0, ELM),
    ((30.5, -8.0), 8.0, ELM),
    *(((float(x), 36.5), 1.2, BUSH) for x in (-18, -10, -2, 6, 14, 22, 30)),
)

PARKED: tuple[tuple[Point2, float], ...] = (
    *(((float(x), 29.8), 0.0) for x in (-12.0, -9.2, -3.6, 2.0, 7.6, 10.4, 18.8)),
    *(((float(x), 2.7), 180.0) for x in (6.0, 8.8, 14.4, 20.0)),
)


def _paint(easel: Easel) -> None:
    _lay_ground(easel)
    parked = [
        (looks.random_car(np.random.default_rng([7, n])), *where) for n, where in enumerate(PARKED)
    ]
    for each in HOUSES:
        house_shadow(easel, each)
    for foot, height, kind in TREES:
        tree_shadow(easel, foot, height, kind)
    for look, foot, heading in parked:
        parked_shadow(easel, look, foot, heading)
    cast_shadow(easel, STATION, 3.2)
    playground.shadows(easel)
    easel.sky(colour("6f9ecf"), colour("d5dfe6"), colour("f4f5f5"))
    easel.settle()
    for each in HOUSES:
        house(easel, each)
    for number, (foot, height, kind) in enumerate(TREES):
        tree(easel, foot, height, kind, number % 5)
    for look, foot, heading in parked:
        park(easel, look, foot, heading)
    playground.build(easel)
    _station(easel)
    _furniture(easel)


def _station(easel: Easel) -> None:
    block(easel, STATION, 0.0, 3.0, colour("cfc7b4"), colour("8d8a84"))
    block(easel, ground.rectangle(-3.8, 20.2, 1.8, 25.3), 3.0, 3.2, colour("7c6f62"))
    for x in (-2.4, 0.2):
        block(easel, ground.rectangle(x, 20.42, x + 1.3, 20.5), 0.1, 2.3, colour("4f6472"))
    street.fence(easel, [*FENCE, FENCE[0]], 1.9, colour("6b7f8c"), 0.3)


def _furniture(easel: Easel) -> None:
    for middle, turned in (((5.2, 13.4), 270.0), ((20.6, 12.0), 90.0), ((12.5, 20.6), 0.0)):
        street.bench(easel, middle, turned)
    for x in (-17.5, -15.8, -14.1):
        street.container(easel, (x, 8.6))
    street.bin_(easel, (5.2, 15.2))
    for foot, heading in _lamp_posts():
        street.lamp_post(easel, foot, heading)
    for x in (-16.0, 4.0, 24.0):
        block(easel, footprint((x, 38.6), (3.4, 2.8)), 0.0, 2.8, colour("b8a58a"), colour("77716a"))


def _lamp_posts() -> list[tuple[Point2, float]]:
    return [((24.6, 6.4), 180.0), ((27.4, 27.2), 315.0), ((-11.4, 3.2), 180.0)]


def _lay_ground(easel: Easel) -> None:
    ground.grass(easel, ground.rectangle(-900, -300, 900, 3000))
    ground.paving(
        easel, ground.rectangle(-24, 35, 46, 40), ground.rectangle(36, -40, 38, 40), slab_m=0.5
    )
    lanes = (
        ground.rectangle(-40, -4, 36, 1.6),
        ground.rectangle(-16, 32.2, 34, 35),
        ground.rectangle(30.5, -4, 36, 35),
    )
    ground.asphalt(
        easel, *lanes, ground.rectangle(-14, 27.2, 22, 33), ground.rectangle(4.6, 1, 23, 5.2)
    )
    ground.sand(easel, ground.rectangle(7.0, 8.0, 20.0, 18.6))
    ground.paving(easel, *_paths(), slab_m=0.45, base=colour("b9a79a"))
    for x in np.arange(4.6, 23.4, 2.8):
        ground.dashes(easel, (float(x), 1.9), (float(x), 5.1), gap_m=0, width_m=0.1)
    for line in (
        [(-40.0, 1.7), (4.5, 1.7)],
        [(23.2, 1.7), (30.4, 1.7)],
        [(30.4, 1.7), (30.4, 32.0)],
        [(-40.0, -4.1), (36.0, -4.1)],
    ):
        ground.kerb(easel, line)
    ground.tracks(easel, [(-40.0, -1.2), (36.0, -1.2)], 2.8)
    ground.patch(easel, ground.rectangle(-6.0, -3.2, -2.4, -0.6))
    for middle in ((1.0, -1.2), (17.0, -2.0)):
        ground.manhole(easel, middle)


def _paths() -> list[Floats]:
    lines = (
        [(-8.0, 1.6), (-8.0, 14.0), (-9.5, 34.0)],
        [(-8.0, 16.0), (5.6, 14.0), (5.6, 34.0)],
        [(5.6, 20.5), (24.0, 20.5), (24.0, 1.6)],
    )
    return [ground.strip(line, 1.8) for line in lines]


def _players(seed: int) -> Sequence[Mover]:
    chance = np.random.default_rng([seed, 103])
    movers = [Mover(looks.random_person(chance), _climb(), part="intruder")]
    for _ in range(16):
        movers.append(Mover(looks.random_person(chance), _stroll(chance)))
    for number in range(5):
        movers.append(Mover(looks.random_pupil(chance), _play(chance, number)))
    return [*movers, *_cars(chance)]


def _climb() -> Trip:
    """Up over the fence, to the station's door and back, in about half a minute."""
    way = path(
        (-12.0, 6.0), (-2.0, 16.2), (-1.6, 17.7), (-1.6, 17.95, 1.7), (-1.6, 18.3, 0.0),
        (-1.0, 19.6), (1.6, 19.5), (2.6, 18.3), (2.6, 17.95, 1.7), (2.6, 17.6, 0.0), (6.0, 15.0), (6.0, 34.0),
    )  # fmt: skip
    over = float(way.along_m[np.argmax(way.points_m[:, 2])])
    return walk(way, CLIMBS_S, 1.25, [(over - 1.75, 1.0), (over + 5.2, 9.0)])


def _stroll(chance: np.random.Generator) -> Trip:
    lines: tuple[tuple[Point2, ...], ...] = (
        ((-8.0, -3.0), (-8.0, 14.0), (-9.5, 36.0)),
        ((-8.0, 1.0), (-8.0, 16.0), (5.6, 14.0), (5.6, 36.0)),
        ((24.0, -3.0), (24.0, 20.5), (5.6, 20.5), (5.6, 36.0)),
        ((36.6, -16.0), (36.6, 30.0), (24.0, 37.0), (-20.0, 37.0)),
        ((-30.0, 2.6), (4.0, 2.6), (24.0, 5.8), (37.0, 6.0)),
        ((-14.0, -9.0), (4.0, 3.0), (5.6, 14.0), (5.6, 36.0)),
    )
    line = lines[chance.integers(len(lines))]
    aside = chance.normal(0, 0.35, 2)
    moved = [(x + float(aside[0]), y + float(aside[1])) for x, y in line]
    way = path(*(moved if chance.random() < 0.5 else moved[::-1]), radius_m=2)
    return walk(way, float(chance.uniform(0, PERIOD_S)), float(chance.uniform(1.15, 1.6)))


def _play(chance: np.random.Generator, number: int) -> Trip:
    """A child who runs about the playground and stops here and there."""
    spots = [(float(chance.uniform(8.0, 19.0)), float(chance.uniform(9.0, 17.6))) for _ in range(9)]
    way: Path = path(*spots, radius_m=1.2)
    stops = [(way.length_m * share, float(chance.uniform(1.5, 5))) for share in (0.2, 0.45, 0.7)]
    return walk(way, PERIOD_S * number / 5, 1.9, stops)


def _cars(chance: np.random.Generator) -> list[Mover]:
    movers = []
    ways = (
        (path((-60.0, -2.4), (33.2, -2.4), (33.2, 60.0), radius_m=5), 3),
        (path((31.8, 60.0), (31.8, 0.2), (-60.0, 0.2), radius_m=5), 3),
    )
    for way, cars in ways:
        vehicles = [looks.random_car(chance) for _ in range(cars)]
        times = (np.arange(cars) + chance.uniform(0, 0.6, cars)) * PERIOD_S / cars
        lane = [
            Entry(way, float(at_s), BODIES[look.body].length_m, float(chance.uniform(18, 24)))
            for look, at_s in zip(vehicles, times, strict=True)
        ]
        movers += [
            Mover(look, trip) for look, trip in zip(vehicles, drive(lane, PERIOD_S), strict=True)
        ]
    return movers


COURTYARD = RenderedScene(
    name="courtyard",
    title=Names("Двор", "Аула", "Courtyard"),
    camera=CAMERA,
    light=Daylight(170.0, 46.0),
    period_s=PERIOD_S,
    paint=_paint,
    players=_players,
    zones=(
        Zone(1, "Проезд", "line_count", ZoneShape.LINE, CAMERA.fractions([(2.0, 2.0), (2.0, -4.4)])),
        Zone(2, "Трансформаторная подстанция", "intrusion", ZoneShape.POLYGON, CAMERA.outline([(-5.4, 18.2), (3.8, 18.2), (3.8, 26.0), (-5.4, 26.0)])),
    ),
    marks_m=((-8.0, 1.6), (4.6, 1.6), (23.2, 1.6), (30.4, 1.6), (7.0, 8.0), (20.0, 8.0), (7.0, 18.6), (-14.0, 27.2), (22.0, 27.2)),
)  # fmt: skip
