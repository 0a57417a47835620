"""Where things are: districts, sites, cameras, linear sections, SOS buttons."""

from dataclasses import dataclass, field
from enum import StrEnum

from data_access.domain.words import N_, Names


class SiteKind(StrEnum):
    """What a site is."""

    CROSSROAD = "crossroad"
    LINEAR_SECTION = "linear_section"
    COURTYARD = "courtyard"
    SCHOOL = "school"
    KINDERGARTEN = "kindergarten"
    PUBLIC_PLACE = "public_place"
    BUILDING_TOP = "building_top"
    DRONE_PAD = "drone_pad"


SITE_KIND_NAMES: dict[SiteKind, str] = {
    SiteKind.CROSSROAD: N_("Crossroad"),
    SiteKind.LINEAR_SECTION: N_("Linear section"),
    SiteKind.COURTYARD: N_("Courtyard"),
    SiteKind.SCHOOL: N_("School"),
    SiteKind.KINDERGARTEN: N_("Kindergarten"),
    SiteKind.PUBLIC_PLACE: N_("Public place"),
    SiteKind.BUILDING_TOP: N_("Building top"),
    SiteKind.DRONE_PAD: N_("Drone pad"),
}


class CameraKind(StrEnum):
    """How a camera is built and mounted."""

    FIXED = "fixed"
    TURNING = "turning"
    OVERVIEW = "overview"
    DRONE = "drone"


CAMERA_KIND_NAMES: dict[CameraKind, str] = {
    CameraKind.FIXED: N_("Fixed camera"),
    CameraKind.TURNING: N_("Turning camera"),
    CameraKind.OVERVIEW: N_("Overview camera"),
    CameraKind.DRONE: N_("Drone"),
}


class CameraOrigin(StrEnum):
    """Whether a camera came with the project or was there before and was joined in."""

    NEW = "new"
    INTEGRATED = "integrated"


CAMERA_ORIGIN_NAMES: dict[CameraOrigin, str] = {
    CameraOrigin.NEW: N_("New camera"),
    CameraOrigin.INTEGRATED: N_("Integrated camera"),
}


class Capability(StrEnum):
    """What a camera can do beside giving a picture."""

    INFRARED = "infrared"
    TURNING = "turning"
    PLATES = "plates"
    SPEED = "speed"
    AUDIO = "audio"


@dataclass(frozen=True, slots=True)
class District:
    """A district; ``boundary`` is a closed ring of (longitude, latitude) in degrees."""

    id: int
    code: str
    names: Names
    boundary: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera as viewers see it; its feed address is kept elsewhere."""

    id: int
    code: str
    name: Names
    site_id: int
    district_id: int
    kind: CameraKind
    latitude: float
    longitude: float
    azimuth_deg: float | None
    field_of_view_deg: float | None
    origin: CameraOrigin
    supplier: str
    enabled: bool
    capabilities: frozenset[Capability] = field(default_factory=frozenset)
