"""The sections of the screen of trends, each a chart with its change, its period and its base."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import pandas as pd
import streamlit as st
from babel.dates import format_interval

from components.changes import Amount, change, change_words
from components.chart_style import ChartStyle, show_chart
from components.figures import KeyFigure, show_figures
from components.formats import clock, day
from components.plain_text import escaped
from components.section_title import show_title
from components.trend_charts import Row, Today, build_bars, build_by_day, build_by_hour
from components.trend_frames import amount, build_days, build_hours, counted_by_kind
from components.trend_reading import AVERAGE_LEAD, TrendAnswers, TrendQuestion
from components.trend_view import RESPONSE_PLURALS
from data_access.domain.events import EVENT_KINDS, Response
from data_access.domain.periods import Period
from data_access.trends import DayCount

BARS = 8
"""More bars than these are read by nobody in a briefing; the rest is a table."""


@dataclass(frozen=True, slots=True)
class TrendPicture:
    """A question with its answers, and the frames of days of both periods."""

    question: TrendQuestion
    answers: TrendAnswers
    days: pd.DataFrame
    before: pd.DataFrame

    @property
    def rate(self) -> bool:
        """Whether figures are for each thousand camera-hours."""
        return self.question.rate

    @property
    def now(self) -> Amount:
        """The whole of the period."""
        return amount(self.days)

    @property
    def earlier(self) -> Amount:
        """The whole of the period that it is compared with."""
        return amount(self.before)


def build_picture(question: TrendQuestion, answers: TrendAnswers) -> TrendPicture:
    """The frames of both periods, over their own days only."""
    lead = AVERAGE_LEAD.days
    frames = [
        build_days(
            sums.days,
            sums.camera_hours,
            Period(period.first - AVERAGE_LEAD, period.last),
            answers.first_day,
        ).iloc[lead:]
        for sums, period in ((answers.now, question.period), (answers.before, question.against))
    ]
    return TrendPicture(question, answers, *frames)


def period_words(period: Period, today: date, style: ChartStyle) -> str:
    """``7 – 20 нояб.``; years stand where they are not today's."""
    years = {period.first.year, period.last.year, today.year}
    skeleton = "MMMd" if len(years) == 1 else "yMMMd"
    return str(format_interval(period.first, period.last, skeleton, locale=str(style.language)))


def compared_words(picture: TrendPicture, style: ChartStyle) -> str:
    """Which days against which, and the camera-hours behind both."""
    _ = style.text
    today = picture.question.today
    days = period_words(picture.question.period, today, style)
    hours = style.number(picture.now.camera_hours)
    if not known_before(picture):
        return _("{days} · camera-hours: {hours} · sums begin on {first}").format(
            days=days, hours=hours, first=day(picture.answers.first_day, style.language)
        )
    return _("{days} against {before} · camera-hours: {hours}, before: {hours_before}").format(
        days=days,
        before=period_words(picture.question.against, today, style),
        hours=hours,
        hours_before=style.number(picture.earlier.camera_hours),
    )


def known_before(picture: TrendPicture) -> bool:
    """Whether sums go back far enough to compare at all."""
    return picture.answers.first_day <= picture.question.against.first


def headline_figures(picture: TrendPicture, style: ChartStyle) -> list[KeyFigure]:
    """The three responses, the one that is looked at marked; each with its change."""
    now, before = picture.now, picture.earlier
    asked = picture.question.selection
    found = []
    for response in Response:
        label = style.text(RESPONSE_PLURALS[response])
        chosen = response is asked.response
        if chosen and asked.kinds:
            name = style.text(EVENT_KINDS[asked.kinds[0]].name)
            found.append(_headline(f"{label} · {name}", now, before, picture, style, chosen=True))
            continue
        totals = (picture.answers.now.totals[response], picture.answers.before.totals[response])
        amounts = (Amount(totals[0], now.camera_hours), Amount(totals[1], before.camera_hours))
        found.append(_headline(label, *amounts, picture, style, chosen=chosen))
    return found


def _headline(
    label: str,
    now: Amount,
    before: Amount,
    picture: TrendPicture,
    style: ChartStyle,
    *,
    chosen: bool,
) -> KeyFigure:
    _ = style.text
    rate = picture.rate
    value = style.amount(now.worth(rate=rate), rate=rate)
    if not known_before(picture):
        return KeyFigure(label, value, note=_("Nothing earlier to compare with"), chosen=chosen)
    words = change_words(change(now, before, rate=rate), style.language, _)
    earlier = style.amount(before.worth(rate=rate), rate=rate)
    return KeyFigure(label, value, words, _("Before: {count}").format(count=earlier), chosen=chosen)


