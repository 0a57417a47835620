"""A crossroad of a main and a side street with signals, seen from a mast at its south-west."""

from collections.abc import Callable, Sequence

import numpy as np

from data_access.domain.watch import Zone, ZoneShape
from data_access.domain.words import N_, Names
from demo.scenes.motion.cast import Mover, Trip
from demo.scenes.motion.paths import Path, path
from demo.scenes.motion.traffic import Entry, Gate, drive
from demo.scenes.motion.walks import cross, occupied
from demo.scenes.picture import ground
from demo.scenes.picture.camera import CameraModel, Point2
from demo.scenes.picture.easel import Easel
from demo.scenes.picture.light import Daylight, colour
from demo.scenes.scene import RenderedScene
from demo.scenes.things import looks, street
from demo.scenes.things.buildings import House, house, house_shadow
from demo.scenes.things.facades import Facade
from demo.scenes.things.fleet import BODIES
from demo.scenes.things.signals import Plan
from demo.scenes.things.trees import BIRCH, ELM, POPLAR, Kind, tree, tree_shadow

PERIOD_S = 90.0
CAMERA = CameraModel((-18.5, -21.0, 10.0), 42.0, 17.0, 0.84, (640, 360))
PLAN = Plan(
    45.0,
    {
        "main": (0.0, 19.0),
        "side": (24.0, 15.0),
        "walk_side": (0.0, 15.0),
        "walk_main": (24.0, 14.0),
    },
)

MAIN_HALF_M, SIDE_HALF_M = 7.0, 4.0
LANES_M = (1.75, 5.25)
STOP_M = {"main": 11.5, "side": 14.5}

HOUSES = (
    House(
        (24.0, 22.0),
        (64.0, 22.0),
        14.0,
        Facade(
            40,
            9,
            colour("d8cbb2"),
            colour("b0623f"),
            balconies=3,
            shop="АПТЕКА|СУПЕРМАРКЕТ|КӨЛІК БӨЛШЕКТЕРІ",
            seed=3,
        ),
    ),
    House(
        (-52.0, 25.0),
        (-12.0, 25.0),
        13.0,
        Facade(
            40,
            5,
            colour("cfd3cf"),
            colour("5f7f93"),
            balconies=3,
            shop="НАН|ДҮКЕН|ГҮЛДЕР",
            shop_paint=colour("7a3b2e"),
            seed=5,
        ),
    ),
    House(
        (26.0, -16.0),
        (26.0, -46.0),
        12.0,
        Facade(30, 5, colour("d9b98f"), colour("8b5a3c"), balconies=2, seed=8),
    ),
    House(
        (12.0, 74.0),
        (40.0, 74.0),
        14.0,
        Facade(28, 12, colour("c9cfd6"), colour("44617d"), balconies=2, seed=9),
    ),
    House(
        (-40.0, 80.0),
        (-10.0, 80.0),
        14.0,
        Facade(30, 9, colour("dcd4c4"), colour("946b4a"), balconies=3, seed=12),
    ),
    House(
        (70.0, 26.0),
        (110.0, 26.0),
        14.0,
        Facade(40, 9, colour("c7c2b8"), colour("55749a"), balconies=3, seed=14),
    ),
    House(
        (88.0, -22.0),
        (88.0, -60.0),
        14.0,
        Facade(38, 12, colour("d5d8da"), colour("a0522d"), balconies=3, seed=15),
    ),
)

TREES: tuple[tuple[Point2, float, Kind], ...] = (
    *(((x, 12.2), 7.0 + (x * 7 % 3), ELM) for x in (14.5, 22.5, 31.0, 40.0, 49.5, 60.0, 74.0)),
    *(((x, 12.4), 6.5 + (x * 5 % 3), BIRCH) for x in (-13.0, -21.0, -30.0)),
    *(((x, -12.4), 6.0 + (x * 3 % 4), ELM) for x in (17.0, 27.0, 38.0, 50.0, 66.0)),
    *(((8.2, y), 8.0, POPLAR) for y in (21.0, 27.0, 34.0, 42.0, 52.0)),
    *(((-8.2, y), 7.0, ELM) for y in (20.0, 29.0, 40.0, 54.0)),
)


