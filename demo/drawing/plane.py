"""Metres on a plane around the middle of a city, and degrees on the globe."""

from dataclasses import dataclass
from math import cos, radians

import numpy as np

from demo.chance import Floats

METRES_PER_DEGREE = 111_320.0
"""One degree of latitude (WGS 84, to half a percent)."""


@dataclass(frozen=True, slots=True)
class Plane:
    """A plane that touches the globe at (latitude, longitude): x east, y north, in metres."""

    latitude: float
    longitude: float

    @property
    def _east(self) -> float:
        return METRES_PER_DEGREE * cos(radians(self.latitude))

    def metres(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Where a place on the globe lies on the plane."""
        north = (latitude - self.latitude) * METRES_PER_DEGREE
        return (longitude - self.longitude) * self._east, north

    def degrees(self, points_m: Floats) -> Floats:
        """(…, 2) metres as (longitude, latitude), to a tenth of a metre."""
        east = self.longitude + points_m[..., 0] / self._east
        north = self.latitude + points_m[..., 1] / METRES_PER_DEGREE
        return np.round(np.stack([east, north], -1), 6)

    def path(self, points_m: Floats) -> list[list[float]]:
        """A path for a map as [[longitude, latitude], …], to a metre: a map's bytes count."""
        rounded: list[list[float]] = np.round(self.degrees(points_m), 5).tolist()
        return rounded


def bearings_deg(from_m: Floats, to_m: Floats) -> Floats:
    """Directions from points to points: 0 is north, 90 east."""
    step = to_m - from_m
    bearings: Floats = np.degrees(np.arctan2(step[..., 0], step[..., 1])) % 360.0
    return bearings


def steps(bearing_deg: Floats, distance_m: Floats | float) -> Floats:
    """The way of ``distance_m`` towards a bearing, as (…, 2) metres."""
    turn = np.radians(bearing_deg)
    way: Floats = np.stack([np.sin(turn), np.cos(turn)], -1) * np.asarray(distance_m)[..., None]
    return way
