"""The before and after on the screen: two lines, the effect, and what can be concluded."""

from collections.abc import Sequence
from datetime import date, timedelta

import plotly.graph_objects as go
import streamlit as st

from components.before_after import BeforeAfter, Effect, Side, build_before_after
from components.chart_style import NARROW_TICKS, ChartStyle, new_chart, show_chart
from components.figures import KeyFigure, show_figures
from components.formats import day, percent, short_day
from components.plain_text import escaped
from components.section_title import show_title
from components.side_by_side import side_by_side
from components.trend_reading import Comparison
from data_access.before_after import BeforeAfterPlan, WeekOfSites
from data_access.domain.events import EVENT_KINDS

REPORTED_BY_PEOPLE = frozenset({"call_102", "sos_press"})
"""These come without any camera, so camera-hours are no base for them."""


def by_cameras(plan: BeforeAfterPlan) -> bool:
    """Whether what is counted is found by cameras, and not reported by people."""
    return not plan.kinds or not REPORTED_BY_PEOPLE.issuperset(plan.kinds)


def effect_words(effect: Effect, style: ChartStyle) -> str:
    """The effect with its interval: ``−31% (from −46% to −12%)``."""
    shown = [
        f"{'+' if value > 1 else '−' if value < 1 else ''}"
        f"{percent(abs(value - 1), 0, style.language)}"
        for value in (effect.ratio, effect.low, effect.high)
    ]
    _ = style.text
    words = _("{effect} (95% interval: from {low} to {high})")
    return words.format(effect=shown[0], low=shown[1], high=shown[2])


def conclusion(found: BeforeAfter, style: ChartStyle) -> str:
    """What can be concluded, in one sentence."""
    _ = style.text
    if found.effect is None:
        return _("There are too few weeks or events to conclude anything yet.")
    if found.placebo is not None and found.placebo.clear:
        return _(
            "Nothing can be concluded: the two groups were already drifting apart before the "
            "change."
        )
    if not found.effect.clear:
        return _(
            "Nothing can be concluded: weeks differ so much by themselves that chance alone may "
            "have done this."
        )
    return (
        _("It fell more than in the comparison group, by more than chance explains.")
        if found.effect.ratio < 1
        else _("It rose more than in the comparison group, by more than chance explains.")
    )


def caution(style: ChartStyle) -> str:
    """What cannot be concluded, whatever the numbers say."""
    _ = style.text
    return _(
        "What this cannot say: the sites were not drawn by lot, so another cause that came to "
        "them at the same time would look the same; and it says nothing about other sites."
    )


def build_weeks(comparison: Comparison, found: BeforeAfter, style: ChartStyle) -> go.Figure:
    """Both groups by week as a percentage of their own mean before the change."""
    chart = new_chart(style, 260)
    _ = style.text
    compared = (found.compared_before, found.compared_after, style.colours.quiet)
    changed = (found.changed_before, found.changed_after, style.colours.accent)
    for weeks, name, (before, after, colour) in (
        (comparison.sums.compared, _("Comparison"), compared),
        (comparison.sums.changed, _("Changed sites"), changed),
    ):
        if before.events:
            _add_weeks(chart, comparison.plan.on, weeks, before, after, colour, style)
            _label(chart, before, after, name, colour)
    chart.add_vline(x=comparison.plan.on, line={"color": style.colours.text, "width": 1})
    chart.add_annotation(
        x=comparison.plan.on,
        y=1,
        yref="paper",
        yanchor="top",
        xanchor="left",
        xshift=6,
        text=_("The change: {day}").format(day=short_day(comparison.plan.on, style.language)),
        showarrow=False,
        font={"color": style.colours.text},
    )
    mondays = _starts(comparison)
    places, names = style.days(mondays, NARROW_TICKS)
    chart.update_xaxes(tickvals=places, ticktext=names)
    chart.update_yaxes(rangemode="tozero", nticks=5, ticksuffix="%")
    chart.update_layout(margin={"l": 8, "r": 212, "t": 8, "b": 8})
    return chart


def _starts(comparison: Comparison) -> list[date]:
    numbers = {w.week for w in (*comparison.sums.changed, *comparison.sums.compared)}
    return [comparison.plan.on + timedelta(weeks=n) for n in sorted(numbers)]


