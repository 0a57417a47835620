"""Zones as the administrator edits them: those switched off, too, and each change recorded.

DataAccessError
└── NotADrawer  the viewer's role does not draw zones
"""

import hashlib
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import delete, select, update

from data_access import audit, zones
from data_access.database import Transaction
from data_access.domain.people import Role, Viewer
from data_access.domain.watch import Calibration, Zone
from data_access.domain.words import N_
from data_access.errors import DataAccessError, RowRefused
from data_access.tables import places

DRAWERS = frozenset({Role.ADMINISTRATOR})
"""Who may draw: a zone decides who is accused of what."""


EMPTY_PICTURE = "reference"
"""The setting of rules that compare a container with a picture of it."""


class NotADrawer(DataAccessError):
    """The viewer's role does not draw zones."""


@dataclass(frozen=True, slots=True)
class DrawnZone:
    """A zone, and whether its rule watches it."""

    zone: Zone
    enabled: bool


def drawn(tx: Transaction, camera_id: int) -> list[DrawnZone]:
    """A camera's zones in the order they were drawn in, switched on or off."""
    own = places.Zone.camera_id == camera_id
    query = select(places.Zone).where(own, zones.DRAWN).order_by(places.Zone.id)
    return [DrawnZone(zones.zone_of(dict(row._mapping)), row.enabled) for row in tx.execute(query)]


def calibration(tx: Transaction, camera_id: int) -> Calibration | None:
    """A camera's pairs of picture and ground points."""
    own = places.Calibration.camera_id == camera_id
    return zones.calibration_of(
        tx.scalar(select(places.Calibration.pairs).where(own, zones.PAIRED))
    )


def save(tx: Transaction, viewer: Viewer, camera_id: int, zone: Zone, enabled: bool) -> int:
    """Add a zone (``id`` 0) or replace it; its number.

    Raises ``NotADrawer``, ``InvalidZone``, or ``RowRefused`` for a zone without a name.
    """
    check_drawer(viewer)
    if not zone.name.strip():
        raise RowRefused(N_("Give the zone a name: events and reports say it."))
    number = zones.save(tx, camera_id, zone)
    switch = update(places.Zone).where(places.Zone.id == number).values(enabled=enabled)
    tx.execute(switch)
    detail = {
        "zone": number, "name": zone.name, "rule": zone.rule, "points": zone.points,
        "params": _recorded(zone.params), "enabled": enabled,
        "schedule": zones.schedule_document(zone.schedule) if zone.schedule else None,
    }  # fmt: skip
    audit.record(tx, viewer, "zone.save", f"camera {camera_id}", detail)
    return number


def take_empty(tx: Transaction, viewer: Viewer, camera_id: int, zone_id: int, picture: str) -> None:
    """Keep how a container looks when it is empty (``picture``: PNG in base64).

    Raises ``NotADrawer``, ``RowRefused``.
    """
    check_drawer(viewer)
    found = [one.zone for one in drawn(tx, camera_id) if one.zone.id == zone_id]
    if not found:
        raise _unknown(zone_id)
    (zone,) = found
    zones.save(tx, camera_id, replace(zone, params={**zone.params, EMPTY_PICTURE: picture}))
    detail = {"zone": zone_id, "name": zone.name, "sha256": _sha256(picture)}
    audit.record(tx, viewer, "zone.empty", f"camera {camera_id}", detail)


def remove(tx: Transaction, viewer: Viewer, camera_id: int, zone_id: int) -> None:
    """Remove a zone; its events and counts stay. Raises ``NotADrawer``, ``RowRefused``."""
    check_drawer(viewer)
    own = (places.Zone.id == zone_id, places.Zone.camera_id == camera_id)
    name = tx.scalar(delete(places.Zone).where(*own).returning(places.Zone.name))
    if name is None:
        raise _unknown(zone_id)
    detail = {"zone": zone_id, "name": name}
    audit.record(tx, viewer, "zone.remove", f"camera {camera_id}", detail)


def _unknown(zone_id: int) -> RowRefused:
    return RowRefused(N_("There is no zone {number} at this camera."), number=zone_id)


def _recorded(params: dict[str, Any]) -> dict[str, Any]:
    """The settings with the picture's sum in its place: the audit log keeps words."""
    sums = {name: _sha256(str(params[name])) for name in params if name == EMPTY_PICTURE}
    return {**params, **sums}


def _sha256(picture: str) -> str:
    return hashlib.sha256(picture.encode()).hexdigest()


def check_drawer(viewer: Viewer) -> None:
    """Raise ``NotADrawer`` unless the viewer draws zones."""
    if viewer.role not in DRAWERS:
        raise NotADrawer(N_("Zones are drawn by the administrator. Ask them."))
