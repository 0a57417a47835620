"""What a demonstration city is made of; the cities themselves stand in ``demo.profiles``.

Numbers that are known of the real cities are kept exactly; the rest is invented to fit them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from data_access.domain.places import CameraKind, Capability, SiteKind
from data_access.domain.words import Names

Way = tuple[tuple[float, float], ...]
"""Points in fractions of the city's radius: (east, north) of its middle."""


@dataclass(frozen=True, slots=True)
class DistrictPlan:
    """A police district and where its middle lies, in degrees."""

    code: str
    names: Names
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class River:
    """A river: its course and its width."""

    course: Way
    width_m: float


@dataclass(frozen=True, slots=True)
class Ground:
    """How a city lies: its size, the turn of its streets, its rivers and districts.

    ``block_m`` is the distance between two streets; each ``main_every``-th is a main road.
    """

    latitude: float
    longitude: float
    radius_m: float
    east_stretch: float
    turn_deg: float
    block_m: float
    main_every: int
    districts: tuple[DistrictPlan, ...]
    rivers: tuple[River, ...] = ()
    parks: int = 4
    ring: bool = False
    lanes_a_block: float = 0.6


@dataclass(frozen=True, slots=True)
class CameraGroup:
    """Cameras put up for one purpose at sites of one kind; the first one is of its middle.

    Of ``cameras``, ``integrated`` were there before. ``planned`` sites come on top of ``sites``
    and have no cameras yet, or ``planned_cameras`` that are not working yet. The first
    ``intercoms`` cameras of each site are the entrances' and carry a microphone.
    """

    purpose: str
    site_kind: SiteKind
    sites: int
    cameras: int
    kind: CameraKind = CameraKind.FIXED
    capabilities: tuple[Capability, ...] = ()
    integrated: int = 0
    planned: int = 0
    planned_cameras: int = 0
    intercoms: int = 0
    cleanliness: bool = False


@dataclass(frozen=True, slots=True)
class Stream:
    """Events of one kind over the twelve months, and the purposes of the cameras that see them."""

    kind: str
    total: int
    seen_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """How many units there are of each kind."""

    patrols: int
    municipal: int
    drones: int


@dataclass(frozen=True, slots=True)
class Profile:
    """A demonstration city, complete."""

    id: str
    names: Names
    code: str
    zoom: float
    ground: Ground
    groups: tuple[CameraGroup, ...]
    streams: tuple[Stream, ...]
    units: UnitPlan
    sos_buttons: int
    calls_a_day: float
    call_topics: Mapping[str, float]
    plate_regions: Mapping[str, float]
    vehicles: int
    paid_tenge: int | None = None
    paid_share: float = 0.66
    counting_cameras: int = 24
    plate_reads_a_day: int = 2000
    plan: Mapping[str, Any] = field(default_factory=dict)

    def group(self, purpose: str) -> CameraGroup:
        """The group of one purpose."""
        return next(group for group in self.groups if group.purpose == purpose)


USUAL_TOPICS: Mapping[str, float] = {
    "parking": 0.34,
    "family_dispute": 0.25,
    "beggars": 0.17,
    "fight": 0.08,
    "other": 0.16,
}
"""Shares of calls: parking, family disputes and beggars are what inspectors get most."""