def _add_weeks(
    chart: go.Figure,
    on: date,
    weeks: Sequence[WeekOfSites],
    before: Side,
    after: Side,
    colour: str,
    style: ChartStyle,
) -> None:
    """The weeks of one group, pale, and its two means as broad lines."""
    _ = style.text
    starts = [on + timedelta(weeks=week.week) for week in weeks]
    words = [
        _("Week of {day}: {count}").format(
            day=short_day(start, style.language), count=style.number(week.events)
        )
        for start, week in zip(starts, weeks, strict=True)
    ]
    chart.add_scatter(
        x=starts,
        y=[week.events / before.a_week * 100 for week in weeks],
        mode="lines",
        line={"color": colour, "width": 1},
        opacity=0.45,
        customdata=words,
        hovertemplate="%{customdata}<extra></extra>",
    )
    ends = (on - timedelta(weeks=before.weeks), on, on + timedelta(weeks=after.weeks - 1))
    for first, last, mean in ((ends[0], ends[1], before), (ends[1], ends[2], after)):
        level = mean.a_week / before.a_week * 100
        chart.add_scatter(
            x=[first, last],
            y=[level, level],
            mode="lines",
            line={"color": colour, "width": 4},
            hoverinfo="skip",
        )


def _label(chart: go.Figure, before: Side, after: Side, name: str, colour: str) -> None:
    chart.add_annotation(
        x=1,
        xref="paper",
        xanchor="left",
        xshift=6,
        y=after.a_week / before.a_week * 100,
        text=name,
        showarrow=False,
        font={"color": colour},
    )


def _side_figure(label: str, before: Side, after: Side, style: ChartStyle) -> KeyFigure:
    _ = style.text
    return KeyFigure(
        label,
        f"{style.number(before.a_week, 1)} → {style.number(after.a_week, 1)}",
        note=_("a week; weeks: {before} before, {after} after; events: {events}").format(
            before=before.weeks,
            after=after.weeks,
            events=style.number(before.events + after.events),
        ),
    )


def show_comparison(comparison: Comparison | None, style: ChartStyle) -> None:
    """The section with all its sentences; it explains itself where there is nothing to show."""
    _ = style.text
    show_title(_("Before and after"))
    if comparison is None:
        st.info(
            _(
                "Here stands how one change worked, beside sites that did not change. An "
                "administrator names the sites and the day in the settings of the city."
            )
        )
        return
    if not comparison.sums.complete:
        st.info(_("The comparison has sites outside your districts, so it is not shown to you."))
        return
    found = build_before_after(comparison.sums, per_camera_hour=by_cameras(comparison.plan))
    if found is None:
        st.info(_("There are no whole weeks on both sides of the change yet."))
        return
    _show_found(comparison, found, style)


def _show_found(comparison: Comparison, found: BeforeAfter, style: ChartStyle) -> None:
    _ = style.text
    st.markdown(_what(comparison, style))
    effect = effect_words(found.effect, style) if found.effect else "—"
    figures = (
        _side_figure(_("Changed sites"), found.changed_before, found.changed_after, style),
        _side_figure(_("Comparison"), found.compared_before, found.compared_after, style),
    )
    left, right = side_by_side("trends_before_after", (4, 5))
    with left:
        show_figures(figures)
        against = _("Against the comparison group: {effect}").format(effect=effect)
        st.markdown(f"**{against}**")
        st.markdown(conclusion(found, style))
        st.caption(caution(style))
    with right:
        chart = build_weeks(comparison, found, style)
        alt = _("Weeks of both groups, as a percentage of their mean before the change")
        show_chart(chart, "trend_weeks", alt)
        st.caption(alt)


def _what(comparison: Comparison, style: ChartStyle) -> str:
    """What was changed where and when, what is counted, as Markdown with escaped names."""
    _ = style.text
    plan = comparison.plan
    kinds = [_(EVENT_KINDS[kind].name) for kind in plan.kinds if kind in EVENT_KINDS]
    names = [
        comparison.sites[number].in_language(style.language)
        for number in plan.site_ids
        if number in comparison.sites
    ]
    return _(
        "Cameras were put up on {day}: {sites}. Counted: {kinds}. Compared with other sites: "
        "{count}."
    ).format(
        day=day(plan.on, style.language),
        sites=escaped(", ".join(names[:5])),
        kinds=", ".join(kinds) or _("Violations"),
        count=len(plan.comparison_site_ids),
    )
