"""The easel: where the still part of a scene is painted, once.

It is painted with ``GRAIN`` times as many pixels along each side as the frames have, and knows
for each pixel the ground beneath it and how far off the thing is that stands there. Ground is
painted first, then shadows fall on it, then things are stood up in any order: the nearer one
hides the farther one.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from demo.scenes.picture.camera import NEAREST_M, CameraModel, Floats, on_ground
from demo.scenes.picture.light import HAZE, SHADE, Colour, Daylight
from demo.scenes.picture.noise import Plane, layered

GRAIN = 2
"""Pixels of the backdrop for one pixel of a frame, along each side."""

_SHIFT = 4  # sixteenths of a pixel in OpenCV's polygons

Mask = npt.NDArray[np.uint8]
Pixels = npt.NDArray[np.uint8]
Roi = tuple[slice, slice]
Nearness = tuple[float, float, float]
"""a, b, c: one by the depth of a flat face at pixel (x, y) is a·x + b·y + c."""


@dataclass(frozen=True, slots=True, eq=False)
class Backdrop:
    """The still part of a scene, ``GRAIN`` times finer than its frames.

    ``lit`` as it is, ``shaded`` the same with all its ground in the shade, both BGR;
    ``depth_m`` of what stands there, infinite where there is only ground or sky; ``sunny``
    where nothing that stands still throws its shadow.
    """

    lit: Pixels
    shaded: Pixels
    depth_m: Plane
    sunny: npt.NDArray[np.bool_]


class Easel:
    """Paints a ``Backdrop``."""

    def __init__(self, camera: CameraModel, light: Daylight) -> None:
        self.camera = camera.scaled(GRAIN)
        self.light = light
        width, height = self.camera.wh
        self._columns, self._rows = np.meshgrid(
            np.arange(width, dtype=np.float32) + 0.5, np.arange(height, dtype=np.float32) + 0.5
        )
        self.x_m, self.y_m, self.distance_m = self._ground()
        self.is_ground = np.isfinite(self.distance_m)
        self.sharpness_px = self.camera.focal * width / np.maximum(self.distance_m, 1.0)
        self._lit = np.zeros((height, width, 3), np.float32)
        self._shaded = self._lit
        self._sun = np.ones((height, width), np.float32)
        self._depth_m = np.full((height, width), np.inf, np.float32)
        self._textures: dict[tuple[tuple[float, ...], int], Plane] = {}

    def _ground(self) -> tuple[Plane, Plane, Plane]:
        to_ground = np.linalg.inv(self.camera.matrix[:, [0, 1, 3]])
        x, y, inverse = (
            (a * self._columns + b * self._rows + c).astype(np.float32) for a, b, c in to_ground
        )
        with np.errstate(divide="ignore", invalid="ignore"):
            depth_m = np.where(inverse > 1e-5, 1.0 / inverse, np.inf).astype(np.float32)
        seen = np.isfinite(depth_m)
        flat = np.where(seen, depth_m, 0.0)
        return x * flat, y * flat, depth_m

    # Ground

    def mask(self, *polygons_m: npt.ArrayLike) -> Mask:
        """Where polygons (N, 2) or (N, 3) in metres are in the picture, 0–255, smooth edges."""
        mask = np.zeros(self._depth_m.shape, np.uint8)
        for polygon_m in polygons_m:
            pixels = self.outline(polygon_m)
            if len(pixels) >= 3:
                cv2.fillPoly(mask, [pixels], (255,), cv2.LINE_AA, _SHIFT)
        return mask

    def outline(self, points_m: npt.ArrayLike) -> npt.NDArray[np.int32]:
        """A polygon's corners in sixteenths of a pixel, cut off just before the camera."""
        pixels, depth = clipped(on_ground(points_m), self.camera)
        if len(depth) < 3:
            return np.zeros((0, 2), np.int32)
        return np.asarray(np.round((pixels - 0.5) * (1 << _SHIFT)), np.int32)

    def lay(self, mask: Mask, colours: Plane | Colour, strength: float | Plane = 1.0) -> None:
        """Put ground of these colours (a picture, or one colour) where ``mask`` says."""
        roi = extent(mask)
        if roi is None:
            return
        seen = np.asarray(strength, np.float32)
        seen = seen[roi] if seen.ndim == 2 else seen
        share = (mask[roi].astype(np.float32) / 255.0 * seen)[..., None]
        new = np.asarray(colours, np.float32)
        new = new[roi] if new.ndim == 3 else new
        self._lit[roi] += (new - self._lit[roi]) * share

    def darken(self, mask: Mask, share: float | Plane) -> None:
        """Make the ground darker by a share of itself where ``mask`` says."""
        roi = extent(mask)
        if roi is not None:
            much = np.asarray(share, np.float32)
            much = much[roi] if much.ndim == 2 else much
            self._lit[roi] *= (1.0 - mask[roi].astype(np.float32) / 255.0 * much)[..., None]

    def texture(self, sizes_m: tuple[float, ...], seed: int) -> Plane:
        """Noise over the ground, -1 to 1, fading where its features get too small to see."""
        if (sizes_m, seed) not in self._textures:
            grain = layered(self.x_m, self.y_m, sizes_m, seed)
            visible = np.clip(self.sharpness_px * min(sizes_m) / 1.5, 0.12, 1.0)
            self._textures[sizes_m, seed] = np.asarray(grain * visible, np.float32)
        return self._textures[sizes_m, seed]

    # Shadow

    def shade(self, mask: Mask, strength: float = 1.0) -> None:
        """Let a shadow fall where ``mask`` says."""
        roi = extent(mask)
        if roi is not None:
            left = 1.0 - mask[roi].astype(np.float32) / 255.0 * strength
            np.minimum(self._sun[roi], left, out=self._sun[roi])

    def settle(self) -> None:
        """The ground is painted: let the light fall on it. Things may be stood on it now."""
        self._shaded = self._lit * SHADE
        sun = cv2.GaussianBlur(self._sun, (0, 0), 1.0)[..., None]
        self._shaded[~self.is_ground] = self._lit[~self.is_ground]
        self._lit = self._shaded + (self._lit - self._shaded) * sun
        haze = self._haze(self.distance_m)
        for picture in (self._lit, self._shaded):
            picture += (HAZE - picture) * haze

    def sky(self, zenith: Colour, horizon: Colour, cloud: Colour) -> None:
        """Everything above the horizon: a gradient and clouds drawn out along it."""
        above = ~self.is_ground
        if not above.any():
            return
        # The horizon is level: the camera never rolls.
        horizon_row = int(above[:, 0].sum())
        up = np.clip(1.0 - self._rows / max(horizon_row, 1), 0, 1) * min(1.0, horizon_row / 240)
        colours = np.array(horizon) + (np.array(zenith) - np.array(horizon)) * up[..., None] ** 0.7
        stretched = layered(self._columns, self._rows * 3.2, (260.0, 110.0, 44.0, 18.0), 3)
        clouds = np.clip(stretched * 1.5 + 0.05, 0, 1)[..., None] * 0.8
        self._lit[above] = (colours + (np.array(cloud) - colours) * clouds)[above]

    # Things

    def stand(
        self,
        mask: Mask,
        colours: Plane | Colour,
        nearness: Nearness,
        at: Roi | None = None,
        flat: bool = False,
    ) -> None:
        """Stand a thing up where ``mask`` says, unless something nearer stands there.

        ``mask`` and ``colours`` are those of the whole picture, or of the rectangle ``at``.
        Shadows of those who move fall on what is ``flat``: a roof, say.
        """
        roi = at or extent(mask)
        if roi is None:
            return
        inside = (slice(None), slice(None)) if at else roi
        a, b, c = nearness
        inverse = a * self._columns[roi] + b * self._rows[roi] + c
        depth = 1.0 / np.maximum(inverse, 1e-4)
        seen = (mask[inside] > 127) & (depth < self._depth_m[roi])
        new = np.asarray(colours, np.float32)
        new = new[inside] if new.ndim == 3 else np.broadcast_to(new, (*depth.shape, 3))
        hazy = (new + (HAZE - new) * self._haze(depth))[seen]
        self._lit[roi][seen] = hazy
        self._shaded[roi][seen] = hazy * SHADE if flat else hazy
        self._depth_m[roi][seen] = depth[seen]

    def nearness(self, corners_m: npt.ArrayLike) -> Nearness:
        """Of a flat face through these corners (3 or more, not on a line)."""
        pixels, depth = clipped(on_ground(corners_m), self.camera)
        flat = np.column_stack([pixels, np.ones(len(pixels))])
        a, b, c = np.linalg.lstsq(flat, 1.0 / depth, rcond=None)[0]
        return (float(a), float(b), float(c))

    def _haze(self, depth_m: Plane) -> Plane:
        far = np.where(np.isfinite(depth_m), depth_m, 0.0)
        return np.asarray(1.0 - 0.5 ** (far / self.light.haze_m), np.float32)[..., None]

    def backdrop(self) -> Backdrop:
        """What was painted."""
        fade = vignette(self.camera.wh)[..., None]
        lit, shaded = (
            np.clip(picture * fade, 0, 255).astype(np.uint8)
            for picture in (self._lit, self._shaded)
        )
        sunny = (self._sun > 0.5) | np.isfinite(self._depth_m)
        return Backdrop(lit, shaded, self._depth_m, sunny)


