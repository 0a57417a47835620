"""Periods of whole days on the country's one clock."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from data_access.domain.local_time import LOCAL_ZONE


@dataclass(frozen=True, slots=True)
class Period:
    """Local days from ``first`` to ``last``, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def before(self) -> "Period":
        """The period of the same length that ends the day before this one begins."""
        return Period(self.first - timedelta(days=self.days), self.first - timedelta(days=1))

    def year_before(self) -> "Period":
        """The same weekdays a year earlier: 52 weeks, so that Mondays meet Mondays."""
        return Period(self.first - timedelta(weeks=52), self.last - timedelta(weeks=52))

    @property
    def from_at(self) -> datetime:
        """The moment that its first day begins, aware."""
        return datetime.combine(self.first, time(), LOCAL_ZONE)

    @property
    def until_at(self) -> datetime:
        """The moment after its last day, aware."""
        return datetime.combine(self.last + timedelta(days=1), time(), LOCAL_ZONE)
