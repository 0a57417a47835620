"""The gate of a school: a quiet street, a crosswalk, pupils who come in by the gate."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from data_access.domain.watch import Zone, ZoneShape
from data_access.domain.words import Names
from demo.scenes.motion.cast import Mover, Trip
from demo.scenes.motion.paths import Path, path
from demo.scenes.motion.traffic import Entry, Gate, drive
from demo.scenes.motion.walks import occupied, walk
from demo.scenes.picture import ground
from demo.scenes.picture.camera import CameraModel, Floats, Point2
from demo.scenes.picture.easel import Easel
from demo.scenes.picture.light import Daylight, colour
from demo.scenes.scene import RenderedScene
from demo.scenes.things import looks, school, street
from demo.scenes.things.buildings import House, house, house_shadow
from demo.scenes.things.facades import Facade
from demo.scenes.things.fleet import BODIES
from demo.scenes.things.trees import BIRCH, BUSH, ELM, SPRUCE, Kind, tree, tree_shadow
from demo.scenes.things.vehicles import park, parked_shadow

PERIOD_S = 80.0
CAMERA = CameraModel((-11.5, -14.5, 6.8), 36.0, 14.5, 0.86, (960, 540))
FAR_M = 75.0
KERB_M, CROSSWALK_M, GATE_M = 4.2, 3.0, 5.0
"""Half of the street's width; where along the street the crosswalk and the gate are."""

HOUSES = (
    House((-52.0, 34.0), (-30.0, 34.0), 13.0, Facade(22, 5, colour("d9c4a0"), colour("8d5b3f"), balconies=3, seed=31)),
    House((58.0, 40.0), (92.0, 40.0), 14.0, Facade(34, 9, colour("cfd3d2"), colour("a9633f"), balconies=3, seed=32)),
    House((52.0, 14.0), (52.0, 4.0), 9.0, Facade(10, 1, colour("d8d2c4"), shop="КІТАП", seed=33)),
    House((64.0, -12.0), (64.0, -50.0), 13.0, Facade(38, 9, colour("d8cbb2"), colour("4f7698"), balconies=3, seed=34)),
)  # fmt: skip

TREES: tuple[tuple[Point2, float, Kind], ...] = (
    *(((float(x), 6.2), 6.5, ELM) for x in (-22, -14, 14, 23, 32, 41)),
    *(((float(x), 16.5), 8.0, BIRCH) for x in (-18, 17, 29)),
    *(((float(x), 23.6), 5.5, SPRUCE) for x in (-20, -12, 20, 28, 36)),
    *(((float(x), 24.6), 1.1, BUSH) for x in (-16, -8, -4, 12, 16, 24, 32)),
    *(((float(x), -6.6), 7.0, ELM) for x in (22, 33, 44)),
)

PARKED: tuple[tuple[Point2, float], ...] = (
    *(((float(x), -5.4), 90.0) for x in (15.0, 21.0, 33.5)),
    *(((float(x), 5.3), 270.0) for x in (-13.5, -19.5)),
)


def _paint(easel: Easel) -> None:
    _lay_ground(easel)
    parked = [
        (looks.random_car(np.random.default_rng([9, n])), *where) for n, where in enumerate(PARKED)
    ]
    for each in (*HOUSES, school.BUILDING):
        house_shadow(easel, each)
    for foot, height, kind in TREES:
        tree_shadow(easel, foot, height, kind)
    for look, foot, heading in parked:
        parked_shadow(easel, look, foot, heading)
    street.lamp_shadows(easel, _lamp_posts())
    easel.sky(colour("6598cc"), colour("d9e2e8"), colour("f5f5f4"))
    easel.settle()
    for each in HOUSES:
        house(easel, each)
    school.build(easel, GATE_M)
    for number, (foot, height, kind) in enumerate(TREES):
        tree(easel, foot, height, kind, number % 5)
    for look, foot, heading in parked:
        park(easel, look, foot, heading)
    for foot, heading in _lamp_posts():
        street.lamp_post(easel, foot, heading)
    for foot, looks_deg in (((CROSSWALK_M - 2.6, -4.8), 270.0), ((CROSSWALK_M + 2.6, 4.9), 90.0)):
        street.sign(easel, foot, looks_deg, street.crosswalk_sign())
    street.sign(easel, (-6.0, -4.9), 270.0, street.speed_sign(40))


def _lamp_posts() -> list[tuple[Point2, float]]:
    return [((float(x), 5.2), 180.0) for x in (-8.0, 19.0, 46.0)]


