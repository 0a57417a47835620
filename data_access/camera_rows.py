"""One camera as a row of a file: its columns, and what can be wrong with it.

A row is checked by itself here; what the database knows (districts, codes that are taken) is
checked in ``camera_import``.
"""

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TypeVar

from data_access.domain.feed_address import feed_fault
from data_access.domain.places import (
    CAMERA_KIND_NAMES,
    CAMERA_ORIGIN_NAMES,
    SITE_KIND_NAMES,
    CameraKind,
    CameraOrigin,
    Capability,
    SiteKind,
)
from data_access.domain.words import N_, Language, Names
from data_access.language import Translate, translator

Kind = TypeVar("Kind", bound=StrEnum)

COLUMNS: dict[str, tuple[str, ...]] = {
    "code": ("код", "код камеры", "номер"),
    "name_ru": ("название", "название (рус)", "название на русском", "name"),
    "name_kk": ("название (каз)", "название на казахском", "атауы"),
    "name_en": ("название (англ)", "название на английском"),
    "district": ("район", "аудан"),
    "site": ("площадка", "место", "объект"),
    "site_kind": ("вид площадки", "вид места", "тип объекта"),
    "kind": ("вид", "вид камеры", "тип камеры"),
    "latitude": ("широта", "lat"),
    "longitude": ("долгота", "lon", "lng"),
    "azimuth_deg": ("азимут", "направление", "azimuth"),
    "field_of_view_deg": ("угол обзора", "field_of_view", "fov"),
    "capabilities": ("возможности",),
    "origin": ("происхождение",),
    "supplier": ("поставщик",),
    "feed_url": ("поток", "адрес потока", "url"),
    "sub_feed_url": ("малый поток", "адрес малого потока", "sub_url"),
}
"""The columns of a file, and what else their headers may be."""

NEEDED = ("code", "district", "site", "latitude", "longitude")
NAME_COLUMNS = ("name_ru", "name_kk", "name_en")

COUNTRY = (40.4, 55.6, 46.4, 87.4)
"""South, north, west and east of Kazakhstan in degrees, a little around it."""

LONGEST = 300
"""Characters of a name that a screen can still show."""

_UNWANTED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one row; ``text`` is a source text of the catalogues."""

    row: int
    text: str
    values: Mapping[str, object]

    def in_words(self, translate: Translate) -> str:
        """The reason in the language of ``translate``."""
        return translate(self.text).format(**self.values)

    def __str__(self) -> str:
        return self.in_words(str)


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as it stands in the file: its number there, and its texts by column."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "").strip()


@dataclass(frozen=True, slots=True)
class CameraRow:
    """A camera that a file describes; its feeds' addresses may hold passwords."""

    number: int
    code: str
    names: Names
    district: str
    site: str
    site_kind: SiteKind
    kind: CameraKind
    latitude: float
    longitude: float
    azimuth_deg: float | None
    field_of_view_deg: float | None
    capabilities: tuple[str, ...]
    origin: CameraOrigin
    supplier: str
    feed_url: str
    sub_feed_url: str

    def __repr__(self) -> str:
        return f"CameraRow({self.number}, {self.code})"


class _Wrong(Exception):
    def __init__(self, text: str, **values: object) -> None:
        self.text, self.values = text, values


def checked(row: RawRow, schemes: Collection[str]) -> CameraRow | Fault:
    """The camera of a row, or what is wrong with it; ``schemes`` are those of known feeds."""
    try:
        return _camera(row, schemes)
    except _Wrong as wrong:
        return Fault(row.number, wrong.text, wrong.values)


def _camera(row: RawRow, schemes: Collection[str]) -> CameraRow:
    for column in ("code", "district", "site", "supplier", *NAME_COLUMNS):
        _require_plain(column, row[column])
    latitude, longitude = _position(row)
    return CameraRow(
        number=row.number,
        code=_given(row, "code"),
        names=_names(row),
        district=_given(row, "district"),
        site=_given(row, "site"),
        site_kind=_one_of(row, "site_kind", SiteKind.PUBLIC_PLACE, _site_kinds()),
        kind=_one_of(row, "kind", CameraKind.FIXED, _camera_kinds()),
        latitude=latitude,
        longitude=longitude,
        azimuth_deg=_azimuth(row),
        field_of_view_deg=_view(row),
        capabilities=_capabilities(row),
        origin=_one_of(row, "origin", CameraOrigin.NEW, _origins()),
        supplier=row["supplier"],
        feed_url=_feed_url(row, "feed_url", schemes),
        sub_feed_url=_feed_url(row, "sub_feed_url", schemes),
    )


