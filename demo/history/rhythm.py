"""When things happen: hours of the day, days of the week, seasons, and plain chance.

The rhythms are invented, and plausible: two rush hours on roads, quarrels in the evening,
intrusions at night.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt

from data_access.domain.local_time import LOCAL_ZONE
from demo.chance import Chance, Floats, Moments, Numbers

HOUR = np.timedelta64(1, "h")
LOCAL_AHEAD = np.timedelta64(5, "h")
"""Asia/Almaty keeps UTC+5 the whole year (since 1 March 2024)."""

DAYS_SHOWN = 365
DAY_NOISE = 0.11
"""How much one day differs from another beyond its weekday and season (log-normal)."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Weights of the 24 local hours and the 7 weekdays (Monday first), and a yearly wave.

    The wave swings by ``swing`` around 1 and is highest on day ``peak_day`` of the year.
    """

    hours: tuple[float, ...]
    weekdays: tuple[float, ...] = (1, 1, 1, 1, 1, 1, 1)
    swing: float = 0.0
    peak_day: int = 182


_ROAD_HOURS = (
    0.22, 0.15, 0.11, 0.10, 0.14, 0.30, 0.65, 1.30, 1.75, 1.45, 1.15, 1.10,
    1.15, 1.15, 1.15, 1.20, 1.35, 1.70, 1.90, 1.55, 1.10, 0.80, 0.55, 0.35,
)  # fmt: skip
_SPEED_HOURS = (
    0.75, 0.65, 0.55, 0.55, 0.60, 0.80, 1.05, 1.15, 0.95, 1.00, 1.05, 1.10,
    1.10, 1.10, 1.10, 1.10, 1.10, 1.10, 1.10, 1.20, 1.25, 1.25, 1.10, 0.90,
)  # fmt: skip
_DAY_HOURS = (
    0.10, 0.05, 0.05, 0.05, 0.10, 0.20, 0.45, 0.80, 1.20, 1.50, 1.60, 1.60,
    1.50, 1.40, 1.40, 1.50, 1.60, 1.70, 1.70, 1.50, 1.10, 0.70, 0.40, 0.20,
)  # fmt: skip
_EVENING_HOURS = (
    1.10, 0.80, 0.50, 0.35, 0.25, 0.25, 0.35, 0.50, 0.70, 0.75, 0.80, 0.85,
    0.90, 0.90, 0.95, 1.00, 1.15, 1.35, 1.60, 1.80, 1.95, 1.95, 1.75, 1.40,
)  # fmt: skip
_NIGHT_HOURS = (2.4, 2.5, 2.3, 1.9, 1.3, 0.6, *(0.0,) * 16, 1.9, 2.2)
"""From 22:00 to 06:00, when schools and kindergartens are watched for intruders."""

_WORKING_WEEK = (1.02, 1.04, 1.05, 1.05, 1.12, 0.88, 0.74)
_FREE_DAYS = (0.88, 0.88, 0.92, 0.96, 1.14, 1.26, 1.06)

ROAD = Rhythm(_ROAD_HOURS, _WORKING_WEEK, 0.07, 190)
SPEED = Rhythm(_SPEED_HOURS, (0.96, 0.96, 0.97, 0.99, 1.06, 1.08, 0.98), 0.14, 200)
WINTER_ROAD = Rhythm(_ROAD_HOURS, _WORKING_WEEK, 0.32, 5)
DAY = Rhythm(_DAY_HOURS, _WORKING_WEEK, 0.12, 170)
SUMMER_DAY = Rhythm(_DAY_HOURS, _FREE_DAYS, 0.35, 195)
SPRING_DAY = Rhythm(_DAY_HOURS, _WORKING_WEEK, 0.55, 85)
EVENING = Rhythm(_EVENING_HOURS, _FREE_DAYS, 0.10, 190)
NIGHT = Rhythm(_NIGHT_HOURS, _FREE_DAYS, 0.18, 210)

RHYTHMS: dict[str, Rhythm] = {
    "spot_speed": SPEED,
    "section_speed": SPEED,
    "red_light": ROAD,
    "stop_line": ROAD,
    "crosswalk_yield": ROAD,
    "solid_line": ROAD,
    "oncoming_lane": ROAD,
    "wrong_way": SPEED,
    "bus_lane": ROAD,
    "no_stopping": DAY,
    "jaywalking": DAY,
    "littering": SUMMER_DAY,
    "crowd": SUMMER_DAY,
    "loitering": EVENING,
    "intrusion": NIGHT,
    "congestion": Rhythm(tuple(weight**3 for weight in _ROAD_HOURS), _WORKING_WEEK, 0.25, 5),
    "collision": WINTER_ROAD,
    "abandoned_object": DAY,
    "watch_listed_plate": ROAD,
    "object_present": EVENING,
    "sos_press": EVENING,
    "call_102": EVENING,
    "illegal_dump": SUMMER_DAY,
    "overflowing_container": SUMMER_DAY,
    "road_defect": SPRING_DAY,
}


@dataclass(frozen=True, slots=True)
class Year:
    """The twelve months up to ``now``, by the hour; the last hour is as long as it has lasted.

    ``hours_at`` are the beginnings of the hours in UTC, ``lasted`` their lengths (0 to 1).
    """

    now: np.datetime64
    hours_at: Moments
    lasted: Floats

    @property
    def local(self) -> Moments:
        """The hours' beginnings on the local clock."""
        return self.hours_at + LOCAL_AHEAD

    @property
    def days(self) -> npt.NDArray[np.datetime64]:
        """The local days, the last one being today."""
        return np.unique(self.local.astype("datetime64[D]"))


