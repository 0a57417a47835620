"""The square before a city's administration: people who stroll, and once a loop a crowd."""

from collections.abc import Sequence

import numpy as np

from data_access.domain.watch import Zone, ZoneShape
from data_access.domain.words import Names
from demo.scenes.motion.cast import Mover, Trip
from demo.scenes.motion.paths import path
from demo.scenes.motion.walks import amble, walk
from demo.scenes.picture import ground
from demo.scenes.picture.camera import CameraModel, Floats, Point2
from demo.scenes.picture.easel import Easel
from demo.scenes.picture.light import Daylight, colour
from demo.scenes.scene import RenderedScene
from demo.scenes.things import administration, looks, street
from demo.scenes.things.buildings import House, house, house_shadow
from demo.scenes.things.facades import Facade
from demo.scenes.things.flags import flagpole
from demo.scenes.things.solids import block
from demo.scenes.things.trees import BIRCH, BUSH, ELM, SPRUCE, Kind, tree, tree_shadow

PERIOD_S = 100.0
CAMERA = CameraModel((-15.0, -22.5, 12.0), 26.0, 13.6, 0.80, (640, 360))

CROWD_S, STAYS_S = 38.0, 24.0
"""When the crowd has gathered, and for how long it stays."""

CROWD_INNER, CROWD_OUTER, CROWD_LIMIT = 4, 9, 6
ROUNDS, ROUND_M = 3, 0.8
MEETING: Point2 = (-1.0, 3.5)
FOUNTAIN: Point2 = (10.0, 14.0)

HOUSES = (
    House((-70.0, 62.0), (-38.0, 62.0), 14.0, Facade(32, 9, colour("d9cfba"), colour("a9633f"), balconies=3, seed=51)),
    House((52.0, 64.0), (84.0, 64.0), 14.0, Facade(32, 12, colour("cdd3d8"), colour("4f7698"), balconies=3, seed=52)),
    House((46.0, 30.0), (46.0, 4.0), 12.0, Facade(26, 3, colour("c9b9a0"), glazed=True, shop="КІТАПХАНА|ДӘМХАНА", seed=53)),
    House((100.0, 80.0), (136.0, 80.0), 14.0, Facade(36, 9, colour("d3c3a3"), colour("7c5b48"), balconies=3, seed=54)),
)  # fmt: skip

TREES: tuple[tuple[Point2, float, Kind], ...] = (
    *(((float(x), 36.5), 5.5, SPRUCE) for x in (-26, -20, -14, 18, 24, 30, 36)),
    *(((-21.5, float(y)), 7.5, ELM) for y in (2, 11, 20, 29)),
    *(((33.0, float(y)), 7.5, BIRCH) for y in (-4, 3, 10, 17, 24, 31)),
    *(((float(x), 33.2), 0.9, BUSH) for x in range(-24, 40, 3) if not -8 < x < 14),
)


def _paint(easel: Easel) -> None:
    _lay_ground(easel)
    for each in (*HOUSES, administration.BUILDING):
        house_shadow(easel, each)
    administration.shadows(easel)
    for foot, height, kind in TREES:
        tree_shadow(easel, foot, height, kind)
    street.lamp_shadows(easel, _lamp_posts())
    easel.sky(colour("5f93c9"), colour("d7e1e8"), colour("f6f6f5"))
    easel.settle()
    for each in HOUSES:
        house(easel, each)
    administration.build(easel)
    administration.fountain(easel, FOUNTAIN)
    for number, (foot, height, kind) in enumerate(TREES):
        tree(easel, foot, height, kind, number % 5)
    for x, kind in ((-12.0, "city"), (-9.6, "kz"), (-7.2, "city")):
        flagpole(easel, (x, 30.0), 10.0, kind)
    for middle, turned in _benches():
        street.bench(easel, middle, turned)
    for foot, heading in _lamp_posts():
        street.lamp_post(easel, foot, heading)
    for bed in _flower_beds():
        block(easel, bed, 0.0, 0.3, colour("cfc9bd"), colour("6f9a4a"))
        administration.flowers(easel, bed)


def _benches() -> list[tuple[Point2, float]]:
    side = [((-17.6, float(y)), 90.0) for y in (6, 14, 22)]
    return [*side, *(((29.6, float(y)), 270.0) for y in (0, 8, 16, 24))]


def _lamp_posts() -> list[tuple[Point2, float]]:
    return [((-18.6, 18.0), 90.0), ((31.0, 12.0), 270.0), ((31.0, -8.0), 270.0)]


def _flower_beds() -> list[Floats]:
    return [ground.rectangle(x, y, x + 6.5, y + 2.2) for x in (-12.5, 19.5) for y in (9.0, 24.0)]


def _lay_ground(easel: Easel) -> None:
    ground.grass(easel, ground.rectangle(-1500, -300, 1500, 5000))
    ground.asphalt(easel, ground.rectangle(-300, 44, 300, 56), ground.rectangle(34.8, -300, 44, 44))
    plaza = ground.rectangle(-19.5, -300, 31.5, 35.0)
    ground.paving(easel, plaza, slab_m=1.2, base=colour("bfb8ab"))
    for x in (-14.5, -2.5, 9.5, 21.5):
        ground.paving(
            easel, ground.rectangle(x, -60, x + 1.2, 35), slab_m=0.6, base=colour("9d8578")
        )
    for y in (-12.0, 0.0, 12.0, 24.0):
        ground.paving(
            easel, ground.rectangle(-19.5, y, 31.5, y + 1.2), slab_m=0.6, base=colour("9d8578")
        )
    ground.ring(easel, FOUNTAIN, 8.2, 5.2, colour("a98f80"))
    ground.ring(easel, MEETING, 6.4, 5.7, colour("8f7468"))
    ground.ring(easel, MEETING, 2.2, 0.0, colour("8f7468"))
    ground.paving(easel, ground.rectangle(-10, 35, 16, 44), slab_m=1.0)
    for line in (
        [(-19.5, -60.0), (-19.5, 35.0)],
        [(31.5, -60.0), (31.5, 35.0)],
        [(34.8, -60.0), (34.8, 44.0)],
    ):
        ground.kerb(easel, line)


