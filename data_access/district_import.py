"""Districts from a GeoJSON file, their names and codes, and taking an empty one away.

An import is planned first: good rows and faults side by side. The plan is then written whole,
in the transaction it was made in, or not at all.
"""

import json
from dataclasses import dataclass
from math import log2
from pathlib import Path

from sqlalchemy import delete, exists, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from data_access import city
from data_access.camera_rows import Fault
from data_access.database import Transaction
from data_access.district_rows import DistrictRow, checked
from data_access.domain.words import N_, Names
from data_access.errors import AlreadyThere, DataAccessError, RowRefused
from data_access.tables.places import Camera, District, Site

LARGEST_BYTES = 50_000_000
TILE_DEG = 360.0
"""Degrees of longitude on the map at zoom 0."""

WIDEST_ZOOM, CLOSEST_ZOOM = 4.0, 15.0


class DistrictFileError(DataAccessError):
    """A file that cannot be read as districts; nothing was imported."""


@dataclass(frozen=True, slots=True)
class DistrictPlan:
    """What an import would write, and what it leaves out."""

    rows: int
    good: tuple[DistrictRow, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class DistrictLine:
    """A district in a list, with how many cameras it has."""

    code: str
    names: Names
    cameras: int


def read_features(path: Path) -> list[object]:
    """The features of a GeoJSON file; raises ``DistrictFileError`` with the cure."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise DistrictFileError(N_("{file} is too large to be a city's districts."), file=path)
        features = json.loads(path.read_bytes().decode("utf-8-sig"))["features"]
    except OSError as error:
        raise DistrictFileError(
            N_("{file} cannot be read ({reason}). Check its path and its permissions."),
            file=path,
            reason=error.strerror or error,
        ) from error
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise _no_geojson(path) from error
    if not isinstance(features, list):
        raise _no_geojson(path)
    if not features:
        raise DistrictFileError(N_("{file} is empty: there is no district in it."), file=path)
    return features


def _no_geojson(path: Path) -> DistrictFileError:
    return DistrictFileError(
        N_("{file} is not a GeoJSON collection of polygons. Export it again as GeoJSON in UTF-8."),
        file=path,
    )


def plan_import(tx: Transaction, path: Path, replacing: bool) -> DistrictPlan:
    """Read and check a file; ``replacing`` lets a code that is there take new names and ring."""
    features = read_features(path)
    taken = set() if replacing else set(tx.scalars(select(District.code)))
    good: dict[str, DistrictRow] = {}
    faults: list[Fault] = []
    for number, feature in enumerate(features, 1):
        outcome = checked(number, feature)
        if isinstance(outcome, DistrictRow):
            outcome = _free(outcome, taken, good)
        if isinstance(outcome, DistrictRow):
            good[outcome.code] = outcome
        else:
            faults.append(outcome)
    return DistrictPlan(len(features), tuple(good.values()), tuple(faults))


def _free(row: DistrictRow, taken: set[str], good: dict[str, DistrictRow]) -> DistrictRow | Fault:
    if row.code in taken:
        return Fault(
            row.number,
            N_("There is a district with the code {code} already; --replace gives it this one's."),
            {"code": row.code},
        )
    if row.code in good:
        return Fault(
            row.number,
            N_("The code {code} stands in row {first} already."),
            {"code": row.code, "first": good[row.code].number},
        )
    return row


def write_import(tx: Transaction, plan: DistrictPlan) -> None:
    """Write the good rows of a plan; a district whose code is there is changed."""
    there = set(tx.scalars(select(District.code)))
    for row in plan.good:
        values = {"boundary": [list(point) for point in row.boundary], **_named(row.names)}
        if row.code in there:
            tx.execute(update(District).where(District.code == row.code).values(values))
        else:
            tx.execute(insert(District).values(code=row.code, **values))


def look_at(tx: Transaction, plan: DistrictPlan, names: Names | None) -> None:
    """Let the map begin over the imported districts and those with cameras; name the city."""
    used = select(District.boundary).where(exists().where(Camera.district_id == District.id))
    boundaries = [*(row.boundary for row in plan.good), *tx.scalars(used)]
    longitudes = [longitude for ring in boundaries for longitude, _ in ring]
    latitudes = [latitude for ring in boundaries for _, latitude in ring]
    view = {
        "lat": round((min(latitudes) + max(latitudes)) / 2, 5),
        "lon": round((min(longitudes) + max(longitudes)) / 2, 5),
        "zoom": _zoom(max(longitudes) - min(longitudes), max(latitudes) - min(latitudes)),
    }
    called = {"ru": names.ru, "kk": names.kk, "en": names.en} if names else {}
    city.put(tx, "city", (city.value(tx, "city") or {}) | called | view)


def _zoom(width_deg: float, height_deg: float) -> float:
    """The zoom at which the larger side is about two tiles (1,024 px) long.

    A degree of latitude is drawn about 1.6 times as long as one of longitude at 51° north.
    """
    side_deg = max(width_deg, 1.6 * height_deg, 1e-3)
    return round(min(max(log2(2 * TILE_DEG / side_deg), WIDEST_ZOOM), CLOSEST_ZOOM), 1)


def rename(tx: Transaction, code: str, new_code: str | None, names: dict[str, str]) -> DistrictLine:
    """Give a district another code or other names (``name_ru`` …).

    Raises ``RowRefused`` where there is none, ``AlreadyThere`` for a code of another.
    """
    _require_there(tx, code)
    wanted = new_code or code
    if wanted != code and tx.scalar(select(exists().where(District.code == wanted))):
        raise AlreadyThere(
            N_("There is a district with the code {code} already. Choose another."), code=wanted
        )
    tx.execute(update(District).where(District.code == code).values(code=wanted, **names))
    return next(line for line in lines(tx) if line.code == wanted)


def lines(tx: Transaction) -> list[DistrictLine]:
    """All districts in the order of their codes."""
    cameras = select(func.count()).where(Camera.district_id == District.id).scalar_subquery()
    query = select(
        District.code, District.name_ru, District.name_kk, District.name_en, cameras
    ).order_by(District.code)
    return [DistrictLine(code, Names(ru, kk, en), n) for code, ru, kk, en, n in tx.execute(query)]


def remove(tx: Transaction, code: str) -> None:
    """Take away a district without cameras, with its sites; raises ``RowRefused``."""
    _require_there(tx, code)
    (line,) = [line for line in lines(tx) if line.code == code]
    if line.cameras:
        raise RowRefused(
            N_("The district {code} has cameras ({count}): it stays."),
            code=code,
            count=line.cameras,
        )
    number = select(District.id).where(District.code == code).scalar_subquery()
    try:
        with tx.begin_nested():
            tx.execute(delete(Site).where(Site.district_id == number))
            tx.execute(delete(District).where(District.code == code))
    except IntegrityError as error:
        raise RowRefused(
            N_("Events, people or units belong to the district {code}: it stays."), code=code
        ) from error


def _require_there(tx: Transaction, code: str) -> None:
    if not tx.scalar(select(exists().where(District.code == code))):
        known = ", ".join(tx.scalars(select(District.code).order_by(District.code)))
        raise RowRefused(
            N_("There is no district {district}. Known are: {known}."), district=code, known=known
        )


def _named(names: Names) -> dict[str, str]:
    return {"name_ru": names.ru, "name_kk": names.kk, "name_en": names.en}
