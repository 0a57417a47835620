"""The two halves of the screen of violations: the table with its pages, and the case."""

from dataclasses import replace

import streamlit as st

from components.evidence_desk import read_kept_days, show_evidence_desk
from components.evidence_view import build_evidence
from components.formats import local
from components.formats import number as written
from components.plain_text import escaped
from components.plate_search import PlateSearch
from components.review_desk import choose, chosen, show_decision
from components.table_files import CSV_MIME, XLSX_MIME
from components.violation_case import build_details, build_head, build_reason
from components.violation_choices import clear_camera, clear_plate, turn_page
from components.violation_filters import EventMark, ViolationFilters
from components.violation_reading import (
    FILE_ROWS,
    ViolationFile,
    camera_name,
    file_name,
    read_case,
    read_counts,
)
from components.violation_table import build_table, show_table
from components.visit import Visit
from data_access.event_pages import EventSelection
from data_access.place_names import PlacesFound
from data_access.violations import ViolationPage, ViolationRow


def show_active_filters(
    visit: Visit, filters: ViolationFilters, places: PlacesFound | None, search: PlateSearch | None
) -> None:
    """What narrows the table and is not plain to see above it, each with its way out."""
    _ = visit.text
    if places is not None and places.empty:
        st.info(_("No site or camera is called “{words}”.").format(words=escaped(filters.place)))
    if search is None and filters.camera_id is None:
        return
    with st.container(horizontal=True, key="violations_active"):
        if search is not None:
            words = _("Plate: {plate}. Reason: {reason}")
            st.button(
                escaped(words.format(plate=search.plate, reason=search.reason)),
                icon=":material/close:",
                key="violations_end_search",
                on_click=clear_plate,
            )
        if filters.camera_id is not None:
            st.button(
                escaped(_("One camera only: {name}").format(name=camera_name(visit, filters))),
                icon=":material/close:",
                key="violations_end_camera",
                on_click=clear_camera,
            )


def show_pages(
    visit: Visit, page: ViolationPage, selection: EventSelection, filters: ViolationFilters
) -> None:
    """The table, and the way to the pages before and after it."""
    _ = visit.text
    if not page.rows:
        _show_nothing(visit, selection, filters)
        return
    marks = [EventMark(row.id, row.started_at) for row in page.rows]
    mark = chosen()
    place = marks.index(mark) if mark in marks else None
    frame = build_table(page.rows, visit.language, _)
    show_table(frame, place, lambda number: choose(marks[number]), _)
    matching = read_counts(visit.database, visit.scope, selection).of(filters.states)
    with st.container(horizontal=True, vertical_alignment="center", key="violations_pages"):
        st.button(
            _("Previous page"),
            icon=":material/chevron_left:",
            disabled=page.previous is None,
            on_click=turn_page,
            args=(page.previous,),
            key="violations_previous",
        )
        st.button(
            _("Next page"),
            icon=":material/chevron_right:",
            icon_position="right",
            disabled=page.next is None,
            on_click=turn_page,
            args=(page.next,),
            key="violations_next",
        )
        st.caption(
            _("Rows here: {count} of {all}").format(
                count=written(len(page.rows)), all=written(max(matching, len(page.rows)))
            )
        )


def _show_nothing(visit: Visit, selection: EventSelection, filters: ViolationFilters) -> None:
    _ = visit.text
    usual = replace(ViolationFilters(), days=filters.days, first=filters.first, last=filters.last)
    plain = replace(filters, order=usual.order, size=usual.size, cursor=None) == usual
    if plain and not selection.plate:
        st.info(
            _(
                "Here stand the violations that cameras find. None were found in these days: "
                "choose a longer period, or look at Health whether the cameras work."
            )
        )
        return
    st.info(_("No violation passes these filters. Take one away, or choose a longer period."))


def show_files(
    visit: Visit,
    selection: EventSelection,
    filters: ViolationFilters,
    search: PlateSearch | None,
) -> None:
    """The same rows as files; taking one is recorded."""
    _ = visit.text
    matching = read_counts(visit.database, visit.scope, selection).of(filters.states)
    file = ViolationFile(visit, selection, filters, search.reason if search else "")
    period = filters.period(local(visit.now()).date())
    with st.container(horizontal=True, vertical_alignment="center", key="violations_files"):
        for ending, make, mime in (("csv", file.csv, CSV_MIME), ("xlsx", file.xlsx, XLSX_MIME)):
            st.download_button(
                ending.upper(),
                make,
                file_name(period, ending),
                mime,
                icon=":material/download:",
                on_click="ignore",
                disabled=not matching,
                key=f"violations_{ending}",
            )
        st.caption(
            _(
                "The file would have {all} rows; it holds the first {limit}. Narrow the filters."
            ).format(all=written(matching), limit=written(FILE_ROWS))
            if matching > FILE_ROWS
            else _("All rows of these filters. Taking a file is recorded with your name.")
        )


def show_case(visit: Visit) -> ViolationRow | None:
    """The chosen violation with its evidence; gives its row as it is in the database now."""
    _ = visit.text
    mark = chosen()
    if mark is None:
        return None
    case = read_case(visit, mark)
    if case is None:
        st.info(_("This violation is not in your districts, or is gone."))
        return None
    now = visit.now()
    st.html(build_head(case, visit.language, now, _))
    kept_days = read_kept_days(visit, case.row.kind)
    st.html(build_evidence(case.evidence, case.row.started_at, now, _, kept_days))
    st.html(build_reason(case, _))
    show_decision(visit, case.row)
    show_evidence_desk(visit, case.row.id, case.evidence)
    st.html(build_details(case, visit.language, now, _))
    return case.row
