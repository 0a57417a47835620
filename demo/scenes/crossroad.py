"""A crossroad of a main and a side street with signals, seen from a mast at its south-west.

Once in ten loops somebody drives on at red.
"""

import numpy as np

from data_access.domain.watch import Zone, ZoneShape
from data_access.domain.words import Names
from demo.scenes.crossroad_players import LANES_M, PERIOD_S, PLAN, SIDE_LANE_M, players
from demo.scenes.picture import ground
from demo.scenes.picture.camera import CameraModel, Floats, Point2
from demo.scenes.picture.easel import Easel
from demo.scenes.picture.light import Daylight
from demo.scenes.scene import RenderedScene
from demo.scenes.things import street
from demo.scenes.things.buildings import flats
from demo.scenes.things.setting import Setting
from demo.scenes.things.trees import BIRCH, ELM, POPLAR

CAMERA = CameraModel((-18.5, -21.0, 10.0), 42.0, 17.0, 0.84, (640, 360))
FAR_M = 160.0

SETTING = Setting(
    houses=(
        flats((24, 22), 40, 9, "sand", 3, shop="АПТЕКА|СУПЕРМАРКЕТ|КӨЛІК БӨЛШЕКТЕРІ"),
        flats((-52, 25), 40, 5, "grey", 5, shop="НАН|ДҮКЕН|ГҮЛДЕР"),
        flats((26, -16), 30, 5, "ochre", 8, looks="west", balconies=2),
        flats((12, 74), 28, 12, "blue", 9, balconies=2),
        flats((-40, 80), 30, 9, "cream", 12),
        flats((70, 26), 40, 9, "stone", 14),
        flats((88, -22), 38, 12, "white", 15, looks="west"),
    ),
    trees=(
        *(((x, 12.2), 7 + x % 3, ELM) for x in (14.5, 22.5, 31.0, 40.0, 49.5, 60.0, 74.0)),
        *(((x, 12.4), 7.0, BIRCH) for x in (-13.0, -21.0, -30.0)),
        *(((x, -12.4), 6 + x % 3, ELM) for x in (17.0, 27.0, 38.0, 50.0, 66.0)),
        *(((8.2, y), 8.0, POPLAR) for y in (21.0, 27.0, 34.0, 42.0, 52.0)),
        *(((-8.2, y), 7.0, ELM) for y in (20.0, 29.0, 40.0, 54.0)),
    ),
    lamps=(
        *(((x, 8.2), 180.0) for x in (16.0, 46.0, 78.0, -28.0)),
        *(((x, -8.2), 0.0) for x in (30.0, 60.0, 92.0)),
        *(((5.2, y), 270.0) for y in (26.0, 54.0)),
    ),
)

SIGNALS = (
    street.SignalPost("main", (10.2, -8.0), 270.0),
    street.SignalPost("main", (-10.2, 8.0), 90.0),
    street.SignalPost("side", (5.0, -13.4), 180.0),
    street.SignalPost("side", (-5.0, 13.4), 0.0),
    street.SignalPost("main", (11.6, 0.0), 270.0, 5.6),
    street.SignalPost("side", (5.0, 13.6), 180.0),
)


def _paint(easel: Easel) -> None:
    _lay_ground(easel)
    SETTING.shade(easel)
    SETTING.build(easel)
    street.bus_stop(easel, (19.0, -8.9), 12.0, 0.0)
    for each in SIGNALS:
        street.signal_post(easel, each)


def _lay_ground(easel: Easel) -> None:
    ground.grass(easel, ground.rectangle(-1500, -300, 1500, 5000))
    ground.paving(
        easel,
        *(ground.rectangle(-FAR_M, y, FAR_M, y + 3.0) for y in (13.8, -16.8)),
        *(ground.rectangle(x, -FAR_M, x + 2.6, FAR_M) for x in (9.2, -11.8)),
        *(_between((x * 4.0, y * 7.0), (x * 13.0, y * 17.0)) for x, y in _CORNERS),
        ground.rectangle(20, 13, 68, 22),
        ground.rectangle(-56, 14, -9, 25),
        slab_m=0.7,
    )
    main, side = ground.rectangle(-FAR_M, -7, FAR_M, 7), ground.rectangle(-4, -FAR_M, 4, FAR_M)
    ground.asphalt(easel, main, side, *(_bend(x, y) for x, y in _CORNERS))
    _wear(easel)
    for sign in (-1, 1):
        _mark(easel, sign)


_CORNERS = ((-1, -1), (-1, 1), (1, -1), (1, 1))


