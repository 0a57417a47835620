"""What someone looks at on the screen of trends, as it stands in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from data_access.domain.events import EVENT_KINDS, RESPONSE_NAMES, Response
from data_access.domain.people import Role
from data_access.domain.periods import Period
from data_access.domain.words import N_
from data_access.trends import TrendSelection

PERIOD_NAMES: dict[str, str] = {
    "7": N_("7 days"),
    "28": N_("4 weeks"),
    "91": N_("13 weeks"),
    "364": N_("52 weeks"),
    "own": N_("Own dates"),
}
"""Whole weeks, so that a period has as many weekends as the one before it."""

LONGEST_DAYS = 731


class Compared(StrEnum):
    """What a period is compared with."""

    BEFORE = "before"
    YEAR = "year"


COMPARED_NAMES: dict[Compared, str] = {
    Compared.BEFORE: N_("the period before"),
    Compared.YEAR: N_("a year earlier"),
}

RESPONSE_PLURALS: dict[Response, str] = {
    Response.VIOLATION: N_("Violations"),
    Response.INCIDENT: N_("Incidents"),
    Response.WORK_ORDER: N_("Work orders"),
}


@dataclass(frozen=True, slots=True)
class TrendView:
    """Which sums are shown, over which days, against which others; ``rate`` per camera-hour."""

    days: str = "7"
    first: date | None = None
    last: date | None = None
    compared: Compared = Compared.BEFORE
    response: Response = Response.VIOLATION
    kind: str = ""
    district_id: int | None = None
    rate: bool = False

    def period(self, yesterday: date) -> Period:
        """The complete days that are shown: nothing of a day that is not over."""
        if self.days == "own" and self.first and self.last:
            last = min(self.last, yesterday)
            first = max(min(self.first, last), last - timedelta(days=LONGEST_DAYS))
            return Period(first, last)
        days = int(self.days) if self.days.isdigit() else 7
        return Period(yesterday - timedelta(days=days - 1), yesterday)

    def selection(self) -> TrendSelection:
        """What is counted."""
        kinds = (self.kind,) if self.kind else ()
        return TrendSelection(self.response, kinds, self.district_ids)

    @property
    def district_ids(self) -> tuple[int, ...]:
        """The chosen district, or none for all in sight."""
        return () if self.district_id is None else (self.district_id,)


def compared_period(period: Period, compared: Compared) -> Period:
    """The days that ``period`` is compared with."""
    return period.year_before() if compared is Compared.YEAR else period.before()


def kinds_of(response: Response) -> list[str]:
    """The kinds of event of one response."""
    return [kind.id for kind in EVENT_KINDS.values() if kind.response is response]


def first_response(role: Role) -> Response:
    """What a role looks at first."""
    return Response.WORK_ORDER if role is Role.MUNICIPAL else Response.VIOLATION


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def view_of(params: Mapping[str, str], role: Role) -> TrendView:
    """The view of an address; what cannot be read there falls back to what is usual."""
    response = params.get("what", "")
    chosen = Response(response) if response in RESPONSE_NAMES else first_response(role)
    kind = params.get("kind", "")
    days = params.get("days", "")
    own = (_date(params.get("from", "")), _date(params.get("to", "")))
    if days == "own" and None in own:
        days = ""
    district = params.get("district", "")
    return TrendView(
        days=days if days in PERIOD_NAMES else "7",
        first=own[0] if days == "own" else None,
        last=own[1] if days == "own" else None,
        compared=Compared.YEAR if params.get("against") == "year" else Compared.BEFORE,
        response=chosen,
        kind=kind if kind in kinds_of(chosen) else "",
        district_id=int(district) if district.isdecimal() else None,
        rate=params.get("per") == "hour",
    )


def params_of(view: TrendView, role: Role) -> dict[str, str]:
    """The address of a view; what is usual is left out."""
    own = view.days == "own"
    found = {
        "days": view.days if view.days != "7" else "",
        "from": view.first.isoformat() if own and view.first else "",
        "to": view.last.isoformat() if own and view.last else "",
        "against": "year" if view.compared is Compared.YEAR else "",
        "what": view.response if view.response is not first_response(role) else "",
        "kind": view.kind,
        "district": "" if view.district_id is None else str(view.district_id),
        "per": "hour" if view.rate else "",
    }
    return {key: str(value) for key, value in found.items() if value}
