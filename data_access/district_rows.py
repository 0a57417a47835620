"""One district of a GeoJSON file: its columns, and what can be wrong with it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data_access.camera_rows import COUNTRY, LONGEST, Fault
from data_access.domain.geometry import crosses_itself, polygon_area
from data_access.domain.words import N_, Names

Ring = tuple[tuple[float, float], ...]

COLUMNS: dict[str, tuple[str, ...]] = {
    "code": ("код", "ref"),
    "name_ru": ("name:ru", "название", "название (рус)", "name"),
    "name_kk": ("name:kk", "название (каз)", "атауы"),
    "name_en": ("name:en", "название (англ)"),
}
"""The properties of a district, and what else they may be called (OpenStreetMap's among them)."""

MOST_POINTS = 10_000
"""Of a boundary: many times what the outline of a city needs on a map."""

SMALLEST_DEG2 = 1e-7
"""About 0.0007 km²: no district is smaller than a square."""

DIGITS = 6
"""Of a coordinate: a tenth of a metre."""


@dataclass(frozen=True, slots=True)
class DistrictRow:
    """A district that a file describes; ``boundary`` is a closed ring of (lon, lat)."""

    number: int
    code: str
    names: Names
    boundary: Ring


class _Wrong(Exception):
    def __init__(self, text: str, **values: object) -> None:
        self.text, self.values = text, values


def checked(number: int, feature: object) -> DistrictRow | Fault:
    """The district of the ``number``-th feature, or what is wrong with it."""
    try:
        return _district(number, feature if isinstance(feature, dict) else {})
    except _Wrong as wrong:
        return Fault(number, wrong.text, wrong.values)


def names_given(cells: Mapping[str, str]) -> Names | None:
    """Names from columns ``name_…``; a language without one takes that of another."""
    ru, kk, en = (cells.get(column, "") for column in ("name_ru", "name_kk", "name_en"))
    if not (ru or kk or en):
        return None
    return Names(ru=ru or kk or en, kk=kk or ru or en, en=en or ru or kk)


def _district(number: int, feature: Mapping[str, Any]) -> DistrictRow:
    cells = _cells(feature.get("properties"))
    names = names_given(cells)
    if not cells.get("code"):
        raise _Wrong(N_("“{column}” is empty."), column="code")
    if names is None:
        raise _Wrong(N_("The district has no name."))
    return DistrictRow(number, cells["code"], names, _boundary(feature.get("geometry")))


def _cells(properties: object) -> dict[str, str]:
    """Our columns from a feature's properties; the first name of a column that is given wins."""
    given = properties if isinstance(properties, dict) else {}
    texts = {str(key).strip().casefold(): _text(value) for key, value in given.items()}
    cells = {}
    for column, others in COLUMNS.items():
        cells[column] = next((texts[key] for key in (column, *others) if texts.get(key)), "")
        _require_plain(column, cells[column])
    return cells


def name_fault(column: str, text: str) -> str | None:
    """Why a code or a name cannot be kept, as a sentence; None where it can."""
    try:
        _require_plain(column, text)
    except _Wrong as wrong:
        return wrong.text.format(**wrong.values)
    return None


def _require_plain(column: str, text: str) -> None:
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in text):
        raise _Wrong(N_("“{column}” has characters that cannot be kept."), column=column)
    if len(text) > LONGEST:
        raise _Wrong(
            N_("“{column}” is longer than {longest} characters."), column=column, longest=LONGEST
        )


def _text(value: object) -> str:
    """A property as people see it: a code kept as the number 101.0 is 101."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip() if isinstance(value, str | int | float) else ""


def _boundary(geometry: object) -> Ring:
    """The one ring of a polygon, closed and checked."""
    points = _points(_only_ring(geometry if isinstance(geometry, dict) else {}))
    if len(points) > MOST_POINTS:
        raise _Wrong(N_("The boundary has more than {most} points. Simplify it."), most=MOST_POINTS)
    _require_in_country(points)
    if len(set(points)) < 3:
        raise _Wrong(N_("The boundary has fewer than three corners."))
    if crosses_itself(points, closed=True):
        raise _Wrong(N_("The boundary crosses itself. Draw its corners in order around it."))
    if polygon_area(points) < SMALLEST_DEG2:
        raise _Wrong(N_("The boundary encloses nothing."))
    return (*points, points[0])


def _only_ring(geometry: Mapping[str, Any]) -> object:
    """The outer ring of a polygon, or of a collection of one; holes and parts are refused."""
    kind, polygons = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        raise _Wrong(N_("The geometry is no polygon, but {kind}."), kind=kind or "—")
    rings = polygons
    if kind == "MultiPolygon":
        if not isinstance(polygons, list) or len(polygons) != 1:
            raise _Wrong(N_("The district has several parts. Give each a code of its own."))
        rings = polygons[0]
    if not isinstance(rings, list) or not rings:
        raise _Wrong(N_("The boundary has fewer than three corners."))
    if len(rings) > 1:
        raise _Wrong(N_("The district has a hole. Draw its outer boundary alone."))
    return rings[0]


def _points(ring: object) -> Ring:
    """The corners once each in a row, the last not the first again."""
    try:
        places = [_place(point) for point in ring]  # type: ignore[attr-defined]
    except (TypeError, ValueError, LookupError, OverflowError):
        raise _Wrong(N_("The boundary has a corner without coordinates.")) from None
    apart = [place for at, place in enumerate(places) if at == 0 or place != places[at - 1]]
    return tuple(apart[:-1] if len(apart) > 1 and apart[0] == apart[-1] else apart)


def _place(point: Any) -> tuple[float, float]:
    longitude, latitude = float(point[0]), float(point[1])
    if not (math.isfinite(longitude) and math.isfinite(latitude)):
        raise ValueError
    return round(longitude, DIGITS), round(latitude, DIGITS)


def _require_in_country(points: Ring) -> None:
    for longitude, latitude in points:
        if _in_country(latitude, longitude):
            continue
        swapped = _in_country(longitude, latitude)
        text = (
            N_("The coordinates look swapped: latitude {latitude}, longitude {longitude}.")
            if swapped
            else N_("Latitude {latitude}, longitude {longitude} is not in Kazakhstan.")
        )
        raise _Wrong(text, latitude=latitude, longitude=longitude)


def _in_country(latitude: float, longitude: float) -> bool:
    south, north, west, east = COUNTRY
    return south <= latitude <= north and west <= longitude <= east
