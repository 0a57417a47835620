"""The view from a roof over a district: streets, blocks, a park; and a closed roof in front.

Once a loop somebody climbs out onto the closed roof, looks about and goes back.
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
from demo.scenes.things import looks, rooftop, street
from demo.scenes.things.buildings import House, house, house_shadow
from demo.scenes.things.facades import Facade
from demo.scenes.things.fleet import BODIES
from demo.scenes.things.trees import BIRCH, ELM, POPLAR, Kind, tree, tree_shadow

PERIOD_S = 80.0
CAMERA = CameraModel((-4.0, -16.0, 28.5), 12.0, 16.6, 0.78, (640, 360))

AVENUE_M, STREET_M = 58.0, 42.0
"""Where the avenue (to the east) and the street (to the north) run: y and x of their middles."""

AVENUE_LANES_M, STREET_LANES_M = (1.8, 5.4), (2.0,)
FAR_M = 190.0
CLIMBS_S = 24.0

HOUSES = (
    House((-26.0, 76.0), (28.0, 76.0), 13.0, Facade(54, 5, colour("d9cbae"), colour("b0623f"), balconies=3, shop="ДӘРІХАНА|АЗЫҚ-ТҮЛІК|БАНК|КАФЕ", seed=71)),
    House((-86.0, 76.0), (-36.0, 76.0), 13.0, Facade(50, 5, colour("cfd3cf"), colour("5f7f93"), balconies=2, shop="МЕБЕЛЬ|КИІМ|НАН", seed=72)),
    House((56.0, 78.0), (112.0, 78.0), 13.0, Facade(56, 9, colour("d8bf98"), colour("8d5b3f"), balconies=2, shop="САУДА ОРТАЛЫҒЫ", seed=73)),
    House((-20.0, 128.0), (26.0, 128.0), 13.0, Facade(46, 9, colour("cdd3d8"), colour("a9633f"), balconies=3, seed=74)),
    House((56.0, 136.0), (96.0, 136.0), 14.0, Facade(40, 12, colour("dad5cb"), colour("4f7698"), balconies=3, seed=75)),
    House((-80.0, 134.0), (-40.0, 134.0), 13.0, Facade(40, 9, colour("d3c3a3"), colour("7c5b48"), balconies=3, seed=76)),
    *(
        House((x, y), (x + 34, y), 14.0, Facade(34, floors, paint, colour("8d6b5b"), balconies=3, seed=80 + n))
        for n, (x, y, floors, paint) in enumerate((
            (-120.0, 210.0, 9, colour("d5c8ad")), (-60.0, 226.0, 12, colour("c6cdd0")),
            (-6.0, 214.0, 9, colour("d8cbb2")), (64.0, 232.0, 16, colour("c9cfd6")),
            (118.0, 222.0, 9, colour("d9c4a0")), (180.0, 250.0, 12, colour("cfd3cf")),
            (-40.0, 330.0, 16, colour("d0d4d6")), (30.0, 340.0, 12, colour("d6cdbc")),
            (110.0, 350.0, 16, colour("c9cfd6")), (-150.0, 340.0, 16, colour("d2c6b2")),
        ))
    ),
)  # fmt: skip

TREES: tuple[tuple[Point2, float, Kind], ...] = (
    *(((float(x), 48.0), 4.6 + x % 2, ELM) for x in range(-92, 34, 18)),
    *(((float(x), 69.0), 7.0 + x % 2, BIRCH) for x in range(-90, 32, 11)),
    *(((float(x), 69.5), 6.5, ELM) for x in range(58, 130, 10)),
    *(((34.5, float(y)), 8.0, POPLAR) for y in (74, 84, 94, 104, 116, 128, 142, 158)),
    *(((49.5, float(y)), 7.5, POPLAR) for y in (94, 106, 120, 134, 150, 168)),
    *(((float(-60 + 13 * (n % 5) + 5 * (n // 5)), float(98 + 8 * (n // 5))), 7.0 + n % 3, ELM) for n in range(15)),
    *(((float(56 + 9 * (n % 5)), float(16 + 9 * (n // 5))), 7.5, BIRCH) for n in range(15)),
    *(((float(-70 + 11 * (n % 5)), float(20 + 8 * (n // 5))), 8.0, ELM) for n in range(15)),
    *(((float(-120 + 24 * n), 196.0), 10.0, POPLAR) for n in range(13)),
)  # fmt: skip


def _paint(easel: Easel) -> None:
    _lay_ground(easel)
    for each in HOUSES:
        house_shadow(easel, each)
    for foot, height, kind in TREES:
        tree_shadow(easel, foot, height, kind)
    easel.sky(colour("5f93c9"), colour("d9e2e8"), colour("f6f6f5"))
    easel.settle()
    for each in HOUSES:
        house(easel, each)
    for number, (foot, height, kind) in enumerate(TREES):
        tree(easel, foot, height, kind, number % 5)
    for x in range(-80, 34, 26):
        street.lamp_post(easel, (float(x), AVENUE_M - 8.4), 0.0)
    rooftop.build(easel)


def _lay_ground(easel: Easel) -> None:
    far = 2500.0
    ground.grass(easel, ground.rectangle(-far, -300, far, 6000))
    ground.paving(
        easel,
        *(ground.rectangle(-300, y, 300, y + 3) for y in (46.2, 66.6)),
        *(ground.rectangle(x, -60, x + 2.4, 300) for x in (35.8, 45.8)),
        ground.rectangle(-90, 69, 112, 76),
        slab_m=0.8,
    )
    avenue = ground.rectangle(-far, AVENUE_M - 7.4, far, AVENUE_M + 7.4)
    side = ground.rectangle(STREET_M - 4, -60, STREET_M + 4, 1200)
    yards = [
        ground.rectangle(-70, 90, 30, 95),
        ground.rectangle(52, 93, 120, 98),
        ground.rectangle(-300, 176, 400, 188),
    ]
    ground.asphalt(easel, avenue, side, *yards, ground.rectangle(2, 8, 34, 40))
    for y in AVENUE_LANES_M:
        for sign in (-1, 1):
            ground.tracks(easel, [(-200.0, AVENUE_M + sign * y), (250.0, AVENUE_M + sign * y)])
    for aside in (-0.15, 0.15):
        ground.dashes(easel, (-200.0, AVENUE_M + aside), (STREET_M - 8, AVENUE_M + aside), gap_m=0)
        ground.dashes(easel, (STREET_M + 8, AVENUE_M + aside), (260.0, AVENUE_M + aside), gap_m=0)
    for y in (-3.6, 3.6):
        ground.dashes(easel, (-200.0, AVENUE_M + y), (260.0, AVENUE_M + y))
    ground.dashes(easel, (STREET_M, AVENUE_M + 10), (STREET_M, 300.0))
    ground.crosswalk(easel, (STREET_M - 9, AVENUE_M - 7.2), (STREET_M - 9, AVENUE_M + 7.2))
    ground.crosswalk(easel, (STREET_M - 3.8, AVENUE_M + 10), (STREET_M + 3.8, AVENUE_M + 10))
    for x in np.arange(3.0, 34.0, 2.8):
        for y in (8.5, 34.5):
            ground.dashes(easel, (float(x), y), (float(x), y + 5), gap_m=0, width_m=0.15)


def _players(seed: int) -> Sequence[Mover]:
    chance = np.random.default_rng([seed, 106])
    movers = [Mover(looks.random_person(chance), _climb(), part="intruder")]
    movers += [Mover(looks.random_person(chance), _walk(chance)) for _ in range(16)]
    for way, cars in _lanes():
        vehicles = [looks.random_vehicle(chance) for _ in range(cars)]
        times = (np.arange(cars) + chance.uniform(0, 0.65, cars)) * PERIOD_S / cars
        lane = [
            Entry(way, float(at_s), BODIES[look.body].length_m, _wish(look, chance))
            for look, at_s in zip(vehicles, times, strict=True)
        ]
        movers += [
            Mover(look, trip) for look, trip in zip(vehicles, drive(lane, PERIOD_S), strict=True)
        ]
    return movers


def _lanes() -> list[tuple[Path, int]]:
    found = []
    for aside in AVENUE_LANES_M:
        found.append((path((-130.0, AVENUE_M - aside), (FAR_M, AVENUE_M - aside)), 8))
        found.append((path((FAR_M, AVENUE_M + aside), (-130.0, AVENUE_M + aside)), 8))
    return found


def _wish(look: looks.VehicleLook, chance: np.random.Generator) -> float:
    return float(chance.uniform(46, 60) if look.label == "car" else chance.uniform(38, 46))


def _walk(chance: np.random.Generator) -> Trip:
    y = float(chance.choice([47.7, 68.0, 72.5])) + float(chance.normal(0, 0.5))
    start, end = float(chance.uniform(-50, -10)), float(chance.uniform(14, 33))
    ends = [(start, y), (end, y)]
    way = path(*(ends if chance.random() < 0.5 else ends[::-1]))
    return walk(way, float(chance.uniform(0, PERIOD_S)), float(chance.uniform(1.2, 1.6)))


def _climb() -> Trip:
    """Out of the hatch, to the parapet, along it, and back."""
    up = rooftop.HIGH_M
    x, y, edge = *rooftop.HATCH, rooftop.NORTH_M - 1.0
    way = path(
        (x - 0.3, y + 0.6, up), (x + 1.4, y + 0.4, up), (x + 3.0, edge, up), (x + 5.6, edge, up),
        (x + 6.6, y - 1.2, up), (x + 2.0, y - 1.8, up), (x - 0.3, y + 0.3, up),
        radius_m=0.8,
    )  # fmt: skip
    return walk(way, CLIMBS_S, 1.1, [(0.6, 0.8), (6.0, 4.0), (way.length_m * 0.6, 5.0)])


def _deck() -> Floats:
    """The part of the closed roof that is in the picture."""
    south, north = rooftop.NORTH_M - 4.4, rooftop.NORTH_M - 0.4
    west, east = rooftop.WEST_M + 11.0, rooftop.EAST_M - 2.5
    base = np.array([[west - 6, north], [east + 2, north], [east, south], [west + 1, south]])
    return np.column_stack([base, np.full(4, rooftop.HIGH_M)])


ROOF = RenderedScene(
    name="roof",
    title=Names("Вид с крыши", "Төбеден көрініс", "View from a roof"),
    camera=CAMERA,
    light=Daylight(170.0, 45.0, haze_m=650.0),
    period_s=PERIOD_S,
    paint=_paint,
    players=_players,
    zones=(
        Zone(1, "Проспект", "line_count", ZoneShape.LINE, CAMERA.fractions([(14.0, AVENUE_M - 7.6), (14.0, AVENUE_M + 7.6)])),
        Zone(2, "Закрытая крыша", "intrusion", ZoneShape.POLYGON, CAMERA.outline(_deck())),
    ),
    marks_m=((-10.0, 50.6), (14.0, 50.6), (38.0, 50.6), (-16.0, 65.4), (10.0, 65.4), (38.0, 65.4), (46.0, 68.0), (52.0, 93.0)),
)  # fmt: skip
