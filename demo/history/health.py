"""How the feeds of the cameras did over the year: outages, camera-hours, and the state now."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data_access.domain.feeds import FeedState
from data_access.domain.words import N_
from demo.chance import Chance, Flags, Floats, Moments, Numbers, chance, pick
from demo.history.course import NEVER
from demo.history.rhythm import HOUR, LOCAL_AHEAD, Year
from demo.places import City

OUTAGES_A_YEAR = 1.2
DOWN_SHARE = 0.022
"""The share of cameras that give no picture at the moment."""

CAUSES: tuple[tuple[FeedState, str, float], ...] = (
    (
        FeedState.OFFLINE,
        N_("The camera does not answer. Check its power, its network and its address."),
        0.52,
    ),
    (FeedState.OFFLINE, N_("The connection broke off. It is being made again."), 0.2),
    (FeedState.STALLED, N_("The camera is connected but sends no picture. Restart it."), 0.18),
    (
        FeedState.BROKEN,
        N_("The stream cannot be decoded. Set the camera to H.264, H.265 or MJPEG and restart it."),
        0.1,
    ),
)
"""States of a camera that is down, with the worker's words for the reason, and their shares."""


@dataclass(frozen=True, slots=True)
class Outages:
    """Outages as columns, by camera (index) and start; the open ones end at NaT."""

    camera: Numbers
    started_at: Moments
    ended_at: Moments
    cause: Numbers

    def open(self) -> Flags:
        """Which of them last."""
        return np.isnat(self.ended_at)


@dataclass(frozen=True, slots=True)
class CameraHours:
    """Camera-hours by local day and site (index)."""

    day: npt.NDArray[np.datetime64]
    site: Numbers
    cameras: Numbers
    online_hours: Floats


def outages(city: City, year: Year, live: set[int]) -> Outages:
    """All outages; the ``live`` cameras (indices) are up."""
    source = chance(city.seed, "outages")
    working = np.flatnonzero(~np.isnat(city.cameras.installed_on))
    over = _over(city, year, working, source)
    down = _down(year, working[~np.isin(working, list(live))], source)
    camera = np.concatenate([over[0], down[0]])
    started = np.concatenate([over[1], down[1]])
    ended = np.concatenate([over[2], np.full(len(down[0]), NEVER)])
    kept = _apart(camera, started, np.where(np.isnat(ended), year.now, ended))
    shares = np.array([share for _, _, share in CAUSES])
    cause = pick(source, shares, len(camera))
    return Outages(camera[kept], started[kept], ended[kept], cause[kept])


def camera_hours(city: City, year: Year, gone: Outages) -> CameraHours:
    """How many hours the cameras of each site were up on each day."""
    days = year.days
    there = _cameras_there(city, days)
    lasted = np.bincount((year.local.astype("datetime64[D]") - days[0]).astype(int), year.lasted)
    online: Floats = there.astype(float) * lasted
    _take_away(online, city, year, gone)
    site, day = np.nonzero(there)
    return CameraHours(days[day], site, there[site, day], np.maximum(online[site, day], 0).round(3))


def _over(
    city: City, year: Year, working: Numbers, source: Chance
) -> tuple[Numbers, Moments, Moments]:
    """Outages that are over: at any time since the camera was put up."""
    camera = np.repeat(working, source.poisson(OUTAGES_A_YEAR, len(working)))
    length = year.now - year.hours_at[0]
    started = year.hours_at[0] + (source.random(len(camera)) * (length / HOUR) * 3.6e9).astype(
        "timedelta64[us]"
    )
    lasted_s = np.clip(source.lognormal(np.log(9000), 1.2, len(camera)), 60, 9 * 86_400)
    ended = started + (lasted_s * 1e6).astype("timedelta64[us]")
    put_up = city.cameras.installed_on[camera].astype("datetime64[us]") + np.timedelta64(1, "D")
    kept = (ended < year.now) & (started > put_up)
    return camera[kept], started[kept], ended[kept]


def _down(year: Year, cameras: Numbers, source: Chance) -> tuple[Numbers, Moments]:
    """Cameras that are down, since when: hours mostly, days for some."""
    count = round(len(cameras) * DOWN_SHARE)
    chosen = np.sort(source.permutation(cameras)[:count])
    lasted_s = np.clip(source.lognormal(np.log(6 * 3600), 1.3, count), 120, 12 * 86_400)
    return chosen, year.now - (lasted_s * 1e6).astype("timedelta64[us]")


def _apart(camera: Numbers, started: Moments, ended: Moments) -> Numbers:
    """The outages, by camera and start, that do not run into the next one of their camera."""
    order = np.lexsort([started, camera])
    while True:
        same = camera[order][1:] == camera[order][:-1]
        clash = same & (started[order][1:] <= ended[order][:-1])
        if not clash.any():
            return order
        order = order[~np.append(clash, False)]


def _cameras_there(city: City, days: npt.NDArray[np.datetime64]) -> Numbers:
    """How many cameras each site had on each day."""
    added = np.zeros((len(city.sites), len(days) + 1), np.int64)
    installed = city.cameras.installed_on
    working = ~np.isnat(installed)
    first = np.clip((installed[working] - days[0]).astype(int), 0, len(days))
    np.add.at(added, (city.cameras.site[working], first), 1)
    return np.cumsum(added, axis=1)[:, :-1]


def _take_away(online: Floats, city: City, year: Year, gone: Outages) -> None:
    """Subtract the hours of outages from the days that they lay in."""
    started = gone.started_at + LOCAL_AHEAD
    ended = np.where(gone.open(), year.now, gone.ended_at) + LOCAL_AHEAD
    first = started.astype("datetime64[D]")
    spans = (ended.astype("datetime64[D]") - first).astype(int) + 1
    row = np.repeat(np.arange(len(spans)), spans)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(spans) - spans, spans)
    day = first[row] + nth
    begin = np.maximum(started[row], day.astype("datetime64[us]"))
    end = np.minimum(ended[row], (day + 1).astype("datetime64[us]"))
    index = (day - year.days[0]).astype(int)
    np.subtract.at(online, (city.cameras.site[gone.camera[row]], index), (end - begin) / HOUR)