def show_headline(picture: TrendPicture, narrowed: Sequence[str], style: ChartStyle) -> None:
    """The big figures of the period, and what they rest on in one line."""
    _ = style.text
    show_figures(headline_figures(picture, style), big=True)
    parts = [*narrowed, compared_words(picture, style)]
    if picture.rate:
        parts.insert(0, _("Events for each 1,000 camera-hours"))
    st.caption(escaped(" · ".join(parts)))


def show_no_sums(style: ChartStyle) -> None:
    """What would be here, and what to do."""
    _ = style.text
    st.info(
        _(
            "Here stand the sums of each day. There are none yet: they begin with the first "
            "event that the worker writes. Connect a camera, or look at Health."
        )
    )


def show_by_day(picture: TrendPicture, style: ChartStyle, now: datetime) -> None:
    """Days with their seven-day average; today as an outline."""
    _ = style.text
    show_title(_("By day"))
    today = Today(picture.question.today, picture.answers.today_events, clock(now))
    current = today if picture.question.period.last == _yesterday(picture) else None
    before = picture.before.reset_index(drop=True)
    chart = build_by_day(picture.days, before, current, style, rate=picture.rate)
    show_chart(chart, "trend_days", _("Events by day with their seven-day average"))


def peak_words(hours: pd.DataFrame, style: ChartStyle) -> str:
    """Where the most events of an hour fall; empty where there were none."""
    _ = style.text
    cells = hours.to_numpy()
    if not np.nansum(cells):
        return ""
    weekday, hour = divmod(int(np.nanargmax(cells)), cells.shape[1])
    return _("Peak: {weekday}, {hour}:00, {count} on average").format(
        weekday=style.weekdays[weekday],
        hour=hour,
        count=style.number(float(cells[weekday, hour]), 1),
    )


def _yesterday(picture: TrendPicture) -> date:
    return date.fromordinal(picture.question.today.toordinal() - 1)


def show_by_hour(picture: TrendPicture, style: ChartStyle) -> None:
    """Weekday by hour."""
    _ = style.text
    show_title(_("By hour and weekday"))
    hours = build_hours(picture.answers.hours, picture.question.period)
    alt = _("Events in an hour of an average weekday")
    show_chart(build_by_hour(hours, style), "trend_hours", alt)
    st.caption(peak_words(hours, style) or alt)


def _bars(rows: list[Row], key: str, title: str, picture: TrendPicture, style: ChartStyle) -> None:
    _ = style.text
    show_title(title)
    if not rows:
        st.caption(_("Nothing was counted in these days."))
        return
    shown = sorted(rows, key=lambda row: row.now.worth(rate=picture.rate), reverse=True)[:BARS]
    show_chart(build_bars(shown, style, rate=picture.rate), key, title)
    if known_before(picture):
        st.caption(_("The mark on a bar is the period before; ≈ may be chance."))


def kind_rows(picture: TrendPicture, style: ChartStyle) -> list[Row]:
    """One bar a kind that happened in either period."""
    now = counted_by_kind(_within(picture.answers.now.days, picture.question.period))
    before = counted_by_kind(_within(picture.answers.before.days, picture.question.against))
    known = known_before(picture)
    return [
        Row(
            style.text(EVENT_KINDS[kind].name) if kind in EVENT_KINDS else kind,
            Amount(now.get(kind, 0), picture.now.camera_hours),
            Amount(before.get(kind, 0), picture.earlier.camera_hours) if known else None,
        )
        for kind in sorted(now.keys() | before.keys())
    ]


def _within(counts: Sequence[DayCount], period: Period) -> list[DayCount]:
    return [row for row in counts if period.first <= row.day <= period.last]


def show_by_kind(picture: TrendPicture, style: ChartStyle) -> None:
    """Kinds, most first."""
    _ = style.text
    _bars(kind_rows(picture, style), "trend_kinds", _("By kind"), picture, style)


def district_rows(picture: TrendPicture, style: ChartStyle) -> list[Row]:
    """One bar a district, with its own camera-hours."""
    before = {
        place.id: Amount(place.events, place.camera_hours)
        for place in picture.answers.before.districts
        if known_before(picture)
    }
    return [
        Row(
            place.names.in_language(style.language),
            Amount(place.events, place.camera_hours),
            before.get(place.id),
        )
        for place in picture.answers.now.districts
    ]


def show_by_district(picture: TrendPicture, style: ChartStyle) -> None:
    """Districts, most first; a viewer of one district has nothing to compare here."""
    _ = style.text
    rows = district_rows(picture, style)
    if len(rows) < 2:
        return
    _bars(rows, "trend_districts", _("By district"), picture, style)
