"""The colours of Qala and what charts make of them.

One accent, the blue of the sky; red only for what needs someone now; amber for what waits;
grey for what is off. Every pair that is read as text holds WCAG AA (4.5 to 1), proved by
tests/components/test_look.py. The same values stand in .streamlit/config.toml.
"""

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from data_access.domain.words import Language


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one theme as ``#rrggbb``."""

    background: str
    surface: str
    line: str
    text: str
    quiet: str
    accent: str
    on_accent: str
    urgent: str
    on_urgent: str
    waiting: str
    off: str
    series: tuple[str, ...]


DARK = Palette(
    background="#0e1317",
    surface="#161d23",
    line="#2b3640",
    text="#e8edf1",
    quiet="#9fadb8",
    accent="#4cb8d4",
    on_accent="#06171c",
    urgent="#ff7566",
    on_urgent="#220503",
    waiting="#f0b443",
    off="#83909b",
    series=("#4cb8d4", "#c9a2e8", "#e0c56e", "#7fa8ff", "#e79ab8", "#9fd0a8", "#b8c2cb"),
)
LIGHT = Palette(
    background="#f6f8f9",
    surface="#ffffff",
    line="#d5dce1",
    text="#16212a",
    quiet="#52606c",
    accent="#006d8a",
    on_accent="#ffffff",
    urgent="#c0271a",
    on_urgent="#ffffff",
    waiting="#8a5800",
    off="#65717c",
    series=("#006d8a", "#7d4bb0", "#8a6a00", "#2f5fc4", "#b0366d", "#2f7d46", "#65717c"),
)
THEMES: dict[str, Palette] = {"dark": DARK, "light": LIGHT}


def palette(theme: str) -> Palette:
    """The colours of ``dark`` or ``light``."""
    return THEMES[theme]


def plotly_template(theme: str, language: Language) -> go.layout.Template:
    """A chart template: quiet grid, tabular figures, spaces between thousands."""
    colours = palette(theme)
    axis: dict[str, Any] = {
        "gridcolor": colours.line,
        "linecolor": colours.line,
        "zerolinecolor": colours.line,
        "tickfont": {"color": colours.quiet},
        "title": {"font": {"color": colours.quiet}},
        "automargin": True,
    }
    return go.layout.Template(
        layout={
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"color": colours.text, "family": "Source Sans, sans-serif", "size": 14},
            "colorway": list(colours.series),
            "separators": (".\u202f" if language is Language.ENGLISH else ",\u202f"),
            "xaxis": {**axis, "showgrid": False},
            "yaxis": axis,
            "hoverlabel": {
                "bgcolor": colours.surface,
                "bordercolor": colours.line,
                "font": {"color": colours.text},
            },
            "legend": {"font": {"color": colours.quiet}, "orientation": "h", "y": -0.18},
            "margin": {"l": 8, "r": 8, "t": 24, "b": 8},
        }
    )