def _lay_ground(easel: Easel) -> None:
    far = 1500.0
    ground.grass(easel, ground.rectangle(-far, -300, far, 4000))
    ground.paving(
        easel,
        ground.rectangle(-90, 4.2, 120, 9.4),
        ground.rectangle(-90, -8.2, 120, -4.2),
        slab_m=0.6,
    )
    ground.paving(easel, *school.paths(GATE_M), slab_m=0.6, base=colour("c2aca0"))
    ground.asphalt(
        easel,
        ground.rectangle(-far, -KERB_M, far, KERB_M),
        ground.rectangle(11.0, -6.8, 38.0, -4),
        ground.rectangle(-24, 4, -9.5, 6.6),
    )
    ground.sport_field(easel, (27.0, 15.6), (16.0, 8.0))
    for y in (-2.1, 2.1):
        ground.tracks(easel, [(-80.0, y), (90.0, y)])
    for x1, x2 in ((-80.0, CROSSWALK_M - 8), (CROSSWALK_M + 8, 90.0)):
        ground.dashes(easel, (x1, 0.0), (x2, 0.0), 2.0, 3.0, 0.12)
    for x in (CROSSWALK_M - 8, CROSSWALK_M + 8):
        ground.bump(easel, ground.rectangle(x - 0.5, -4, x + 0.5, 4))
    ground.painted(
        easel, ground.rectangle(CROSSWALK_M - 2.1, -4, CROSSWALK_M + 2.1, 4), ground.YELLOW
    )
    ground.crosswalk(easel, (CROSSWALK_M, -4.0), (CROSSWALK_M, 4.0), 4.2)
    for line in (
        [(-80.0, 4.3), (-24.0, 4.3)],
        [(-9.5, 4.3), (90.0, 4.3)],
        [(-80.0, -4.3), (11.0, -4.3)],
        [(38.0, -4.3), (90.0, -4.3)],
    ):
        ground.kerb(easel, line)
    ground.manhole(easel, (-3.0, 1.4))


def _players(seed: int) -> Sequence[Mover]:
    chance = np.random.default_rng([seed, 104])
    walkers = [Mover(looks.random_pupil(chance), _to_school(chance)) for _ in range(20)]
    walkers += [Mover(looks.random_person(chance), _passing_by(chance)) for _ in range(9)]
    trips = [walker.trip for walker in walkers]
    return [*walkers, *_cars(chance, trips)]


def _to_school(chance: np.random.Generator) -> Trip:
    """Along a sidewalk, over the crosswalk where need be, through the gate to the door."""
    aside = chance.normal(0, 0.5, 2)
    end = [
        (GATE_M + 0.5 * float(aside[0]), 8.0),
        (GATE_M + 0.8 * float(aside[0]), 13.0),
        (GATE_M, 26.5),
    ]
    y = 7.4 + 0.5 * float(aside[1])
    starts: tuple[list[Point2], ...] = (
        [(-40.0, y), (GATE_M - 2, y)],
        [(52.0, y), (GATE_M + 2, y)],
        [
            (44.0, -7.2),
            (CROSSWALK_M + 0.9 * float(aside[0]), -6.6),
            (CROSSWALK_M + float(aside[0]), 5.6),
        ],
        [(-30.0, -7.0), (CROSSWALK_M - 1, -6.8), (CROSSWALK_M + float(aside[0]), 5.6)],
    )
    start = starts[chance.integers(len(starts))]
    way = path(*start, *end, radius_m=1.5)
    pace = float(chance.uniform(1.2, 1.75))
    return walk(way, float(chance.uniform(0, PERIOD_S)), max(pace, way.length_m / (PERIOD_S - 4)))


def _passing_by(chance: np.random.Generator) -> Trip:
    y = float(chance.choice([-6.8, 7.6])) + float(chance.normal(0, 0.4))
    ends: list[Point2] = [(-42.0, y), (50.0, y)]
    way = path(*(ends if chance.random() < 0.5 else ends[::-1]))
    return walk(way, float(chance.uniform(0, PERIOD_S)), float(chance.uniform(1.25, 1.6)))


def _cars(chance: np.random.Generator, walks: Sequence[Trip]) -> list[Mover]:
    taken = occupied(walks, _on_crosswalk, PERIOD_S)
    movers = []
    for way, cars in (
        (path((-FAR_M, -2.1), (FAR_M, -2.1)), 6),
        (path((FAR_M, 2.1), (-FAR_M, 2.1)), 7),
    ):
        vehicles = [looks.random_vehicle(chance) for _ in range(cars)]
        times = (np.arange(cars) + chance.uniform(0, 0.7, cars)) * PERIOD_S / cars
        gate = Gate(_crosswalk_along(way), taken)
        lane = [
            Entry(
                way, float(at_s), BODIES[look.body].length_m, float(chance.uniform(26, 38)), (gate,)
            )
            for look, at_s in zip(vehicles, times, strict=True)
        ]
        movers += [
            Mover(look, trip) for look, trip in zip(vehicles, drive(lane, PERIOD_S), strict=True)
        ]
    return movers


def _crosswalk_along(way: Path) -> float:
    return FAR_M + (CROSSWALK_M if way.points_m[0, 0] < 0 else -CROSSWALK_M) - 3.0


def _on_crosswalk(position: Floats) -> npt.NDArray[np.bool_]:
    return np.asarray((np.abs(position[:, 0] - CROSSWALK_M) < 3.5) & (np.abs(position[:, 1]) < 5.0))


SCHOOL_GATE = RenderedScene(
    name="school_gate",
    title=Names("Ворота школы", "Мектеп қақпасы", "School gate"),
    camera=CAMERA,
    light=Daylight(195.0, 42.0),
    period_s=PERIOD_S,
    paint=_paint,
    players=_players,
    zones=(
        Zone(1, "Улица у школы", "line_count", ZoneShape.LINE, CAMERA.fractions([(8.5, KERB_M), (8.5, -KERB_M)])),
        Zone(2, "Вход в школу", "line_count", ZoneShape.LINE, CAMERA.fractions([(GATE_M - 2.4, 10.6), (GATE_M + 2.4, 10.6)])),
    ),
    marks_m=((-6.0, -4.2), (-8.0, 4.2), (CROSSWALK_M, -4.0), (CROSSWALK_M, 4.0), (11.0, -4.0), (30.0, -4.2), (30.0, 4.2), (GATE_M, 9.4)),
)  # fmt: skip
