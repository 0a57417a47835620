"""The sections of the screen of trends, each a chart with its change, its period and its base."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd
import streamlit as st

from components.changes import Amount, change, change_words
from components.chart_style import ChartStyle, show_chart
from components.figures import KeyFigure, show_figures
from components.formats import clock, short_day
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


def period_words(period: Period, style: ChartStyle) -> str:
    """``7 нояб. – 20 нояб.``; the year stands where it is another one than today's."""
    first, last = (short_day(day, style.language) for day in (period.first, period.last))
    return first if period.days == 1 else f"{first} – {last}"


def compared_words(picture: TrendPicture, style: ChartStyle) -> str:
    """Which days against which, and the camera-hours behind both."""
    now, before = amount(picture.days), amount(picture.before)
    return style.text(
        "{days} against {before}. Camera-hours: {hours}, before: {hours_before}"
    ).format(
        days=period_words(picture.question.period, style),
        before=_dated(picture.question.against, picture.question.today, style),
        hours=style.number(now.camera_hours),
        hours_before=style.number(before.camera_hours),
    )


def _dated(period: Period, today: date, style: ChartStyle) -> str:
    words = period_words(period, style)
    return words if period.last.year == today.year else f"{words} {period.last.year}"


def known_before(picture: TrendPicture) -> bool:
    """Whether sums go back far enough to compare at all."""
    return picture.answers.first_day <= picture.question.against.first


def headline_figures(picture: TrendPicture, style: ChartStyle) -> list[KeyFigure]:
    """The three responses, the one that is looked at marked; each with its change."""
    hours, hours_before = (frame["camera_hours"].sum() for frame in (picture.days, picture.before))
    found = []
    for response in Response:
        now = Amount(picture.answers.now.totals[response], hours)
        before = Amount(picture.answers.before.totals[response], hours_before)
        chosen = response is picture.question.selection.response
        found.append(_headline(response, now, before, picture, style, chosen))
    return found


def _headline(
    response: Response,
    now: Amount,
    before: Amount,
    picture: TrendPicture,
    style: ChartStyle,
    chosen: bool,
) -> KeyFigure:
    _ = style.text
    rate = picture.rate
    comparable = known_before(picture)
    return KeyFigure(
        label=_(RESPONSE_PLURALS[response]),
        value=style.amount(now.worth(rate=rate), rate=rate),
        change=change_words(change(now, before, rate=rate), style.language, _)
        if comparable
        else "",
        note=_("Before: {count}").format(count=style.amount(before.worth(rate=rate), rate=rate))
        if comparable
        else _("Nothing earlier to compare with"),
        chosen=chosen,
    )


def show_headline(picture: TrendPicture, style: ChartStyle) -> None:
    """The big figures of the period."""
    figures = headline_figures(picture, style)
    show_figures(figures, big=True)
    words = compared_words(picture, style)
    if picture.rate:
        words = f"{style.text('Events for each 1,000 camera-hours')}. {words}"
    st.caption(words)


def show_by_day(picture: TrendPicture, style: ChartStyle, now: datetime) -> None:
    """Days with their seven-day average; today as an outline."""
    _ = style.text
    st.subheader(_("By day"), anchor=False)
    today = Today(picture.question.today, picture.answers.today_events, clock(now))
    current = today if picture.question.period.last == _yesterday(picture) else None
    before = picture.before.reset_index(drop=True)
    chart = build_by_day(picture.days, before, current, style, rate=picture.rate)
    show_chart(chart, "trend_days", _("Events by day with their seven-day average"))


def _yesterday(picture: TrendPicture) -> date:
    return date.fromordinal(picture.question.today.toordinal() - 1)


def show_by_hour(picture: TrendPicture, style: ChartStyle, weekdays: Sequence[str]) -> None:
    """Weekday by hour."""
    _ = style.text
    st.subheader(_("By hour and weekday"), anchor=False)
    hours = build_hours(picture.answers.hours, picture.question.period)
    alt = _("Events in an hour of an average weekday")
    show_chart(build_by_hour(hours, weekdays, style), "trend_hours", alt)
    st.caption(alt)


def _bars(rows: list[Row], key: str, title: str, picture: TrendPicture, style: ChartStyle) -> None:
    st.subheader(title, anchor=False)
    if not rows:
        st.caption(style.text("Nothing was counted in these days."))
        return
    shown = sorted(rows, key=lambda row: row.now.worth(rate=picture.rate), reverse=True)[:BARS]
    show_chart(build_bars(shown, style, rate=picture.rate), key, title)


def kind_rows(picture: TrendPicture, style: ChartStyle) -> list[Row]:
    """One bar a kind that happened in either period."""
    now = counted_by_kind(_within(picture.answers.now.days, picture.question.period))
    before = counted_by_kind(_within(picture.answers.before.days, picture.question.against))
    hours, hours_before = (
        float(frame["camera_hours"].sum()) for frame in (picture.days, picture.before)
    )
    return [
        Row(
            style.text(EVENT_KINDS[kind].name) if kind in EVENT_KINDS else kind,
            Amount(now.get(kind, 0), hours),
            Amount(before.get(kind, 0), hours_before),
        )
        for kind in sorted(now.keys() | before.keys())
    ]


def _within(counts: Sequence[DayCount], period: Period) -> list[DayCount]:
    return [row for row in counts if period.first <= row.day <= period.last]


def show_by_kind(picture: TrendPicture, style: ChartStyle) -> None:
    """Kinds, most first."""
    _bars(kind_rows(picture, style), "trend_kinds", style.text("By kind"), picture, style)


def district_rows(picture: TrendPicture, style: ChartStyle) -> list[Row]:
    """One bar a district, with its own camera-hours."""
    before = {place.id: place for place in picture.answers.before.districts}
    return [
        Row(
            place.names.in_language(style.language),
            Amount(place.events, place.camera_hours),
            Amount(before[place.id].events, before[place.id].camera_hours),
        )
        for place in picture.answers.now.districts
        if place.id in before
    ]


def show_by_district(picture: TrendPicture, style: ChartStyle) -> None:
    """Districts, most first."""
    rows = district_rows(picture, style)
    _bars(rows, "trend_districts", style.text("By district"), picture, style)