def year_until(now: datetime) -> Year:
    """The year that ends at ``now`` (aware) and begins at a local midnight."""
    today = now.astimezone(LOCAL_ZONE).date()
    first = np.datetime64(today - timedelta(days=DAYS_SHOWN), "us") - LOCAL_AHEAD
    end = moment(now)
    hours_at = np.arange(first, end, HOUR)
    lasted = np.ones(len(hours_at))
    lasted[-1] = (end - hours_at[-1]) / HOUR
    return Year(end, hours_at, lasted)


def moment(at: datetime) -> np.datetime64:
    """An aware time as UTC."""
    return np.datetime64(int(at.timestamp() * 1_000_000), "us")


def local_days(moments: Moments) -> npt.NDArray[np.datetime64]:
    """The local day of each moment."""
    days: npt.NDArray[np.datetime64] = (moments + LOCAL_AHEAD).astype("datetime64[D]")
    return days


def hour_weights(year: Year, rhythm: Rhythm, source: Chance) -> Floats:
    """How likely something is in each hour of the year."""
    local = year.local
    days = local.astype("datetime64[D]")
    hour = ((local - days) / HOUR).astype(int)
    weekday = (days.astype(int) + 3) % 7
    day_of_year = (days - days.astype("datetime64[Y]")).astype(int)
    wave = 1 + rhythm.swing * np.cos(2 * np.pi * (day_of_year - rhythm.peak_day) / 365.25)
    noise = source.lognormal(0, DAY_NOISE, DAYS_SHOWN + 1)[(days - days[0]).astype(int)]
    by_hour, by_day = np.array(rhythm.hours)[hour], np.array(rhythm.weekdays)[weekday]
    weights: Floats = by_hour * by_day * wave * noise * year.lasted
    return weights


def moments_within(year: Year, counts: Numbers, source: Chance) -> Moments:
    """So many moments in each hour, in their order."""
    hours = np.repeat(np.arange(len(counts)), counts)
    part = source.random(len(hours)) * year.lasted[hours] * 3.6e9
    moments: Moments = year.hours_at[hours] + part.astype("timedelta64[us]")
    moments.sort()
    return moments


def scattered(year: Year, total: int, rhythm: Rhythm, source: Chance) -> Moments:
    """Exactly ``total`` moments of the year, in their order."""
    weights = hour_weights(year, rhythm, source)
    counts = source.multinomial(total, weights / weights.sum())
    return moments_within(year, counts, source)
