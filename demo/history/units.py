"""Patrols, crews and drones: whose district they are, and who goes where."""

from dataclasses import dataclass

import numpy as np

from demo.chance import Chance, Floats, Numbers, chance, whole_shares
from demo.places import City

KINDS = ("patrol", "municipal", "drone")
FREE, BUSY, ON_WAY, ON_SCENE, OFF = STATES = ("free", "busy", "on_way", "on_scene", "off")

OFF_DUTY_SHARE = 0.28
"""Patrols work in shifts: some are always at rest."""

_NAMES = ("Наряд {}", "Бригада {}", "Дрон {}")
_CODES = ("P-{:03}", "M-{:03}", "D-{:03}")


@dataclass(slots=True)
class Units:
    """All units as columns; ids follow the order of rows from 1."""

    kind: Numbers
    number: Numbers
    district: Numbers
    place_m: Floats
    state: Numbers

    @property
    def codes(self) -> list[str]:
        """Codes such as P-012."""
        return [_CODES[k].format(n) for k, n in zip(self.kind, self.number, strict=True)]

    @property
    def names(self) -> list[str]:
        """Names such as «Наряд 12»."""
        return [_NAMES[k].format(n) for k, n in zip(self.kind, self.number, strict=True)]

    def near(self, kind: str, district: Numbers, source: Chance) -> Numbers:
        """For each matter a unit of its district, or of any where the district has none."""
        everywhere = np.flatnonzero(self.kind == KINDS.index(kind))
        found = everywhere[source.integers(0, len(everywhere), len(district))]
        for number in np.unique(district):
            own = everywhere[self.district[everywhere] == number]
            there = district == number
            if len(own):
                found[there] = own[source.integers(0, len(own), np.count_nonzero(there))]
        return found


def build_units(city: City) -> Units:
    """Units spread over the districts by their sites, each somewhere on its streets."""
    source = chance(city.seed, "units")
    plan = city.profile.units
    counts = (plan.patrols, plan.municipal, plan.drones)
    sites = np.array([site.district for site in city.sites])
    spread = np.bincount(sites, minlength=len(city.drawing.districts) + 1)[1:]
    district = np.concatenate([_districts(count, spread) for count in counts])
    kind = np.repeat(np.arange(len(KINDS)), counts)
    patrols = kind == KINDS.index("patrol")
    off = (source.random(len(kind)) < OFF_DUTY_SHARE) & patrols
    return Units(
        kind=kind,
        number=np.concatenate([np.arange(1, count + 1) for count in counts]),
        district=district,
        place_m=_places(city, district, source),
        state=np.where(off, STATES.index(OFF), STATES.index(FREE)),
    )


def _districts(count: int, spread: Numbers) -> Numbers:
    return np.repeat(np.arange(1, len(spread) + 1), whole_shares(count, spread.astype(float)))


def _places(city: City, district: Numbers, source: Chance) -> Floats:
    """A place on a street of the unit's district."""
    paths = [street.path for street in city.drawing.streets if street.street_class != "lane"]
    points = np.concatenate(paths)
    there = city.drawing.district_of(points) + 1
    places = np.zeros((len(district), 2))
    for number in np.unique(district):
        own, wanted = np.flatnonzero(there == number), district == number
        places[wanted] = points[own[source.integers(0, len(own), np.count_nonzero(wanted))]]
    return places
