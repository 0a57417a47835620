"""Whether the sun is up, wherever in Kazakhstan the camera stands."""

import math
from datetime import UTC, datetime

CORNERS = ((40.5, 46.5), (40.5, 87.3), (55.4, 46.5), (55.4, 87.3))
"""Latitudes and longitudes between which the country lies."""

CLEARLY_UP_DEG = 8.0
"""From this height of the sun a street has 5,000 lux under clouds: no camera is dark then."""


def is_day(at: datetime) -> bool:
    """Whether the sun stands clearly above the horizon everywhere in the country."""
    return all(sun_height_deg(at, *corner) >= CLEARLY_UP_DEG for corner in CORNERS)


def sun_height_deg(at: datetime, latitude: float, longitude: float) -> float:
    """How high the sun stands, within a degree (Spencer's series, first terms)."""
    utc = at.astimezone(UTC)
    day = utc.timetuple().tm_yday - 1 + (utc.hour + utc.minute / 60) / 24
    angle = 2 * math.pi * day / 365.25
    declination = math.radians(
        0.396 - 22.913 * math.cos(angle) + 4.025 * math.sin(angle) - 0.387 * math.cos(2 * angle)
    )
    lag_min = 229.2 * (0.000075 + 0.001868 * math.cos(angle) - 0.032077 * math.sin(angle))
    hours = utc.hour + utc.minute / 60 + longitude / 15 + lag_min / 60
    turned = math.radians(15 * (hours - 12))
    north = math.radians(latitude)
    height = math.sin(north) * math.sin(declination) + math.cos(north) * math.cos(
        declination
    ) * math.cos(turned)
    return math.degrees(math.asin(height))
