"""Linear sections: what their average speeds are measured by, to be looked at and corrected."""

from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from components import section_figures
from components.health_frames import Titles
from components.plain_text import escaped
from components.saying import do, refuse, say
from components.visit import Visit
from data_access import linear_sections
from data_access.linear_sections import Measures, SectionRow

TABLE, OUTCOME, KEPT = "sections_table", "sections_outcome", "sections_kept"
TABLE_PX = 458
"""Twelve sections; on a screen of 800 px there is room for what is said below."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed: the measures that changed, by section, and what is refused of them."""

    measures: dict[int, Measures]
    refused: list[str]


def show_sections(visit: Visit) -> None:
    """One row a section; its measures can be written over."""
    _ = visit.text
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
            build_sections(found, visit), key=f"{TABLE}_{st.session_state.get(KEPT, 0)}",
            hide_index=True, column_config=_columns(visit), disabled=["name", "entry", "exit"],
            height=min(38 + 35 * len(found), TABLE_PX),
        )  # fmt: skip
        # Beside the button: nothing moves when something is said, least of all what was typed.
        with st.container(horizontal=True):
            if st.form_submit_button(_("Keep the measures"), type="primary"):
                _keep(visit, found, edited)
                st.rerun()
            say(OUTCOME)


def build_sections(found: list[SectionRow], visit: Visit) -> pd.DataFrame:
    """One row a section, by its number; figures as they are written."""
    return pd.DataFrame(
        [
            {
                "name": one.name.in_language(visit.language), "entry": one.entry_code or "—",
                "exit": one.exit_code or "—",
                **section_figures.written(one.measures, visit.language),
            }
            for one in found
        ],
        index=[one.id for one in found],
    )  # fmt: skip


def _figure_titles(visit: Visit) -> dict[str, str]:
    _ = visit.text
    return {
        "length_m": _("Length, m"), "limit_kmh": _("Limit, km/h"),
        "clock_offset_s": _("Clocks apart, s"), "clock_error_s": _("Clocks, ± s"),
        "length_error_m": _("Length, ± m"),
    }  # fmt: skip


def _columns(visit: Visit) -> Titles:
    _ = visit.text
    figure = partial(st.column_config.TextColumn, alignment="right")
    helps = {
        "clock_offset_s": _("How far the exit camera's clock is ahead of the entry's"),
        "clock_error_s": _("How far the difference of the clocks may be wrong"),
        "length_error_m": _("How far the length may be wrong"),
    }
    return {
        "name": st.column_config.TextColumn(_("Section"), width=250, pinned=True),
        "entry": _("Entry"), "exit": _("Exit"),
        **{
            name: figure(title, help=helps.get(name))
            for name, title in _figure_titles(visit).items()
        },
    }  # fmt: skip


def _keep(visit: Visit, found: list[SectionRow], edited: pd.DataFrame) -> None:
    """Write those that were changed; none where one of them cannot be."""
    wanted = build_wanted(visit, found, edited)
    if wanted.refused:
        refuse(OUTCOME, "  \n".join(wanted.refused))
        return
    _ = visit.text

    def act() -> str:
        with visit.database.as_viewer(visit.scope) as tx:
            for number, measures in wanted.measures.items():
                linear_sections.measure(tx, visit.viewer, number, measures)
        return _("Kept. The next passages are measured by it.")

    if do(visit, OUTCOME, act):  # a new table, which shows what is kept
        st.session_state[KEPT] = st.session_state.get(KEPT, 0) + 1


def build_wanted(visit: Visit, found: list[SectionRow], edited: pd.DataFrame) -> Wanted:
    """What the table says now, read against what is kept; each refusal names its section."""
    titles, wanted = _figure_titles(visit), Wanted({}, [])
    rows = edited.fillna("").to_dict("index")
    for one in found:
        typed = {name: str(rows[one.id][name]) for name in section_figures.FIGURES}
        measures, said = section_figures.read(
            one.measures, typed, titles, visit.language, visit.text
        )
        name = one.name.in_language(visit.language)
        wanted.refused.extend(f"**{escaped(name)}.** {escaped(sentence)}" for sentence in said)
        if measures != one.measures and not said:
            wanted.measures[one.id] = measures
    return wanted
