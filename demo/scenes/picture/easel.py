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

from demo.scenes.picture.camera import CameraModel, Floats, on_ground
from demo.scenes.picture.light import HAZE, SHADE, Colour, Daylight
from demo.scenes.picture.noise import Plane, layered

GRAIN = 2
"""Pixels of the backdrop for one pixel of a frame, along each side."""

SPARE_PX = 40.0
"""Polygons are cut off so far outside the picture."""

_SHIFT = 4  # sixteenths of a pixel in OpenCV's polygons

Mask = npt.NDArray[np.uint8]
Pixels = npt.NDArray[np.uint8]
Roi = tuple[slice, slice]
Nearness = tuple[float, float, float]
"""a, b, c: one by the depth of a flat face at pixel (x, y) is a·x + b·y + c."""


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """A part of the easel: a rectangle, and what of it is meant, 0–255 with smooth edges."""

    roi: Roi
    mask: Mask

    @property
    def share(self) -> Plane:
        """What is meant, 0–1."""
        return self.mask.astype(np.float32) / 255.0

    def part(self, values: float | Colour | Plane) -> Plane:
        """Of values for the whole easel those for the spot; others as they are."""
        all_values = np.asarray(values, np.float32)
        if all_values.ndim < 2 or all_values.shape[:2] == self.mask.shape:
            return all_values
        return np.asarray(all_values[self.roi], np.float32)


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
        x, y, inverse = (a * self._columns + b * self._rows + c for a, b, c in to_ground.tolist())
        with np.errstate(divide="ignore", invalid="ignore"):
            depth_m = np.where(inverse > 1e-5, 1.0 / inverse, np.inf).astype(np.float32)
        seen = np.isfinite(depth_m)
        flat = np.where(seen, depth_m, 0.0)
        return x * flat, y * flat, depth_m

    # Ground

    def spot(self, *polygons_m: npt.ArrayLike) -> Spot:
        """Where polygons (N, 2) or (N, 3) in metres are in the picture."""
        outlines = [self.outline(polygon_m) for polygon_m in polygons_m]
        outlines = [outline for outline in outlines if len(outline) >= 3]
        width, height = self.camera.wh
        if not outlines:
            return Spot((slice(0, 0), slice(0, 0)), np.zeros((0, 0), np.uint8))
        corners = np.concatenate(outlines) / (1 << _SHIFT)
        left, top = np.maximum(np.floor(corners.min(axis=0)).astype(int) - 1, 0)
        right, bottom = np.minimum(np.ceil(corners.max(axis=0)).astype(int) + 2, (width, height))
        mask = np.zeros((max(0, bottom - top), max(0, right - left)), np.uint8)
        if mask.size:
            shift = np.array([left, top]) << _SHIFT
            for outline in outlines:
                cv2.fillPoly(mask, [outline - shift], (255,), cv2.LINE_AA, _SHIFT)
        return Spot((slice(top, top + mask.shape[0]), slice(left, left + mask.shape[1])), mask)

    def outline(self, points_m: npt.ArrayLike) -> npt.NDArray[np.int32]:
        """The corners of a polygon's part in view, in sixteenths of a pixel."""
        pixels, depth = self.camera.clip(on_ground(points_m), SPARE_PX)
        if len(depth) < 3:
            return np.zeros((0, 2), np.int32)
        return np.asarray(np.round((pixels - 0.5) * (1 << _SHIFT)), np.int32)

    def lay(self, spot: Spot, colours: Plane | Colour, strength: float | Plane = 1.0) -> None:
        """Put ground of these colours (a picture, or one colour) on a spot.

        Pictures are those of the spot, or of the whole easel.
        """
        share = (spot.share * spot.part(strength))[..., None]
        place = self._lit[spot.roi]
        place += (spot.part(colours) - place) * share

    def darken(self, spot: Spot, share: float | Plane) -> None:
        """Make the ground of a spot darker by a share of itself."""
        self._lit[spot.roi] *= (1.0 - spot.share * spot.part(share))[..., None]

    def texture(self, sizes_m: tuple[float, ...], seed: int) -> Plane:
        """Noise over the ground, -1 to 1, fading where its features get too small to see.

        It is as fine as the frames, not as the easel: nobody sees the difference.
        """
        if (sizes_m, seed) not in self._textures:
            coarse = slice(GRAIN // 2, None, GRAIN)
            x, y = self.x_m[coarse, coarse], self.y_m[coarse, coarse]
            grain = layered(x, y, sizes_m, seed)
            visible = np.clip(self.sharpness_px[coarse, coarse] * min(sizes_m) / 1.5, 0.12, 1.0)
            fine = cv2.resize(grain * visible, self.camera.wh, interpolation=cv2.INTER_LINEAR)
            self._textures[sizes_m, seed] = np.asarray(fine, np.float32)
        return self._textures[sizes_m, seed]

    # Shadow

    def shade(self, spot: Spot, strength: float = 1.0) -> None:
        """Let a shadow fall on a spot."""
        place = self._sun[spot.roi]
        np.minimum(place, 1.0 - spot.share * strength, out=place)

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
        rows = int(above[:, 0].sum())
        coarse = (slice(0, rows, GRAIN), slice(None, None, GRAIN))
        x, y = self._columns[coarse], self._rows[coarse]
        up = (np.clip(1.0 - y / rows, 0, 1) * min(1.0, rows / 240))[..., None] ** np.float32(0.7)
        clouds = np.clip(layered(x, y * 3.2, (260.0, 110.0, 44.0, 18.0), 3) * 1.5 + 0.05, 0, 1)
        low, high, white = (np.array(paint, np.float32) for paint in (horizon, zenith, cloud))
        colours = low + (high - low) * up
        colours += (white - colours) * (0.8 * clouds[..., None])
        self._lit[:rows] = cv2.resize(colours, (self.camera.wh[0], rows))

    # Things

    def stand(
        self, spot: Spot, colours: Plane | Colour, nearness: Nearness, flat: bool = False
    ) -> None:
        """Stand a thing up on a spot of the picture, unless something nearer stands there.

        Shadows of those who move fall on what is ``flat``: a roof, say.
        """
        if not spot.mask.size:
            return
        roi = spot.roi
        a, b, c = nearness
        depth = 1.0 / np.maximum(a * self._columns[roi] + b * self._rows[roi] + c, 1e-4)
        seen = (spot.mask > 127) & (depth < self._depth_m[roi])
        new = np.broadcast_to(spot.part(colours), (*depth.shape, 3))
        hazy = (new + (HAZE - new) * self._haze(depth))[seen]
        self._lit[roi][seen] = hazy
        self._shaded[roi][seen] = hazy * SHADE if flat else hazy
        self._depth_m[roi][seen] = depth[seen]

    def stand_flat(self, corners_m: Floats, paint: Colour) -> None:
        """A level surface above the ground, such as a roof: rough, and shadows fall on it."""
        spot = self.spot(corners_m)
        x, y = self._columns[spot.roi], self._rows[spot.roi]
        rough = 5 * layered(x, y * 2, (90.0, 30.0, 5.0), 81) if spot.mask.size else x
        colours = np.array(paint, np.float32) + rough[..., None]
        self.stand(spot, colours, self.nearness(corners_m), flat=True)

    def nearness(self, corners_m: npt.ArrayLike) -> Nearness:
        """Of a flat face through these corners (3 or more, not on a line)."""
        pixels, depth = self.camera.clip(on_ground(corners_m), SPARE_PX)
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
