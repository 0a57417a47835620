"""Linear sections: what their average speeds are measured by, to be looked at and corrected."""

from dataclasses import asdict
from functools import partial

import pandas as pd
import streamlit as st

from components.health_frames import Titles
from components.saying import do, say
from components.visit import Visit
from data_access import linear_sections
from data_access.linear_sections import MOST_LENGTH_M, MOST_OFFSET_S, Measures, SectionRow

TABLE, OUTCOME = "sections_table", "sections_outcome"


def show_sections(visit: Visit) -> None:
    """One row a section; its measures can be written over."""
    _ = visit.text
    say(OUTCOME)
    with visit.database.as_viewer(visit.scope) as tx:
        found = linear_sections.sections(tx)
    if not found:
        st.info(_("There are no linear sections. Each one needs an entry and an exit camera."))
        return
    st.caption(
        _(
            "Average speed is the length divided by the time between two readings. Its error "
            "follows from the errors of both; above 3 km/h nobody is accused."
        )
    )
    with st.form("sections_form", border=False):
        edited = st.data_editor(
            build_sections(found, visit), key=TABLE, hide_index=True, column_config=_titles(visit),
            disabled=["name", "entry", "exit"], height=min(38 + 35 * len(found), 560),
        )  # fmt: skip
        if st.form_submit_button(_("Keep the measures"), type="primary"):
            _keep(visit, found, edited)
            st.rerun()


def build_sections(found: list[SectionRow], visit: Visit) -> pd.DataFrame:
    """One row a section, by its number."""
    return pd.DataFrame(
        [
            {
                "name": one.name.in_language(visit.language), "entry": one.entry_code or "—",
                "exit": one.exit_code or "—", **asdict(one.measures),
            }
            for one in found
        ],
        index=[one.id for one in found],
    )  # fmt: skip


def _titles(visit: Visit) -> Titles:
    # A figure that is wiped out would be no number, and measure nothing.
    _, figure = visit.text, partial(st.column_config.NumberColumn, required=True)
    return {
        "name": st.column_config.TextColumn(_("Section"), width=250),
        "entry": _("Entry"), "exit": _("Exit"),
        "length_m": figure(
            _("Length, m"), min_value=1.0, max_value=MOST_LENGTH_M, format="localized", step=0.1),
        "limit_kmh": figure(_("Limit, km/h"), min_value=5, max_value=150, step=1),
        "clock_offset_s": figure(
            _("Clocks apart, s"), format="localized", step=0.01,
            min_value=-MOST_OFFSET_S, max_value=MOST_OFFSET_S,
            help=_("How far the exit camera's clock is ahead of the entry's"),
        ),
        "clock_error_s": figure(
            _("Clocks, ± s"), min_value=0.0, format="localized", step=0.01,
            help=_("How far the difference of the clocks may be wrong"),
        ),
        "length_error_m": figure(
            _("Length, ± m"), min_value=0.0, format="localized", step=0.1,
            help=_("How far the length may be wrong"),
        ),
    }  # fmt: skip


def _keep(visit: Visit, found: list[SectionRow], edited: pd.DataFrame) -> None:
    """Write those that were changed; none where one of them cannot be."""
    changed = {one.id: _measures(edited, one.id) for one in found}
    before = {one.id: one.measures for one in found}
    _ = visit.text

    def act() -> str:
        with visit.database.as_viewer(visit.scope) as tx:
            for number, measures in changed.items():
                if measures != before[number]:
                    linear_sections.measure(tx, visit.viewer, number, measures)
        return _("Kept. The next passages are measured by it.")

    do(visit, OUTCOME, act)


def _measures(edited: pd.DataFrame, number: int) -> Measures:
    row = edited.to_dict("index")[number]
    return Measures(
        float(row["length_m"]), int(row["limit_kmh"]), float(row["clock_offset_s"]),
        float(row["clock_error_s"]), float(row["length_error_m"]),
    )  # fmt: skip
