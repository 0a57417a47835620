"""The square before a city's administration: people who stroll.

Once in ten loops a crowd gathers, and somebody leaves a bag.
"""

from collections.abc import Sequence

import numpy as np

from data_access.domain.watch import Zone, ZoneShape
from data_access.domain.words import Names
from demo.scenes.motion.cast import Mover, Trip
from demo.scenes.motion.leaving import Left
from demo.scenes.motion.paths import path
from demo.scenes.motion.walks import amble, walk
from demo.scenes.picture import ground
from demo.scenes.picture.camera import CameraModel, Floats, Point2
from demo.scenes.picture.easel import Easel
from demo.scenes.picture.light import Daylight, colour
from demo.scenes.scene import RenderedScene
from demo.scenes.things import administration, looks, street
from demo.scenes.things.belongings import Thing
from demo.scenes.things.buildings import flats, house_shadow
from demo.scenes.things.flags import flagpole
from demo.scenes.things.looks import Chance
from demo.scenes.things.setting import Placed, Setting
from demo.scenes.things.solids import block
from demo.scenes.things.trees import BIRCH, BUSH, ELM, SPRUCE

PERIOD_S = 100.0
CAMERA = CameraModel((-15.0, -22.5, 12.0), 26.0, 13.6, 0.80, (640, 360))

CROWD_S, STAYS_S = 38.0, 24.0
"""When the crowd has gathered, and for how long it stays."""

CROWD_INNER, CROWD_OUTER, CROWD_LIMIT = 4, 9, 5
ROUNDS, ROUND_M = 3, 0.8
MEETING: Point2 = (-1.0, 3.5)
FOUNTAIN: Point2 = (10.0, 14.0)
BRICK = colour("9d8578")

BAG = Left(
    Thing((6.0, -3.4), (0.6, 0.35, 0.45), colour("22252b")),
    "abandoned_object",
    since_s=22.0,
    until_s=92.0,
    period_s=PERIOD_S,
    starts=(-24.0, -4.0),
    ends=(34.0, -8.5),
)

SETTING = Setting(
    houses=(
        flats((-70, 62), 32, 9, "sand", 51),
        flats((52, 64), 32, 12, "blue", 52),
        flats((46, 30), 26, 3, "shop", 53, looks="west", shop="КІТАПХАНА|ДӘМХАНА"),
        flats((100, 80), 36, 9, "ochre", 54),
    ),
    trees=(
        *(((float(x), 36.5), 5.5, SPRUCE) for x in (-26, -20, -14, 18, 24, 30, 36)),
        *(((-21.5, float(y)), 7.5, ELM) for y in (2, 11, 20, 29)),
        *(((33.0, float(y)), 7.5, BIRCH) for y in (-4, 3, 10, 17, 24, 31)),
        *(((float(x), 33.2), 0.9, BUSH) for x in range(-24, 40, 3) if not -8 < x < 14),
    ),
    lamps=(((-18.6, 18.0), 90.0), ((31.0, 12.0), 270.0), ((31.0, -8.0), 270.0)),
)

BENCHES: tuple[Placed, ...] = (
    *(((-17.6, float(y)), 90.0) for y in (6, 14, 22)),
    *(((29.6, float(y)), 270.0) for y in (0, 8, 16, 24)),
)


def _paint(easel: Easel) -> None:
    _lay_ground(easel)
    SETTING.shade(easel)
    house_shadow(easel, administration.BUILDING)
    administration.shadows(easel)
    SETTING.build(easel)
    administration.build(easel)
    administration.fountain(easel, FOUNTAIN)
    for x, flag in ((-12.0, "city"), (-9.6, "kz"), (-7.2, "city")):
        flagpole(easel, (x, 30.0), 10.0, flag)
    for middle, turned in BENCHES:
        street.bench(easel, middle, turned)
    for bed in _flower_beds():
        block(easel, bed, 0.0, 0.3, colour("cfc9bd"), colour("6f9a4a"))
        administration.flowers(easel, bed)


def _flower_beds() -> list[Floats]:
    return [ground.rectangle(x, y, x + 6.5, y + 2.2) for x in (-12.5, 19.5) for y in (9.0, 24.0)]


def _lay_ground(easel: Easel) -> None:
    ground.grass(easel, ground.rectangle(-1500, -300, 1500, 5000))
    ground.asphalt(easel, ground.rectangle(-300, 44, 300, 56), ground.rectangle(34.8, -300, 44, 44))
    plaza = ground.rectangle(-19.5, -300, 31.5, 35.0)
    ground.paving(easel, plaza, slab_m=1.2, base=colour("bfb8ab"))
    columns = [ground.rectangle(x, -60, x + 1.2, 35) for x in (-14.5, -2.5, 9.5, 21.5)]
    rows = [ground.rectangle(-19.5, y, 31.5, y + 1.2) for y in (-12.0, 0.0, 12.0, 24.0)]
    ground.paving(easel, *columns, *rows, slab_m=0.6, base=BRICK)
    ground.ring(easel, FOUNTAIN, 8.2, 5.2, colour("a98f80"))
    ground.ring(easel, MEETING, 7.2, 6.5, colour("8f7468"))
    ground.ring(easel, MEETING, 2.2, 0.0, colour("8f7468"))
    ground.paving(easel, ground.rectangle(-10, 35, 16, 44), slab_m=1.0)
    for x, north in ((-19.5, 35.0), (31.5, 35.0), (34.8, 44.0)):
        ground.kerb(easel, [(x, -60.0), (x, north)])


