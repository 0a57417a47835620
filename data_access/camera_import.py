"""Cameras from a file into the database, and out of it into a file.

An import is planned first: good rows and faults side by side. The plan is then written whole,
in the transaction it was made in, or not at all.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from sqlalchemy import insert, select

from data_access.camera_file_writing import write_rows
from data_access.camera_files import read_rows
from data_access.camera_rows import CameraRow, Fault, checked
from data_access.database import Transaction
from data_access.domain.words import N_
from data_access.tables import places

CHUNK = 5_000

SiteKey = tuple[int, str, str]
"""A district's number, a site's name in small letters, its kind."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would write, and what it leaves out; ``districts`` are numbers by word."""

    rows: int
    good: tuple[CameraRow, ...]
    faults: tuple[Fault, ...]
    districts: dict[str, int]


def plan_import(tx: Transaction, path: Path, schemes: Collection[str]) -> ImportPlan:
    """Read and check a file; raises ``CameraFileError`` for one that is no list of cameras.

    ``schemes`` are those of the feeds that the worker knows.
    """
    raw = read_rows(path)
    districts = _districts(tx)
    taken = _codes(tx)
    good: list[CameraRow] = []
    faults: list[Fault] = []
    first_at: dict[str, int] = {}
    for row in raw:
        outcome = checked(row, schemes)
        if isinstance(outcome, CameraRow):
            outcome = _known(outcome, districts, taken, first_at)
        if isinstance(outcome, CameraRow):
            first_at[outcome.code] = outcome.number
            good.append(outcome)
        else:
            faults.append(outcome)
    return ImportPlan(len(raw), tuple(good), tuple(faults), districts)


def write_import(tx: Transaction, plan: ImportPlan) -> int:
    """Write the good rows of a plan, with the sites they stand at; how many cameras."""
    sites = _with_new_sites(tx, plan)
    for start in range(0, len(plan.good), CHUNK):
        _write(tx, plan, plan.good[start : start + CHUNK], sites)
    return len(plan.good)


def export_cameras(tx: Transaction, path: Path) -> int:
    """Write all cameras to a file, feed addresses with their passwords among them; how many.

    For the owner alone. Raises ``CameraFileError``.
    """
    rows = [dict(row._mapping) for row in tx.execute(_EXPORT)]
    for row in rows:
        row["capabilities"] = ",".join(row["capabilities"])
    write_rows(path, rows)
    return len(rows)


_camera, _site, _district, _feed = (
    places.Camera,
    places.Site,
    places.District,
    places.CameraFeed,
)

_EXPORT = (
    select(
        _camera.code,
        _camera.name_ru,
        _camera.name_kk,
        _camera.name_en,
        _district.code.label("district"),
        _site.name_ru.label("site"),
        _site.kind.label("site_kind"),
        _camera.kind,
        _camera.latitude,
        _camera.longitude,
        _camera.azimuth_deg,
        _camera.field_of_view_deg,
        _camera.capabilities,
        _camera.origin,
        _camera.supplier,
        _feed.feed_url,
        _feed.sub_feed_url,
    )
    .join(_site, _site.id == _camera.site_id)
    .join(_district, _district.id == _camera.district_id)
    .outerjoin(_feed, _feed.camera_id == _camera.id)
    .order_by(_camera.code)
)


def _known(
    row: CameraRow, districts: dict[str, int], taken: set[str], first_at: dict[str, int]
) -> CameraRow | Fault:
    """The row if its district is known and its code is free, here and in the database."""
    if row.district.casefold() not in districts:
        return Fault(
            row.number,
            N_("There is no district {district}. Known are: {known}."),
            {"district": row.district, "known": ", ".join(_district_codes(districts))},
        )
    if row.code in taken:
        return Fault(
            row.number, N_("There is a camera with the code {code} already."), {"code": row.code}
        )
    if row.code in first_at:
        return Fault(
            row.number,
            N_("The code {code} stands in row {first} already."),
            {"code": row.code, "first": first_at[row.code]},
        )
    return row