def _paint(easel: Easel) -> None:
    _lay_ground(easel)
    for each in HOUSES:
        house_shadow(easel, each)
    for foot, height, kind in TREES:
        tree_shadow(easel, foot, height, kind)
    street.lamp_shadows(easel, _lamp_posts())
    easel.sky(colour("6f9ecf"), colour("d5dfe6"), colour("f4f5f5"))
    easel.settle()
    for each in HOUSES:
        house(easel, each)
    for number, (foot, height, kind) in enumerate(TREES):
        tree(easel, foot, height, kind, number % 5)
    for foot, heading in _lamp_posts():
        street.lamp_post(easel, foot, heading)
    street.bus_stop(easel, (19.0, -8.9), 12.0, 0.0)
    for lamp_set in SIGNALS:
        street.signal_post(easel, lamp_set)


def _lay_ground(easel: Easel) -> None:
    far = 160.0
    ground.grass(easel, ground.rectangle(-1500, -300, 1500, 5000))

    ground.paving(
        easel,
        *(ground.rectangle(-far, y, far, y + 3.0) for y in (13.8, -16.8)),
        *(ground.rectangle(x, -far, x + 2.6, far) for x in (9.2, -11.8)),
        ground.rectangle(20, 13, 68, 22),
        ground.rectangle(-56, 14, -9, 25),
        slab_m=0.7,
    )
    for x in (-1, 1):
        for y in (-1, 1):
            ground.paving(
                easel,
                ground.rectangle(*sorted_box(x * 4.0, y * 7.0, x * 13.0, y * 17.0)),
                slab_m=0.7,
            )
    main, side = ground.rectangle(-far, -7, far, 7), ground.rectangle(-4, -far, 4, far)
    ground.asphalt(easel, main, side, *_corners())
    _wear(easel, far)
    _mark(easel, far)


