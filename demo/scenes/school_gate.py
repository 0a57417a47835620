"""The gate of a school: a quiet street, a crosswalk, pupils who come in by the gate.

Once in ten loops somebody walks over the street beside the crosswalk.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from data_access.domain.watch import Zone, ZoneShape
from data_access.domain.words import Names
from demo.scenes.motion.cast import Mover, Trip
from demo.scenes.motion.driving import vehicles
from demo.scenes.motion.gaps import in_a_gap
from demo.scenes.motion.paths import path
from demo.scenes.motion.traffic import Gate
from demo.scenes.motion.walks import USUAL_MS, occupied, walk
from demo.scenes.picture import ground
from demo.scenes.picture.camera import CameraModel, Floats, Point2
from demo.scenes.picture.easel import Easel
from demo.scenes.picture.light import Daylight, colour
from demo.scenes.scene import RenderedScene
from demo.scenes.things import looks, school, street
from demo.scenes.things.buildings import flats, house_shadow
from demo.scenes.things.looks import Chance
from demo.scenes.things.setting import Setting
from demo.scenes.things.trees import BIRCH, BUSH, ELM, SPRUCE

PERIOD_S, OPENS_S = 80.0, 10.0
"""The loop, and where in it a feed begins: no vehicle waits at the crosswalk then. What waits at
the first sight is background to a worker without a model, and leaves it in pieces."""

CAMERA = CameraModel((-11.5, -14.5, 6.8), 36.0, 14.5, 0.86, (960, 540))
FAR_M, SEEN_M = 75.0, 90.0
KERB_M, CROSSWALK_M, GATE_M, ACROSS_M = 4.2, 3.0, 5.0, -7.0
"""Half of the street's width; where along it the crosswalk and the gate are, and where somebody
walks over it."""

LIMIT_KMH, SPEEDS_KMH = 40, (26.0, 39.0)

SETTING = Setting(
    houses=(
        flats((-52, 34), 22, 5, "ochre", 31),
        flats((58, 40), 34, 9, "grey", 32),
        flats((52, 14), 10, 1, "shop", 33, looks="west", shop="КІТАП"),
        flats((64, -12), 38, 9, "sand", 34, looks="west"),
    ),
    trees=(
        *(((float(x), 6.2), 6.5, ELM) for x in (-22, -14, 14, 23, 32, 41)),
        *(((float(x), 16.5), 8.0, BIRCH) for x in (-18, 17, 29)),
        *(((float(x), 23.6), 5.5, SPRUCE) for x in (-20, -12, 20, 28, 36)),
        *(((float(x), 24.6), 1.1, BUSH) for x in (-16, -8, -4, 12, 16, 24, 32)),
        *(((float(x), -6.6), 7.0, ELM) for x in (22, 33, 44)),
    ),
    lamps=tuple(((x, 5.2), 180.0) for x in (-8.0, 19.0, 46.0)),
    parked=(
        *(((x, -5.4), 90.0) for x in (15.0, 21.0, 33.5)),
        *(((x, 5.3), 270.0) for x in (-13.5, -19.5)),
    ),
)


def _paint(easel: Easel) -> None:
    _lay_ground(easel)
    SETTING.shade(easel)
    house_shadow(easel, school.BUILDING)
    SETTING.build(easel)
    school.build(easel, GATE_M)
    for foot, looks_deg in (((CROSSWALK_M - 2.6, -4.8), 270.0), ((CROSSWALK_M + 2.6, 4.9), 90.0)):
        street.sign(easel, foot, looks_deg, street.crosswalk_sign())
    street.sign(easel, (-6.0, -4.9), 270.0, street.speed_sign(LIMIT_KMH))


def _lay_ground(easel: Easel) -> None:
    ground.grass(easel, ground.rectangle(-1500, -300, 1500, 4000))
    sidewalks = ((KERB_M, 9.4), (-8.2, -KERB_M))
    ground.paving(
        easel, *(ground.rectangle(-SEEN_M, a, SEEN_M + 30, b) for a, b in sidewalks), slab_m=0.6
    )
    ground.paving(easel, *school.paths(GATE_M), slab_m=0.6, base=colour("c2aca0"))
    ground.asphalt(
        easel,
        ground.rectangle(-1500, -KERB_M, 1500, KERB_M),
        ground.rectangle(11.0, -6.8, 38.0, -4),
        ground.rectangle(-24, 4, -9.5, 6.6),
    )
    ground.sport_field(easel, (27.0, 15.6), (16.0, 8.0))
    for y in (-2.1, 2.1):
        ground.tracks(easel, [(-SEEN_M, y), (SEEN_M, y)])
    _mark(easel)


def _mark(easel: Easel) -> None:
    for x1, x2 in ((-SEEN_M, CROSSWALK_M - 8), (CROSSWALK_M + 8, SEEN_M)):
        ground.dashes(easel, (x1, 0.0), (x2, 0.0), 2.0, 3.0, 0.12)
    for x in (CROSSWALK_M - 8, CROSSWALK_M + 8):
        ground.bump(easel, ground.rectangle(x - 0.5, -4, x + 0.5, 4))
    west, east = CROSSWALK_M - 2.1, CROSSWALK_M + 2.1
    ground.painted(easel, ground.rectangle(west, -4, east, 4), ground.YELLOW)
    ground.crosswalk(easel, (CROSSWALK_M, -4.0), (CROSSWALK_M, 4.0), 4.2)
    for west, east, y in (
        (-SEEN_M, -24.0, 4.3),
        (-9.5, SEEN_M, 4.3),
        (-SEEN_M, 11.0, -4.3),
        (38.0, SEEN_M, -4.3),
    ):
        ground.kerb(easel, [(west, y), (east, y)])
    ground.manhole(easel, (-3.0, 1.4))


def _players(seed: int) -> Sequence[Mover]:
    chance = np.random.default_rng([seed, 144])
    walkers = [Mover(looks.random_pupil(chance), _to_school(chance)) for _ in range(20)]
    walkers += [Mover(looks.random_person(chance), _passing_by(chance)) for _ in range(9)]
    taken = occupied([walker.trip for walker in walkers], _on_crosswalk, PERIOD_S)
    movers = list(walkers)
    for sign, count in ((1.0, 4), (-1.0, 5)):
        way = path((-FAR_M * sign, -2.1 * sign), (FAR_M * sign, -2.1 * sign))
        gate = Gate(FAR_M + CROSSWALK_M * sign - 3.0, taken)
        movers += vehicles(chance, way, count, PERIOD_S, SPEEDS_KMH, gates=(gate,))
    trip = _beside_the_crosswalk(movers[len(walkers) :])
    bright = replace(looks.random_person(chance), top=colour("c0392b"), bottom=colour("1d2430"))
    return [*movers, *([Mover(bright, trip, "jaywalking")] if trip else [])]


def _beside_the_crosswalk(cars: Sequence[Mover]) -> Trip | None:
    """From one sidewalk to the other, at a moment when no car comes."""
    over = walk(path((ACROSS_M, -KERB_M), (ACROSS_M, KERB_M)), 0.0)
    moments_s = np.arange(28.0, PERIOD_S - 12.0, 0.5).tolist()
    crossing = in_a_gap(over, cars, PERIOD_S, moments_s, (2.0, 20.0))
    comes, goes = (-32.0, -6.6), (40.0, 7.2)
    way = path(comes, (ACROSS_M, -6.6), (ACROSS_M, 7.2), goes)
    reach_s = (ACROSS_M - comes[0] + 6.6 - KERB_M) / USUAL_MS
    return crossing and walk(way, (crossing.begins_s - reach_s) % PERIOD_S)


def _on_crosswalk(position: Floats) -> npt.NDArray[np.bool_]:
    near = np.abs(position[:, 0] - CROSSWALK_M) < 3.5
    return np.asarray(near & (np.abs(position[:, 1]) < 5.0))


def _to_school(chance: Chance) -> Trip:
    """Along a sidewalk, over the crosswalk where need be, through the gate to the door."""
    across, along = (float(part) for part in chance.normal(0, 0.5, 2))
    gate = [(GATE_M + 0.5 * across, 8.0), (GATE_M + 0.8 * across, 13.0), (GATE_M, 26.5)]
    north = 7.4 + 0.5 * along
    over = (CROSSWALK_M + across, 5.6)
    starts: tuple[list[Point2], ...] = (
        [(-40.0, north), (GATE_M - 2, north)],
        [(52.0, north), (GATE_M + 2, north)],
        [(44.0, -7.2), (CROSSWALK_M + 0.9 * across, -6.6), over],
        [(-30.0, -7.0), (CROSSWALK_M - 1, -6.8), over],
    )
    way = path(*starts[chance.integers(len(starts))], *gate, radius_m=1.5)
    pace = max(float(chance.uniform(1.2, 1.75)), way.length_m / (PERIOD_S - 4))
    return walk(way, float(chance.uniform(0, PERIOD_S)), pace)


def _passing_by(chance: Chance) -> Trip:
    y = float(chance.choice([-6.8, 7.6])) + float(chance.normal(0, 0.4))
    ends: list[Point2] = [(-42.0, y), (50.0, y)]
    way = path(*(ends if chance.random() < 0.5 else ends[::-1]))
    return walk(way, float(chance.uniform(0, PERIOD_S)), float(chance.uniform(1.25, 1.6)))


def _line(number: int, name: str, start: Point2, end: Point2) -> Zone:
    points = CAMERA.fractions([start, end])
    return Zone(number, name, "line_count", ZoneShape.LINE, points)


ROADWAY = ground.rectangle(-10.5, -3.8, -0.4, 3.8)
"""Beside the crosswalk, where it fills the picture."""


SCHOOL_GATE = RenderedScene(
    name="school_gate",
    title=Names("Ворота школы", "Мектеп қақпасы", "School gate"),
    camera=CAMERA,
    light=Daylight(195.0, 42.0),
    period_s=PERIOD_S,
    opens_s=OPENS_S,
    paint=_paint,
    players=_players,
    zones=(
        _line(1, "Улица у школы", (8.5, KERB_M), (8.5, -KERB_M)),
        _line(2, "Вход в школу", (GATE_M - 2.8, 9.4), (GATE_M + 2.8, 9.4)),
        Zone(3, "Проезжая часть", "jaywalking", ZoneShape.POLYGON, CAMERA.outline(ROADWAY)),
    ),
    marks_m=(
        (-6.0, -4.2), (-8.0, 4.2), (CROSSWALK_M, -4.0), (CROSSWALK_M, 4.0),
        (11.0, -4.2), (20.0, 4.2), (26.0, 4.2), (GATE_M, 9.4),
    ),
)  # fmt: skip
