"""What every chart of a screen shares: colours, words, numbers as the reader writes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import plotly.graph_objects as go
import streamlit as st
from babel.dates import get_day_names

from components.formats import number, short_day
from components.look import Palette, palette, plotly_template
from data_access.domain.words import Language
from data_access.language import Translate

TICKS = 8
NARROW_TICKS = 3
"""In half a screen: more days would stand askew."""


@dataclass(frozen=True, slots=True)
class ChartStyle:
    """The reader's colours and language."""

    colours: Palette
    template: Any
    language: Language
    text: Translate

    def number(self, value: float, digits: int = 0) -> str:
        """A number as this reader writes it."""
        return number(value, digits, self.language)

    def amount(self, value: float, *, rate: bool) -> str:
        """A count without decimals, or a rate with as many as it needs."""
        return self.number(value, rate_digits(value) if rate else 0)

    @property
    def weekdays(self) -> list[str]:
        """The short names of the weekdays, Monday first."""
        names = get_day_names("abbreviated", locale=str(self.language))
        return [names[number] for number in range(7)]

    def days(self, days: Sequence[date], ticks: int = TICKS) -> tuple[list[date], list[str]]:
        """Some of ``days`` as places and words for an axis, the last one always among them."""
        step = max(1, -(-len(days) // ticks)) if len(days) > 2 * ticks else 1 + len(days) // 11
        chosen = list(days[::-1][::step])[::-1]
        return chosen, [short_day(day, self.language) for day in chosen]


def rate_digits(value: float) -> int:
    """Two telling digits: 0.034, 0.51, 2.7, 34."""
    if value <= 0 or value >= 10:
        return 0
    return 1 if value >= 1 else 2 if value >= 0.1 else 3


def chart_style(theme: str, language: Language, text: Translate) -> ChartStyle:
    """The style of one visit."""
    return ChartStyle(palette(theme), plotly_template(theme, language), language, text)


def new_chart(style: ChartStyle, height_px: int) -> go.Figure:
    """An empty chart: no title, no legend, nothing to drag; labels stand beside their lines."""
    chart = go.Figure()
    chart.update_layout(
        template=style.template,
        height=height_px,
        showlegend=False,
        dragmode=False,
        hovermode="closest",
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
    )
    chart.update_xaxes(fixedrange=True)
    chart.update_yaxes(fixedrange=True)
    return chart


def show_chart(chart: go.Figure, key: str, alt: str) -> None:
    """Put a chart on the screen; ``alt`` says for those who do not see it what it shows."""
    config = {"displayModeBar": False, "scrollZoom": False}
    st.plotly_chart(chart, theme=None, config=config, key=key, alt=alt)
