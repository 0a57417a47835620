"""Weekly sums of the sites that were changed on one day, and of those compared with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Date, Integer, Select, cast, func, literal, select

from data_access import city
from data_access.database import Transaction
from data_access.domain.events import Response
from data_access.tables.places import Site
from data_access.tables.sums import CameraHoursDaily, EventsDaily
from data_access.trends import first_day

SETTING = "before_after"


@dataclass(frozen=True, slots=True)
class BeforeAfterPlan:
    """Which sites changed on which day, and which others stand beside them unchanged.

    ``kinds`` are the kinds of event that are counted; without any, all violations are.
    """

    site_ids: tuple[int, ...]
    on: date
    comparison_site_ids: tuple[int, ...]
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WeekOfSites:
    """What a group of sites recorded in one whole week; week 0 begins on the day of the change."""

    week: int
    events: int
    camera_hours: float


@dataclass(frozen=True, slots=True)
class BeforeAfterSums:
    """The weeks of both groups, or ``complete=False`` where the viewer sees only some sites."""

    complete: bool
    changed: tuple[WeekOfSites, ...] = ()
    compared: tuple[WeekOfSites, ...] = ()


def plan(tx: Transaction) -> BeforeAfterPlan | None:
    """The comparison that the city has set up, or None."""
    found = city.value(tx, SETTING)
    if not found:
        return None
    return BeforeAfterPlan(
        site_ids=tuple(found["site_ids"]),
        on=date.fromisoformat(found["on"]),
        comparison_site_ids=tuple(found["comparison_site_ids"]),
        kinds=tuple(found.get("kinds", ())),
    )


def put_plan(tx: Transaction, new: BeforeAfterPlan) -> None:
    """Set up the comparison that the screen of trends shows."""
    value = {
        "site_ids": list(new.site_ids),
        "on": new.on.isoformat(),
        "comparison_site_ids": list(new.comparison_site_ids),
        "kinds": list(new.kinds),
    }
    city.put(tx, SETTING, value)


def sums(tx: Transaction, what: BeforeAfterPlan, until: date, weeks: int = 26) -> BeforeAfterSums:
    """Whole weeks around the change that are over before ``until``, ``weeks`` a side at most."""
    both = (*what.site_ids, *what.comparison_site_ids)
    seen = tx.execute(select(func.count()).select_from(Site).where(Site.id.in_(both))).scalar_one()
    if seen < len(set(both)):
        return BeforeAfterSums(complete=False)
    oldest = first_day(tx) or what.on
    before = min(weeks, max(0, (what.on - oldest).days // 7))
    after = min(weeks, max(0, (until - what.on).days // 7))
    span = (what.on - timedelta(weeks=before), what.on + timedelta(weeks=after))
    return BeforeAfterSums(
        complete=True,
        changed=_weeks(tx, what, what.site_ids, span),
        compared=_weeks(tx, what, what.comparison_site_ids, span),
    )


def _weeks(
    tx: Transaction, what: BeforeAfterPlan, sites: Sequence[int], span: tuple[date, date]
) -> tuple[WeekOfSites, ...]:
    events = {row.week: int(row.total) for row in tx.execute(_events(what, sites, span))}
    hours = {row.week: float(row.total) for row in tx.execute(_hours(what, sites, span))}
    return tuple(
        WeekOfSites(week, events.get(week, 0), hours.get(week, 0.0))
        for week in sorted(events.keys() | hours.keys())
    )


def _week(day: Any, on: date) -> Any:
    """The number of the week that ``day`` is in, counted from the change."""
    days = cast(day - cast(literal(on), Date), Integer)
    return cast(func.floor(days / 7.0), Integer).label("week")


def _within(table: Any, sites: Sequence[int], span: tuple[date, date]) -> tuple[Any, ...]:
    return (table.day >= span[0], table.day < span[1], table.site_id.in_(sites))


def _events(what: BeforeAfterPlan, sites: Sequence[int], span: tuple[date, date]) -> Select[Any]:
    week = _week(EventsDaily.day, what.on)
    statement = (
        select(week, func.sum(EventsDaily.events).label("total"))
        .where(*_within(EventsDaily, sites, span))
        .group_by(week)
    )
    if what.kinds:
        return statement.where(EventsDaily.kind.in_(what.kinds))
    return statement.where(EventsDaily.response == str(Response.VIOLATION))


def _hours(what: BeforeAfterPlan, sites: Sequence[int], span: tuple[date, date]) -> Select[Any]:
    week = _week(CameraHoursDaily.day, what.on)
    return (
        select(week, func.sum(CameraHoursDaily.online_hours).label("total"))
        .where(*_within(CameraHoursDaily, sites, span))
        .group_by(week)
    )
