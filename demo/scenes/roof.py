"""The view from a roof over a district: streets, blocks, a park; and a closed roof in front.

Once in ten loops somebody climbs out onto the closed roof, looks about and goes back.
"""

from collections.abc import Sequence

import numpy as np

from data_access.domain.watch import Zone, ZoneShape
from data_access.domain.words import Names
from demo.scenes.motion.cast import Mover, Trip
from demo.scenes.motion.driving import vehicles
from demo.scenes.motion.paths import Path, path
from demo.scenes.motion.walks import walk
from demo.scenes.picture import ground
from demo.scenes.picture.camera import CameraModel, Floats
from demo.scenes.picture.easel import Easel
from demo.scenes.picture.light import Daylight
from demo.scenes.scene import RenderedScene
from demo.scenes.things import looks, rooftop
from demo.scenes.things.buildings import flats
from demo.scenes.things.looks import Chance
from demo.scenes.things.setting import Setting
from demo.scenes.things.trees import BIRCH, ELM, POPLAR

PERIOD_S = 80.0
CAMERA = CameraModel((-4.0, -16.0, 28.5), 12.0, 16.6, 0.78, (640, 360))

AVENUE_M, STREET_M = 58.0, 42.0
"""Where the avenue (to the east) and the street (to the north) run: y and x of their middles."""

LANES_M, WAY_M = (1.8, 5.4), (-130.0, 190.0)
SPEEDS_KMH = (46.0, 60.0)
CLIMBS_S = 24.0

