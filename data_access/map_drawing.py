"""The city's own drawing under the cameras: districts, streets, crossroads, linear sections.

There may be no internet in an operations centre, so the map needs nobody's basemap. All paths
and rings are lists of (longitude, latitude) in degrees.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select

from data_access.database import Transaction
from data_access.domain.places import SiteKind
from data_access.domain.words import Names
from data_access.tables.places import Camera, District, LinearSection, Programme, Site, Street

Path = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class DrawnDistrict:
    """A district with its closed ring."""

    id: int
    name: Names
    ring: Path


@dataclass(frozen=True, slots=True)
class DrawnStreet:
    """A street; ``street_class`` is main, street or lane."""

    name: Names
    street_class: str
    path: Path


@dataclass(frozen=True, slots=True)
class DrawnSection:
    """A linear section between its entry and exit cameras."""

    id: int
    name: Names
    length_m: float
    limit_kmh: int
    path: Path


@dataclass(frozen=True, slots=True)
class DrawnCrossroad:
    """A crossroad that has cameras, or will have."""

    id: int
    name: Names
    longitude: float
    latitude: float
    planned: bool


@dataclass(frozen=True, slots=True)
class DrawnProgramme:
    """A state programme that cameras serve."""

    code: str
    name: Names


@dataclass(frozen=True, slots=True)
class Extent:
    """The rectangle in degrees that holds the viewer's cameras."""

    west: float
    south: float
    east: float
    north: float


def _path(points: list[list[float]]) -> Path:
    return tuple((float(point[0]), float(point[1])) for point in points)


def _names(row: Row[*tuple[Any, ...]]) -> Names:
    return Names(row.name_ru, row.name_kk, row.name_en)


def districts(tx: Transaction) -> tuple[DrawnDistrict, ...]:
    """The viewer's districts."""
    rows = tx.execute(
        select(
            District.id, District.name_ru, District.name_kk, District.name_en, District.boundary
        ).order_by(District.id)
    )
    return tuple(DrawnDistrict(row.id, _names(row), _path(row.boundary)) for row in rows)


def streets(tx: Transaction) -> tuple[DrawnStreet, ...]:
    """All streets: a drawing to find one's way by is no secret of a district."""
    rows = tx.execute(
        select(
            Street.name_ru, Street.name_kk, Street.name_en, Street.street_class, Street.path
        ).order_by(Street.id)
    )
    return tuple(DrawnStreet(_names(row), row[3], _path(row.path)) for row in rows)


def sections(tx: Transaction) -> tuple[DrawnSection, ...]:
    """The viewer's linear sections."""
    section = LinearSection
    rows = tx.execute(
        select(
            section.id, section.name_ru, section.name_kk, section.name_en,
            section.length_m, section.limit_kmh, section.path,
        ).order_by(section.id)
    )  # fmt: skip
    return tuple(
        DrawnSection(row.id, _names(row), row.length_m, row.limit_kmh, _path(row.path))
        for row in rows
    )


def crossroads(tx: Transaction) -> tuple[DrawnCrossroad, ...]:
    """The viewer's crossroads."""
    rows = tx.execute(
        select(
            Site.id, Site.name_ru, Site.name_kk, Site.name_en,
            Site.longitude, Site.latitude, Site.planned,
        ).where(Site.kind == str(SiteKind.CROSSROAD)).order_by(Site.id)
    )  # fmt: skip
    return tuple(
        DrawnCrossroad(row.id, _names(row), row.longitude, row.latitude, row.planned)
        for row in rows
    )


def programmes(tx: Transaction) -> tuple[DrawnProgramme, ...]:
    """The state programmes that the map can be narrowed to."""
    rows = tx.execute(
        select(Programme.code, Programme.name_ru, Programme.name_kk, Programme.name_en).order_by(
            Programme.id
        )
    )
    return tuple(DrawnProgramme(row.code, _names(row)) for row in rows)


def extent(tx: Transaction) -> Extent | None:
    """Where the viewer's cameras stand, or None where there is none yet."""
    row = tx.execute(
        select(
            func.min(Camera.longitude), func.min(Camera.latitude),
            func.max(Camera.longitude), func.max(Camera.latitude),
        )
    ).one()  # fmt: skip
    return None if row[0] is None else Extent(row[0], row[1], row[2], row[3])
