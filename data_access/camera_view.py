"""Everything that the screen of one camera shows besides its picture."""

import math
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, func, select

from data_access import cameras
from data_access.database import Transaction
from data_access.domain.feeds import FeedState, FeedStatus
from data_access.domain.local_time import LOCAL_ZONE
from data_access.domain.places import Camera, SiteKind
from data_access.domain.words import Names
from data_access.map_tiles import map_place
from data_access.tables import feeds, happenings, places, sums

NEIGHBOUR_M = 1_500.0
EARTH_M = 40_075_016.7
"""The equator: a fraction of the map times this and the cosine of the latitude is metres."""


@dataclass(frozen=True, slots=True)
class CameraFacts:
    """A camera with the names of where it stands and what it serves."""

    camera: Camera
    site: Names
    site_kind: SiteKind
    district: Names
    programmes: tuple[Names, ...]
    zones: tuple[tuple[str, str], ...]
    """Name and rule of each zone that is on."""


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file of evidence: its id for the address, its kind and type."""

    id: UUID
    kind: str
    mime: str


@dataclass(frozen=True, slots=True)
class CameraEvent:
    """An event of the camera, with its evidence: snapshots before clips."""

    id: UUID
    started_at: datetime
    ended_at: datetime | None
    kind: str
    state: str
    confidence: float
    facts: dict[str, Any]
    plate: str | None
    evidence: tuple[EvidenceFile, ...] = ()


@dataclass(frozen=True, slots=True)
class PlateRead:
    """A plate read in passing."""

    read_at: datetime
    plate: str
    confidence: float


@dataclass(frozen=True, slots=True)
class HourCount:
    """Crossings and events within one hour; ``labels`` counts crossings by class."""

    hour_at: datetime
    labels: dict[str, int] = field(default_factory=dict)
    events: int = 0


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another camera and how far away it stands."""

    id: int
    code: str
    name: Names
    distance_m: float
    longitude: float
    latitude: float


def facts(tx: Transaction, camera_id: int) -> CameraFacts | None:
    """The camera, or None where the viewer's scope has none of this number."""
    camera = cameras.camera(tx, camera_id)
    if camera is None:
        return None
    site, district = places.Site, places.District
    row = tx.execute(
        select(
            site.name_ru, site.name_kk, site.name_en, site.kind,
            district.name_ru, district.name_kk, district.name_en,
        ).join(district, district.id == site.district_id).where(site.id == camera.site_id)
    ).one()  # fmt: skip
    return CameraFacts(
        camera=camera,
        site=Names(*row[:3]),
        site_kind=SiteKind(row[3]),
        district=Names(*row[4:]),
        programmes=_programmes(tx, camera_id),
        zones=_zones(tx, camera_id),
    )


def _programmes(tx: Transaction, camera_id: int) -> tuple[Names, ...]:
    programme, serves = places.Programme, places.CameraProgramme
    rows = tx.execute(
        select(programme.name_ru, programme.name_kk, programme.name_en)
        .join(serves, serves.programme_id == programme.id)
        .where(serves.camera_id == camera_id)
        .order_by(programme.code)
    )
    return tuple(Names(*row) for row in rows)


def _zones(tx: Transaction, camera_id: int) -> tuple[tuple[str, str], ...]:
    zone = places.Zone
    rows = tx.execute(
        select(zone.name, zone.rule)
        .where(zone.camera_id == camera_id, zone.enabled)
        .order_by(zone.id)
    )
    return tuple((row.name, row.rule) for row in rows)


def health(tx: Transaction, camera_id: int) -> FeedStatus | None:
    """What the worker last wrote about the feed, or None while it has not."""
    columns = [getattr(feeds.FeedStatus, name) for name in FeedStatus.__dataclass_fields__]
    row = tx.execute(select(*columns).where(feeds.FeedStatus.camera_id == camera_id)).one_or_none()
    if row is None:
        return None
    fields = dict(row._mapping)
    fields["state"] = FeedState(fields["state"])
    fields["rules_off"] = tuple(fields["rules_off"])
    return FeedStatus(**fields)


def events(
    tx: Transaction, camera_id: int, before: datetime, days: int = 30, limit: int = 20
) -> list[CameraEvent]:
    """The camera's events that began before ``before`` and within ``days``, newest first."""
    event = happenings.Event
    rows = tx.execute(
        select(
            event.id, event.started_at, event.ended_at, event.kind, event.state,
            event.confidence, event.facts, event.plate,
        )
        .where(
            event.camera_id == camera_id,
            event.started_at < before,
            event.started_at > before - timedelta(days=days),
        )
        .order_by(event.started_at.desc(), event.id)
        .limit(limit)
    ).all()  # fmt: skip
    files = _evidence(tx, [row.id for row in rows])
    return [CameraEvent(**row._mapping, evidence=tuple(files.get(row.id, ()))) for row in rows]


