"""A linear section of a city's approach: two lanes each way, seen from a gantry over the road.

Once a loop a driver comes the wrong way up the inner lane of the outbound carriageway.
"""

from collections.abc import Sequence

import numpy as np

from data_access.domain.watch import Zone, ZoneShape
from data_access.domain.words import Names
from demo.scenes.motion.cast import Mover
from demo.scenes.motion.paths import Path, path
from demo.scenes.motion.traffic import Entry, drive
from demo.scenes.motion.walks import walk
from demo.scenes.picture import ground
from demo.scenes.picture.camera import CameraModel, Point2
from demo.scenes.picture.easel import Easel
from demo.scenes.picture.light import Daylight, colour
from demo.scenes.scene import RenderedScene
from demo.scenes.things import looks, street
from demo.scenes.things.buildings import House, house, house_shadow
from demo.scenes.things.facades import Facade
from demo.scenes.things.fleet import BODIES
from demo.scenes.things.solids import block, cast_shadow, footprint
from demo.scenes.things.trees import BUSH, ELM, POPLAR, SPRUCE, Kind, tree, tree_shadow

PERIOD_S = 60.0
CAMERA = CameraModel((-3.4, -4.0, 7.4), 3.2, 8.6, 1.32, (960, 540))

FAR_M = 420.0
MEDIAN_M, LANE_M = 1.2, 3.6
OUTBOUND_M = (MEDIAN_M + LANE_M / 2, MEDIAN_M + 1.5 * LANE_M)
EDGE_M = MEDIAN_M + 2 * LANE_M
WRONG_WAY_S, CLEAR_S = 22.0, (10.0, 44.0)
"""When the wrong-way driver appears, and from when to when nobody enters that lane."""

HOUSES = (
    *(
        House((x, y), (x + 26, y), 14.0, Facade(26, floors, paint, trim, balconies=3, seed=seed))
        for x, y, floors, paint, trim, seed in (
            (-96.0, 250.0, 9, colour("d9cfba"), colour("a9633f"), 2),
            (-66.0, 290.0, 12, colour("cdd3d8"), colour("4f7698"), 3),
            (-140.0, 300.0, 9, colour("d3c3a3"), colour("7c5b48"), 4),
            (40.0, 330.0, 12, colour("dad5cb"), colour("8d4a38"), 5),
            (74.0, 300.0, 9, colour("c9d1cf"), colour("3f7f7a"), 6),
            (120.0, 280.0, 9, colour("d8c9ac"), colour("9b6b3f"), 7),
            (-34.0, 360.0, 16, colour("c2cad2"), colour("3d5f85"), 8),
        )
    ),
    House((27.0, 92.0), (27.0, 64.0), 14.0, Facade(28, 2, colour("d4cfc6"), glazed=True, shop="АВТОСЕРВИС|ШИНОМОНТАЖ", shop_paint=colour("c0392b"), seed=9)),
)  # fmt: skip

TREES: tuple[tuple[Point2, float, Kind], ...] = (
    *(((-17.0 - y % 3, float(y)), 7.5 + y % 4, POPLAR) for y in range(38, 330, 9)),
    *(((17.5 + y % 2, float(y)), 6.0 + y % 3, ELM) for y in range(104, 300, 13)),
    *(((15.5, float(y)), 1.3, BUSH) for y in range(22, 90, 5)),
    *(((-14.5, float(y)), 1.2, BUSH) for y in range(18, 36, 4)),
    *(((-24.0 - y % 5, float(y)), 9.0, SPRUCE) for y in range(46, 200, 17)),
)


def _paint(easel: Easel) -> None:
    _lay_ground(easel)
    for each in HOUSES:
        house_shadow(easel, each)
    for foot, height, kind in TREES:
        tree_shadow(easel, foot, height, kind)
    street.lamp_shadows(easel, _lamp_posts())
    cast_shadow(easel, ground.rectangle(-0.3, 6, 0.3, FAR_M), 0.9)
    easel.sky(colour("5f93c9"), colour("dbe3e8"), colour("f6f6f5"))
    easel.settle()
    for each in HOUSES:
        house(easel, each)
    for number, (foot, height, kind) in enumerate(TREES):
        tree(easel, foot, height, kind, number % 5)
    block(easel, ground.rectangle(-0.3, 6, 0.3, FAR_M), 0.0, 0.35, colour("bdb9b0"))
    block(easel, ground.rectangle(-0.14, 6, 0.14, FAR_M), 0.35, 0.9, colour("c9c5bc"))
    for foot, heading in _lamp_posts():
        street.lamp_post(easel, foot, heading)
    street.guard_rail(easel, [(EDGE_M + 2.6, 8.0), (EDGE_M + 2.6, 260.0)])
    street.guard_rail(easel, [(-EDGE_M - 2.6, 8.0), (-EDGE_M - 2.6, 260.0)])
    street.gantry(easel, 118.0, (-EDGE_M - 3.2, EDGE_M + 3.2), "ҚОСШЫ  5", "АСТАНА  12")
    street.billboard(easel, (20.0, 52.0), 205.0, "ТАЗА ҚАЗАҚСТАН")
    block(easel, footprint((14.2, 30.0), (0.5, 0.5)), 0.0, 1.1, colour("e6e2d8"))