def vignette(wh: tuple[int, int]) -> Plane:
    """How bright a lens leaves each pixel: 1 in the middle, less in the corners."""
    width, height = wh
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    return np.asarray(1.0 - 0.13 * np.minimum(x**2 + y**2, 2.0) ** 1.3 / 2, np.float32)


def extent(mask: npt.NDArray[np.generic]) -> Roi | None:
    """The smallest rectangle with all of a mask; ``None`` for an empty one."""
    x, y, width, height = cv2.boundingRect(np.asarray(mask, np.uint8))
    return (slice(y, y + height), slice(x, x + width)) if width else None


def clipped(points_m: Floats, camera: CameraModel) -> tuple[Floats, Floats]:
    """Pixels and depths of the part of a polygon (N, 3) that is in view, and a little more.

    Sutherland and Hodgman's cut, along the sides of the view and just before the camera.
    """
    polygon = points_m @ camera.matrix[:, :3].T + camera.matrix[:, 3]
    width, height = camera.wh
    for side in _sides(float(width), float(height)):
        polygon = _cut(polygon, polygon @ side - (NEAREST_M if side[2] == 1 else 0.0))
        if len(polygon) == 0:
            break
    return polygon[:, :2] / polygon[:, 2:], polygon[:, 2]


def _sides(width: float, height: float) -> list[Floats]:
    """Planes around the view in homogeneous pixels: positive is inside; the nearest first."""
    spare = 40.0
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
