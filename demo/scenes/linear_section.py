"""A linear section of a city's approach: two lanes each way, seen from a gantry over the road.

Once in ten loops a driver comes the wrong way up the inner lane of the outbound carriageway;
before that another drives far too fast on it.
"""

from collections.abc import Sequence

import numpy as np

from data_access.domain.watch import Zone, ZoneShape
from data_access.domain.words import Names
from demo.scenes.motion.cast import Mover, Trip
from demo.scenes.motion.driving import vehicles
from demo.scenes.motion.gaps import in_a_gap
from demo.scenes.motion.paths import path
from demo.scenes.motion.walks import walk
from demo.scenes.picture import ground
from demo.scenes.picture.camera import CameraModel
from demo.scenes.picture.easel import Easel
from demo.scenes.picture.light import Daylight, colour
from demo.scenes.scene import RenderedScene
from demo.scenes.things import looks, street
from demo.scenes.things.buildings import flats
from demo.scenes.things.setting import Placed, Setting
from demo.scenes.things.solids import block, cast_shadow
from demo.scenes.things.trees import BUSH, ELM, POPLAR, SPRUCE

PERIOD_S = 60.0
CAMERA = CameraModel((-3.4, -4.0, 7.4), 3.2, 8.6, 1.32, (960, 540))

FAR_M = 420.0
MEDIAN_M, LANE_M = 1.2, 3.6
LANES_M = (MEDIAN_M + LANE_M / 2, MEDIAN_M + 1.5 * LANE_M)
EDGE_M = MEDIAN_M + 2 * LANE_M
SPEEDS_KMH = (58.0, 70.0)
LIMIT_KMH, TOO_FAST_KMH = 70.0, 104.0

WRONG_WAY_S, WRONG_WAY_KMH = 22.0, 46.0
CLEAR_S = (44.0, PERIOD_S + 1.0)
"""When the wrong-way driver appears; when others come into that lane, and none else."""


def _lamps() -> tuple[Placed, ...]:
    right = tuple(((EDGE_M + 3.6, float(y)), 270.0) for y in range(24, 330, 34))
    return (*right, *(((-x, y + 17), 90.0) for (x, y), _ in right))


SETTING = Setting(
    houses=(
        flats((-96, 250), 26, 9, "sand", 2),
        flats((-66, 290), 26, 12, "blue", 3),
        flats((-140, 300), 26, 9, "ochre", 4),
        flats((-34, 360), 26, 16, "blue", 8),
        flats((40, 330), 26, 12, "white", 5),
        flats((74, 300), 26, 9, "grey", 6),
        flats((120, 280), 26, 9, "cream", 7),
        flats((27, 92), 28, 2, "shop", 9, looks="west", shop="АВТОСЕРВИС|ШИНОМОНТАЖ"),
    ),
    trees=(
        *(((-17.0 - y % 3, float(y)), 7.5 + y % 4, POPLAR) for y in range(38, 330, 9)),
        *(((17.5 + y % 2, float(y)), 6.0 + y % 3, ELM) for y in range(104, 300, 13)),
        *(((15.5, float(y)), 1.3, BUSH) for y in range(22, 90, 5)),
        *(((-14.5, float(y)), 1.2, BUSH) for y in range(18, 36, 4)),
        *(((-24.0 - y % 5, float(y)), 9.0, SPRUCE) for y in range(46, 200, 17)),
    ),
    lamps=_lamps(),
)


def _paint(easel: Easel) -> None:
    _lay_ground(easel)
    SETTING.shade(easel)
    cast_shadow(easel, ground.rectangle(-0.3, 6, 0.3, FAR_M), 0.9)
    SETTING.build(easel)
    block(easel, ground.rectangle(-0.3, 6, 0.3, FAR_M), 0.0, 0.35, colour("bdb9b0"))
    block(easel, ground.rectangle(-0.14, 6, 0.14, FAR_M), 0.35, 0.9, colour("c9c5bc"))
    for x in (EDGE_M + 2.6, -EDGE_M - 2.6):
        street.guard_rail(easel, [(x, 8.0), (x, 260.0)])
    street.gantry(easel, 118.0, (-EDGE_M - 3.2, EDGE_M + 3.2), "ҚОСШЫ  5", "АСТАНА  12")
    street.billboard(easel, (20.0, 52.0), 205.0, "ТАЗА ҚАЗАҚСТАН")


def _lay_ground(easel: Easel) -> None:
    ground.grass(easel, ground.rectangle(-900, -40, 900, 3000), base=colour("949a60"))
    ground.dirt(easel, ground.rectangle(-15.5, -10, 15.0, FAR_M))
    ground.asphalt(easel, ground.rectangle(-EDGE_M - 2.2, -20, EDGE_M + 2.2, 1500))
    ground.asphalt(
        easel, ground.rectangle(EDGE_M, 58, 29, 66), ground.rectangle(18, 50, 29, 98), seed=4
    )
    for side in (-1, 1):
        _mark(easel, side)
    ground.patch(easel, ground.rectangle(1.4, 38, 4.6, 47))
    ground.patch(easel, ground.rectangle(-8.2, 22, -5.0, 26), 0.12)
    ground.skid(easel, [(-6.4, 60.0), (-6.1, 48.0), (-5.6, 38.0)])


