"""Who is on the stage at a moment, ready to be drawn, and how large in the picture."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np
import numpy.typing as npt

from demo.scenes.motion.cast import Cast, Moment
from demo.scenes.picture.camera import CameraModel, Floats
from demo.scenes.picture.canvas import Canvas, Points, Tone, extent_of, fixed
from demo.scenes.picture.easel import GRAIN
from demo.scenes.picture.film import Drawn, Shadow
from demo.scenes.picture.light import Daylight
from demo.scenes.things import people, vehicles
from demo.scenes.things.looks import PersonLook, VehicleLook

MARGIN_PX = 4.0
NEAREST_M = 1.5
REACH_M = 9.0
"""No mover and no shadow reaches farther from where it stands: buses are twelve metres long."""

Box = tuple[float, float, float, float]
Brush = Callable[[Canvas, Tone], None]


@dataclass(frozen=True, slots=True, eq=False)
class Appearance:
    """One mover in the picture: its row in the moment, its box in pixels, not cut at the edges."""

    row: int
    box_px: Box
    drawn: Drawn | None
    shadow: Shadow | None


def appearances(
    cast: Cast, moment: Moment, camera: CameraModel, light: Daylight, idle: float
) -> list[Appearance]:
    """The movers of a moment that are in the picture or near it.

    ``idle`` is an angle that comes round with the loop; it moves those who stand.
    """
    feet_px, depth_m = camera.project(moment.at_m)
    rows = np.flatnonzero(_near_view(feet_px, depth_m, camera))
    looks = {row: cast.movers[moment.numbers[row]].look for row in rows.tolist()}
    walkers = [row for row, look in looks.items() if isinstance(look, PersonLook)]
    drivers = [row for row, look in looks.items() if isinstance(look, VehicleLook)]
    found = _people(cast, moment, walkers, feet_px, camera, light, idle) if walkers else []
    return found + (_vehicles(cast, moment, drivers, feet_px, camera, light) if drivers else [])


def _near_view(feet_px: Floats, depth_m: Floats, camera: CameraModel) -> npt.NDArray[np.bool_]:
    reach = REACH_M * camera.focal * camera.wh[0] / np.maximum(depth_m, NEAREST_M)
    beyond = np.maximum(-feet_px, feet_px - np.array(camera.wh)).max(axis=1)
    return np.asarray((depth_m > NEAREST_M) & (beyond < reach))


def _vehicles(
    cast: Cast,
    moment: Moment,
    rows: Sequence[int],
    feet_px: Floats,
    camera: CameraModel,
    light: Daylight,
) -> list[Appearance]:
    looks = [cast.movers[moment.numbers[row]].look for row in rows]
    kinds = [look for look in looks if isinstance(look, VehicleLook)]
    placed = vehicles.place(camera, light, kinds, moment.at_m[rows], moment.yaw[rows])
    found = []
    for row, vehicle in zip(rows, placed, strict=True):
        if vehicle is not None:
            box, depth_m = _box(vehicle.pixels), vehicle.depth_m
            brush = partial(vehicle.draw, gains_ms2=float(moment.gains_ms2[row]))
            drawn = _drawn(box, depth_m, camera, feet_px[row], brush)
            shadow = _vehicle_shadow(vehicle, camera)
            found.append(Appearance(row, box, drawn, shadow))
    return found


def _people(
    cast: Cast,
    moment: Moment,
    rows: Sequence[int],
    feet_px: Floats,
    camera: CameraModel,
    light: Daylight,
    idle: float,
) -> list[Appearance]:
    looks = [cast.movers[moment.numbers[row]].look for row in rows]
    heights = np.array([look.height_m for look in looks if isinstance(look, PersonLook)])
    at = np.array(rows)
    idles = idle * (1 + moment.numbers[at] % 3) + 2.4 * moment.numbers[at]
    figures = people.figures(heights, moment.along_m[at], moment.speed_ms[at], idles)
    joints = people.stand_up(figures, moment.at_m[at], moment.yaw[at])
    placed = people.place(camera, joints, heights, moment.yaw[at])
    shadows, _ = camera.project(people.fallen(joints, light.shadow_step, moment.at_m[at, 2]))
    points = fixed(placed.pixels)
    found = []
    for number, (row, look) in enumerate(zip(rows, looks, strict=True)):
        assert isinstance(look, PersonLook)
        figure = _figure(look, placed, points, number)
        radius = 0.07 * figure.size_px
        box, depth_m = _box(placed.pixels[number], radius), float(placed.depth_m[number])
        drawn = _drawn(box, depth_m, camera, feet_px[row], figure.draw)
        shadow = _person_shadow(shadows[number], figure.size_px, depth_m, camera)
        found.append(Appearance(row, box, drawn, shadow))
    return found


def _figure(
    look: PersonLook, placed: people.PlacedPeople, points: Points, number: int
) -> people.Figure:
    return people.Figure(
        look,
        points[number],
        float(placed.size_px[number]),
        float(placed.broad[number]),
        bool(placed.right_near[number]),
    )


def _drawn(
    box: Box, depth_m: float, camera: CameraModel, foot_px: Floats, brush: Brush
) -> Drawn | None:
    roi = extent_of(box[:2], box[2:], camera.wh, MARGIN_PX, GRAIN)
    return Drawn(roi, depth_m, (int(foot_px[0]), int(foot_px[1])), brush) if roi else None


def _vehicle_shadow(vehicle: vehicles.PlacedVehicle, camera: CameraModel) -> Shadow | None:
    box = _box(vehicle.shadow_px)
    roi = extent_of(box[:2], box[2:], camera.wh, MARGIN_PX, GRAIN)
    return Shadow(roi, vehicle.depth_m, partial(_fill, fixed(vehicle.shadow_px))) if roi else None


def _person_shadow(
    pixels: Floats, size_px: float, depth_m: float, camera: CameraModel
) -> Shadow | None:
    box = _box(pixels, 0.1 * size_px)
    roi = extent_of(box[:2], box[2:], camera.wh, MARGIN_PX, GRAIN)
    brush = partial(people.draw_shadow, pixels=pixels, size_px=size_px)
    return Shadow(roi, depth_m, brush) if roi else None


def _fill(corners: Points, mask: npt.NDArray[np.uint8]) -> None:
    cv2.fillConvexPoly(mask, corners, (255,), cv2.LINE_8, 3)


def _box(pixels: Floats, radius_px: float = 0.0) -> Box:
    x1, y1 = pixels.min(axis=0).tolist()
    x2, y2 = pixels.max(axis=0).tolist()
    return (x1 - radius_px, y1 - radius_px, x2 + radius_px, y2 + radius_px)
