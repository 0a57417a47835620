"""Daylight: where the sun stands, what it does to colours, and colours by their usual names."""

import math
from dataclasses import dataclass

import numpy as np

from demo.scenes.picture.camera import Floats, Point2

Colour = tuple[float, float, float]
"""Blue, green, red, 0–255, as a thing looks in full sun."""

SHADE = np.array([0.66, 0.57, 0.52], np.float32)
"""What is left of a colour's blue, green and red in the shade: the sky's light is bluish."""

HAZE = np.array([226.0, 214.0, 203.0], np.float32)
"""The colour that far things fade to."""


def colour(rgb: str) -> Colour:
    """``"c0d0e0"`` as a colour."""
    red, green, blue = (int(rgb[n : n + 2], 16) for n in (0, 2, 4))
    return (float(blue), float(green), float(red))


@dataclass(frozen=True, slots=True)
class Daylight:
    """Sun at a compass direction and a height over the horizon; ``haze_m`` halves the view."""

    azimuth_deg: float
    elevation_deg: float = 42.0
    haze_m: float = 900.0

    @property
    def to_sun(self) -> Floats:
        """Direction to the sun, in metres of the city."""
        azimuth, elevation = math.radians(self.azimuth_deg), math.radians(self.elevation_deg)
        flat = math.cos(elevation)
        east, north = flat * math.sin(azimuth), flat * math.cos(azimuth)
        return np.array([east, north, math.sin(elevation)])

    @property
    def shadow_step(self) -> Point2:
        """Where on the ground the shadow of a point one metre up falls, seen from below it."""
        east, north, up = self.to_sun
        return (float(-east / up), float(-north / up))

    def on_faces(self, normals: Floats) -> Floats:
        """How bright faces with these normals (N, 3) are: 1 lies flat in the sun."""
        sunlit = np.clip(normals @ self.to_sun, 0.0, None) / self.to_sun[2]
        return np.asarray(0.52 + 0.10 * normals[:, 2] + 0.38 * np.minimum(sunlit, 1.35))

    def haze(self, depth_m: float) -> float:
        """Share of the haze's colour in a thing so far away."""
        return 1.0 - float(0.5 ** (max(depth_m, 0.0) / self.haze_m))
