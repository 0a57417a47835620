"""Traffic counted by cameras over the year: by day, and by hour for the last four weeks."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from demo.chance import Floats, Moments, Numbers, chance
from demo.history.rhythm import ROAD, Year, hour_weights
from demo.places import City

LABELS = ("car", "truck", "bus", "motorcycle")
DIRECTIONS = ("forward", "backward")
LABEL_SHARES = np.array([0.86, 0.07, 0.045, 0.025])
VEHICLES_A_DAY = 8200.0
"""The middle of a main road's day, both directions; roads differ (log-normal)."""

HOURLY_DAYS = 28


@dataclass(frozen=True, slots=True)
class TrafficSums:
    """Crossings as columns; ``at`` are hours or local days, ``camera`` indices, rest indices."""

    at: Moments
    camera: Numbers
    label: Numbers
    direction: Numbers
    count: Numbers


def traffic_sums(city: City, year: Year, live: set[int]) -> tuple[TrafficSums, TrafficSums]:
    """Hourly and daily sums; where both are there, the days are the sums of their hours.

    ``live`` cameras (indices) have none: what they count is really counted.
    """
    source = chance(city.seed, "traffic")
    cameras = _counting(city, live)
    weights = hour_weights(year, ROAD, source)
    weights *= VEHICLES_A_DAY / 24 / weights[: 24 * 7].mean()
    days = year.local.astype("datetime64[D]")
    day = (days - days[0]).astype(int)
    road = source.lognormal(0, 0.5, len(cameras))[:, None, None] * _shares()
    first = int(np.searchsorted(day, day[-1] - HOURLY_DAYS + 1))
    hourly = source.poisson(weights[first:, None, None, None] * road)
    daily_weights = np.bincount(day, weights)[: day[first]]
    older = source.poisson(daily_weights[:, None, None, None] * road)
    recent = np.zeros((day[-1] - day[first] + 1, *hourly.shape[1:]), np.int64)
    np.add.at(recent, day[first:] - day[first], hourly)
    return (
        _sums(year.hours_at[first:], cameras, hourly),
        _sums(year.days, cameras, np.concatenate([older, recent])),
    )


def _counting(city: City, live: set[int]) -> Numbers:
    """One camera a road site, as many as the city counts with."""
    cameras = city.cameras_of("sections", "crossroads")
    cameras = cameras[~np.isin(cameras, list(live))]
    _, first = np.unique(city.cameras.site[cameras], return_index=True)
    found: Numbers = cameras[first][: city.profile.counting_cameras]
    return found


def _shares() -> Floats:
    shares: Floats = LABEL_SHARES[:, None] * np.full(len(DIRECTIONS), 0.5)
    return shares


def _sums(
    at: npt.NDArray[np.datetime64], cameras: Numbers, counts: npt.NDArray[np.int64]
) -> TrafficSums:
    when, camera, label, direction = np.nonzero(counts)
    return TrafficSums(
        at[when], cameras[camera], label, direction, counts[when, camera, label, direction]
    )