def _require_plain(column: str, text: str) -> None:
    if _UNWANTED.search(text):
        raise _Wrong(N_("“{column}” has characters that cannot be kept."), column=column)
    if len(text) > LONGEST:
        raise _Wrong(
            N_("“{column}” is longer than {longest} characters."), column=column, longest=LONGEST
        )


def _given(row: RawRow, column: str) -> str:
    if not row[column]:
        raise _Wrong(N_("“{column}” is empty."), column=column)
    return row[column]


def _names(row: RawRow) -> Names:
    """A language without a name takes that of another."""
    ru, kk, en = (row[column] for column in NAME_COLUMNS)
    if not (ru or kk or en):
        raise _Wrong(N_("The camera has no name."))
    return Names(ru=ru or kk or en, kk=kk or ru or en, en=en or ru or kk)


def _position(row: RawRow) -> tuple[float, float]:
    latitude, longitude = _number(row, "latitude"), _number(row, "longitude")
    if latitude is None or longitude is None:
        raise _Wrong(N_("The coordinates are missing."))
    if _in_country(latitude, longitude):
        return latitude, longitude
    if _in_country(longitude, latitude):
        raise _Wrong(
            N_("The coordinates look swapped: latitude {latitude}, longitude {longitude}."),
            latitude=latitude,
            longitude=longitude,
        )
    raise _Wrong(
        N_("Latitude {latitude}, longitude {longitude} is not in Kazakhstan."),
        latitude=latitude,
        longitude=longitude,
    )


def _in_country(latitude: float, longitude: float) -> bool:
    south, north, west, east = COUNTRY
    return south <= latitude <= north and west <= longitude <= east


def _number(row: RawRow, column: str) -> float | None:
    """A number with a point or a comma, None where there is none."""
    text = row[column].replace(",", ".").replace("\xa0", "").replace("°", "").strip()
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise _Wrong(N_("“{column}” is not a number: {word}."), column=column, word=row[column])
    return value


def _azimuth(row: RawRow) -> float | None:
    value = _number(row, "azimuth_deg")
    if value is not None and not 0 <= value <= 360:
        raise _Wrong(N_("An azimuth is from 0 to 360 degrees, not {value}."), value=value)
    return None if value is None else value % 360


def _view(row: RawRow) -> float | None:
    value = _number(row, "field_of_view_deg")
    if value is not None and not 0 < value <= 360:
        raise _Wrong(
            N_("A field of view is more than 0 and up to 360 degrees, not {value}."), value=value
        )
    return value


def _capabilities(row: RawRow) -> tuple[str, ...]:
    words = [word.casefold() for word in re.split(r"[,;|\s]+", row["capabilities"]) if word]
    known = {str(one) for one in Capability}
    for word in words:
        if word not in known:
            raise _Wrong(
                N_("The capability {word} is not known. Known are: {known}."),
                word=word,
                known=", ".join(sorted(known)),
            )
    return tuple(sorted(set(words)))


def _feed_url(row: RawRow, column: str, schemes: Collection[str]) -> str:
    fault = feed_fault(row[column], schemes)
    if fault is not None:
        raise _Wrong(fault, column=column, known=", ".join(sorted(schemes)))
    return row[column]


def _by_word(names: Mapping[Kind, str]) -> dict[str, Kind]:
    """Kinds by their ids and by their names in every language."""
    return {
        word.casefold(): kind
        for kind, name in names.items()
        for word in (str(kind), *(translator(language)(name) for language in Language))
    }


@cache
def _site_kinds() -> dict[str, SiteKind]:
    return _by_word(SITE_KIND_NAMES)


@cache
def _camera_kinds() -> dict[str, CameraKind]:
    return _by_word(CAMERA_KIND_NAMES)


@cache
def _origins() -> dict[str, CameraOrigin]:
    return _by_word(CAMERA_ORIGIN_NAMES)


def _one_of(row: RawRow, column: str, usual: Kind, known: Mapping[str, Kind]) -> Kind:
    word = row[column].casefold()
    if not word:
        return usual
    if word not in known:
        raise _Wrong(
            N_("“{column}” cannot be {word}. Known are: {known}."),
            column=column,
            word=row[column],
            known=", ".join(str(kind) for kind in type(usual)),
        )
    return known[word]
