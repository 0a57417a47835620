"""Frames that the charts of trends are drawn from: complete days, averages, rates."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd

from components.changes import Amount
from data_access.domain.periods import Period
from data_access.trends import DayCount, DayHours, HourCount

WEEK = 7


def build_days(
    counts: Iterable[DayCount], hours: Iterable[DayHours], period: Period, first_day: date
) -> pd.DataFrame:
    """One row a day of ``period``: events, camera_hours, rate, average, rate_average.

    Days before ``first_day`` are unknown and stay empty; a later day without a row had no
    events. ``rate`` is events for each thousand camera-hours; the averages are of the seven
    days up to the row's own and start where seven days are known.
    """
    days = pd.date_range(period.first, period.last, freq="D")
    events = _sum_by_day([(row.day, row.events) for row in counts], days)
    online = _sum_by_day([(row.day, row.camera_hours) for row in hours], days)
    frame = pd.DataFrame({"events": events, "camera_hours": online}, index=days)
    frame.loc[frame.index < pd.Timestamp(first_day)] = np.nan
    known_hours = frame["camera_hours"].where(frame["camera_hours"] > 0)
    frame["rate"] = frame["events"] / known_hours * 1000
    frame["average"] = frame["events"].rolling(WEEK).mean()
    week = frame[["events", "camera_hours"]].rolling(WEEK).sum()
    frame["rate_average"] = week["events"] / week["camera_hours"].where(lambda h: h > 0) * 1000
    return frame.rename_axis("day").reset_index()


def _sum_by_day(rows: Sequence[tuple[date, float]], days: pd.DatetimeIndex) -> pd.Series:
    if not rows:
        return pd.Series(0.0, index=days)
    frame = pd.DataFrame(rows, columns=["day", "amount"])
    frame["day"] = pd.to_datetime(frame["day"])
    return frame.groupby("day")["amount"].sum().reindex(days, fill_value=0.0).astype(float)


def weekdays_in(period: Period) -> list[int]:
    """How many Mondays, Tuesdays … the period has."""
    found = [0] * WEEK
    for step in range(period.days):
        found[(period.first + timedelta(days=step)).weekday()] += 1
    return found


def build_hours(counts: Iterable[HourCount], period: Period) -> pd.DataFrame:
    """Seven rows (Monday first) by 24 columns: events in that hour of an average such day.

    A weekday that the period does not have is empty, not zero.
    """
    cells = np.zeros((WEEK, 24))
    for row in counts:
        cells[row.weekday, row.hour] += row.events
    days = np.array(weekdays_in(period), dtype=float)
    days[days == 0] = np.nan
    return pd.DataFrame(cells / days[:, None])


def amount(frame: pd.DataFrame) -> Amount:
    """The sum of a frame of days."""
    return Amount(int(frame["events"].sum()), float(frame["camera_hours"].sum()))


def counted_by_kind(counts: Iterable[DayCount]) -> dict[str, int]:
    """Events by kind over all days."""
    found: dict[str, int] = {}
    for row in counts:
        found[row.kind] = found.get(row.kind, 0) + row.events
    return found
