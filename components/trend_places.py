"""Hot spots and traffic on the screen of trends."""

from collections import defaultdict
from collections.abc import Iterable

import pandas as pd
import streamlit as st

from components.changes import Amount, change, change_mark
from components.chart_style import NARROW_TICKS, ChartStyle, show_chart
from components.section_title import show_title
from components.side_by_side import side_by_side
from components.trend_charts import Row, build_bars, build_by_day
from components.trend_frames import build_days
from components.trend_reading import AVERAGE_LEAD, PeriodSums
from components.trend_sections import BARS, TrendPicture, known_before
from data_access.domain.explanations import label_name
from data_access.domain.periods import Period
from data_access.domain.places import SITE_KIND_NAMES, SiteKind
from data_access.trends import DayCount, DayTraffic

ROW_PX = 33
"""A fixed height keeps what stands below in its place while the table is drawn."""


def build_hot_spots(picture: TrendPicture, style: ChartStyle) -> pd.DataFrame:
    """The sites that lead, with what they are, their change and what stands behind it."""
    _ = style.text
    rows = []
    for spot in picture.answers.spots:
        now = Amount(spot.events, spot.camera_hours)
        before = Amount(*picture.answers.spots_before.get(spot.id, (0, 0.0)))
        found = change(now, before, rate=picture.rate) if known_before(picture) else None
        rows.append(
            {
                "place": spot.names.in_language(style.language),
                "what": _(SITE_KIND_NAMES[SiteKind(spot.kind)]),
                "district": spot.district.in_language(style.language) if spot.district else "",
                "events": now.events,
                "change": change_mark(found, style.language),
                "rate": rounded(now.per_thousand_hours()),
                "camera_hours": round(now.camera_hours),
            }
        )
    columns = ["place", "events", "change", "rate", "camera_hours", "district", "what"]
    return pd.DataFrame(rows, columns=columns)


def rounded(rate: float | None) -> float | None:
    """A rate with one digit after the mark, or None."""
    return None if rate is None else round(rate, 1)


def show_hot_spots(picture: TrendPicture, style: ChartStyle) -> None:
    """Where most happens, as a table that can be sorted and taken away."""
    _ = style.text
    show_title(_("Hot spots"))
    frame = build_hot_spots(picture, style)
    top = max(1, int(frame["events"].max())) if len(frame) else 1
    st.dataframe(
        frame,
        key="trend_spots",
        hide_index=True,
        placeholder="—",
        height=ROW_PX * (len(frame) + 1) + 2,
        row_height=ROW_PX,
        column_config={
            "place": st.column_config.TextColumn(_("Place"), width=218),
            "what": st.column_config.TextColumn(_("Kind of place"), width=130),
            "district": st.column_config.TextColumn(_("District"), width=130),
            "events": st.column_config.ProgressColumn(
                _("Events"), format="localized", min_value=0, max_value=top, width=94
            ),
            "change": st.column_config.TextColumn(_("Change"), width=82),
            "rate": st.column_config.NumberColumn(
                _("Per 1,000 h"),
                help=_("Per 1,000 camera-hours"),
                format="localized",
                step=0.1,
                width=90,
            ),
            "camera_hours": st.column_config.NumberColumn(
                _("Camera-hours"), format="localized", width=100
            ),
        },
    )


def _by_class(rows: Iterable[DayTraffic], period: Period) -> dict[str, int]:
    found: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        if period.first <= row.day <= period.last:
            found[row.label] += row.crossings
    return found


def traffic_rows(picture: TrendPicture, style: ChartStyle) -> list[Row]:
    """One bar a class of traffic, most first; crossings have no rate."""
    now = _by_class(picture.answers.now.traffic, picture.question.period)
    before = _by_class(picture.answers.before.traffic, picture.question.against)
    labels = sorted(now.keys() | before.keys(), key=lambda label: -now.get(label, 0))
    return [
        Row(
            label_name(label, style.text),
            Amount(now.get(label, 0), 0.0),
            Amount(before.get(label, 0), 0.0) if known_before(picture) else None,
        )
        for label in labels[:BARS]
    ]


def _traffic_days(sums: PeriodSums, period: Period, picture: TrendPicture) -> pd.DataFrame:
    counts = [DayCount(row.day, row.label, row.crossings) for row in sums.traffic]
    longer = Period(period.first - AVERAGE_LEAD, period.last)
    frame = build_days(counts, sums.camera_hours, longer, picture.answers.first_day)
    return frame.iloc[AVERAGE_LEAD.days :]


def show_traffic(picture: TrendPicture, style: ChartStyle) -> None:
    """Crossings of counting lines: by day, and by class."""
    _ = style.text
    show_title(_("Traffic"))
    rows = traffic_rows(picture, style)
    if not rows:
        st.caption(
            _("No crossings were counted. Draw a counting line on a camera's picture to begin.")
        )
        return
    now, before = picture.answers.now, picture.answers.before
    days = _traffic_days(now, picture.question.period, picture)
    earlier = _traffic_days(before, picture.question.against, picture).reset_index(drop=True)
    left, right = side_by_side("trends_traffic")
    with left:
        alt = _("Crossings by day with their seven-day average")
        chart = build_by_day(days, earlier, None, style, rate=False, ticks=NARROW_TICKS)
        show_chart(chart, "trend_traffic_days", alt)
        st.caption(alt)
    with right:
        chart = build_bars(rows, style, rate=False)
        show_chart(chart, "trend_traffic_classes", _("Crossings by class"))
        st.caption(_("Crossings by class"))
