"""The cameras of a city as columns: where they hang, which way they look, whose they are."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from data_access.domain.places import CameraKind, SiteKind
from demo.chance import Chance, Flags, Floats, Numbers, chance, whole_shares
from demo.drawing.plane import bearings_deg, steps
from demo.places.sites import Site
from demo.plans import CameraGroup, Profile

Days = npt.NDArray[np.datetime64]

VIEWS_DEG: dict[CameraKind, tuple[float, ...]] = {
    CameraKind.FIXED: (62.0, 78.0, 92.0),
    CameraKind.TURNING: (58.0, 64.0),
    CameraKind.OVERVIEW: (104.0, 112.0),
    CameraKind.DRONE: (84.0,),
}
"""Usual horizontal fields of view by the kind of camera."""

ROAD_VIEW_DEG = 38.0
"""Cameras that read plates look through a long lens."""

RANGES_M: dict[str, tuple[float, float]] = {
    "courtyards": (12, 48),
    "complexes": (25, 130),
    "schools": (18, 60),
    "kindergartens": (12, 40),
    "colleges": (20, 80),
    "shops": (4, 40),
    "tops": (2, 12),
    "drones": (3, 25),
}
"""How far from the middle of their site cameras hang, by purpose."""

ANY_RANGE_M = (8.0, 65.0)


@dataclass(slots=True)
class Cameras:
    """All cameras, one value a camera in each column; ``site`` and ``group`` are indices.

    ``ordinal`` counts the cameras of a site from 1, ``azimuth_deg`` is NaN for drones and
    ``installed_on`` NaT for cameras that are not working yet.
    """

    site: Numbers
    group: Numbers
    ordinal: Numbers
    place_m: Floats
    azimuth_deg: Floats
    view_deg: Floats
    integrated: Flags
    intercom: Flags
    installed_on: Days

    def __len__(self) -> int:
        return len(self.site)

    @property
    def ids(self) -> Numbers:
        """Their numbers in the database."""
        return np.arange(1, len(self) + 1)

    def of_site(self, index: int) -> Numbers:
        """The indices of the cameras of one site."""
        return np.flatnonzero(self.site == index)


def build_cameras(
    profile: Profile, sites: list[Site], today: date, seed: int, trial: int | None
) -> Cameras:
    """All cameras, group by group; the site ``trial`` gets none that were there before."""
    parts = [
        _group(number, group, sites, today, chance(seed, "cameras", group.purpose), trial)
        for number, group in enumerate(profile.groups)
    ]
    return Cameras(*(_stacked(parts, column.name) for column in fields(Cameras)))


def _stacked(parts: list[Cameras], column: str) -> npt.NDArray[Any]:
    return np.concatenate([getattr(part, column) for part in parts])


def _group(
    number: int,
    group: CameraGroup,
    sites: list[Site],
    today: date,
    source: Chance,
    trial: int | None,
) -> Cameras:
    own = np.array([index for index, site in enumerate(sites) if site.purpose == group.purpose])
    planned = np.array([sites[index].planned for index in own])
    counts = _counts(group, planned, source)
    site, ordinal = np.repeat(own, counts), _ordinals(counts)
    place, azimuth = _views(group, [sites[index] for index in own], counts, ordinal, source)
    integrated = _integrated(group, site, trial, source)
    return Cameras(
        site=site,
        group=np.full(len(site), number),
        ordinal=ordinal,
        place_m=place,
        azimuth_deg=azimuth,
        view_deg=_view(group, len(site), source),
        integrated=integrated,
        intercom=ordinal <= group.intercoms,
        installed_on=_installed(integrated, np.repeat(planned, counts), site, today, source),
    )


def _counts(group: CameraGroup, planned: Flags, source: Chance) -> Numbers:
    """How many cameras each site has: all of the group's, none of them without its least."""
    least = 2 if group.site_kind is SiteKind.LINEAR_SECTION else max(1, group.intercoms)
    counts = np.zeros(len(planned), np.int64)
    for flags, total in ((~planned, group.cameras), (planned, group.planned_cameras)):
        wanted = int(np.count_nonzero(flags))
        if total:
            weights = source.uniform(0.7, 1.3, wanted)
            counts[flags] = least + whole_shares(total - least * wanted, weights)
    return counts


