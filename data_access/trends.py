"""Sums for the screen of trends: read from the daily and hourly sums, never from events.

Days are local days of Asia/Almaty. Every answer is small: by day, weekday and hour, district,
kind, site or class of traffic.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, extract, func, select

from data_access.database import Transaction
from data_access.domain.events import Response
from data_access.domain.local_time import LOCAL_ZONE
from data_access.domain.periods import Period
from data_access.domain.words import Names
from data_access.tables.places import District, Site
from data_access.tables.sums import (
    CameraHoursDaily,
    EventsDaily,
    EventsHourly,
    TrafficDaily,
)


@dataclass(frozen=True, slots=True)
class TrendSelection:
    """Which events are counted; an empty tuple does not narrow."""

    response: Response
    kinds: tuple[str, ...] = ()
    district_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DayCount:
    """Events of one kind on one local day."""

    day: date
    kind: str
    events: int


@dataclass(frozen=True, slots=True)
class HourCount:
    """Events in one local hour of one weekday (0 is Monday) over a period."""

    weekday: int
    hour: int
    events: int


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """Events of a district or a site over a period, with the camera-hours behind them."""

    id: int
    names: Names
    events: int
    camera_hours: float
    district: Names | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class DayHours:
    """Camera-hours of one local day."""

    day: date
    camera_hours: float


@dataclass(frozen=True, slots=True)
class DayTraffic:
    """Crossings of one class on one local day."""

    day: date
    label: str
    crossings: int


HOURS_FOR_A_RATE = 24.0
"""A site watched for less than one camera-day in a period has no rate worth ranking."""


def _counted(table: Any, period: Period, selection: TrendSelection) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]]
    if table is EventsHourly:
        found = [table.hour_at >= period.from_at, table.hour_at < period.until_at]
    else:
        found = [table.day.between(period.first, period.last)]
    found.append(table.response == str(selection.response))
    if selection.kinds:
        found.append(table.kind.in_(selection.kinds))
    if selection.district_ids:
        found.append(table.district_id.in_(selection.district_ids))
    return found


def first_day(tx: Transaction) -> date | None:
    """The oldest day that has sums, or None where there are none yet."""
    return tx.execute(select(func.min(EventsDaily.day))).scalar_one()


def totals(
    tx: Transaction, period: Period, district_ids: Sequence[int] = ()
) -> dict[Response, int]:
    """Events of each response over a period."""
    statement = (
        select(EventsDaily.response, func.sum(EventsDaily.events).label("events"))
        .where(EventsDaily.day.between(period.first, period.last))
        .group_by(EventsDaily.response)
    )
    if district_ids:
        statement = statement.where(EventsDaily.district_id.in_(district_ids))
    found = {Response(row.response): int(row.events) for row in tx.execute(statement)}
    return {response: found.get(response, 0) for response in Response}


def by_day(tx: Transaction, period: Period, selection: TrendSelection) -> list[DayCount]:
    """Events by day and kind; days without any are absent."""
    statement = (
        select(EventsDaily.day, EventsDaily.kind, func.sum(EventsDaily.events).label("events"))
        .where(*_counted(EventsDaily, period, selection))
        .group_by(EventsDaily.day, EventsDaily.kind)
        .order_by(EventsDaily.day, EventsDaily.kind)
    )
    return [DayCount(row.day, row.kind, int(row.events)) for row in tx.execute(statement)]


def by_hour(tx: Transaction, period: Period, selection: TrendSelection) -> list[HourCount]:
    """Events by local weekday and hour."""
    local = func.timezone(LOCAL_ZONE.key, EventsHourly.hour_at)
    weekday = (extract("isodow", local) - 1).label("weekday")
    hour = extract("hour", local).label("hour")
    statement = (
        select(weekday, hour, func.sum(EventsHourly.events).label("events"))
        .where(*_counted(EventsHourly, period, selection))
        .group_by(weekday, hour)
        .order_by(weekday, hour)
    )
    return [
        HourCount(int(row.weekday), int(row.hour), int(row.events)) for row in tx.execute(statement)
    ]


def _hours_in(period: Period, district_ids: Sequence[int]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [CameraHoursDaily.day.between(period.first, period.last)]
    if district_ids:
        found.append(CameraHoursDaily.district_id.in_(district_ids))
    return found


def camera_hours(
    tx: Transaction, period: Period, district_ids: Sequence[int] = ()
) -> list[DayHours]:
    """Camera-hours by day; days without any are absent."""
    statement = (
        select(CameraHoursDaily.day, func.sum(CameraHoursDaily.online_hours).label("hours"))
        .where(*_hours_in(period, district_ids))
        .group_by(CameraHoursDaily.day)
        .order_by(CameraHoursDaily.day)
    )
    return [DayHours(row.day, float(row.hours)) for row in tx.execute(statement)]


def _by_place(place: str, period: Period, selection: TrendSelection) -> tuple[Any, Any]:
    """Sums of events and of camera-hours by ``place`` (a column of both tables)."""
    events_place, hours_place = getattr(EventsDaily, place), getattr(CameraHoursDaily, place)
    events = (
        select(events_place.label("place"), func.sum(EventsDaily.events).label("events"))
        .where(*_counted(EventsDaily, period, selection))
        .group_by(events_place)
        .subquery()
    )
    hours = (
        select(hours_place.label("place"), func.sum(CameraHoursDaily.online_hours).label("hours"))
        .where(*_hours_in(period, selection.district_ids))
        .group_by(hours_place)
        .subquery()
    )
    return events, hours


def by_district(tx: Transaction, period: Period, selection: TrendSelection) -> list[PlaceCount]:
    """Every district in sight with its events and camera-hours, most events first."""
    events, hours = _by_place("district_id", period, selection)
    counted = func.coalesce(events.c.events, 0)
    statement: Select[Any] = (
        select(District.id, District.name_ru, District.name_kk, District.name_en)
        .add_columns(counted.label("events"), func.coalesce(hours.c.hours, 0).label("hours"))
        .outerjoin(events, events.c.place == District.id)
        .outerjoin(hours, hours.c.place == District.id)
        .order_by(counted.desc(), District.id)
    )
    if selection.district_ids:
        statement = statement.where(District.id.in_(selection.district_ids))
    return [
        PlaceCount(
            row.id, Names(row.name_ru, row.name_kk, row.name_en), int(row.events), float(row.hours)
        )
        for row in tx.execute(statement)
    ]


def hot_spots(
    tx: Transaction,
    period: Period,
    selection: TrendSelection,
    limit: int = 10,
    *,
    by_rate: bool = False,
) -> list[PlaceCount]:
    """The sites with most events, or most for each camera-hour, with their camera-hours."""
    events, hours = _by_place("site_id", period, selection)
    rank = events.c.events / hours.c.hours if by_rate else events.c.events
    statement: Select[Any] = (
        select(Site.id, Site.kind, Site.name_ru, Site.name_kk, Site.name_en)
        .add_columns(District.name_ru.label("ru"), District.name_kk.label("kk"))
        .add_columns(District.name_en.label("en"), events.c.events)
        .add_columns(func.coalesce(hours.c.hours, 0).label("hours"))
        .join(events, events.c.place == Site.id)
        .join(District, District.id == Site.district_id)
        .outerjoin(hours, hours.c.place == Site.id)
        .order_by(rank.desc(), Site.id)
        .limit(limit)
    )
    if by_rate:
        statement = statement.where(hours.c.hours >= HOURS_FOR_A_RATE)
    return [
        PlaceCount(
            row.id,
            Names(row.name_ru, row.name_kk, row.name_en),
            int(row.events),
            float(row.hours),
            Names(row.ru, row.kk, row.en),
            row.kind,
        )
        for row in tx.execute(statement)
    ]


def traffic(tx: Transaction, period: Period, district_ids: Sequence[int] = ()) -> list[DayTraffic]:
    """Crossings of counting lines by day and class."""
    statement = (
        select(
            TrafficDaily.day, TrafficDaily.label, func.sum(TrafficDaily.count).label("crossings")
        )
        .where(TrafficDaily.day.between(period.first, period.last))
        .group_by(TrafficDaily.day, TrafficDaily.label)
        .order_by(TrafficDaily.day, TrafficDaily.label)
    )
    if district_ids:
        statement = statement.where(TrafficDaily.district_id.in_(district_ids))
    return [DayTraffic(row.day, row.label, int(row.crossings)) for row in tx.execute(statement)]


def of_sites(
    tx: Transaction, period: Period, selection: TrendSelection, site_ids: Sequence[int]
) -> dict[int, tuple[int, float]]:
    """Events and camera-hours of some sites over a period, by site."""
    events, hours = _by_place("site_id", period, selection)
    statement: Select[Any] = (
        select(Site.id, func.coalesce(events.c.events, 0).label("events"))
        .add_columns(func.coalesce(hours.c.hours, 0).label("hours"))
        .outerjoin(events, events.c.place == Site.id)
        .outerjoin(hours, hours.c.place == Site.id)
        .where(Site.id.in_(site_ids))
    )
    return {row.id: (int(row.events), float(row.hours)) for row in tx.execute(statement)}
