"""A straight road under any camera: vehicles of known constant speeds, for measuring speeds.

The road runs north from the origin, two lanes each way; the cameras stand at its southern end.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data_access.domain.words import Names
from demo.scenes.motion.cast import Mover, Trip
from demo.scenes.motion.paths import Path, path
from demo.scenes.picture import ground
from demo.scenes.picture.camera import CameraModel, Point2
from demo.scenes.picture.easel import Easel
from demo.scenes.picture.light import Daylight, colour
from demo.scenes.scene import RenderedScene
from demo.scenes.things import street
from demo.scenes.things.buildings import flats
from demo.scenes.things.looks import Chance, random_vehicle
from demo.scenes.things.setting import Setting
from demo.scenes.things.trees import ELM, POPLAR

LANE_M, EDGE_M = 3.6, 7.2
LANES_M = (LANE_M / 2, 1.5 * LANE_M)
LENGTH_M = (-15.0, 110.0)
PAUSE_S = 1.5
"""Between two vehicles of one carriageway: the one before has left the road."""

POSES: dict[str, CameraModel] = {
    name: CameraModel((x, y, z), yaw, pitch, focal, (1920, 1080))
    for name, (x, y, z, yaw, pitch, focal) in {
        "gantry": (-1.8, -4.0, 7.0, 0.0, 10.0, 1.3),
        "low pole": (9.5, -4.0, 4.5, -10.0, 8.0, 1.1),
        "high mast": (-10.0, -6.0, 12.0, 10.0, 18.0, 1.2),
        "roadside": (14.0, -2.0, 6.0, -35.0, 10.0, 1.0),
        "across": (24.0, 20.0, 6.5, -88.0, 13.0, 0.8),
        "long lens": (9.0, -30.0, 8.0, -7.0, 6.0, 2.4),
        "wide lens": (-9.0, 0.0, 6.5, 14.0, 22.0, 0.6),
        "steep": (0.0, -4.0, 11.0, 0.0, 30.0, 0.75),
        "roof": (14.0, -12.0, 16.0, -16.0, 17.0, 1.5),
        "oblique": (10.0, 2.0, 8.0, -25.0, 20.0, 0.85),
    }.items()
}
"""Ten ways to look at it: heights of 4.5–16 m, tilts of 6–30°, from above and from the side,
focal lengths of 0.6–2.4 picture widths (fields of view of 80–24°)."""

_SETTING = Setting(
    houses=(flats((-60, 190), 26, 9, "sand", 2), flats((50, 170), 26, 12, "blue", 3)),
    trees=(
        *(((-13.0 - y % 3, float(y)), 7.5 + y % 4, POPLAR) for y in range(40, 150, 9)),
        *(((13.5 + y % 2, float(y)), 6.0 + y % 3, ELM) for y in range(60, 150, 13)),
    ),
)


@dataclass(frozen=True, slots=True)
class Pass:
    """A vehicle that passes: its speed, and whether it drives away from the cameras."""

    speed_kmh: float
    outbound: bool


def road(
    name: str, camera: CameraModel, passes: Sequence[Pass], fps: float = 25.0
) -> RenderedScene:
    """The road with these passes, those of each carriageway one after another."""
    times = {way: _begins(passes, way) for way in (True, False)}
    period_s = 1.0 + max(begins[-1] for begins in times.values())

    def players(seed: int) -> Sequence[Mover]:
        chance = np.random.default_rng([seed, 310])
        waiting = {way: iter(begins) for way, begins in times.items()}
        return [_mover(chance, one, next(waiting[one.outbound])) for one in passes]

    return RenderedScene(
        name=f"road {name}",
        title=Names("Дорога", "Жол", "Road"),
        camera=camera,
        light=Daylight(205.0, 40.0, haze_m=700.0),
        period_s=float(np.ceil(period_s)),
        paint=_paint,
        players=players,
        zones=(),
        marks_m=_marks(camera),
        fps=fps,
    )


def _begins(passes: Sequence[Pass], outbound: bool) -> list[float]:
    """When each vehicle of a carriageway comes in, and when the last one has gone."""
    lasts = [_lasts_s(one.speed_kmh) + PAUSE_S for one in passes if one.outbound is outbound]
    return [0.5, *(0.5 + np.cumsum(lasts)).tolist()]


def _lasts_s(speed_kmh: float) -> float:
    return (LENGTH_M[1] - LENGTH_M[0]) / speed_kmh * 3.6


def _mover(chance: Chance, one: Pass, begins_s: float) -> Mover:
    side = float(chance.choice(LANES_M)) * (1 if one.outbound else -1)
    south, north = LENGTH_M
    ends = (south, north) if one.outbound else (north, south)
    # A driver keeps a lane to a few decimetres.
    way: Path = path(*((side + float(chance.normal(0, 0.2)), y) for y in ends))
    times, along = np.array([0.0, _lasts_s(one.speed_kmh)]), np.array([0.0, way.length_m])
    return Mover(random_vehicle(chance), Trip(way, begins_s, times, along))


MARKS = 16
FARTHEST_M = 75.0


def _marks(camera: CameraModel) -> tuple[Point2, ...]:
    """``MARKS`` ends of lane marks in view, each chosen farthest from those before it."""
    lines_m = (-EDGE_M, -LANE_M, 0.0, LANE_M, EDGE_M)
    grid = np.array([(x, y) for y in np.arange(-6.0, 96.0, 3.0) for x in lines_m])
    seen = np.array(camera.fractions(grid))
    _, depth = camera.project(np.column_stack([grid, np.zeros(len(grid))]))
    inside = ((seen > 0.03) & (seen < 0.97)).all(axis=1) & (depth > 1) & (depth < FARTHEST_M)
    grid, seen = grid[inside], seen[inside]
    chosen = [int(seen[:, 1].argmax())]
    while len(chosen) < min(MARKS, len(grid)):
        apart = np.linalg.norm(seen[:, None] - seen[chosen], axis=2).min(axis=1)
        chosen.append(int(apart.argmax()))
    return tuple((float(x), float(y)) for x, y in grid[chosen])


def _paint(easel: Easel) -> None:
    ground.grass(easel, ground.rectangle(-900, -60, 900, 3000), base=colour("949a60"))
    ground.asphalt(easel, ground.rectangle(-EDGE_M - 1.5, -60, EDGE_M + 1.5, 1500))
    for side in (-1, 1):
        for x in LANES_M:
            ground.tracks(easel, [(side * x, float(y)) for y in (-20, 40, 120, 400)])
        ground.dashes(easel, (side * LANE_M, -18.0), (side * LANE_M, 400.0), 3.0, 3.0)
        edge = side * EDGE_M
        ground.dashes(easel, (edge, -20.0), (edge, 400.0), gap_m=0, width_m=0.2)
    ground.dashes(easel, (0.0, -20.0), (0.0, 400.0), gap_m=0, width_m=0.2)
    _SETTING.shade(easel)
    _SETTING.build(easel)
    street.guard_rail(easel, [(-EDGE_M - 2.6, 8.0), (-EDGE_M - 2.6, 260.0)])