def _players(seed: int) -> Sequence[Mover]:
    chance = np.random.default_rng([seed, 105])
    gathered = CROWD_INNER + CROWD_OUTER
    movers = [
        Mover(looks.random_person(chance), _gather(chance, n), "crowd") for n in range(gathered)
    ]
    movers += [Mover(looks.random_person(chance), _stroll(chance)) for _ in range(26)]
    movers += [Mover(looks.random_pupil(chance), _round_fountain(chance, n / 5)) for n in range(5)]
    return [*movers, *BAG.carriers(lambda: looks.random_person(chance))]


def _gather(chance: Chance, number: int) -> Trip:
    """From an edge of the square to a place of one's own in the ring, and away again.

    Nobody stands still there: each walks slowly in a small circle, as people in a square do who
    wait for something to begin.
    """
    ring = _own_circle(chance, number)
    way = path(_edge(chance), *((float(x), float(y)) for x, y in ring), _edge(chance))
    arrives_m = float(np.linalg.norm(ring[0] - way.points_m[0, :2]))
    leaves_m = way.length_m - float(np.linalg.norm(ring[-1] - way.points_m[-1, :2]))
    pace, slow = float(chance.uniform(1.2, 1.5)), (leaves_m - arrives_m) / STAYS_S
    begins_s = CROWD_S - arrives_m / pace + float(chance.uniform(-4, 1))
    legs = [(arrives_m, pace), (leaves_m, slow), (way.length_m, pace)]
    return amble(way, begins_s % PERIOD_S, legs)


def _own_circle(chance: Chance, number: int) -> Floats:
    inner = number < CROWD_INNER
    turn = 2 * np.pi * number / (CROWD_INNER if inner else CROWD_OUTER) + 0.4
    radius = (1.9 if inner else 5.5) + float(chance.uniform(-0.3, 0.3))
    spot = np.array(MEETING) + radius * np.array([np.cos(turn), np.sin(turn)])
    turns = np.linspace(0, 2 * np.pi * ROUNDS, 12 * ROUNDS) + float(chance.uniform(0, 6))
    return np.asarray(spot + ROUND_M * np.column_stack([np.cos(turns), np.sin(turns)]))


def _edge(chance: Chance) -> Point2:
    edges = ((-24.0, -3.0), (-22.0, 26.0), (6.0, 44.0), (36.0, 22.0), (34.0, -8.0))
    x, y = edges[chance.integers(len(edges))]
    return (x + float(chance.normal(0, 1.0)), y + float(chance.normal(0, 1.0)))


def _stroll(chance: Chance) -> Trip:
    """Across the square, around its middle, sometimes with a rest."""
    start, end = _edge(chance), _edge(chance)
    while np.hypot(start[0] - end[0], start[1] - end[1]) < 12:
        end = _edge(chance)
    by = (float(chance.choice([-9.5, 12.0, 18.0])), float(chance.choice([-7.0, 21.0, 6.0])))
    way = path(start, by, end, radius_m=6)
    rests = [(way.length_m * 0.55, float(chance.uniform(4, 14)))] if chance.random() < 0.3 else []
    pace = max(float(chance.uniform(1.0, 1.55)), way.length_m / (PERIOD_S - 22))
    return walk(way, float(chance.uniform(0, PERIOD_S)), pace, rests)


def _round_fountain(chance: Chance, share: float) -> Trip:
    turns = np.linspace(0, 2 * np.pi * 1.6, 40) + 6.5 * share
    ring = _circle(FOUNTAIN, 6.2 + float(chance.uniform(0, 1.2)), turns)
    way = path(*((float(x), float(y)) for x, y in ring))
    speed = float(chance.uniform(1.4, 2.0))
    return walk(way, PERIOD_S * share, speed, [(way.length_m / 2, 6.0)])


def _circle(middle: Point2, radius_m: float, turns: Floats) -> Floats:
    return np.array(middle) + radius_m * np.column_stack([np.cos(turns), np.sin(turns)])


def _meeting_place() -> Zone:
    ring = _circle(MEETING, 7.2, np.linspace(0, 2 * np.pi, 12, endpoint=False))
    params = {"people": CROWD_LIMIT}
    return Zone(1, "Место сбора", "crowd", ZoneShape.POLYGON, CAMERA.outline(ring), params)


SQUARE = RenderedScene(
    name="square",
    title=Names("Площадь", "Алаң", "Square"),
    camera=CAMERA,
    light=Daylight(185.0, 44.0),
    period_s=PERIOD_S,
    paint=_paint,
    players=_players,
    things=BAG.things,
    zones=(
        _meeting_place(),
        Zone(
            2,
            "Проход через площадь",
            "line_count",
            ZoneShape.LINE,
            CAMERA.fractions([(-7.0, -5.0), (14.0, -5.0)]),
        ),
        Zone(
            3,
            "Площадь",
            "abandoned_object",
            ZoneShape.POLYGON,
            CAMERA.outline(ground.rectangle(-14.0, -7.0, 24.0, 24.0)),
        ),
    ),
    marks_m=(
        (-14.5, 0.0), (-2.5, -6.0), (9.5, 0.0), (21.5, 0.0),
        (-14.5, 24.0), (-2.5, 24.0), (31.5, 35.0), (9.5, 35.0),
    ),
)  # fmt: skip
