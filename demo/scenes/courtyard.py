"""A courtyard between blocks of flats: a playground, parked cars, a transformer station.

Once in ten loops somebody climbs over the fence of the transformer station and out again, and
somebody leaves rubbish on the lawn.
"""

from collections.abc import Sequence

import numpy as np

from data_access.domain.watch import Zone, ZoneShape
from data_access.domain.words import Names
from demo.scenes.motion.cast import Mover, Trip
from demo.scenes.motion.driving import vehicles
from demo.scenes.motion.leaving import Left
from demo.scenes.motion.paths import path
from demo.scenes.motion.walks import walk
from demo.scenes.picture import ground
from demo.scenes.picture.camera import CameraModel, Floats, Point2
from demo.scenes.picture.easel import Easel
from demo.scenes.picture.light import Daylight, colour
from demo.scenes.scene import RenderedScene
from demo.scenes.things import looks, playground, street
from demo.scenes.things.belongings import Thing
from demo.scenes.things.buildings import flats
from demo.scenes.things.looks import Chance
from demo.scenes.things.setting import Setting
from demo.scenes.things.solids import block, cast_shadow, footprint
from demo.scenes.things.trees import BIRCH, BUSH, ELM

PERIOD_S = 75.0
CAMERA = CameraModel((-13.0, -13.0, 8.2), 32.0, 19.0, 0.82, (640, 360))

STATION = ground.rectangle(-3.5, 20.5, 1.5, 25.0)
FENCE: tuple[Point2, ...] = ((-5.8, 18.0), (4.0, 18.0), (4.0, 27.0), (-5.8, 27.0))
CLIMBS_S = 30.0
SPEEDS_KMH = (18.0, 24.0)

RUBBISH = Left(
    Thing((0.2, 9.6), (1.2, 0.9, 0.6), colour("3a3f46")),
    "illegal_dump",
    since_s=16.0,
    until_s=62.0,
    period_s=PERIOD_S,
    starts=(-8.0, -9.0),
    ends=(3.4, 34.0),
)
LAWN = ground.rectangle(-6.0, 2.4, 4.0, 13.0)

SETTING = Setting(
    houses=(
        flats((-24, 40), 70, 9, "sand", 21, balconies=2),
        flats((38, 36), 76, 5, "grey", 22, looks="west", balconies=2),
        flats((-44, -30), 64, 5, "ochre", 23, looks="east", balconies=2),
    ),
    trees=(
        ((-8.6, 14.0), 7.5, ELM),
        ((8.0, 24.0), 8.5, BIRCH),
        ((13.5, 27.0), 8.0, ELM),
        ((24.5, 27.0), 9.0, BIRCH),
        ((28.0, 4.0), 7.0, ELM),
        ((29.0, 15.0), 8.0, BIRCH),
        ((-14.0, 24.0), 8.0, BIRCH),
        ((-20.0, 14.0), 9.0, ELM),
        *(((float(x), 36.5), 1.2, BUSH) for x in range(-18, 32, 8)),
    ),
    lamps=(((24.6, 6.4), 180.0), ((27.4, 27.2), 315.0), ((-11.4, 3.2), 180.0)),
    parked=(
        *(((x, 29.8), 0.0) for x in (-12.0, -9.2, -3.6, 2.0, 7.6, 10.4, 18.8)),
        *(((x, 2.7), 180.0) for x in (6.0, 8.8, 14.4, 20.0)),
    ),
)


def _paint(easel: Easel) -> None:
    _lay_ground(easel)
    SETTING.shade(easel)
    cast_shadow(easel, STATION, 3.2)
    playground.shadows(easel)
    SETTING.build(easel)
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
    for x in (-16.0, 4.0, 24.0):
        block(easel, footprint((x, 38.6), (3.4, 2.8)), 0.0, 2.8, colour("b8a58a"))


def _lay_ground(easel: Easel) -> None:
    ground.grass(easel, ground.rectangle(-900, -300, 900, 3000))
    ground.paving(
        easel, ground.rectangle(-24, 35, 46, 40), ground.rectangle(36, -40, 38, 40), slab_m=0.5
    )
    ground.asphalt(
        easel,
        ground.rectangle(-40, -4, 36, 1.6),
        ground.rectangle(-16, 32.2, 34, 35),
        ground.rectangle(30.5, -4, 36, 35),
        ground.rectangle(-14, 27.2, 22, 33),
        ground.rectangle(4.6, 1, 23, 5.2),
    )
    ground.sand(easel, ground.rectangle(7.0, 8.0, 20.0, 18.6))
    ground.paving(easel, *_paths(), slab_m=0.45, base=colour("b9a79a"))
    for x in np.arange(4.6, 23.4, 2.8):
        ground.dashes(easel, (float(x), 1.9), (float(x), 5.1), gap_m=0, width_m=0.1)
    for west, east in ((-40.0, 4.5), (23.2, 30.4)):
        ground.kerb(easel, [(west, 1.7), (east, 1.7)])
    ground.kerb(easel, [(30.4, 1.7), (30.4, 32.0)])
    ground.kerb(easel, [(-40.0, -4.1), (36.0, -4.1)])
    ground.tracks(easel, [(-40.0, -1.2), (36.0, -1.2)], 2.8)
    ground.patch(easel, ground.rectangle(-6.0, -3.2, -2.4, -0.6))
    for middle in ((1.0, -1.2), (17.0, -2.0)):
        ground.manhole(easel, middle)


