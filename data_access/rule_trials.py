"""Zones tried on a camera's newest clips before they are switched on: asked here, done there.

The administrator asks with the zone as it is drawn, kept or not; a worker runs its rule over the
clips and says what it found. Nothing of it becomes an event.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update

from data_access import audit, zones
from data_access.database import Transaction
from data_access.domain.people import Viewer
from data_access.domain.watch import Zone
from data_access.tables.happenings import Event, Evidence
from data_access.tables.trials import RuleTrial
from data_access.zone_editing import check_drawer

MOST_CLIPS = 5
"""The newest clips of the camera: a minute or two of pictures, a minute of work."""


@dataclass(frozen=True, slots=True)
class TrialFinding:
    """Something found: in which clip, the newest is 1, at which second, how surely."""

    clip: int
    at_s: float
    confidence: float


@dataclass(frozen=True, slots=True)
class TrialResult:
    """What came of a trial; ``counted`` are crossings of a counting line."""

    clips: int = 0
    seconds: float = 0.0
    found: tuple[TrialFinding, ...] = ()
    counted: int = 0
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """A trial as it stands; ``result`` is None while it waits."""

    zone: Zone
    requested_at: datetime
    result: TrialResult | None


@dataclass(frozen=True, slots=True)
class WaitingTrial:
    """What a worker needs to know to do it."""

    id: UUID
    camera_id: int
    zone: Zone


def ask(tx: Transaction, viewer: Viewer, camera_id: int, zone: Zone, now: datetime) -> None:
    """Ask for a zone to be tried; recorded. Raises ``NotADrawer``, ``InvalidZone``."""
    check_drawer(viewer)
    zones.check(zone)
    row = {
        "id": uuid4(), "camera_id": camera_id, "district_id": zones.district_of(tx, camera_id),
        "viewer_id": viewer.id, "requested_at": now, "zone": _document(zone),
    }  # fmt: skip
    tx.execute(insert(RuleTrial).values(row))
    detail = {"rule": zone.rule, "name": zone.name}
    audit.record(tx, viewer, "zone.try", f"camera {camera_id}", detail)


def newest(tx: Transaction, camera_id: int) -> Trial | None:
    """The newest trial at a camera; None where there was none."""
    own = select(RuleTrial).where(RuleTrial.camera_id == camera_id)
    row = tx.execute(own.order_by(RuleTrial.requested_at.desc()).limit(1)).one_or_none()
    if row is None:
        return None
    found = tuple(TrialFinding(**one) for one in row.found)
    result = TrialResult(row.clips, row.seconds, found, row.counted, row.trouble)
    return Trial(zones.zone_of(row.zone), row.requested_at, result if row.done_at else None)


def next_waiting(tx: Transaction) -> WaitingTrial | None:
    """The oldest trial that waits; held until the transaction ends, as mask requests are."""
    row = tx.execute(
        select(RuleTrial.id, RuleTrial.camera_id, RuleTrial.zone)
        .where(RuleTrial.done_at.is_(None))
        .order_by(RuleTrial.requested_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    return None if row is None else WaitingTrial(row.id, row.camera_id, zones.zone_of(row.zone))


def finish(tx: Transaction, number: UUID, result: TrialResult, now: datetime) -> None:
    """Write what came of it."""
    values = {
        "done_at": now, "clips": result.clips, "seconds": result.seconds,
        "counted": result.counted, "trouble": result.trouble,
        "found": [
            {"clip": one.clip, "at_s": one.at_s, "confidence": one.confidence}
            for one in result.found
        ],
    }  # fmt: skip
    tx.execute(update(RuleTrial).where(RuleTrial.id == number).values(values))


def clips(tx: Transaction, camera_id: int, most: int = MOST_CLIPS) -> list[str]:
    """The newest clips of a camera, relative to the media folder."""
    query = (
        select(Evidence.path)
        .join(Event, Event.id == Evidence.event_id)
        .where(Event.camera_id == camera_id, Evidence.camera_id == camera_id)
        .where(Evidence.kind == "clip", Event.started_at == Evidence.event_started_at)
        .order_by(Evidence.event_started_at.desc())
        .limit(most)
    )
    return list(tx.scalars(query))


def _document(zone: Zone) -> dict[str, Any]:
    schedule = zones.schedule_document(zone.schedule) if zone.schedule else None
    return {
        "id": zone.id, "name": zone.name, "rule": zone.rule, "shape": str(zone.shape),
        "points": [list(point) for point in zone.points], "params": zone.params,
        "schedule": schedule,
    }  # fmt: skip