def sorted_box(x1: float, y1: float, x2: float, y2: float) -> tuple[float, float, float, float]:
    """West, south, east, north of two opposite corners."""
    return (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def _corners() -> list[list[Point2]]:
    """The rounded-off asphalt at the four corners."""
    turns = np.linspace(0, np.pi / 2, 9)
    found = []
    for x in (-1, 1):
        for y in (-1, 1):
            arc = [
                (x * (4 + 5 - 5 * float(np.sin(t))), y * (7 + 5 - 5 * float(np.cos(t))))
                for t in turns
            ]
            found.append([(x * 4.0, y * 7.0), *arc])
    return found


def _wear(easel: Easel, far: float) -> None:
    for y in (*LANES_M, *(-y for y in LANES_M)):
        ground.tracks(easel, [(-far, y), (far, y)])
    for x in (-2.0, 2.0):
        ground.tracks(easel, [(x, -far), (x, -8)])
        ground.tracks(easel, [(x, 8), (x, far)])
    ground.patch(easel, ground.rectangle(-24, -6.6, -17, -3.9))
    ground.patch(easel, ground.rectangle(14.5, 0.6, 19, 3.1), 0.12)
    for middle in ((-3.0, 2.2), (3.4, -4.4), (17.0, 4.0), (-1.6, 17.0)):
        ground.manhole(easel, middle)


def _mark(easel: Easel, far: float) -> None:
    for x in (-1, 1):
        ground.dashes(easel, (x * 11.5, 0.12), (x * far, 0.12), gap_m=0)
        ground.dashes(easel, (x * 11.5, -0.12), (x * far, -0.12), gap_m=0)
        for y in (-1, 1):
            ground.dashes(easel, (x * 11.5, y * 3.5), (x * 32, y * 3.5), gap_m=0)
            ground.dashes(easel, (x * 33, y * 3.5), (x * far, y * 3.5))
            ground.kerb(easel, [(x * 9.0, y * 7.1), (x * far, y * 7.1)])
            ground.kerb(easel, [(x * 4.1, y * 12.0), (x * 4.1, y * far)])
        ground.painted(easel, ground.rectangle(*sorted_box(x * 11.5, 0, x * 11.9, x * 6.8)))
        ground.dashes(easel, (0, x * 14.5), (0, x * far), gap_m=0)
        ground.painted(easel, ground.rectangle(*sorted_box(-x * 3.8, x * 14.5, 0, x * 14.9)))
        ground.crosswalk(easel, (x * 7.4, -6.9), (x * 7.4, 6.9))
        ground.crosswalk(easel, (-3.9, x * 10.4), (3.9, x * 10.4))
    for y in LANES_M:
        ground.arrow(easel, (-22.0, -y), 90)
        ground.arrow(easel, (22.0, y), 270)


def _lamp_posts() -> list[tuple[Point2, float]]:
    row = [((x, 8.2), 180.0) for x in (16.0, 46.0, 78.0, -28.0)]
    return [
        *row,
        *(((x, -8.2), 0.0) for x in (30.0, 60.0, 92.0)),
        *(((5.2, y), 270.0) for y in (26.0, 54.0)),
    ]


SIGNALS = (
    street.SignalPost("main", (10.2, -8.0), 270.0),
    street.SignalPost("main", (-10.2, 8.0), 90.0),
    street.SignalPost("side", (5.0, -13.4), 180.0),
    street.SignalPost("side", (-5.0, 13.4), 0.0),
    street.SignalPost("main", (11.6, 0.0), 270.0, 5.6),
    street.SignalPost("side", (5.0, 13.6), 180.0),
)


def _players(seed: int) -> Sequence[Mover]:
    chance = np.random.default_rng([seed, 101])
    walkers = _walkers(chance)
    trips = [mover.trip for mover in walkers]
    return [*walkers, *_cars(chance, trips)]


def _walkers(chance: np.random.Generator) -> list[Mover]:
    movers = []
    for _ in range(34):
        trip = _crossing(chance) if chance.random() < 0.62 else _passing_by(chance)
        movers.append(Mover(looks.random_person(chance), trip))
    return movers


def _crossing(chance: np.random.Generator) -> Trip:
    """Over one of the four crosswalks, from a sidewalk to a sidewalk."""
    speed = float(chance.uniform(1.2, 1.6))
    aside, far = float(chance.uniform(-1.4, 1.4)), float(chance.uniform(16, 26))
    begins_s, sign = float(chance.uniform(0, PERIOD_S)), float(chance.choice([-1, 1]))
    back = float(chance.choice([-1, 1]))
    if chance.random() < 0.5:
        x = sign * 7.4 + aside
        way = path(
            (x + sign * far, -15.0 * back),
            (x, -15.0 * back),
            (x, 15.0 * back),
            (x + sign * far, 15.0 * back),
            radius_m=2,
        )
        kerb, signal, needs_s = far + 6.0, "walk_main", 10.5
    else:
        y = sign * 10.4 + aside
        way = path(
            (-10.5 * back, y + sign * far),
            (-10.5 * back, y),
            (10.5 * back, y),
            (10.5 * back, y + sign * far),
            radius_m=2,
        )
        kerb, signal, needs_s = far + 4.2, "walk_side", 6.2
    return cross(way, begins_s, kerb, lambda t_s: PLAN.open_for(signal, t_s), needs_s, speed)


def _passing_by(chance: np.random.Generator) -> Trip:
    """Along the northern or the eastern sidewalk."""
    y = float(chance.uniform(14.2, 16.4))
    line = (
        [(-40.0, y), (-8.0, y)] if chance.random() < 0.4 else [(62.0, y), (10.0, y), (10.0, 60.0)]
    )
    way = path(*(line if chance.random() < 0.5 else line[::-1]), radius_m=2)
    return cross(
        way,
        float(chance.uniform(0, PERIOD_S)),
        0.0,
        lambda _: 1.0,
        0.0,
        float(chance.uniform(1.2, 1.6)),
    )


def _cars(chance: np.random.Generator, walks: Sequence[Trip]) -> list[Mover]:
    movers = []
    for way, right, signal in _approaches():
        vehicles = [looks.random_vehicle(chance) for _ in range(7 if signal == "main" else 5)]
        gate = Gate(_stop_along(signal), lambda t_s, signal=signal: PLAN.is_closed(signal, t_s))
        lane = []
        times = np.sort(chance.uniform(0, PERIOD_S, len(vehicles)))
        for look, at_s in zip(vehicles, times, strict=True):
            turns = right is not None and look.label == "car" and chance.random() < 0.3
            taken = right if turns and right is not None else way
            gates = (
                (gate, Gate(*_walkers_gate(right, walks)))
                if turns and right is not None
                else (gate,)
            )
            wish = float(chance.uniform(42, 58)) if look.label == "car" else 40.0
            lane.append(
                Entry(
                    taken,
                    float(at_s),
                    BODIES[look.body].length_m,
                    wish,
                    gates,
                    _stop_along(signal) + 6,
                )
            )
        movers += [
            Mover(look, trip) for look, trip in zip(vehicles, drive(lane, PERIOD_S), strict=True)
        ]
    return movers


FAR_M = 95.0


def _stop_along(signal: str) -> float:
    return FAR_M - STOP_M[signal] - 0.6


def _approaches() -> list[tuple[Path, Path | None, str]]:
    """Straight ways through the crossroad, the right turn off each if there is one, its signal."""
    found: list[tuple[Path, Path | None, str]] = []
    for sign in (1, -1):
        straight = [path((-FAR_M * sign, -y * sign), (FAR_M * sign, -y * sign)) for y in LANES_M]
        turn = path(
            (-FAR_M * sign, -5.25 * sign),
            (-2.0 * sign, -5.25 * sign),
            (-2.0 * sign, -FAR_M * sign),
            radius_m=6.5,
        )
        found += [(straight[0], None, "main"), (straight[1], turn, "main")]
        along = path((2.0 * sign, -FAR_M * sign), (2.0 * sign, FAR_M * sign))
        right = path(
            (2.0 * sign, -FAR_M * sign),
            (2.0 * sign, -5.25 * sign),
            (FAR_M * sign, -5.25 * sign),
            radius_m=6.5,
        )
        found.append((along, right, "side"))
    return found


def _walkers_gate(way: Path, walks: Sequence[Trip]) -> tuple[float, Callable[[float], bool]]:
    """Where a car that turns waits for people on the crosswalk behind the bend, and when."""
    on_side = abs(float(way.points_m[-1, 0])) < 5
    sign = np.sign(way.points_m[-1, 1] if on_side else way.points_m[-1, 0])
    axis, middle, half, reach = (
        (1, 10.4, 2.4, SIDE_HALF_M) if on_side else (0, 7.4, 2.4, MAIN_HALF_M)
    )

    def inside(position: np.ndarray) -> np.ndarray:
        return (np.abs(position[:, axis] - sign * middle) < half) & (
            np.abs(position[:, 1 - axis]) < reach + 0.6
        )

    before = np.abs(way.points_m[:, axis] - sign * (middle - half)) < 0.5
    return float(way.along_m[np.flatnonzero(before)[-1]]) - 0.5, occupied(walks, inside, PERIOD_S)


ZONES = (
    Zone(
        1,
        N_("Main street, westbound and eastbound"),
        "line_count",
        ZoneShape.LINE,
        CAMERA.fractions([(16.0, 7.0), (16.0, -7.0)]),
    ),
    Zone(
        2,
        N_("Side street"),
        "line_count",
        ZoneShape.LINE,
        CAMERA.fractions([(-4.0, 17.0), (4.0, 17.0)]),
    ),
)

CROSSROAD = RenderedScene(
    name="crossroad",
    title=Names("Перекрёсток", "Қиылыс", "Crossroad"),
    camera=CAMERA,
    light=Daylight(160.0, 44.0),
    period_s=PERIOD_S,
    paint=_paint,
    players=_players,
    zones=ZONES,
    marks_m=(
        (-11.5, 0.0),
        (-7.0, 7.0),
        (4.0, 12.0),
        (7.0, -7.0),
        (16.0, 7.0),
        (30.0, -7.0),
        (4.0, 40.0),
        (40.0, 3.5),
    ),
    plan=PLAN,
    lamps=tuple(lamp for each in SIGNALS for lamp in each.lamps()),
)
