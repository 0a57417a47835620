"""The counts above the violations, each with what it is a part of."""

import streamlit as st

from components.figures import KeyFigure, show_figures
from components.formats import ago, percent
from components.formats import number as written
from components.plain_trouble import said_plainly
from components.violation_choices import first_page
from components.violation_reading import COUNTS_S, read_counts, read_newer
from components.visit import Visit
from data_access.event_pages import EventKey, EventSelection
from data_access.violations import ViolationCounts


def build_count_figures(counts: ViolationCounts, visit: Visit) -> list[KeyFigure]:
    """Waiting, confirmed, contested, cancelled: a share is never without its whole."""
    _ = visit.text
    share = counts.confirmed_share
    of_issued = _("of fines issued: {count}").format(count=written(counts.issued))
    oldest = (
        _("Oldest: {ago}").format(ago=ago(counts.oldest_waiting_at, visit.now(), _))
        if counts.oldest_waiting_at
        else _("Nothing waits")
    )
    return [
        KeyFigure(
            _("Awaiting review"),
            written(counts.waiting),
            note=oldest,
            mark="waiting" if counts.waiting else "",
        ),
        KeyFigure(
            _("Confirmed by officers"),
            "—" if share is None else percent(share, 0, visit.language),
            note=_("of reviewed: {count}").format(count=written(counts.reviewed)),
        ),
        KeyFigure(_("Fines contested"), written(counts.contested), note=of_issued),
        KeyFigure(_("Fines cancelled"), written(counts.cancelled), note=of_issued),
    ]


@st.fragment(run_every=COUNTS_S)
def show_counts(visit: Visit, selection: EventSelection, first: EventKey | None) -> None:
    """The counts, renewed by themselves; the table stands still until somebody asks.

    ``first`` is the newest row of the table where the newest stands first, else None.
    """
    with said_plainly(visit):
        counts = read_counts(visit.database, visit.scope, selection)
        show_figures(build_count_figures(counts, visit))
        if first is not None:
            _show_newer(visit, selection, first)


def _show_newer(visit: Visit, selection: EventSelection, first: EventKey) -> None:
    _ = visit.text
    count = read_newer(visit, selection, first)
    if count and st.button(
        _("New: {count}. Show").format(count=written(count)),
        key="violations_newer",
        icon=":material/arrow_upward:",
    ):
        first_page()
        st.rerun()