def _players(seed: int) -> Sequence[Mover]:
    chance = np.random.default_rng([seed, 105])
    crowd = [
        Mover(looks.random_person(chance), _gather(chance, number), "crowd")
        for number in range(CROWD_INNER + CROWD_OUTER)
    ]
    strollers = [Mover(looks.random_person(chance), _stroll(chance)) for _ in range(26)]
    children = [Mover(looks.random_pupil(chance), _around_fountain(chance, n)) for n in range(5)]
    return [*crowd, *strollers, *children]


def _gather(chance: np.random.Generator, number: int) -> Trip:
    """From an edge of the square to a place of one's own in the ring, and away again.

    Nobody stands still there: each walks slowly in a small circle, as people in a square do who
    wait for something to begin.
    """
    inner = number < CROWD_INNER
    turn = 2 * np.pi * number / (CROWD_INNER if inner else CROWD_OUTER) + 0.4
    radius = (1.7 if inner else 5.0) + float(chance.uniform(-0.3, 0.3))
    spot = np.array(MEETING) + radius * np.array([np.cos(turn), np.sin(turn)])
    turns = np.linspace(0, 2 * np.pi * ROUNDS, 12 * ROUNDS) + float(chance.uniform(0, 6))
    ring = spot + ROUND_M * np.column_stack([np.cos(turns), np.sin(turns)])
    way = path(_edge(chance), *((float(x), float(y)) for x, y in ring), _edge(chance))
    arrives_m = float(np.linalg.norm(ring[0] - way.points_m[0, :2]))
    leaves_m = way.length_m - float(np.linalg.norm(ring[-1] - way.points_m[-1, :2]))
    pace = float(chance.uniform(1.2, 1.5))
    begins_s = CROWD_S - arrives_m / pace + float(chance.uniform(-4, 1))
    slow = (leaves_m - arrives_m) / STAYS_S
    legs = [(arrives_m, pace), (leaves_m, slow), (way.length_m, pace)]
    return amble(way, begins_s % PERIOD_S, legs)


def _edge(chance: np.random.Generator) -> Point2:
    edges: tuple[Point2, ...] = (
        (-24.0, -3.0),
        (-22.0, 26.0),
        (6.0, 44.0),
        (36.0, 22.0),
        (34.0, -8.0),
    )
    x, y = edges[chance.integers(len(edges))]
    return (x + float(chance.normal(0, 1.0)), y + float(chance.normal(0, 1.0)))


def _stroll(chance: np.random.Generator) -> Trip:
    """Across the square, around its middle, sometimes with a rest."""
    start, end = _edge(chance), _edge(chance)
    while np.hypot(start[0] - end[0], start[1] - end[1]) < 12:
        end = _edge(chance)
    by = (float(chance.choice([-9.5, 12.0, 18.0])), float(chance.choice([-7.0, 21.0, 6.0])))
    way = path(start, by, end, radius_m=6)
    rests = [(way.length_m * 0.55, float(chance.uniform(4, 14)))] if chance.random() < 0.3 else []
    pace = max(float(chance.uniform(1.0, 1.55)), way.length_m / (PERIOD_S - 22))
    return walk(way, float(chance.uniform(0, PERIOD_S)), pace, rests)


def _around_fountain(chance: np.random.Generator, number: int) -> Trip:
    turns = np.linspace(0, 2 * np.pi * 1.6, 40) + number * 1.3
    radius = 6.2 + float(chance.uniform(0, 1.2))
    ring = [(FOUNTAIN[0] + radius * np.cos(t), FOUNTAIN[1] + radius * np.sin(t)) for t in turns]
    way = path(*((float(x), float(y)) for x, y in ring))
    return walk(
        way, PERIOD_S * number / 5, float(chance.uniform(1.4, 2.0)), [(way.length_m / 2, 6.0)]
    )


def _circle(middle: Point2, radius_m: float) -> Floats:
    turns = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    return np.array(middle) + radius_m * np.column_stack([np.cos(turns), np.sin(turns)])


SQUARE = RenderedScene(
    name="square",
    title=Names("Площадь", "Алаң", "Square"),
    camera=CAMERA,
    light=Daylight(185.0, 44.0),
    period_s=PERIOD_S,
    paint=_paint,
    players=_players,
    zones=(
        Zone(1, "Место сбора", "crowd", ZoneShape.POLYGON, CAMERA.outline(_circle(MEETING, 6.4)), {"people": CROWD_LIMIT}),
        Zone(2, "Проход к акимату", "line_count", ZoneShape.LINE, CAMERA.fractions([(-16.0, 22.0), (28.0, 22.0)])),
    ),
    marks_m=((-14.5, 0.0), (-2.5, -6.0), (9.5, 0.0), (21.5, 0.0), (-14.5, 24.0), (-2.5, 24.0), (31.5, 35.0), (9.5, 35.0)),
)  # fmt: skip