def _paths() -> list[Floats]:
    lines: tuple[list[Point2], ...] = (
        [(-8.0, 1.6), (-8.0, 14.0), (-9.5, 34.0)],
        [(-8.0, 16.0), (5.6, 14.0), (5.6, 34.0)],
        [(5.6, 20.5), (24.0, 20.5), (24.0, 1.6)],
    )
    return [ground.strip(line, 1.8) for line in lines]


def _players(seed: int) -> Sequence[Mover]:
    chance = np.random.default_rng([seed, 103])
    movers = [Mover(looks.random_person(chance), _climb(), part="intruder")]
    movers += [Mover(looks.random_person(chance), _stroll(chance)) for _ in range(22)]
    movers += [Mover(looks.random_pupil(chance), _play(chance, n / 5)) for n in range(5)]
    east = path((-60.0, -2.4), (34.6, -2.4), (34.6, 60.0), radius_m=5)
    west = path((31.8, 60.0), (31.8, 0.2), (-60.0, 0.2), radius_m=5)
    for way in (east, west):
        movers += vehicles(chance, way, 4, PERIOD_S, SPEEDS_KMH, look=looks.random_car)
    return [*movers, *RUBBISH.carriers(lambda: looks.random_person(chance))]


def _climb() -> Trip:
    """Up over the fence, to the station's door and back, in about half a minute."""
    way = path(
        (-12.0, 6.0), (-2.0, 16.2), (-1.6, 17.7), (-1.6, 17.95, 1.7), (-1.6, 18.3, 0.0),
        (-1.0, 19.6), (1.6, 19.5), (2.6, 18.3), (2.6, 17.95, 1.7), (2.6, 17.6, 0.0),
        (6.0, 15.0), (6.0, 34.0),
    )  # fmt: skip
    over_m = float(way.along_m[np.argmax(way.points_m[:, 2])])
    return walk(way, CLIMBS_S, 1.25, [(over_m - 1.75, 1.0), (over_m + 5.2, 9.0)])


def _stroll(chance: Chance) -> Trip:
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
    pace = max(float(chance.uniform(1.15, 1.6)), way.length_m / (PERIOD_S - 4))
    return walk(way, float(chance.uniform(0, PERIOD_S)), pace)


def _play(chance: Chance, share: float) -> Trip:
    """A child who runs about the playground and stops here and there."""
    spots = [(float(chance.uniform(8.0, 19.0)), float(chance.uniform(9.0, 17.6))) for _ in range(9)]
    way = path(*spots, radius_m=1.2)
    stops = [(way.length_m * at, float(chance.uniform(1.5, 5))) for at in (0.2, 0.45, 0.7)]
    return walk(way, PERIOD_S * share, 1.9, stops)


COURTYARD = RenderedScene(
    name="courtyard",
    title=Names("Двор", "Аула", "Courtyard"),
    camera=CAMERA,
    light=Daylight(170.0, 46.0),
    period_s=PERIOD_S,
    paint=_paint,
    players=_players,
    things=RUBBISH.things,
    zones=(
        Zone(
            1,
            "Проезд",
            "line_count",
            ZoneShape.LINE,
            CAMERA.fractions([(2.0, 2.0), (2.0, -4.4)]),
        ),
        Zone(
            2,
            "Трансформаторная подстанция",
            "intrusion",
            ZoneShape.POLYGON,
            CAMERA.outline([(-5.4, 18.2), (3.8, 18.2), (3.8, 26.0), (-5.4, 26.0)]),
        ),
        # Shorter times than the rule's own: here rubbish lies for less than a minute.
        Zone(
            3,
            "Газон",
            "illegal_dump",
            ZoneShape.POLYGON,
            CAMERA.outline(LAWN),
            {"still_s": 15.0, "alone_s": 8.0},
        ),
    ),
    marks_m=(
        (-8.0, 1.6), (4.6, 1.6), (2.0, -4.1), (4.0, 18.0),
        (7.0, 8.0), (20.0, 8.0), (7.0, 18.6), (22.0, 27.2),
    ),
)  # fmt: skip
