"""A pinhole camera over a city whose ground is flat.

Metres: x to the east, y to the north, z upwards. Pixels: x to the right, y downwards, the
centre of the upper left pixel at (0.5, 0.5). Depth is the distance along the optical axis.
"""

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Point3 = tuple[float, float, float]
Point2 = tuple[float, float]

NEAREST_M = 0.5
"""What is nearer along the optical axis than this is not in the picture."""


@dataclass(frozen=True)
class CameraModel:
    """Where a camera hangs and how it looks.

    ``yaw_deg`` is the compass direction of its optical axis (0 north, 90 east), ``pitch_deg``
    how far that points below the horizon, ``focal`` its focal length in picture widths.
    """

    at_m: Point3
    yaw_deg: float
    pitch_deg: float
    focal: float
    wh: tuple[int, int]

    @cached_property
    def axes(self) -> Floats:
        """Rows: to the right, upwards and forwards in the picture, as directions in metres."""
        yaw, pitch = math.radians(self.yaw_deg), math.radians(self.pitch_deg)
        ahead = np.array([math.sin(yaw), math.cos(yaw), 0.0])
        right = np.array([math.cos(yaw), -math.sin(yaw), 0.0])
        up = np.array([0.0, 0.0, 1.0])
        forward = math.cos(pitch) * ahead - math.sin(pitch) * up
        return np.stack([right, math.sin(pitch) * ahead + math.cos(pitch) * up, forward])

    @cached_property
    def matrix(self) -> Floats:
        """(3, 4): homogeneous metres to (x · depth, y · depth, depth) in pixels."""
        width, height = self.wh
        focal_px = self.focal * width
        lens = np.array([[focal_px, 0, width / 2], [0, -focal_px, height / 2], [0, 0, 1.0]])
        moved = np.column_stack([self.axes, -self.axes @ np.array(self.at_m)])
        return np.asarray(lens @ moved)

    def project(self, points_m: npt.ArrayLike) -> tuple[Floats, Floats]:
        """Pixels (N, 2) and depths in metres (N,) of points (N, 3); depth may be negative."""
        points = np.asarray(points_m, np.float64)
        homogeneous = points @ self.matrix[:, :3].T + self.matrix[:, 3]
        depth = homogeneous[..., 2]
        safe = np.where(np.abs(depth) < 1e-6, 1e-6, depth)
        return homogeneous[..., :2] / safe[..., None], depth

    def fractions(self, points_m: npt.ArrayLike) -> tuple[Point2, ...]:
        """Where points (N, 3) or ground points (N, 2) lie, as fractions of the picture."""
        points = on_ground(points_m)
        pixels, _ = self.project(points)
        return tuple((float(x), float(y)) for x, y in pixels / np.array(self.wh))

    def ground(self, fractions: npt.ArrayLike) -> Floats:
        """Metres (N, 2) on the ground that picture fractions (N, 2) show; NaN for the sky."""
        pixels = np.asarray(fractions, np.float64) * np.array(self.wh)
        to_ground = np.linalg.inv(self.matrix[:, [0, 1, 3]])
        found = np.column_stack([pixels, np.ones(len(pixels))]) @ to_ground.T
        found[found[:, 2] <= 1e-9] = np.nan
        metres: Floats = found[:, :2] / found[:, 2:]
        return metres

    def clip(self, polygon_m: Floats, spare_px: float = 0.0) -> tuple[Floats, Floats]:
        """Pixels (M, 2) and depths (M,) of the part of a polygon (N, 3) that is in view.

        ``spare_px`` widens the view. Sutherland and Hodgman's cut, along its sides and just
        before the camera; M is 0 for what is out of view.
        """
        polygon = polygon_m @ self.matrix[:, :3].T + self.matrix[:, 3]
        width, height = self.wh
        for side in _sides(float(width), float(height), spare_px):
            nearest = NEAREST_M if side[2] == 1.0 and not side[:2].any() else 0.0
            polygon = _cut(polygon, polygon @ side - nearest)
            if len(polygon) == 0:
                break
        return polygon[:, :2] / polygon[:, 2:], polygon[:, 2]

    def outline(self, polygon_m: npt.ArrayLike) -> tuple[Point2, ...]:
        """The part of a polygon that is in the picture, as fractions of it."""
        pixels, _ = self.clip(on_ground(polygon_m))
        inside = np.clip(pixels / np.array(self.wh), 0.0, 1.0)
        return tuple((round(float(x), 4), round(float(y), 4)) for x, y in inside)

    def scaled(self, factor: int) -> "CameraModel":
        """The same camera with ``factor`` times as many pixels along each side."""
        return replace(self, wh=(self.wh[0] * factor, self.wh[1] * factor))


def on_ground(points_m: npt.ArrayLike) -> Floats:
    """Points (N, 2) or (N, 3) as (N, 3), on the ground where no height is given."""
    points = np.asarray(points_m, np.float64)
    if points.shape[-1] == 3:
        return points
    return np.concatenate([points, np.zeros((*points.shape[:-1], 1))], axis=-1)


def _sides(width: float, height: float, spare: float) -> list[Floats]:
    """Planes around the view in homogeneous pixels: positive is inside; the nearest first."""
    return [
        np.array([0.0, 0.0, 1.0]),
        np.array([1.0, 0.0, spare]),
        np.array([-1.0, 0.0, width + spare]),
        np.array([0.0, 1.0, spare]),
        np.array([0.0, -1.0, height + spare]),
    ]


def _cut(polygon: Floats, inside: Floats) -> Floats:
    """The part of a polygon where ``inside`` is positive."""
    if (inside > 0).all():
        return polygon
    kept: list[Floats] = []
    for number in range(len(polygon)):
        before, after = inside[number - 1], inside[number]
        if (before > 0) != (after > 0):
            share = before / (before - after)
            kept.append(polygon[number - 1] + (polygon[number] - polygon[number - 1]) * share)
        if after > 0:
            kept.append(polygon[number])
    return np.array(kept).reshape(-1, 3)
