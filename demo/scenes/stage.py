"""Who is on the stage at a moment, ready to be drawn, and how large in the picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np
import numpy.typing as npt

from demo.scenes.motion.cast import Cast, Moment
from demo.scenes.picture.camera import CameraModel, Floats
from demo.scenes.picture.canvas import Canvas, Tone, extent_of, fixed
from demo.scenes.picture.easel import GRAIN
from demo.scenes.picture.film import Drawn, Shadow
from demo.scenes.picture.light import Daylight
from demo.scenes.things import people, vehicles
from demo.scenes.things.looks import PersonLook, VehicleLook

MARGIN_PX = 8.0


@dataclass(frozen=True, slots=True, eq=False)
class Appearance:
    """One mover in the picture: its box (x1, y1, x2, y2) in pixels of the camera, not clipped."""

    number: int
    box_px: tuple[float, float, float, float]
    drawn: Drawn | None
    shadow: Shadow | None


def appearances(
    cast: Cast, moment: Moment, camera: CameraModel, light: Daylight, t_s: float
) -> list[Appearance]:
    """All movers of a moment that the camera sees or whose shadow it may see."""
    vehicles_at = _of_kind(cast, moment, VehicleLook)
    people_at = _of_kind(cast, moment, PersonLook)
    found = [_vehicle(cast, moment, index, camera, light) for index in vehicles_at]
    if people_at:
        joints = _joints(cast, moment, people_at, t_s)
        for index, figure in zip(people_at, joints, strict=True):
            found.append(_person(cast, moment, index, figure, camera, light))
    return [one for one in found if one is not None]


def _of_kind(cast: Cast, moment: Moment, kind: type) -> list[int]:
    return [
        index
        for index, number in enumerate(moment.numbers)
        if isinstance(cast.movers[number].look, kind)
    ]


def _vehicle(
    cast: Cast, moment: Moment, index: int, camera: CameraModel, light: Daylight
) -> Appearance | None:
    number = int(moment.numbers[index])
    look = cast.movers[number].look
    assert isinstance(look, VehicleLook)
    at_m, yaw = moment.at_m[index], float(moment.yaw[index])
    placed = vehicles.place(camera, light, look, at_m, yaw)
    if placed is None:
        return None
    brush = partial(_draw_vehicle, look, placed, float(moment.gains_ms2[index]))
    drawn = _drawn(placed.pixels, placed.depth_m, camera, at_m, brush)
    outline = vehicles.shadow(look, at_m, yaw, light.shadow_step)
    flat = np.column_stack([outline, np.full(len(outline), at_m[2])])
    return Appearance(
        number, _box(placed.pixels), drawn, _shadow(flat, placed.depth_m, camera)
    )


def _joints(cast: Cast, moment: Moment, indices: Sequence[int], t_s: float) -> Floats:
    looks = [cast.movers[moment.numbers[index]].look for index in indices]
    heights = np.array([look.height_m for look in looks if isinstance(look, PersonLook)])
    rows = np.array(indices)
    idle_s = t_s + 2.4 * moment.numbers[rows]
    figures = people.figures(heights, moment.along_m[rows], moment.speed_ms[rows], idle_s)
    return people.stand_up(figures, moment.at_m[rows], moment.yaw[rows])


def _person(
    cast: Cast, moment: Moment, index: int, joints: Floats, camera: CameraModel, light: Daylight
) -> Appearance | None:
    number = int(moment.numbers[index])
    look = cast.movers[number].look
    assert isinstance(look, PersonLook)
    placed = people.place(camera, joints, float(moment.yaw[index]))
    if placed is None:
        return None
    radius = 0.062 * look.height_m * placed.px_m
    brush = partial(_draw_person, look, placed)
    at_m = moment.at_m[index]
    drawn = _drawn(placed.pixels, placed.depth_m, camera, at_m, brush, radius * 1.6)
    fallen = people.fallen(joints, light.shadow_step, float(at_m[2]))
    pixels, depth = camera.project(fallen)
    roi = extent_of(pixels, camera.wh, MARGIN_PX + radius, GRAIN) if depth.min() > 1 else None
    size = placed.px_m * look.height_m
    cast_by = partial(people.draw_shadow, pixels=pixels, size_px=size)
    shadow = Shadow(roi, placed.depth_m, cast_by) if roi else None
    return Appearance(number, _box(placed.pixels, radius), drawn, shadow)


def _drawn(
    pixels: Floats,
    depth_m: float,
    camera: CameraModel,
    at_m: Floats,
    brush: object,
    margin_px: float = 0.0,
) -> Drawn | None:
    roi = extent_of(pixels, camera.wh, MARGIN_PX / 2 + margin_px, GRAIN)
    if roi is None:
        return None
    foot, _ = camera.project(at_m[None])
    x, y = np.clip(foot[0], -9999, 9999)
    return Drawn(roi, depth_m, (int(x), int(y)), brush)  # type: ignore[arg-type]


def _shadow(flat_m: Floats, depth_m: float, camera: CameraModel) -> Shadow | None:
    pixels, depth = camera.project(flat_m)
    if depth.min() < 1.0:
        return None
    roi = extent_of(pixels, camera.wh, MARGIN_PX / 2, GRAIN)
    return Shadow(roi, depth_m, partial(_fill, fixed(pixels))) if roi else None


def _fill(corners: npt.NDArray[np.int32], mask: npt.NDArray[np.uint8]) -> None:
    cv2.fillConvexPoly(mask, corners, (255,), cv2.LINE_8, 3)


def _draw_vehicle(
    look: VehicleLook, placed: vehicles.PlacedVehicle, gains: float, canvas: Canvas, tone: Tone
) -> None:
    vehicles.draw(canvas, look, placed, tone, gains)


def _draw_person(
    look: PersonLook, placed: people.PlacedPerson, canvas: Canvas, tone: Tone
) -> None:
    people.draw(canvas, look, placed, tone)


def _box(pixels: Floats, radius_px: float = 0.0) -> tuple[float, float, float, float]:
    (x1, y1), (x2, y2) = pixels.min(axis=0) - radius_px, pixels.max(axis=0) + radius_px
    return (float(x1), float(y1), float(x2), float(y2))
