"""Today against the same weekday a week ago, up to the same minute."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import func, select

from data_access.database import Transaction
from data_access.domain.events import Response
from data_access.domain.local_time import LOCAL_ZONE
from data_access.tables.happenings import Event
from data_access.tables.sums import CameraHoursDaily, EventsHourly

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Compared:
    """A count of today and of the same weekday until the same minute."""

    today: int
    before: int


@dataclass(frozen=True, slots=True)
class DayFigures:
    """Counts by response, and the camera-hours that stand behind the two days."""

    counts: dict[Response, Compared]
    hours_today: float
    hours_before: float


def day_figures(tx: Transaction, now: datetime) -> DayFigures:
    """The figures of the viewer's districts at ``now``; days are those of Asia/Almaty."""
    midnight = datetime.combine(now.astimezone(LOCAL_ZONE).date(), time(), LOCAL_ZONE)
    today = _events(tx, midnight, now)
    before = _events(tx, midnight - WEEK, now - WEEK)
    passed = (now - midnight) / timedelta(days=1)
    return DayFigures(
        counts={
            response: Compared(today.get(response, 0), before.get(response, 0))
            for response in Response
        },
        hours_today=_camera_hours(tx, midnight),
        hours_before=_camera_hours(tx, midnight - WEEK) * passed,
    )


def _events(tx: Transaction, start: datetime, end: datetime) -> dict[str, int]:
    """Whole hours from the sums; only the hour that ``end`` lies in is counted by event."""
    hour = end.replace(minute=0, second=0, microsecond=0)
    summed = tx.execute(
        select(EventsHourly.response, func.sum(EventsHourly.events))
        .where(EventsHourly.hour_at >= start, EventsHourly.hour_at < hour)
        .group_by(EventsHourly.response)
    )
    found = {row[0]: int(row[1]) for row in summed}
    counted = tx.execute(
        select(Event.response, func.count())
        .where(Event.started_at >= hour, Event.started_at <= end)
        .group_by(Event.response)
    )
    for response, events in counted:
        found[response] = found.get(response, 0) + events
    return found


def _camera_hours(tx: Transaction, midnight: datetime) -> float:
    hours = tx.scalar(
        select(func.sum(CameraHoursDaily.online_hours)).where(
            CameraHoursDaily.day == midnight.date()
        )
    )
    return float(hours or 0.0)
