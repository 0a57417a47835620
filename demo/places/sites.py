"""The sites of a city: where they are, what they are called, what stands there."""

from dataclasses import dataclass, field

import numpy as np

from data_access.domain.places import SiteKind
from data_access.domain.words import Names
from demo.chance import Chance, Flags, Floats, Numbers, chance
from demo.drawing import Drawing
from demo.drawing.polygons import lengths
from demo.drawing.street_names import StreetName
from demo.places import spots
from demo.places.naming import NameSite, by_purpose
from demo.plans import CameraGroup, Profile

EVENLY = {"schools", "kindergartens", "drones", "tops"}
"""Purposes whose sites stand all over the city alike; others crowd in the middle."""

LIMITS_KMH = (60, 60, 60, 80, 60, 40)
"""Limits of linear sections: mostly that of a town."""


@dataclass(slots=True)
class Site:
    """One site; ``path`` is the road of a linear section, ``heading_deg`` that of a crossing.

    ``limit_kmh`` is the speed allowed there, ``length_m`` that of a section's road.
    """

    id: int
    purpose: str
    kind: SiteKind
    names: Names
    address: str
    place_m: Floats
    planned: bool
    heading_deg: float = 0.0
    path: Floats | None = None
    length_m: float = 0.0
    limit_kmh: int = 60
    district: int = field(default=0)


def build_sites(profile: Profile, drawing: Drawing, seed: int) -> list[Site]:
    """All sites, group by group, those of the middle of the city first in each group."""
    roads = _Roads(drawing, seed)
    blocks = _Blocks(drawing, seed)
    sites: list[Site] = []
    for group in profile.groups:
        if group.site_kind is SiteKind.CROSSROAD:
            sites += roads.crossroads(group)
        elif group.site_kind is SiteKind.LINEAR_SECTION:
            sites += roads.sections(group)
        else:
            sites += blocks.sites(group)
    districts = drawing.district_of(np.array([site.place_m for site in sites]))
    for number, (site, district) in enumerate(zip(sites, districts, strict=True), 1):
        site.id, site.district = number, int(district) + 1
    return sites


def _is_planned(group: CameraGroup, index: int) -> bool:
    return index >= group.sites


class _Roads:
    """Gives out crossings and stretches of road, each once."""

    def __init__(self, drawing: Drawing, seed: int) -> None:
        self._drawing = drawing
        self._crossings = spots.crossings(drawing, chance(seed, "crossings"))
        self._stretches = spots.stretches(drawing, chance(seed, "stretches"))
        self._given = 0

    def crossroads(self, group: CameraGroup) -> list[Site]:
        first, wanted = self._given, group.sites + group.planned
        self._given += wanted
        if self._given > len(self._crossings.nodes):
            raise ValueError(f"A city with {len(self._crossings.nodes)} crossings is too small.")
        return [
            self._crossroad(group, index, place)
            for index, place in enumerate(range(first, first + wanted))
        ]

    def _crossroad(self, group: CameraGroup, index: int, place: int) -> Site:
        column, row = self._crossings.nodes[place]
        names = self._drawing.names[0][column].crossing(self._drawing.names[1][row])
        return Site(
            id=0,
            purpose=group.purpose,
            kind=group.site_kind,
            names=names,
            address=names.ru,
            place_m=self._crossings.places_m[place],
            planned=_is_planned(group, index),
            heading_deg=float(self._crossings.headings_deg[place]),
        )

    def sections(self, group: CameraGroup) -> list[Site]:
        wanted = group.sites + group.planned
        if wanted > len(self._stretches):
            raise ValueError(f"A city with {len(self._stretches)} stretches is too small.")
        chosen = self._stretches[:wanted]
        chosen.sort(key=lambda one: float(np.hypot(*spots.middle_of(one.path))))
        return [self._section(group, index, one) for index, one in enumerate(chosen)]

    def _section(self, group: CameraGroup, index: int, stretch: spots.Stretch) -> Site:
        names = stretch.street.stretch(stretch.start, stretch.end)
        length_m = round(float(lengths(stretch.path)[-1]), 1)
        return Site(
            id=0,
            purpose=group.purpose,
            kind=group.site_kind,
            names=names,
            address=names.ru,
            place_m=spots.middle_of(stretch.path),
            planned=_is_planned(group, index),
            path=stretch.path,
            length_m=length_m,
            limit_kmh=LIMITS_KMH[int(length_m) % len(LIMITS_KMH)],
        )


class _Blocks:
    """Gives out rooms in blocks, each once, with house numbers that grow along the streets."""

    def __init__(self, drawing: Drawing, seed: int) -> None:
        self._drawing, self._seed = drawing, seed
        self._rooms = spots.rooms(drawing, chance(seed, "rooms"))
        self._houses = _house_numbers(self._rooms, chance(seed, "houses"))
        self._free: Flags = spots.away_from_water(drawing, self._rooms.places_m, 30.0)
        self._namers = by_purpose()

    def sites(self, group: CameraGroup) -> list[Site]:
        source = chance(self._seed, "sites", group.purpose)
        away = np.hypot(*self._rooms.places_m.T) / self._drawing.ground.radius_m
        weights = np.ones(len(away)) if group.purpose in EVENLY else np.exp(-1.6 * away**2)
        wanted = group.sites + group.planned
        chosen = spots.take(self._rooms, weights, self._free, wanted, source)
        order = [*range(wanted)] if not group.planned else _planned_last(group, source)
        namer = self._namers[group.purpose]
        return [
            self._site(group, index, int(chosen[place]), namer) for index, place in enumerate(order)
        ]

    def _site(self, group: CameraGroup, index: int, room: int, namer: NameSite) -> Site:
        street = self._street(room)
        house = int(self._houses[room])
        return Site(
            id=0,
            purpose=group.purpose,
            kind=group.site_kind,
            names=namer(index + 1, street, house),
            address=street.house(house).ru,
            place_m=self._rooms.places_m[room],
            planned=_is_planned(group, index),
        )

    def _street(self, room: int) -> StreetName:
        names = self._drawing.names[int(self._rooms.family[room])]
        return names[int(self._rooms.line[room])]


def _planned_last(group: CameraGroup, source: Chance) -> list[int]:
    """The order of places in which the planned ones, chosen by chance, come last."""
    planned = np.zeros(group.sites + group.planned, np.bool_)
    planned[source.permutation(np.arange(1, len(planned)))[: group.planned]] = True
    return [*np.flatnonzero(~planned).tolist(), *np.flatnonzero(planned).tolist()]


def _house_numbers(rooms: spots.Rooms, source: Chance) -> Numbers:
    """House numbers: no two alike in a street, growing along it."""
    street = rooms.family * 100_000 + rooms.line
    order = np.lexsort([rooms.along, street])
    steps = source.integers(1, 4, len(order))
    total = np.cumsum(steps)
    first = np.r_[True, np.diff(street[order]) != 0]
    before = np.maximum.accumulate(np.where(first, total - steps, 0))
    numbers = np.zeros(len(order), np.int64)
    numbers[order] = total - before
    return numbers
