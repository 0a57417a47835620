"""The table of violations: names for people, the chosen row, the pages before and after."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from components.formats import money_tenge
from components.table_files import Cell
from data_access.domain.events import EVENT_KINDS, STATE_NAMES
from data_access.domain.words import Language, Names
from data_access.language import Translate
from data_access.violations import ViolationRow

STATE_MARKS: dict[str, str] = {
    "detected": "◆",
    "confirmed": "✓",
    "rejected": "✕",
    "issued": "▤",
    "paid": "●",
    "contested": "▲",
    "cancelled": "–",
}
"""A shape for each state: it is told apart without colour."""

TABLE_KEY = "violations_table"

STYLE = f"""<style>
.st-key-{TABLE_KEY} [data-testid="stElementToolbar"] {{ display: none; }}
</style>"""
"""The table's own download would leave no trace in the audit log; ours is below the table."""


def kind_name(kind: str, _: Translate) -> str:
    """The name of a kind; one that this program does not know is shown as it is."""
    return _(EVENT_KINDS[kind].name) if kind in EVENT_KINDS else kind


def state_name(state: str, _: Translate) -> str:
    """The shape and the name of a state."""
    return f"{STATE_MARKS.get(state, '')} {_(STATE_NAMES.get(state, state))}".strip()


def _named(names: Names | None, language: Language) -> str:
    return names.in_language(language) if names else ""


def place_name(row: ViolationRow, language: Language) -> str:
    """The site; the camera's own name where the event has no site."""
    return _named(row.site or row.camera, language)


def build_table(rows: Sequence[ViolationRow], language: Language, _: Translate) -> pd.DataFrame:
    """The page as people read it; times stay moments, so that the table can sort them."""
    columns: dict[str, list[Any]] = {
        "at": [row.started_at for row in rows],
        "kind": [kind_name(row.kind, _) for row in rows],
        "plate": [row.plate or "" for row in rows],
        "state": [state_name(row.state, _) for row in rows],
        "place": [place_name(row, language) for row in rows],
        "confidence": [round(row.confidence * 100) for row in rows],
        "fine": ["" if row.fine_tenge is None else money_tenge(row.fine_tenge) for row in rows],
        "district": [_named(row.district, language) for row in rows],
        "camera": [row.camera_code or "" for row in rows],
    }
    return pd.DataFrame(columns)


def show_table(
    frame: pd.DataFrame, chosen: int | None, on_pick: Callable[[int], None], _: Translate
) -> None:
    """Show the page with one row chosen; ``on_pick`` is told when somebody picks another."""
    rows = [] if chosen is None else [chosen]
    known = st.session_state.get(TABLE_KEY)
    if known is None or known["selection"]["rows"] != rows or known["selection"]["cells"]:
        st.session_state[TABLE_KEY] = {"selection": {"rows": rows, "columns": [], "cells": []}}

    def picked() -> None:
        now = st.session_state[TABLE_KEY]["selection"]
        numbers = [row for row, _column in now["cells"]] or now["rows"]
        if numbers:
            on_pick(numbers[0])

    st.html(STYLE)
    text = st.column_config.TextColumn
    st.dataframe(
        frame,
        key=TABLE_KEY,
        hide_index=True,
        on_select=picked,
        selection_mode=("single-row", "single-cell"),
        height=560,
        column_config={
            "at": st.column_config.DatetimeColumn(
                _("Time"), format="DD.MM.YY HH:mm", timezone="Asia/Almaty", width=112
            ),
            "kind": text(_("Kind"), width=190),
            "plate": text(_("Plate"), width=88),
            "place": text(_("Place"), width=165),
            "state": text(_("State"), width=142),
            "confidence": st.column_config.ProgressColumn(
                _("Confidence"), format="%d%%", min_value=0, max_value=100, width=96
            ),
            "fine": text(_("Fine"), alignment="right", width=84),
            "district": text(_("District"), width=150),
            "camera": text(_("Camera"), width=100),
        },
    )


def file_titles(_: Translate) -> list[str]:
    """The titles of an exported file."""
    return [
        _("Time"),
        _("Kind"),
        _("State"),
        _("District"),
        _("Place"),
        _("Camera"),
        _("Plate"),
        _("Confidence, %"),
        _("Article"),
        _("MCI count"),
        _("MCI, ₸"),
        _("Fine, ₸"),
        _("Paid, ₸"),
        _("Reviewed"),
        _("Fine issued"),
        _("Number"),
    ]


def file_row(row: ViolationRow, language: Language, _: Translate) -> list[Cell]:
    """One violation as a row of an exported file."""
    return [
        row.started_at,
        kind_name(row.kind, _),
        _(STATE_NAMES.get(row.state, row.state)),
        _named(row.district, language),
        place_name(row, language),
        row.camera_code or "",
        row.plate or "",
        round(row.confidence * 100),
        row.article or "",
        None if row.mci_count is None else float(row.mci_count),
        row.mci_tenge,
        row.fine_tenge,
        row.paid_tenge,
        row.reviewed_at,
        row.issued_at,
        str(row.id),
    ]