def _lay_ground(easel: Easel) -> None:
    wide = 900.0
    ground.grass(easel, ground.rectangle(-wide, -40, wide, 3000), base=colour("949a60"))
    ground.dirt(easel, ground.rectangle(-15.5, -10, 15.0, FAR_M))
    ground.asphalt(easel, ground.rectangle(-EDGE_M - 2.2, -20, EDGE_M + 2.2, 1500))
    ground.asphalt(
        easel, ground.rectangle(EDGE_M, 58, 29, 66), ground.rectangle(18, 50, 29, 98), seed=4
    )
    for side in (-1, 1):
        for number in (0.5, 1.5):
            x = side * (MEDIAN_M + number * LANE_M)
            ground.tracks(easel, [(x, float(y)) for y in (-10, 40, 120, FAR_M)])
        x = side * (MEDIAN_M + LANE_M)
        ground.dashes(easel, (x, -10.0), (x, FAR_M), 4.0, 8.0)
        for x in (side * MEDIAN_M, side * EDGE_M):
            ground.dashes(easel, (x, -10.0), (x, FAR_M), gap_m=0, width_m=0.2)
        for y in (26.0, 80.0, 150.0):
            ground.arrow(easel, (side * OUTBOUND_M[0], y), 0 if side > 0 else 180)
    ground.patch(easel, ground.rectangle(1.4, 38, 4.6, 47))
    ground.patch(easel, ground.rectangle(-8.2, 22, -5.0, 26), 0.12)
    ground.skid(easel, [(-6.4, 60.0), (-6.1, 48.0), (-5.6, 38.0)])


def _lamp_posts() -> list[tuple[Point2, float]]:
    ahead = np.arange(24.0, 330.0, 34.0)
    right = [((EDGE_M + 3.6, float(y)), 270.0) for y in ahead]
    return [*right, *(((-EDGE_M - 3.6, float(y) + 17), 90.0) for y in ahead)]


def _players(seed: int) -> Sequence[Mover]:
    chance = np.random.default_rng([seed, 102])
    wrong = looks.random_car(chance)
    x = OUTBOUND_M[0]
    way = path((x + 0.3, 240.0), (x, 120.0), (x - 0.1, 60.0), (x + 0.2, 2.0), radius_m=20)
    movers = [Mover(wrong, walk(way, WRONG_WAY_S, 46 / 3.6), part="wrong_way")]
    for number, x in enumerate(OUTBOUND_M):
        movers += _lane(chance, path((x, 0.0), (x, FAR_M)), 5 if number == 0 else 12, number == 0)
        movers += _lane(chance, path((-x, FAR_M), (-x, 0.0)), 10, False)
    return movers


def _lane(chance: np.random.Generator, way: Path, cars: int, with_gap: bool) -> list[Mover]:
    vehicles = [looks.random_vehicle(chance) for _ in range(cars)]
    since, until = (CLEAR_S[1], CLEAR_S[0] + PERIOD_S) if with_gap else (0.0, PERIOD_S)
    times = np.linspace(since, until, cars, endpoint=False)
    times += chance.uniform(0, (until - since) / cars * 0.6, cars)
    lane = [
        Entry(way, float(at_s % PERIOD_S), BODIES[look.body].length_m, _wish(look, chance))
        for look, at_s in zip(vehicles, times, strict=True)
    ]
    return [Mover(look, trip) for look, trip in zip(vehicles, drive(lane, PERIOD_S), strict=True)]


def _wish(look: looks.VehicleLook, chance: np.random.Generator) -> float:
    return float(chance.uniform(58, 70) if look.label == "car" else chance.uniform(52, 60))


def _across(west: float, east: float, y: float) -> tuple[Point2, ...]:
    return CAMERA.fractions([(west, y), (east, y)])


def _toward() -> list[float]:
    """The outbound direction as a step on the picture."""
    near, far = CAMERA.fractions([(4.0, 24.0), (4.0, 60.0)])
    return [round(far[0] - near[0], 4), round(far[1] - near[1], 4)]


OUTBOUND = CAMERA.outline(
    [(MEDIAN_M - 0.4, 16.0), (EDGE_M + 0.6, 16.0), (EDGE_M + 0.6, 130.0), (MEDIAN_M - 0.4, 130.0)]
)

LINEAR_SECTION = RenderedScene(
    name="linear_section",
    title=Names("Линейный участок", "Сызықтық учаске", "Linear section"),
    camera=CAMERA,
    light=Daylight(205.0, 40.0, haze_m=700.0),
    period_s=PERIOD_S,
    paint=_paint,
    players=_players,
    zones=(
        Zone(1, "Из города", "line_count", ZoneShape.LINE, _across(MEDIAN_M, EDGE_M + 1, 36.0)),
        Zone(2, "В город", "line_count", ZoneShape.LINE, _across(-EDGE_M - 1, -MEDIAN_M, 36.0)),
        Zone(3, "Направление из города", "wrong_way", ZoneShape.POLYGON, OUTBOUND, {"toward": _toward()}),
    ),
    marks_m=(
        (-EDGE_M, 20.0), (MEDIAN_M, 17.0), (EDGE_M, 24.0), (-EDGE_M, 45.0),
        (EDGE_M, 60.0), (-MEDIAN_M, 80.0), (EDGE_M, 110.0), (-EDGE_M, 130.0),
    ),
)  # fmt: skip