def _districts(tx: Transaction) -> dict[str, int]:
    """Numbers of districts by code and by name in every language, in small letters."""
    rows = tx.execute(
        select(
            _district.id, _district.code, _district.name_ru, _district.name_kk, _district.name_en
        ).order_by(_district.id.desc())
    )
    return {word.casefold(): row.id for row in rows for word in row[1:]}


def _codes(tx: Transaction) -> set[str]:
    return set(tx.scalars(select(_camera.code)))


def _district_codes(districts: dict[str, int]) -> list[str]:
    """The first word of each district, which is its code."""
    return sorted({number: word for word, number in reversed(districts.items())}.values())


def _key(row: CameraRow, districts: dict[str, int]) -> SiteKey:
    return districts[row.district.casefold()], row.site.casefold(), str(row.site_kind)


def _with_new_sites(tx: Transaction, plan: ImportPlan) -> dict[SiteKey, int]:
    """The numbers of all sites by key, after those that are new were added."""
    there = _sites(tx)
    new: dict[SiteKey, list[CameraRow]] = defaultdict(list)
    for row in plan.good:
        key = _key(row, plan.districts)
        if key not in there:
            new[key].append(row)
    if new:
        added = insert(_site).returning(_site.id, sort_by_parameter_order=True)
        numbers = tx.scalars(added, [_new_site(key, rows) for key, rows in new.items()]).all()
        there |= dict(zip(new, numbers, strict=True))
    return there


def _sites(tx: Transaction) -> dict[SiteKey, int]:
    rows = tx.execute(
        select(
            _site.id, _site.district_id, _site.kind, _site.name_ru, _site.name_kk, _site.name_en
        ).order_by(_site.id.desc())
    )
    return {
        (row.district_id, name.casefold(), row.kind): row.id for row in rows for name in row[3:]
    }


def _new_site(key: SiteKey, rows: Sequence[CameraRow]) -> dict[str, Any]:
    """A site in the middle of its cameras, called as in the file in every language."""
    name = rows[0].site
    return {
        "district_id": key[0],
        "kind": key[2],
        "name_ru": name,
        "name_kk": name,
        "name_en": name,
        "latitude": fmean(row.latitude for row in rows),
        "longitude": fmean(row.longitude for row in rows),
    }


def _write(
    tx: Transaction, plan: ImportPlan, rows: Sequence[CameraRow], sites: dict[SiteKey, int]
) -> None:
    cameras = [_camera_values(row, plan.districts, sites) for row in rows]
    added = insert(_camera).returning(_camera.id, sort_by_parameter_order=True)
    numbers = tx.scalars(added, cameras).all()
    feeds = list(_feed_values(zip(numbers, rows, strict=True)))
    if feeds:
        tx.execute(insert(_feed), feeds)


def _camera_values(
    row: CameraRow, districts: dict[str, int], sites: dict[SiteKey, int]
) -> dict[str, Any]:
    return {
        "code": row.code,
        "name_ru": row.names.ru,
        "name_kk": row.names.kk,
        "name_en": row.names.en,
        "site_id": sites[_key(row, districts)],
        "district_id": districts[row.district.casefold()],
        "kind": str(row.kind),
        "latitude": row.latitude,
        "longitude": row.longitude,
        "azimuth_deg": row.azimuth_deg,
        "field_of_view_deg": row.field_of_view_deg,
        "capabilities": list(row.capabilities),
        "origin": str(row.origin),
        "supplier": row.supplier,
    }


def _feed_values(rows: Iterable[tuple[int, CameraRow]]) -> Iterable[dict[str, Any]]:
    for number, row in rows:
        if row.feed_url:
            yield {
                "camera_id": number,
                "feed_url": row.feed_url,
                "sub_feed_url": row.sub_feed_url or None,
            }
