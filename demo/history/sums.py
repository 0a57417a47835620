"""Hourly and daily sums of the events: counted from them, so that they are equal to them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from demo.chance import Moments, Numbers
from demo.history.happenings import KINDS, Happenings
from demo.history.rhythm import local_days
from demo.places import City


@dataclass(frozen=True, slots=True)
class HourlySums:
    """Events by hour (UTC), district number and kind (its index)."""

    hour_at: Moments
    district: Numbers
    kind: Numbers
    events: Numbers


@dataclass(frozen=True, slots=True)
class DailySums:
    """Events by local day, site (its index) and kind (its index)."""

    day: npt.NDArray[np.datetime64]
    site: Numbers
    kind: Numbers
    events: Numbers


def hourly_sums(city: City, happenings: Happenings) -> HourlySums:
    """The sums by hour."""
    hours = happenings.started_at.astype("datetime64[h]")
    district = city.districts_of(happenings.site)
    (hour, there, kind), events = _counted(
        hours.astype(np.int64), district, happenings.kind, len(city.drawing.districts) + 1
    )
    return HourlySums(hour.astype("datetime64[h]").astype("datetime64[us]"), there, kind, events)


def daily_sums(city: City, happenings: Happenings) -> DailySums:
    """The sums by day."""
    days = local_days(happenings.started_at).astype(np.int64)
    (day, site, kind), events = _counted(days, happenings.site, happenings.kind, len(city.sites))
    return DailySums(day.astype("datetime64[D]"), site, kind, events)


def _counted(
    first: Numbers, second: Numbers, third: Numbers, seconds: int
) -> tuple[tuple[Numbers, Numbers, Numbers], Numbers]:
    """The different triples of three columns, and how often each is there."""
    thirds = len(KINDS)
    keys, counts = np.unique((first * seconds + second) * thirds + third, return_counts=True)
    rest, last = np.divmod(keys, thirds)
    beginning, middle = np.divmod(rest, seconds)
    return (beginning, middle, last), counts