SETTING = Setting(
    houses=(
        flats((-26, 76), 54, 5, "sand", 71, shop="ДӘРІХАНА|АЗЫҚ-ТҮЛІК|БАНК|КАФЕ"),
        flats((-86, 76), 50, 5, "grey", 72, balconies=2, shop="МЕБЕЛЬ|КИІМ|НАН"),
        flats((56, 78), 56, 9, "ochre", 73, balconies=2, shop="САУДА ОРТАЛЫҒЫ"),
        flats((-20, 128), 46, 9, "blue", 74),
        flats((56, 136), 40, 12, "white", 75),
        flats((-80, 134), 40, 9, "cream", 76),
        flats((-120, 210), 34, 9, "sand", 80),
        flats((-60, 226), 34, 12, "grey", 81),
        flats((-6, 214), 34, 9, "cream", 82),
        flats((64, 232), 34, 16, "blue", 83),
        flats((118, 222), 34, 9, "ochre", 84),
        flats((180, 250), 34, 12, "grey", 85),
        flats((-40, 330), 34, 16, "white", 86),
        flats((30, 340), 34, 12, "cream", 87),
        flats((110, 350), 34, 16, "blue", 88),
        flats((-150, 340), 34, 16, "stone", 89),
    ),
    trees=(
        *(((float(x), 48.0), 4.6 + x % 2, ELM) for x in range(-92, 34, 18)),
        *(((float(x), 69.0), 7.0 + x % 2, BIRCH) for x in range(-90, 32, 11)),
        *(((float(x), 69.5), 6.5, ELM) for x in range(58, 130, 10)),
        *(((34.5, float(y)), 8.0, POPLAR) for y in (74, 84, 94, 104, 116, 128, 142, 158)),
        *(((49.5, float(y)), 7.5, POPLAR) for y in (94, 106, 120, 134, 150, 168)),
        *(((-60.0 + 13 * (n % 5), 98.0 + 8 * (n // 5)), 7.0 + n % 3, ELM) for n in range(15)),
        *(((56.0 + 9 * (n % 5), 16.0 + 9 * (n // 5)), 7.5, BIRCH) for n in range(15)),
        *(((-70.0 + 11 * (n % 5), 20.0 + 8 * (n // 5)), 8.0, ELM) for n in range(15)),
        *(((-120.0 + 24 * n, 196.0), 10.0, POPLAR) for n in range(13)),
    ),
    lamps=tuple(((float(x), AVENUE_M - 8.4), 0.0) for x in range(-80, 34, 26)),
)


def _paint(easel: Easel) -> None:
    _lay_ground(easel)
    SETTING.shade(easel)
    SETTING.build(easel)
    rooftop.build(easel)


def _lay_ground(easel: Easel) -> None:
    ground.grass(easel, ground.rectangle(-2500, -300, 2500, 6000))
    ground.paving(
        easel,
        *(ground.rectangle(-300, y, 300, y + 3) for y in (46.2, 66.6)),
        *(ground.rectangle(x, -60, x + 2.4, 300) for x in (35.8, 45.8)),
        ground.rectangle(-90, 69, 112, 76),
        slab_m=0.8,
    )
    ground.asphalt(
        easel,
        ground.rectangle(-2500, AVENUE_M - 7.4, 2500, AVENUE_M + 7.4),
        ground.rectangle(STREET_M - 4, -60, STREET_M + 4, 1200),
        ground.rectangle(-70, 90, 30, 95),
        ground.rectangle(52, 93, 120, 98),
        ground.rectangle(-300, 176, 400, 188),
        ground.rectangle(2, 8, 34, 40),
    )
    for y in (*LANES_M, *(-y for y in LANES_M)):
        ground.tracks(easel, [(-200.0, AVENUE_M + y), (250.0, AVENUE_M + y)])
    _mark(easel)


def _mark(easel: Easel) -> None:
    for aside in (-0.15, 0.15):
        y = AVENUE_M + aside
        ground.dashes(easel, (-200.0, y), (STREET_M - 8, y), gap_m=0)
        ground.dashes(easel, (STREET_M + 8, y), (260.0, y), gap_m=0)
    for aside in (-3.6, 3.6):
        ground.dashes(easel, (-200.0, AVENUE_M + aside), (260.0, AVENUE_M + aside))
    ground.dashes(easel, (STREET_M, AVENUE_M + 10), (STREET_M, 300.0))
    x, y = STREET_M - 9, AVENUE_M + 10
    ground.crosswalk(easel, (x, AVENUE_M - 7.2), (x, AVENUE_M + 7.2))
    ground.crosswalk(easel, (STREET_M - 3.8, y), (STREET_M + 3.8, y))
    for x in np.arange(3.0, 34.0, 2.8):
        for y in (8.5, 34.5):
            ground.dashes(easel, (float(x), y), (float(x), y + 5), gap_m=0)


def _players(seed: int) -> Sequence[Mover]:
    chance = np.random.default_rng([seed, 106])
    movers = [Mover(looks.random_person(chance), _climb(), part="intruder")]
    movers += [Mover(looks.random_person(chance), _walk(chance)) for _ in range(16)]
    for way in _ways():
        movers += vehicles(chance, way, 8, PERIOD_S, SPEEDS_KMH)
    return movers


def _ways() -> list[Path]:
    west, east = WAY_M
    out = [path((west, AVENUE_M - aside), (east, AVENUE_M - aside)) for aside in LANES_M]
    return [*out, *(path((east, AVENUE_M + y), (west, AVENUE_M + y)) for y in LANES_M)]


def _walk(chance: Chance) -> Trip:
    y = float(chance.choice([47.7, 68.0, 72.5])) + float(chance.normal(0, 0.5))
    start, end = float(chance.uniform(-50, -10)), float(chance.uniform(14, 33))
    ends = [(start, y), (end, y)]
    way = path(*(ends if chance.random() < 0.5 else ends[::-1]))
    return walk(way, float(chance.uniform(0, PERIOD_S)), float(chance.uniform(1.2, 1.6)))


def _climb() -> Trip:
    """Out of the hatch, to the parapet, along it, and back."""
    up, edge = rooftop.HIGH_M, rooftop.NORTH_M - 1.0
    x, y = rooftop.HATCH
    way = path(
        (x - 0.3, y + 0.6, up), (x + 1.4, y + 0.4, up), (x + 3.0, edge, up), (x + 5.6, edge, up),
        (x + 6.6, y - 1.2, up), (x + 2.0, y - 1.8, up), (x - 0.3, y + 0.3, up),
        radius_m=0.8,
    )  # fmt: skip
    return walk(way, CLIMBS_S, 1.1, [(0.6, 0.8), (6.0, 4.0), (way.length_m * 0.6, 5.0)])


def _deck() -> Floats:
    """The part of the closed roof that is in the picture."""
    south, north = rooftop.NORTH_M - 4.4, rooftop.NORTH_M - 0.4
    west, east = rooftop.WEST_M + 6.0, rooftop.EAST_M - 0.5
    base = np.array([[west, north], [east, north], [east - 2, south], [west + 6, south]])
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
        Zone(
            1,
            "Проспект",
            "line_count",
            ZoneShape.LINE,
            CAMERA.fractions([(14.0, AVENUE_M - 7.6), (14.0, AVENUE_M + 7.6)]),
        ),
        Zone(2, "Закрытая крыша", "intrusion", ZoneShape.POLYGON, CAMERA.outline(_deck())),
    ),
    marks_m=(
        (-10.0, 50.6), (14.0, 50.6), (38.0, 50.6), (-16.0, 65.4),
        (10.0, 65.4), (38.0, 65.4), (46.0, 68.0), (52.0, 93.0),
    ),
)  # fmt: skip