def _between(one: Point2, other: Point2) -> Floats:
    """The rectangle with these opposite corners."""
    (x1, y1), (x2, y2) = one, other
    return ground.rectangle(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def _bend(x: int, y: int) -> Floats:
    """The asphalt inside the bend of a kerb of five metres at a corner."""
    turns = np.linspace(0, np.pi / 2, 9)
    arc = np.column_stack([x * (9 - 5 * np.sin(turns)), y * (12 - 5 * np.cos(turns))])
    return np.concatenate([[[x * 4.0, y * 7.0]], arc])


def _wear(easel: Easel) -> None:
    for y in (*LANES_M, *(-y for y in LANES_M)):
        ground.tracks(easel, [(-FAR_M, y), (FAR_M, y)])
    for x in (-SIDE_LANE_M, SIDE_LANE_M):
        ground.tracks(easel, [(x, -FAR_M), (x, -8)])
        ground.tracks(easel, [(x, 8), (x, FAR_M)])
    ground.patch(easel, ground.rectangle(-24, -6.6, -17, -3.9))
    ground.patch(easel, ground.rectangle(14.5, 0.6, 19, 3.1), 0.12)
    for middle in ((-3.0, 2.2), (3.4, -4.4), (17.0, 4.0), (-1.6, 17.0)):
        ground.manhole(easel, middle)


def _mark(easel: Easel, s: int) -> None:
    """The lines of the eastern and northern arms (``s`` 1) or of the others (-1)."""
    for aside in (-0.12, 0.12):
        ground.dashes(easel, (s * 11.5, aside), (s * FAR_M, aside), gap_m=0)
    for side in (-1, 1):
        ground.dashes(easel, (s * 11.5, side * 3.5), (s * 32, side * 3.5), gap_m=0)
        ground.dashes(easel, (s * 33, side * 3.5), (s * FAR_M, side * 3.5))
        ground.kerb(easel, [(s * 9.0, side * 7.1), (s * FAR_M, side * 7.1)])
        ground.kerb(easel, [(s * 4.1, side * 12.0), (s * 4.1, side * FAR_M)])
    ground.dashes(easel, (0, s * 14.5), (0, s * FAR_M), gap_m=0)
    ground.painted(easel, _between((s * 11.5, 0), (s * 11.9, s * 6.8)))
    ground.painted(easel, _between((-s * 3.8, s * 14.5), (0, s * 14.9)))
    ground.crosswalk(easel, (s * 7.4, -6.9), (s * 7.4, 6.9))
    ground.crosswalk(easel, (-3.9, s * 10.4), (3.9, s * 10.4))
    for y in LANES_M:
        ground.arrow(easel, (s * 22.0, s * y), 270 if s > 0 else 90)


STOP_LINE: tuple[Point2, Point2] = ((11.5, 7.0), (11.5, 0.1))
"""Of those who come from the east; its arrow points to the west."""


def _line(number: int, name: str, start: Point2, end: Point2, rule: str = "line_count") -> Zone:
    points = CAMERA.fractions([start, end])
    return Zone(number, name, rule, ZoneShape.LINE, points)


def _lamps(number: int, name: str) -> Zone:
    """Around the lamps of the signal on the median, with the margin of a careful hand."""
    places = np.array(CAMERA.fractions([lamp.at_m for lamp in SIGNALS[4].lamps()]))
    margin = np.array([4.0 / CAMERA.wh[0], float(np.ptp(places[:, 1])) * 0.35])
    (left, top), (right, bottom) = places.min(axis=0) - margin, places.max(axis=0) + margin
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    return Zone(
        number,
        name,
        "signal_lamp",
        ZoneShape.POLYGON,
        tuple((float(x), float(y)) for x, y in corners),
    )


CROSSROAD = RenderedScene(
    name="crossroad",
    title=Names("Перекрёсток", "Қиылыс", "Crossroad"),
    camera=CAMERA,
    light=Daylight(160.0, 44.0),
    period_s=PERIOD_S,
    paint=_paint,
    players=players,
    zones=(
        _line(1, "Главная улица", (16.0, 7.0), (16.0, -7.0)),
        _line(2, "Боковая улица", (-4.0, 17.0), (4.0, 17.0)),
        _lamps(3, "Светофор"),
        _line(4, "Стоп-линия с востока", *STOP_LINE, rule="red_light"),
        _line(5, "Стоп-линия с востока", *STOP_LINE, rule="stop_line"),
    ),
    marks_m=(
        (-11.5, 0.0), (-7.0, 7.0), (4.0, 12.0), (7.0, -7.0),
        (16.0, 7.0), (11.9, -7.0), (4.0, 40.0), (40.0, 3.5),
    ),
    plan=PLAN,
    lamps=tuple(lamp for each in SIGNALS for lamp in each.lamps()),
)  # fmt: skip
