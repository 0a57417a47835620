"""Searching a plate: the reason comes first, and both are written into the audit log.

Neither stands in an address: a colleague who opens a link gives a reason of their own.
"""

from dataclasses import dataclass

import streamlit as st

from components.visit import Visit
from data_access import audit
from data_access.domain.plates import fragment

_KEY = "violations_plate"
SHORTEST_REASON = 8
"""Shorter than this nobody can say why they look for a person's car."""


@dataclass(frozen=True, slots=True)
class PlateSearch:
    """Letters and digits of a plate, and why they are looked for."""

    plate: str
    reason: str


def current_search() -> PlateSearch | None:
    """The search of this session."""
    found = st.session_state.get(_KEY)
    return found if isinstance(found, PlateSearch) else None


def end_search() -> None:
    """Look at all plates again."""
    st.session_state.pop(_KEY, None)


def show_plate_search(visit: Visit) -> bool:
    """The form, and the search that is on; True when a search has just begun."""
    _ = visit.text
    with (
        st.popover(_("Search a plate"), icon=":material/pin:"),
        st.form("violations_plate_form", border=False),
    ):
        typed = st.text_input(_("Part of a plate"), max_chars=20, placeholder="123 ABC")
        reason = st.text_input(
            _("Why is it searched?"),
            max_chars=300,
            help=_("The reason is recorded with your name."),
        )
        asked = st.form_submit_button(_("Search"), type="primary")
        return bool(asked) and _begin(visit, typed or "", (reason or "").strip())


def _begin(visit: Visit, typed: str, reason: str) -> bool:
    """Record the search and begin it, or say what is missing."""
    _ = visit.text
    plate = fragment(typed)
    if len(plate) < 2:
        st.error(
            _("“{words}” has no part of a plate: type two or more letters or digits.").format(
                words=typed
            )
        )
        return False
    if len(reason) < SHORTEST_REASON:
        st.error(_("Write why this plate is searched, in a few words."))
        return False
    with visit.database.as_viewer(visit.scope) as tx:
        audit.record(tx, visit.viewer, "plate.search", f"plate {plate}", {"reason": reason})
    st.session_state[_KEY] = PlateSearch(plate, reason)
    return True