def _mark(easel: Easel, side: int) -> None:
    """The lines of the outbound (``side`` 1) or the inbound carriageway (-1)."""
    for x in LANES_M:
        ground.tracks(easel, [(side * x, float(y)) for y in (-10, 40, 120, FAR_M)])
    middle = side * (MEDIAN_M + LANE_M)
    ground.dashes(easel, (middle, -10.0), (middle, FAR_M), 4.0, 8.0)
    for x in (side * MEDIAN_M, side * EDGE_M):
        ground.dashes(easel, (x, -10.0), (x, FAR_M), gap_m=0, width_m=0.2)
    for y in (26.0, 80.0, 150.0):
        ground.arrow(easel, (side * LANES_M[0], y), 0 if side > 0 else 180)


def _players(seed: int) -> Sequence[Mover]:
    chance = np.random.default_rng([seed, 102])
    inner, outer = LANES_M
    way = path((inner + 0.3, 240.0), (inner, 120.0), (inner - 0.1, 60.0), (inner + 0.2, 2.0))
    wrong_way = walk(way, WRONG_WAY_S, WRONG_WAY_KMH / 3.6)
    movers = [Mover(looks.random_car(chance), wrong_way, part="wrong_way")]
    out = [path((x, 0.0), (x, FAR_M)) for x in LANES_M]
    movers += vehicles(chance, out[0], 5, PERIOD_S, SPEEDS_KMH, window_s=CLEAR_S)
    movers += vehicles(chance, out[1], 11, PERIOD_S, SPEEDS_KMH)
    for x in (inner, outer):
        movers += vehicles(chance, path((-x, FAR_M), (-x, 0.0)), 10, PERIOD_S, SPEEDS_KMH)
    trip = _too_fast(movers)
    chance = np.random.default_rng([seed, 107])
    return [*movers, *([Mover(looks.random_car(chance), trip, "spot_speed")] if trip else [])]


def _too_fast(movers: Sequence[Mover]) -> Trip | None:
    """Down the inner lane, at a moment when nobody is beside it where it is measured."""
    speed_ms = TOO_FAST_KMH / 3.6
    measured = walk(path((LANES_M[0], 0.0), (LANES_M[0], 75.0)), 0.0, speed_ms)
    alone_s = [
        float(t_s)
        for t_s in np.arange(6.0, 22.0, 0.2)
        if in_a_gap(measured, movers, PERIOD_S, [float(t_s)], (22.0, 6.0))
    ]
    whole = walk(path((LANES_M[0], 0.0), (LANES_M[0], FAR_M)), 0.0, speed_ms)
    return in_a_gap(whole, movers, PERIOD_S, alone_s, (9.0, 2.6))


def _line(number: int, name: str, west: float, east: float) -> Zone:
    points = CAMERA.fractions([(west, 36.0), (east, 36.0)])
    return Zone(number, name, "line_count", ZoneShape.LINE, points)


def _one_way() -> Zone:
    """The outbound carriageway; its direction is a step on the picture."""
    west, east = MEDIAN_M - 0.4, EDGE_M + 0.6
    outline = CAMERA.outline([(west, 16.0), (east, 16.0), (east, 130.0), (west, 130.0)])
    near, far = CAMERA.fractions([(4.0, 24.0), (4.0, 60.0)])
    toward = [round(far[0] - near[0], 4), round(far[1] - near[1], 4)]
    name = "Направление из города"
    return Zone(3, name, "wrong_way", ZoneShape.POLYGON, outline, {"toward": toward})


def _speed_zone() -> Zone:
    """Where those who leave the city are measured."""
    outline = CAMERA.outline(ground.rectangle(MEDIAN_M, 17.0, EDGE_M, 75.0))
    name, params = "Ограничение 70 км/ч", {"limit_kmh": LIMIT_KMH}
    return Zone(4, name, "spot_speed", ZoneShape.POLYGON, outline, params)


LINEAR_SECTION = RenderedScene(
    name="linear_section",
    title=Names("Линейный участок", "Сызықтық учаске", "Linear section"),
    camera=CAMERA,
    light=Daylight(205.0, 40.0, haze_m=700.0),
    period_s=PERIOD_S,
    paint=_paint,
    players=_players,
    zones=(
        _line(1, "Из города", MEDIAN_M, EDGE_M + 1),
        _line(2, "В город", -EDGE_M - 1, -MEDIAN_M),
        _one_way(),
        _speed_zone(),
    ),
    marks_m=(
        (-EDGE_M, 20.0), (MEDIAN_M, 17.0), (EDGE_M, 24.0), (-EDGE_M, 45.0),
        (EDGE_M, 60.0), (-MEDIAN_M, 80.0), (EDGE_M, 110.0), (-EDGE_M, 130.0),
    ),
)  # fmt: skip
