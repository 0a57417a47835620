"""One honest before-and-after: calls to 102 at a site where cameras were put up mid-year.

People call with or without a camera, so the measure is the same before and after. The true
effect is ``EFFECT``; what shows is that and the noise of so many calls.
"""

import numpy as np

from demo.chance import Chance, Floats, Moments, Numbers, chance
from demo.history.rhythm import RHYTHMS, Year, hour_weights, moments_within
from demo.places import City

EFFECT = 0.70
"""Calls at the site after the cameras, as a share of what they would have been."""

SHARE_OF_ALL = 0.07
WEEKLY = (4.5, 9.0)
"""The site has this share of the city's calls, within these bounds a week."""

COMPARED_SHARE = 0.8
WEEK_NOISE, SITE_NOISE = 0.10, 0.14
"""Weeks differ for all sites alike, and sites from week to week (log-normal)."""


def trial_calls(city: City, year: Year) -> tuple[Moments, Numbers]:
    """When people called from the changed site and the compared ones, and from which."""
    source = chance(city.seed, "before and after")
    rhythm = hour_weights(year, RHYTHMS["call_102"], source)
    rhythm *= _weekly(len(rhythm), WEEK_NOISE, source)
    sites = [city.trial.site, *city.trial.compared]
    calls = [_calls(city, year, rhythm, site, source) for site in sites]
    counts = [len(moments) for moments in calls]
    return np.concatenate(calls), np.repeat(sites, counts)


def _calls(city: City, year: Year, rhythm: Floats, site: int, source: Chance) -> Moments:
    total = sum(stream.total for stream in city.profile.streams if stream.kind == "call_102")
    weekly = float(np.clip(total / 52 * SHARE_OF_ALL, *WEEKLY))
    changed = site == city.trial.site
    weights = rhythm * _weekly(len(rhythm), SITE_NOISE, source)
    weights *= weekly * (1.0 if changed else COMPARED_SHARE) / 168 / rhythm.mean()
    if changed:
        since = np.datetime64(city.trial.on)
        weights[year.local.astype("datetime64[D]") >= since] *= EFFECT
    return moments_within(year, source.poisson(weights), source)


def _weekly(hours: int, noise: float, source: Chance) -> Floats:
    weeks = source.lognormal(-(noise**2) / 2, noise, hours // 168 + 1)
    found: Floats = np.repeat(weeks, 168)[:hours]
    return found
