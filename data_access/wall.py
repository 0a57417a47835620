"""Which cameras a wall of live pictures shows, and how each is doing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, func, or_, select

from data_access.database import Transaction
from data_access.domain.words import N_, Names
from data_access.tables.feeds import FeedStatus
from data_access.tables.happenings import Event
from data_access.tables.places import Camera, District, Site


class WallOrder(StrEnum):
    """What comes first on a wall."""

    ACTIVITY = "activity"
    DISTRICT = "district"
    SITE = "site"


WALL_ORDER_NAMES: dict[WallOrder, str] = {
    WallOrder.ACTIVITY: N_("Activity first"),
    WallOrder.DISTRICT: N_("By district"),
    WallOrder.SITE: N_("By site"),
}

PICTURE_IS_FRESH = timedelta(seconds=60)
"""A camera whose last frame is younger gives a picture now."""

EVENTS_COUNT = timedelta(hours=1)
"""Events of so long ago still bring a camera forward."""


@dataclass(frozen=True, slots=True)
class WallSelection:
    """Which cameras, in which order; empty values do not narrow."""

    order: WallOrder = WallOrder.ACTIVITY
    district_id: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class WallCamera:
    """A camera of a wall, with the state of its feed and its last event."""

    id: int
    code: str
    name: Names
    site: Names
    district: Names
    enabled: bool
    state: str | None
    reason: str
    last_frame_at: datetime | None
    last_event_at: datetime | None


@dataclass(frozen=True, slots=True)
class WallPage:
    """The cameras of one wall, and how many there are in all."""

    ids: tuple[int, ...]
    total: int


def _conditions(selection: WallSelection) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Camera.enabled.is_(True)]
    if selection.district_id is not None:
        conditions.append(Camera.district_id == selection.district_id)
    words = selection.text.strip()
    if words:
        columns = (
            Camera.code, Camera.name_ru, Camera.name_kk, Camera.name_en,
            Site.name_ru, Site.name_kk, Site.name_en,
        )  # fmt: skip
        conditions.append(or_(*(name.icontains(words, autoescape=True) for name in columns)))
    return conditions


def page(
    tx: Transaction, selection: WallSelection, now: datetime, size: int, number: int = 0
) -> WallPage:
    """Which cameras stand on the wall of this number, ``size`` on each, from 0."""
    last = _last_events(now)
    found = (
        select(Camera.id)
        .join(Site, Site.id == Camera.site_id)
        .join(District, District.id == Camera.district_id)
        .where(*_conditions(selection))
    )
    total = tx.execute(select(func.count()).select_from(found.subquery())).scalar_one()
    ordered = (
        found.outerjoin(FeedStatus, FeedStatus.camera_id == Camera.id)
        .outerjoin(last, last.c.camera_id == Camera.id)
        .order_by(*_order(selection.order, last.c.at, now), Camera.id)
        .limit(size)
        .offset(number * size)
    )
    return WallPage(tuple(tx.scalars(ordered)), total)


def _order(
    order: WallOrder, last_event_at: ColumnElement[Any], now: datetime
) -> tuple[ColumnElement[Any], ...]:
    """Without an order of places: cameras that give a picture now, the latest event leading."""
    by_site: tuple[Any, ...] = (Site.name_ru, Camera.code)
    if order is WallOrder.SITE:
        return by_site
    if order is WallOrder.DISTRICT:
        return (District.code, *by_site)
    shows = func.coalesce(FeedStatus.last_frame_at > now - PICTURE_IS_FRESH, False)
    return (shows.desc(), last_event_at.desc().nulls_last())


def _last_events(now: datetime) -> Any:
    return (
        select(Event.camera_id, func.max(Event.started_at).label("at"))
        .where(Event.started_at > now - EVENTS_COUNT, Event.camera_id.is_not(None))
        .group_by(Event.camera_id)
        .subquery()
    )


def cameras(tx: Transaction, ids: Sequence[int], now: datetime) -> list[WallCamera]:
    """How these cameras are doing, in their order; one out of sight is left out."""
    last = _last_events(now)
    rows = tx.execute(
        select(
            Camera.id, Camera.code, Camera.name_ru, Camera.name_kk, Camera.name_en,
            Site.name_ru.label("site_ru"), Site.name_kk.label("site_kk"),
            Site.name_en.label("site_en"), District.name_ru.label("district_ru"),
            District.name_kk.label("district_kk"), District.name_en.label("district_en"),
            Camera.enabled, FeedStatus.state, func.coalesce(FeedStatus.reason, "").label("reason"),
            FeedStatus.last_frame_at,
            last.c.at,
        )
        .join(Site, Site.id == Camera.site_id)
        .join(District, District.id == Camera.district_id)
        .outerjoin(FeedStatus, FeedStatus.camera_id == Camera.id)
        .outerjoin(last, last.c.camera_id == Camera.id)
        .where(Camera.id.in_(list(ids)))
    )  # fmt: skip
    found = {row.id: _camera(row) for row in rows}
    return [found[number] for number in ids if number in found]


def _camera(row: Row[*tuple[Any, ...]]) -> WallCamera:
    return WallCamera(
        id=row.id,
        code=row.code,
        name=Names(row.name_ru, row.name_kk, row.name_en),
        site=Names(row.site_ru, row.site_kk, row.site_en),
        district=Names(row.district_ru, row.district_kk, row.district_en),
        enabled=row.enabled,
        state=row.state,
        reason=row.reason,
        last_frame_at=row.last_frame_at,
        last_event_at=row.at,
    )
