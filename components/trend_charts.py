"""The charts of the screen of trends: one accent, labels beside what they name, no legend."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

import pandas as pd
import plotly.graph_objects as go

from components.changes import Amount, change, change_mark
from components.chart_style import TICKS, ChartStyle, new_chart
from components.formats import short_day

BAR_PX = 32
DAYS_PX = 250
BARS_APART = 60
"""Gaps between more days than these shimmer."""
HOURS_PX = 280


@dataclass(frozen=True, slots=True)
class Row:
    """One bar: a name, its amount, and that of the period before, where it is known."""

    name: str
    now: Amount
    before: Amount | None


@dataclass(frozen=True, slots=True)
class Today:
    """The day that is not over: its events so far, and the hour of the clock."""

    day: date
    events: int
    clock: str


def build_by_day(
    days: pd.DataFrame,
    before: pd.DataFrame,
    today: Today | None,
    style: ChartStyle,
    *,
    rate: bool,
    ticks: int = TICKS,
) -> go.Figure:
    """Days as quiet bars, their seven-day average in the accent, the earlier one beneath.

    ``days`` and ``before`` come from ``build_days`` and have the same number of rows; today is
    an outline of its own and belongs to no average.
    """
    value, average = ("rate", "rate_average") if rate else ("events", "average")
    chart = new_chart(style, DAYS_PX)
    days_axis = days["day"].dt.date
    words = [short_day(day, style.language) for day in days_axis]
    shown = [style.amount(v, rate=rate) if pd.notna(v) else "" for v in days[value]]
    chart.add_bar(
        x=days_axis,
        y=days[value],
        marker={"color": style.colours.off, "opacity": 0.45, "line": {"width": 0}},
        customdata=list(zip(words, shown, strict=True)),
        hovertemplate="%{customdata[0]}: <b>%{customdata[1]}</b><extra></extra>",
    )
    _add_average(chart, days_axis, before[average], style.colours.quiet, style, dash="dot")
    _add_average(chart, days_axis, days[average], style.colours.accent, style, rate=rate)
    _label_lines(chart, days, before, average, style)
    shown_days = list(days_axis)
    if today is not None and not rate:
        _add_today(chart, today, style)
        shown_days.append(today.day)
    places, names = style.days(shown_days, ticks)
    chart.update_xaxes(tickvals=places, ticktext=names)
    chart.update_yaxes(rangemode="tozero", nticks=5, tickformat=",.3~r")
    gap = 0.25 if len(days) <= BARS_APART else 0
    chart.update_layout(bargap=gap, margin={"l": 8, "r": 128, "t": 8, "b": 8})
    return chart


def _add_average(
    chart: go.Figure,
    axis: pd.Series,
    values: pd.Series,
    colour: str,
    style: ChartStyle,
    *,
    dash: str | None = None,
    rate: bool = False,
) -> None:
    shown = [style.amount(v, rate=rate) if pd.notna(v) else "" for v in values]
    chart.add_scatter(
        x=axis,
        y=values.to_numpy(),
        mode="lines",
        line={"color": colour, "width": 3 if dash is None else 2, "dash": dash},
        customdata=shown,
        hovertemplate="%{customdata}<extra></extra>" if dash is None else None,
        hoverinfo=None if dash is None else "skip",
    )


def _label_lines(
    chart: go.Figure, days: pd.DataFrame, before: pd.DataFrame, average: str, style: ChartStyle
) -> None:
    """The two averages are named at their right end; the names keep apart."""
    _ = style.text
    now, then = days[average].iloc[-1], before[average].iloc[-1]
    top = max(days[average].max(), before[average].max(), 1e-9)
    close = pd.notna(now) and pd.notna(then) and abs(now - then) < 0.14 * top
    lift = 11 if close else 0
    above = pd.isna(then) or (pd.notna(now) and now >= then)
    names = (
        (now, _("7-day average"), style.colours.accent, lift if above else -lift),
        (then, _("Before"), style.colours.quiet, -lift if above else lift),
    )
    for value, name, colour, shift in names:
        if pd.notna(value):
            chart.add_annotation(
                x=1,
                xref="paper",
                xanchor="left",
                y=value,
                text=name,
                showarrow=False,
                yshift=shift,
                xshift=6,
                font={"color": colour, "size": 14},
            )


def _add_today(chart: go.Figure, today: Today, style: ChartStyle) -> None:
    _ = style.text
    words = _("Until {clock}: {count}").format(clock=today.clock, count=style.number(today.events))
    chart.add_bar(
        x=[today.day],
        y=[today.events],
        marker={
            "color": "rgba(0,0,0,0)",
            "line": {"color": style.colours.quiet, "width": 1},
            "pattern": {"shape": "/", "fgcolor": style.colours.quiet, "size": 5},
        },
        customdata=[words],
        hovertemplate="%{customdata}<extra></extra>",
    )
    chart.add_annotation(
        x=1,
        xref="paper",
        xanchor="left",
        xshift=6,
        y=today.events,
        text=words,
        showarrow=False,
        font={"color": style.colours.quiet, "size": 13},
    )


def build_by_hour(hours: pd.DataFrame, style: ChartStyle) -> go.Figure:
    """Weekday by hour, in more of the accent where more happens; in words on hover."""
    _ = style.text
    chart = new_chart(style, HOURS_PX)
    words = [
        [
            _("{weekday}, {hour}:00: {count} on average").format(
                weekday=name, hour=hour, count=style.number(value, 1) if pd.notna(value) else "—"
            )
            for hour, value in enumerate(hours.iloc[number])
        ]
        for number, name in enumerate(style.weekdays)
    ]
    chart.add_heatmap(
        z=hours.to_numpy(),
        x=list(range(24)),
        y=style.weekdays,
        customdata=words,
        hovertemplate="%{customdata}<extra></extra>",
        colorscale=[[0, style.colours.surface], [1, style.colours.accent]],
        zmin=0,
        showscale=False,
        xgap=2,
        ygap=2,
    )
    chart.update_xaxes(
        tickvals=list(range(0, 24, 3)), ticktext=[f"{h}:00" for h in range(0, 24, 3)]
    )
    chart.update_yaxes(autorange="reversed", showgrid=False, ticks="")
    return chart


def build_bars(rows: Sequence[Row], style: ChartStyle, *, rate: bool) -> go.Figure:
    """Horizontal bars in the order given, the earlier amount as a mark on each.

    Places on the axis are numbers: two places of one name stay two bars.
    """
    chart = new_chart(style, 24 + BAR_PX * max(1, len(rows)))
    places = list(range(len(rows)))
    values = [row.now.worth(rate=rate) for row in rows]
    earlier = [row.before.worth(rate=rate) if row.before else 0.0 for row in rows]
    chart.add_bar(
        x=values,
        y=places,
        orientation="h",
        marker={"color": style.colours.accent, "line": {"width": 0}},
        hoverinfo="skip",
    )
    if any(row.before for row in rows):
        _mark_earlier(chart, earlier, style, rate=rate)
    for place, row in enumerate(rows):
        chart.add_annotation(
            x=max(values[place], earlier[place]),
            y=place,
            text=_bar_label(row, values[place], style, rate),
            showarrow=False,
            xanchor="left",
            xshift=10,
        )
    widest = max([*values, *earlier, 1e-9])
    chart.update_xaxes(visible=False, range=[0, widest * 1.02])
    chart.update_yaxes(
        range=[len(rows) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
        tickvals=places,
        ticktext=[escape(row.name) for row in rows],
        tickfont={"color": style.colours.text},
        ticklabelstandoff=6,
    )
    chart.update_layout(bargap=0.45, margin={"l": 8, "r": 128, "t": 4, "b": 4})
    return chart


def _mark_earlier(
    chart: go.Figure, earlier: Sequence[float], style: ChartStyle, *, rate: bool
) -> None:
    _ = style.text
    words = _("Before: {count}")
    chart.add_scatter(
        x=earlier,
        y=list(range(len(earlier))),
        mode="markers",
        marker={"symbol": "line-ns", "size": 18, "line": {"width": 2, "color": style.colours.text}},
        customdata=[words.format(count=style.amount(value, rate=rate)) for value in earlier],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _bar_label(row: Row, value: float, style: ChartStyle, rate: bool) -> str:
    found = change(row.now, row.before, rate=rate) if row.before else None
    words = change_mark(found, style.language)
    shown = f"<b>{style.amount(value, rate=rate)}</b>"
    return f'{shown}  <span style="color:{style.colours.quiet}">{words}</span>' if words else shown
