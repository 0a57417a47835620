"""Things with flat faces that stand still: blocks, posts, panels. Metres; see ``Easel``."""

import math
from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from demo.scenes.picture.camera import Floats, Point2, Point3
from demo.scenes.picture.easel import Easel
from demo.scenes.picture.light import Colour
from demo.scenes.picture.noise import Plane

Texture = npt.NDArray[np.uint8]


def face(
    easel: Easel, corners_m: npt.ArrayLike, paint: Colour, bright: float | None = None
) -> None:
    """A flat face with corners (N, 3), as bright as the light makes it."""
    corners = np.asarray(corners_m, np.float64)
    spot = easel.spot(corners)
    if not spot.mask.any():
        return
    shining = brightness(easel, corners) if bright is None else bright
    easel.stand(spot, scaled(paint, shining), easel.nearness(corners))


def brightness(easel: Easel, corners_m: Floats) -> float:
    """How bright the side of a face that the camera sees is."""
    normal = np.cross(corners_m[1] - corners_m[0], corners_m[2] - corners_m[1])
    normal /= max(float(np.linalg.norm(normal)), 1e-9)
    if normal @ (np.array(easel.camera.at_m) - corners_m[0]) < 0:
        normal = -normal
    return float(easel.light.on_faces(normal[None])[0])


def scaled(paint: Colour, bright: float) -> Colour:
    """A colour in other light."""
    return (paint[0] * bright, paint[1] * bright, paint[2] * bright)


def footprint(middle: Point2, size: Point2, turned_deg: float = 0.0) -> Floats:
    """The corners (4, 2) of a rectangle ``size`` wide and deep, turned clockwise."""
    turn = math.radians(turned_deg)
    right = np.array([math.cos(turn), -math.sin(turn)]) * size[0] / 2
    ahead = np.array([math.sin(turn), math.cos(turn)]) * size[1] / 2
    centre = np.array(middle)
    return np.array(
        [
            centre - right - ahead,
            centre + right - ahead,
            centre + right + ahead,
            centre - right + ahead,
        ]
    )


def block(
    easel: Easel,
    base_m: Floats,
    bottom_m: float,
    top_m: float,
    paint: Colour,
    lid: Colour | None = None,
) -> None:
    """An upright prism over a polygon (N, 2), with a lid of its own colour if given."""
    low, high = at_height(base_m, bottom_m), at_height(base_m, top_m)
    for number in range(len(base_m)):
        after = (number + 1) % len(base_m)
        face(easel, [low[number], low[after], high[after], high[number]], paint)
    face(easel, high, lid or paint)


def at_height(base_m: Floats, height_m: float) -> Floats:
    """Ground points (N, 2) at a height (N, 3)."""
    return np.column_stack([base_m, np.full(len(base_m), height_m)])


def post(
    easel: Easel,
    foot: Point2,
    height_m: float,
    width_m: float,
    paint: Colour,
    bottom_m: float = 0.0,
) -> None:
    """A post as a narrow face turned towards the camera, bright on its sunny side."""
    beam(easel, (*foot, bottom_m), (*foot, height_m), width_m, paint)


def beam(easel: Easel, start: Point3, end: Point3, width_m: float, paint: Colour) -> None:
    """A straight round bar, in two tones along its length."""
    line = np.array([start, end], np.float64)
    to_camera = np.array(easel.camera.at_m) - line.mean(axis=0)
    side = np.cross(line[1] - line[0], to_camera)
    side *= width_m / 2 / max(float(np.linalg.norm(side)), 1e-9)
    sunny = 1.0 if side @ easel.light.to_sun > 0 else -1.0
    for edges, bright in (((-1.0, 1.0), 0.74), ((0.0, sunny), 1.0)):
        left, right = side * edges[0], side * edges[1]
        corners = [line[0] + left, line[0] + right, line[1] + right, line[1] + left]
        face(easel, np.array(corners), paint, bright)


def panel(
    easel: Easel, start: Point2, end: Point2, bottom_m: float, top_m: float, texture: Texture
) -> None:
    """An upright wall from ``start`` to ``end`` (left to right as seen) with a picture on it."""
    corners = np.array([(*start, top_m), (*end, top_m), (*end, bottom_m), (*start, bottom_m)])
    hang(easel, corners, texture, brightness(easel, corners))


def hang(easel: Easel, corners_m: Floats, texture: Texture, bright: float = 1.0) -> None:
    """A picture on a flat quad: corners from its upper left one clockwise, all in view."""
    spot = easel.spot(corners_m)
    pixels, depth = easel.camera.project(corners_m)
    if not spot.mask.any() or (depth <= 0.5).any():
        return
    fitted = _fitted(texture, pixels)
    height, width = fitted.shape[:2]
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    corner = np.array([spot.roi[1].start, spot.roi[0].start])
    to_picture = cv2.getPerspectiveTransform(source, (pixels - corner).astype(np.float32))
    size = (spot.mask.shape[1], spot.mask.shape[0])
    warped = cv2.warpPerspective(fitted, to_picture, size, borderMode=cv2.BORDER_REPLICATE)
    colours: Plane = warped.astype(np.float32) * bright
    easel.stand(spot, colours, easel.nearness(corners_m))


def _fitted(texture: Texture, pixels: Floats) -> Texture:
    """The texture no finer than it will be seen, so that it does not flicker into moiré."""
    edges = np.linalg.norm(np.roll(pixels, -1, axis=0) - pixels, axis=1)
    width, height = max(edges[0], edges[2]), max(edges[1], edges[3])
    target = (
        int(np.clip(width * 1.15, 4, texture.shape[1])),
        int(np.clip(height * 1.15, 4, texture.shape[0])),
    )
    return np.asarray(cv2.resize(texture, target, interpolation=cv2.INTER_AREA), np.uint8)


def cast_shadow(easel: Easel, base_m: Floats, height_m: float, bottom_m: float = 0.0) -> None:
    """The shadow of an upright prism on the ground."""
    step = np.array(easel.light.shadow_step)
    ends = np.concatenate([base_m + step * bottom_m, base_m + step * height_m])
    hull = cv2.convexHull(ends.astype(np.float32)).reshape(-1, 2)
    easel.shade(easel.spot(hull))


def cast_bar(easel: Easel, start: Point3, end: Point3, width_m: float) -> None:
    """The shadow of a bar on the ground."""
    step = np.array(easel.light.shadow_step)
    points = [np.array(point[:2]) + step * point[2] for point in (start, end)]
    along = points[1] - points[0]
    length = float(np.linalg.norm(along))
    if length > 1e-6:
        aside = np.array([-along[1], along[0]]) / length * width_m / 2
        quad = [points[0] - aside, points[0] + aside, points[1] + aside, points[1] - aside]
        easel.shade(easel.spot(np.array(quad)), 0.9)


def shadows(easel: Easel, prisms: Sequence[tuple[Floats, float]]) -> None:
    """The shadows of several prisms: base and height each."""
    for base_m, height_m in prisms:
        cast_shadow(easel, base_m, height_m)
