"""A city with its sites and cameras: what stands before anything happens."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from demo.chance import Numbers, seed_of
from demo.drawing import Drawing, draw
from demo.places.cameras import Cameras, build_cameras
from demo.places.sites import Site, build_sites
from demo.plans import Profile

TRIAL_WEEKS = 26
"""How long ago the cameras of the before-and-after were put up: half of the year shown."""

COMPARED_SITES = 6


@dataclass(frozen=True, slots=True)
class Trial:
    """One site where cameras were put up on a day, and sites beside it where none were.

    Sites are indices.
    """

    site: int
    compared: tuple[int, ...]
    on: date


@dataclass(frozen=True, slots=True)
class City:
    """A demonstration city on the day ``today`` (local)."""

    profile: Profile
    seed: int
    today: date
    drawing: Drawing
    sites: list[Site]
    cameras: Cameras
    trial: Trial

    def sites_of(self, *purposes: str) -> Numbers:
        """The indices of the working sites of some purposes."""
        return np.array(
            [
                index
                for index, site in enumerate(self.sites)
                if site.purpose in purposes and not site.planned
            ],
            np.int64,
        )

    def cameras_of(self, *purposes: str) -> Numbers:
        """The indices of the working cameras of some purposes."""
        groups = [n for n, group in enumerate(self.profile.groups) if group.purpose in purposes]
        working = ~np.isnat(self.cameras.installed_on)
        return np.flatnonzero(np.isin(self.cameras.group, groups) & working)

    def districts_of(self, sites: Numbers) -> Numbers:
        """The district numbers of sites given by index."""
        return np.array([site.district for site in self.sites], np.int64)[sites]


def build_city(profile: Profile, seed: int, today: date) -> City:
    """The city of a profile, the same for the same seed and day."""
    seed = seed_of(profile.id, seed)
    drawing = draw(profile.ground, seed)
    sites = build_sites(profile, drawing, seed)
    trial = _trial(profile, sites, today)
    cameras = build_cameras(profile, sites, today, seed, trial.site)
    cameras.installed_on[cameras.of_site(trial.site)] = np.datetime64(trial.on, "D")
    return City(profile, seed, today, drawing, sites, cameras, trial)


def _trial(profile: Profile, sites: list[Site], today: date) -> Trial:
    """Public places that are neither the first ones nor the last."""
    purposes = {group.purpose for group in profile.groups}
    purpose = "public" if "public" in purposes else "crowded"
    own = [i for i, site in enumerate(sites) if site.purpose == purpose and not site.planned]
    first = len(own) // 3
    chosen = own[first : first + 1 + COMPARED_SITES]
    return Trial(chosen[0], tuple(chosen[1:]), today - timedelta(weeks=TRIAL_WEEKS))
