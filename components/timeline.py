"""The day of a camera by hour: what passed its lines, and how many events there were."""

from collections.abc import Sequence

import plotly.graph_objects as go

from components.formats import clock, number
from components.look import palette, plotly_template
from data_access.camera_view import HourCount
from data_access.domain.explanations import label_name
from data_access.domain.words import Language
from data_access.language import Translate

HEIGHT_PX = 180
HOURS = [f"{hour:02}:00" for hour in range(24)]
WHOLE_DAY = [-0.5, 23.5]
"""The axis is that of the whole day, so that bars keep their places while it goes on."""


def day_counts(hours: Sequence[HourCount]) -> dict[str, int]:
    """Crossings of the day by class, the most frequent first."""
    counts: dict[str, int] = {}
    for hour in hours:
        for label, count in hour.labels.items():
            counts[label] = counts.get(label, 0) + count
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def build_timeline(
    hours: Sequence[HourCount], theme: str, language: Language, _: Translate
) -> go.Figure:
    """Bars of crossings by class, with events as diamonds above them."""
    figure = go.Figure()
    starts = [clock(hour.hour_at) for hour in hours]
    for label in day_counts(hours):
        counts = [hour.labels.get(label, 0) for hour in hours]
        figure.add_bar(name=label_name(label, _), x=starts, y=counts)
    _add_events(figure, hours, starts, theme, _)
    figure.update_layout(
        template=plotly_template(theme, language),
        barmode="stack",
        height=HEIGHT_PX,
        bargap=0.25,
        margin={"l": 4, "r": 4, "t": 8, "b": 4},
        # Events alone stand on the line of hours: there is nothing to measure above it.
        yaxis={"rangemode": "tozero", "nticks": 4, "visible": bool(day_counts(hours))},
        xaxis={"type": "category", "range": WHOLE_DAY, "categoryarray": HOURS, "nticks": 12},
        hovermode="x unified",
    )
    return figure


def _add_events(
    figure: go.Figure, hours: Sequence[HourCount], starts: list[str], theme: str, _: Translate
) -> None:
    shown = [
        (start, sum(hour.labels.values()), hour.events)
        for start, hour in zip(starts, hours, strict=True)
        if hour.events
    ]
    if not shown:
        return
    figure.add_scatter(
        name=_("Events"),
        x=[start for start, _top, _events in shown],
        y=[top for _start, top, _events in shown],
        text=[number(events) for _start, _top, events in shown],
        mode="markers+text",
        textposition="top center",
        cliponaxis=False,
        marker={"symbol": "diamond", "size": 10, "color": palette(theme).waiting},
        hovertemplate="%{text}",
    )
