"""Cameras: as the worker watches them, and as viewers find them."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, and_, case, or_, select

from data_access import zones
from data_access.database import Transaction
from data_access.domain.places import (
    Camera,
    CameraKind,
    CameraOrigin,
    Capability,
    District,
)
from data_access.domain.watch import WatchedCamera
from data_access.domain.words import Names
from data_access.tables import places

_CAMERA = (
    places.Camera.id,
    places.Camera.code,
    places.Camera.name_ru,
    places.Camera.name_kk,
    places.Camera.name_en,
    places.Camera.site_id,
    places.Camera.district_id,
    places.Camera.kind,
    places.Camera.latitude,
    places.Camera.longitude,
    places.Camera.azimuth_deg,
    places.Camera.field_of_view_deg,
    places.Camera.origin,
    places.Camera.supplier,
    places.Camera.enabled,
    places.Camera.capabilities,
)


def watched(tx: Transaction, only: Collection[int] | None = None) -> list[WatchedCamera]:
    """The enabled cameras that have a feed, with zones and calibration, in two queries.

    ``only`` keeps to these numbers. For the worker and the owner: viewers read no feed.
    """
    feed, camera, calibration = places.CameraFeed, places.Camera, places.Calibration
    query = (
        select(
            camera.id,
            camera.code,
            feed.feed_url,
            feed.detector,
            feed.analysed_fps,
            feed.loops,
            feed.sub_feed_url,
            feed.onvif_url,
            calibration.pairs,
        )
        .join(feed, feed.camera_id == camera.id)
        .outerjoin(calibration, and_(calibration.camera_id == camera.id, zones.PAIRED))
        .where(camera.enabled)
        .order_by(camera.id)
    )
    rows = tx.execute(query if only is None else query.where(camera.id.in_(list(only)))).all()
    drawn = zones.zones_of(tx, [row.id for row in rows])
    return [
        WatchedCamera(
            id=row.id,
            code=row.code,
            feed_url=row.feed_url,
            detector=row.detector,
            analysed_fps=row.analysed_fps,
            loops=row.loops,
            zones=drawn.get(row.id, ()),
            calibration=zones.calibration_of(row.pairs),
            sub_feed_url=row.sub_feed_url or None,
            onvif_url=row.onvif_url or None,
        )
        for row in rows
    ]


def watched_ids(tx: Transaction) -> list[int]:
    """The numbers of the cameras that ``watched`` gives."""
    feed, camera = places.CameraFeed, places.Camera
    query = select(camera.id).join(feed, feed.camera_id == camera.id).where(camera.enabled)
    return list(tx.scalars(query.order_by(camera.id)))


def camera(tx: Transaction, camera_id: int) -> Camera | None:
    """One camera, or None where there is none in the scope."""
    row = tx.execute(select(*_CAMERA).where(places.Camera.id == camera_id)).one_or_none()
    return None if row is None else _camera(row)


def codes(tx: Transaction, camera_ids: Collection[int]) -> dict[int, str]:
    """The numbers of some cameras as people know them, those in sight."""
    chosen = places.Camera.id.in_(list(camera_ids))
    rows = tx.execute(select(places.Camera.id, places.Camera.code).where(chosen))
    return {row.id: row.code for row in rows}


def search(tx: Transaction, text: str, limit: int = 20) -> list[Camera]:
    """Cameras whose code or name has ``text`` in it: exact codes first, then beginnings."""
    words = text.strip()
    if not words:
        return []
    code, names = places.Camera.code, (
        places.Camera.name_ru, places.Camera.name_kk, places.Camera.name_en
    )  # fmt: skip
    rank = case(
        (code == words, 0),
        (code.istartswith(words, autoescape=True), 1),
        (or_(*(name.istartswith(words, autoescape=True) for name in names)), 2),
        else_=3,
    )
    query = (
        select(*_CAMERA)
        .where(or_(*(column.icontains(words, autoescape=True) for column in (code, *names))))
        .order_by(rank, code)
        .limit(limit)
    )
    return [_camera(row) for row in tx.execute(query)]


def districts(tx: Transaction) -> list[District]:
    """The districts of the scope, in the order of their codes."""
    rows = tx.execute(select(places.District.__table__).order_by(places.District.code))
    return [
        District(
            id=row.id,
            code=row.code,
            names=_names(row),
            boundary=tuple((float(lon), float(lat)) for lon, lat in row.boundary),
        )
        for row in rows
    ]


def _camera(row: Row[*tuple[Any, ...]]) -> Camera:
    return Camera(
        id=row.id,
        code=row.code,
        name=_names(row),
        site_id=row.site_id,
        district_id=row.district_id,
        kind=CameraKind(row.kind),
        latitude=row.latitude,
        longitude=row.longitude,
        azimuth_deg=row.azimuth_deg,
        field_of_view_deg=row.field_of_view_deg,
        origin=CameraOrigin(row.origin),
        supplier=row.supplier,
        enabled=row.enabled,
        capabilities=frozenset(Capability(name) for name in row.capabilities),
    )


def _names(row: Row[*tuple[Any, ...]]) -> Names:
    return Names(ru=row.name_ru, kk=row.name_kk, en=row.name_en)
