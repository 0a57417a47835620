"""All that the screen of trends reads, in one transaction, kept for a minute."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import streamlit as st

from components.cache_keys import BY_SCOPE
from data_access import before_after, place_names, trends
from data_access.before_after import BeforeAfterPlan, BeforeAfterSums
from data_access.database import Database, Transaction
from data_access.domain.events import Response
from data_access.domain.people import Scope
from data_access.domain.periods import Period
from data_access.domain.words import Names
from data_access.trends import (
    DayCount,
    DayHours,
    DayTraffic,
    HourCount,
    PlaceCount,
    TrendSelection,
)

KEPT_S = 60
"""The sums move with each event; a minute is what a briefing does not see."""

AVERAGE_LEAD = timedelta(days=6)
"""The days before a period that its first seven-day average needs."""

HOT_SPOTS = 10


@dataclass(frozen=True, slots=True)
class TrendQuestion:
    """What is counted, over which complete days, against which others."""

    period: Period
    against: Period
    selection: TrendSelection
    rate: bool
    today: date


@dataclass(frozen=True, slots=True)
class PeriodSums:
    """One period's sums; days and camera-hours begin six days earlier, for the average."""

    totals: dict[Response, int]
    days: list[DayCount]
    camera_hours: list[DayHours]
    districts: list[PlaceCount]
    traffic: list[DayTraffic]


@dataclass(frozen=True, slots=True)
class TrendAnswers:
    """All sums of one question."""

    first_day: date
    now: PeriodSums
    before: PeriodSums
    today_events: int
    hours: list[HourCount]
    spots: list[PlaceCount]
    spots_before: dict[int, tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The before and after that the city has set up, with the names of its sites."""

    plan: BeforeAfterPlan
    sums: BeforeAfterSums
    sites: dict[int, Names]


@st.cache_data(ttl=KEPT_S, max_entries=64, show_spinner=False, hash_funcs=BY_SCOPE)
def read_trends(database: Database, scope: Scope, question: TrendQuestion) -> TrendAnswers | None:
    """The sums of a question, or None where there are none of any day yet."""
    with database.as_viewer(scope) as tx:
        first_day = trends.first_day(tx)
        if first_day is None:
            return None
        asked = question.selection
        today = Period(question.today, question.today)
        spots = trends.hot_spots(tx, question.period, asked, HOT_SPOTS, by_rate=question.rate)
        return TrendAnswers(
            first_day=first_day,
            now=_period_sums(tx, question.period, asked),
            before=_period_sums(tx, question.against, asked),
            today_events=sum(row.events for row in trends.by_day(tx, today, asked)),
            hours=trends.by_hour(tx, question.period, asked),
            spots=spots,
            spots_before=trends.of_sites(tx, question.against, asked, [spot.id for spot in spots]),
        )


def _period_sums(tx: Transaction, period: Period, asked: TrendSelection) -> PeriodSums:
    longer = replace(period, first=period.first - AVERAGE_LEAD)
    return PeriodSums(
        totals=trends.totals(tx, period, asked.district_ids),
        days=trends.by_day(tx, longer, asked),
        camera_hours=trends.camera_hours(tx, longer, asked.district_ids),
        districts=trends.by_district(tx, period, asked),
        traffic=trends.traffic(tx, longer, asked.district_ids),
    )


@st.cache_data(ttl=KEPT_S, max_entries=16, show_spinner=False, hash_funcs=BY_SCOPE)
def read_comparison(database: Database, scope: Scope, today: date) -> Comparison | None:
    """The city's before and after up to yesterday, or None where none is set up."""
    with database.as_viewer(scope) as tx:
        plan = before_after.plan(tx)
        if plan is None:
            return None
        sites = place_names.site_names(tx, (*plan.site_ids, *plan.comparison_site_ids))
        return Comparison(plan, before_after.sums(tx, plan, today), sites)


@st.cache_data(ttl=KEPT_S, max_entries=64, show_spinner=False, hash_funcs=BY_SCOPE)
def read_districts(database: Database, scope: Scope) -> dict[int, Names]:
    """The names of the districts in sight."""
    with database.as_viewer(scope) as tx:
        return place_names.district_names(tx)
