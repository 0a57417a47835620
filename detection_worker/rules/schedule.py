"""When a rule is awake, by the local clock."""

from datetime import datetime, timedelta

from data_access.domain.local_time import LOCAL_ZONE
from data_access.domain.watch import Schedule


def is_awake(schedule: Schedule | None, at: datetime) -> bool:
    """Whether ``at`` lies in the schedule; its end does not. No schedule is always awake.

    A night that runs over midnight belongs to the weekday of its evening.
    """
    if schedule is None:
        return True
    local = at.astimezone(LOCAL_ZONE)
    minute, today = local.hour * 60 + local.minute, local.weekday()
    yesterday = (local - timedelta(days=1)).weekday()
    if schedule.from_min <= schedule.to_min:
        return today in schedule.weekdays and schedule.from_min <= minute < schedule.to_min
    evening = today in schedule.weekdays and minute >= schedule.from_min
    return evening or (yesterday in schedule.weekdays and minute < schedule.to_min)