def _ordinals(counts: Numbers) -> Numbers:
    before = np.cumsum(counts) - counts
    return np.arange(counts.sum()) - np.repeat(before, counts) + 1


def _views(
    group: CameraGroup, sites: list[Site], counts: Numbers, ordinal: Numbers, source: Chance
) -> tuple[Floats, Floats]:
    """Where the cameras of a group hang and which way they look."""
    if group.site_kind is SiteKind.LINEAR_SECTION:
        return _along_roads(sites, counts, source)
    middle = np.repeat(np.array([site.place_m for site in sites]), counts, axis=0)
    if group.site_kind is SiteKind.CROSSROAD:
        heading = np.repeat([site.heading_deg for site in sites], counts)
        azimuth = (heading + 90.0 * ordinal + source.normal(0, 3, len(ordinal))) % 360.0
        away = 14.0 + 4.0 * (ordinal > 4)
        return middle + steps(azimuth + 180.0 + 20.0, away), azimuth
    turn = 360.0 * ordinal / np.repeat(counts, counts) + source.uniform(0, 40, len(ordinal))
    away = source.uniform(*RANGES_M.get(group.purpose, ANY_RANGE_M), len(ordinal))
    inwards = 180.0 * (group.site_kind is SiteKind.COURTYARD)
    azimuth = (turn + inwards + source.normal(0, 20, len(ordinal))) % 360.0
    if group.kind is CameraKind.DRONE:
        azimuth = np.full(len(ordinal), np.nan)
    return middle + steps(turn, away), azimuth


def _along_roads(sites: list[Site], counts: Numbers, source: Chance) -> tuple[Floats, Floats]:
    """The first camera at the entry, the second at the exit, others between them."""
    places: list[Floats] = [np.zeros((0, 2))]
    azimuths: list[Floats] = [np.zeros(0)]
    for site, count in zip(sites, counts, strict=True):
        path = site.path if site.path is not None else site.place_m[None]
        between = source.integers(0, len(path) - 1, max(0, count - 2))
        at = np.array([0, len(path) - 2, *between], np.int64)[:count]
        ends = np.array([0, len(path) - 1, *between], np.int64)[:count]
        places.append(path[ends])
        azimuths.append(bearings_deg(path[at], path[at + 1]))
    return np.concatenate(places), np.concatenate(azimuths)


def _view(group: CameraGroup, count: int, source: Chance) -> Floats:
    road = group.kind is CameraKind.FIXED and "plates" in group.capabilities
    return source.choice((ROAD_VIEW_DEG,) if road else VIEWS_DEG[group.kind], count)


def _integrated(group: CameraGroup, site: Numbers, trial: int | None, source: Chance) -> Flags:
    """Which cameras were there before: all of some sites, none of the trial's."""
    turn = source.permutation(int(site.max(initial=0)) + 1)[site].astype(np.float64)
    turn[site == (-1 if trial is None else trial)] = np.inf
    flags = np.zeros(len(site), np.bool_)
    flags[np.argsort(turn, kind="stable")[: group.integrated]] = True
    return flags


def _installed(
    integrated: Flags, planned: Flags, site: Numbers, today: date, source: Chance
) -> Days:
    """The day each camera began to work: before the year that is shown, site by site."""
    per_site = source.random(int(site.max(initial=0)) + 1)[site]
    days = np.where(integrated, 740 + per_site * 1800, 385 + per_site * 240).astype(np.int64)
    on = np.datetime64(today, "D") - days
    on[planned] = np.datetime64("NaT")
    return on
