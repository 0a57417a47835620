"""What the screen of violations reads."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from components.cache_keys import BY_SCOPE
from components.table_files import Cell, build_csv, build_xlsx
from components.violation_filters import EventMark, ViolationFilters, params_of
from components.violation_table import file_row, file_titles
from components.visit import Visit
from data_access import audit, cameras, event_pages, place_names, violations
from data_access.database import Database
from data_access.domain.people import Scope
from data_access.domain.periods import Period
from data_access.event_pages import EventKey, EventSelection, Order
from data_access.place_names import PlacesFound
from data_access.violations import ViolationCase, ViolationCounts, ViolationPage

COUNTS_S = 15
"""How old the counts above the table may be."""

FILE_ROWS = 20_000
"""More rows than these make a file that takes longer than anybody waits."""


@st.cache_data(ttl=COUNTS_S, max_entries=128, show_spinner=False, hash_funcs=BY_SCOPE)
def read_counts(database: Database, scope: Scope, selection: EventSelection) -> ViolationCounts:
    """The counts of a selection, kept for some seconds."""
    with database.as_viewer(scope) as tx:
        return violations.counts(tx, selection)


def read_places(visit: Visit, words: str) -> PlacesFound | None:
    """The places that somebody's words name; None where no words were given."""
    if not words:
        return None
    with visit.database.as_viewer(visit.scope) as tx:
        return place_names.places_like(tx, words)


def read_page(visit: Visit, selection: EventSelection, filters: ViolationFilters) -> ViolationPage:
    """The page of the table, always fresh: somebody decides on what it shows."""
    with visit.database.as_viewer(visit.scope) as tx:
        return violations.page(tx, selection, filters.order, filters.cursor, filters.size)


def first_key(page: ViolationPage, filters: ViolationFilters) -> EventKey | None:
    """The newest row, where the page is the first one of the newest-first order."""
    if filters.order is not Order.NEWEST or page.previous is not None or not page.rows:
        return None
    return EventKey(page.rows[0].id, page.rows[0].started_at, None)


def read_newer(visit: Visit, selection: EventSelection, first: EventKey) -> int:
    """How many violations have come since the table was shown."""
    with visit.database.as_viewer(visit.scope) as tx:
        return event_pages.newer(tx, selection, first)


def camera_name(visit: Visit, filters: ViolationFilters) -> str:
    """What the camera of the filters is called; its number where it is not in sight."""
    number = filters.camera_id or 0
    with visit.database.as_viewer(visit.scope) as tx:
        found = cameras.camera(tx, number)
    return found.name.in_language(visit.language) if found else str(number)


def read_case(visit: Visit, mark: EventMark) -> ViolationCase | None:
    """One violation with all that belongs to it, or None where it is not in sight."""
    with visit.database.as_viewer(visit.scope) as tx:
        return violations.case(tx, mark.id, mark.started_at)


@dataclass(frozen=True, slots=True)
class ViolationFile:
    """A file of the violations that the filters let through, made when it is asked for."""

    visit: Visit
    selection: EventSelection
    filters: ViolationFilters
    plate_reason: str

    def csv(self) -> bytes:
        """The rows as CSV, recorded as taken away."""
        titles, rows = self._table("csv")
        return build_csv(titles, rows, self.visit.language)

    def xlsx(self) -> bytes:
        """The rows as a workbook, recorded as taken away."""
        _ = self.visit.text
        titles, rows = self._table("xlsx")
        return build_xlsx(titles, rows, _("Violations"))

    def _table(self, form: str) -> tuple[Sequence[str], list[list[Cell]]]:
        language, text = self.visit.language, self.visit.text
        with self.visit.database.as_viewer(self.visit.scope) as tx:
            found = violations.every(tx, self.selection, self.filters.order, FILE_ROWS)
            rows = [file_row(row, language, text) for row in found]
            detail = {
                "form": form,
                "rows": len(rows),
                "filters": params_of(self.filters),
                "plate": self.selection.plate,
                "reason": self.plate_reason,
            }
            audit.record(tx, self.visit.viewer, "violations.export", "violations", detail)
        return file_titles(text), rows


def file_name(period: Period, ending: str) -> str:
    """``violations_2026-11-14_2026-11-20.csv``."""
    return f"violations_{period.first}_{period.last}.{ending}"
