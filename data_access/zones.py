"""Zones and calibrations as rows: what may be kept, and how they are read back."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from data_access.database import Transaction
from data_access.domain.geometry import zone_fault
from data_access.domain.watch import Calibration, Schedule, Zone, ZoneShape
from data_access.domain.words import N_
from data_access.errors import InvalidZone, RowRefused
from data_access.tables import places
from data_access.tables.base import pairs

DRAWN = text(pairs("zones.points", 0, 1))
PAIRED = text(pairs("calibrations.pairs", -1_000_000, 1_000_000, each=4))
"""Rows that can be read: one from before the tables refused it would stop all cameras."""

FEWEST_PAIRS = 4
"""A plane seen from anywhere has eight unknowns: four points give two equations each."""


def check(zone: Zone) -> None:
    """Raise ``InvalidZone`` with what to do if the zone's points make no usable shape."""
    fault = zone_fault(zone.shape, zone.points)
    if fault is not None:
        raise InvalidZone(fault, name=zone.name)


def save(tx: Transaction, camera_id: int, zone: Zone) -> int:
    """Add a zone (``id`` 0) or replace it; its number. Raises ``InvalidZone``, ``RowRefused``."""
    check(zone)
    values = {
        "camera_id": camera_id,
        "district_id": district_of(tx, camera_id),
        "name": zone.name,
        "rule": zone.rule,
        "shape": zone.shape,
        "points": [list(point) for point in zone.points],
        "params": zone.params,
        "schedule": schedule_document(zone.schedule) if zone.schedule else None,
    }
    if not zone.id:
        return int(tx.scalars(insert(places.Zone).values(values).returning(places.Zone.id)).one())
    own = (places.Zone.id == zone.id, places.Zone.camera_id == camera_id)
    if tx.execute(update(places.Zone).where(*own).values(values)).rowcount == 0:
        raise RowRefused(N_("There is no zone {number} at this camera."), number=zone.id)
    return zone.id


def remove(tx: Transaction, zone_id: int) -> None:
    """Remove a zone; its counts stay."""
    tx.execute(delete(places.Zone).where(places.Zone.id == zone_id))


def calibrate(tx: Transaction, camera_id: int, calibration: Calibration) -> None:
    """Keep a camera's pairs of picture and ground points; raises ``InvalidZone`` for too few."""
    if len(calibration.picture) < FEWEST_PAIRS:
        raise InvalidZone(
            N_("A calibration needs {fewest} pairs of points or more; {count} were given."),
            fewest=FEWEST_PAIRS,
            count=len(calibration.picture),
        )
    both = zip(calibration.picture, calibration.ground_m, strict=True)
    values = {
        "camera_id": camera_id,
        "district_id": district_of(tx, camera_id),
        "pairs": [[*picture, *ground_m] for picture, ground_m in both],
    }
    row = upsert(places.Calibration).values(values)
    tx.execute(
        row.on_conflict_do_update(
            index_elements=[places.Calibration.camera_id], set_={"pairs": row.excluded.pairs}
        )
    )


def zones_of(tx: Transaction, camera_ids: Iterable[int] | None) -> dict[int, tuple[Zone, ...]]:
    """The enabled zones by camera, of all cameras or of some, in one query."""
    query = select(places.Zone).where(places.Zone.enabled, DRAWN).order_by(places.Zone.id)
    if camera_ids is not None:
        query = query.where(places.Zone.camera_id.in_(list(camera_ids)))
    found: dict[int, list[Zone]] = {}
    for row in tx.execute(query):
        found.setdefault(row.camera_id, []).append(zone_of(dict(row._mapping)))
    return {camera_id: tuple(zones) for camera_id, zones in found.items()}


def zone_of(row: Mapping[str, Any]) -> Zone:
    """A zone from the columns of its row."""
    schedule = row["schedule"]
    return Zone(
        id=row["id"],
        name=row["name"],
        rule=row["rule"],
        shape=ZoneShape(row["shape"]),
        points=tuple((float(x), float(y)) for x, y in row["points"]),
        params=dict(row["params"]),
        schedule=schedule_of(schedule) if schedule else None,
    )


def calibration_of(kept: Iterable[Iterable[float]] | None) -> Calibration | None:
    """A calibration from its kept pairs [x, y, x_m, y_m]."""
    if not kept:
        return None
    rows = [tuple(float(value) for value in pair) for pair in kept]
    return Calibration(
        picture=tuple((row[0], row[1]) for row in rows),
        ground_m=tuple((row[2], row[3]) for row in rows),
    )


def schedule_document(schedule: Schedule) -> dict[str, Any]:
    """A schedule as it is kept: {"weekdays": [0…6], "from_min": 0, "to_min": 1440}."""
    return {
        "weekdays": sorted(schedule.weekdays),
        "from_min": schedule.from_min,
        "to_min": schedule.to_min,
    }


def schedule_of(document: Mapping[str, Any]) -> Schedule:
    """A schedule from its document; what is left out means always."""
    always = Schedule()
    return Schedule(
        weekdays=frozenset(document.get("weekdays", always.weekdays)),
        from_min=int(document.get("from_min", always.from_min)),
        to_min=int(document.get("to_min", always.to_min)),
    )


def district_of(tx: Transaction, camera_id: int) -> int:
    """The district of a camera in sight; raises ``RowRefused`` where there is none."""
    district = tx.scalar(select(places.Camera.district_id).where(places.Camera.id == camera_id))
    if district is None:
        raise RowRefused(N_("There is no camera {number} here."), number=camera_id)
    return int(district)
