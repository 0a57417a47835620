"""Big figures in a row: a number is never alone, its change and its base stand under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

MARKS = {"waiting": "◆ ", "urgent": "▲ ", "": ""}
"""Shapes beside colours, for those who do not see the difference."""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One number for people: what it is, how much, what it changed by and what it rests on.

    ``mark`` is "urgent" for what needs someone now, "waiting" for what waits, else empty.
    """

    label: str
    value: str
    change: str = ""
    note: str = ""
    mark: str = ""
    chosen: bool = False


STYLE = """<style>
.qala-figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(10rem,1fr));gap:.75rem}
.qala-figure{border:1px solid var(--q-line);background:var(--q-surface);border-radius:.5rem;
padding:.7rem .9rem .75rem;min-width:0;color:var(--q-text)}
.qala-figure.chosen{box-shadow:inset 0 3px 0 var(--q-accent)}
.qala-figure .label{color:var(--q-quiet);font-size:.875rem;line-height:1.25}
.qala-figure .value{font-size:1.9rem;line-height:1.25;font-weight:600;
font-variant-numeric:tabular-nums;white-space:nowrap}
.qala-figures.big .value{font-size:2.75rem;line-height:1.15}
.qala-figure .change{font-size:1rem;font-weight:600;font-variant-numeric:tabular-nums}
.qala-figure .note{color:var(--q-quiet);font-size:.8125rem;line-height:1.35;
font-variant-numeric:tabular-nums}
.qala-figure .waiting{color:var(--q-waiting)}.qala-figure .urgent{color:var(--q-urgent)}
</style>"""


def build_figures(figures: Sequence[KeyFigure], *, big: bool = False) -> str:
    """The row as HTML; every text is escaped, colours are the page's own."""
    cells = "".join(_cell(figure) for figure in figures)
    size = " big" if big else ""
    return f'{STYLE}<div class="qala-figures{size}">{cells}</div>'


def _cell(figure: KeyFigure) -> str:
    lines = [
        f'<div class="label">{escape(figure.label)}</div>',
        f'<div class="value {figure.mark}">{MARKS[figure.mark]}{escape(figure.value)}</div>',
    ]
    if figure.change:
        lines.append(f'<div class="change">{escape(figure.change)}</div>')
    if figure.note:
        lines.append(f'<div class="note">{escape(figure.note)}</div>')
    chosen = " chosen" if figure.chosen else ""
    return f'<div class="qala-figure{chosen}">{"".join(lines)}</div>'


def show_figures(figures: Sequence[KeyFigure], *, big: bool = False) -> None:
    """Put the row on the screen."""
    st.html(build_figures(figures, big=big))