def _evidence(tx: Transaction, event_ids: list[UUID]) -> dict[UUID, list[EvidenceFile]]:
    file = happenings.Evidence
    rows = tx.execute(
        select(file.event_id, file.id, file.kind, file.mime)
        .where(file.event_id.in_(event_ids))
        .order_by(file.kind.desc(), file.captured_at)
    )
    found: dict[UUID, list[EvidenceFile]] = {}
    for row in rows:
        found.setdefault(row.event_id, []).append(EvidenceFile(row.id, row.kind, row.mime))
    return found


def plates(tx: Transaction, camera_id: int, now: datetime, limit: int = 20) -> list[PlateRead]:
    """The plates that the camera read last, within a day."""
    read = happenings.PlateRead
    rows = tx.execute(
        select(read.read_at, read.plate, read.confidence)
        .where(read.camera_id == camera_id, read.read_at > now - timedelta(days=1))
        .order_by(read.read_at.desc())
        .limit(limit)
    )
    return [PlateRead(row.read_at, row.plate, row.confidence) for row in rows]


def day_by_hour(tx: Transaction, camera_id: int, now: datetime) -> list[HourCount]:
    """The hours of the local day until now, each with its crossings and events."""
    midnight = datetime.combine(now.astimezone(LOCAL_ZONE).date(), time(), LOCAL_ZONE)
    labels = _crossings(tx, camera_id, midnight, now)
    events = _events_by_hour(tx, camera_id, midnight, now)
    hours = int((now - midnight) / timedelta(hours=1)) + 1
    starts = [midnight + timedelta(hours=hour) for hour in range(hours)]
    return [HourCount(at, labels.get(at, {}), events.get(at, 0)) for at in starts]


def _crossings(
    tx: Transaction, camera_id: int, start: datetime, end: datetime
) -> dict[datetime, dict[str, int]]:
    hourly = sums.TrafficHourly
    rows = tx.execute(
        select(hourly.hour_at, hourly.label, func.sum(hourly.count).label("crossings"))
        .where(hourly.camera_id == camera_id, hourly.hour_at >= start, hourly.hour_at <= end)
        .group_by(hourly.hour_at, hourly.label)
    )
    found: dict[datetime, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row.hour_at, {})[row.label] = int(row.crossings)
    return found


def _events_by_hour(
    tx: Transaction, camera_id: int, start: datetime, end: datetime
) -> dict[datetime, int]:
    event = happenings.Event
    hour = func.date_trunc("hour", event.started_at)
    rows = tx.execute(
        select(hour, func.count())
        .where(event.camera_id == camera_id, event.started_at >= start, event.started_at <= end)
        .group_by(hour)
    )
    return {row[0]: row[1] for row in rows}


def nearest(
    tx: Transaction, longitude: float, latitude: float, limit: int = 6, but: int | None = None
) -> list[Neighbour]:
    """The enabled cameras nearest to a place, within ``NEIGHBOUR_M``; never camera ``but``."""
    camera = places.Camera
    x, y = map_place(longitude, latitude)
    metres = EARTH_M * math.cos(math.radians(latitude))
    reach = NEIGHBOUR_M / metres
    distance = func.sqrt(func.power(camera.map_x - x, 2) + func.power(camera.map_y - y, 2))
    rows = tx.execute(
        select(
            camera.id, camera.code, camera.name_ru, camera.name_kk, camera.name_en,
            camera.longitude, camera.latitude, (distance * metres).label("distance_m"),
        )
        .where(
            camera.enabled,
            camera.id != (but or 0),
            and_(camera.map_x > x - reach, camera.map_x < x + reach),
            and_(camera.map_y > y - reach, camera.map_y < y + reach),
        )
        .order_by(distance, camera.id)
        .limit(limit)
    )  # fmt: skip
    return [_neighbour(row) for row in rows]


def _neighbour(row: Row[*tuple[Any, ...]]) -> Neighbour:
    return Neighbour(
        id=row.id,
        code=row.code,
        name=Names(row.name_ru, row.name_kk, row.name_en),
        distance_m=row.distance_m,
        longitude=row.longitude,
        latitude=row.latitude,
    )
