"""Searching a plate: the reason comes first, and both are written into the audit log.

Neither stands in an address: a colleague who opens a link gives a reason of their own.
"""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from components.plain_text import escaped
from components.visit import Visit
from data_access import audit
from data_access.domain.plates import fragment

_KEY = "violations_plate"
_OPEN = "violations_plate_open"
_TYPED = "violations_plate_typed"
_REASON = "violations_plate_reason"
_REFUSED = "violations_plate_refused"

SHORTEST_PLATE = 2
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


def show_plate_search(visit: Visit, on_begin: Callable[[], None]) -> None:
    """The form; ``on_begin`` is told when a search has begun, before the screen runs again."""
    _ = visit.text
    with (
        st.popover(_("Search a plate"), icon=":material/pin:", key=_OPEN, on_change="rerun"),
        st.form("violations_plate_form", border=False),
    ):
        st.text_input(_("Part of a plate"), max_chars=20, placeholder="123 ABC", key=_TYPED)
        st.text_input(
            _("Why is it searched?"),
            max_chars=300,
            help=_("The reason is recorded with your name."),
            key=_REASON,
        )
        if refused := st.session_state.pop(_REFUSED, None):
            st.error(refused)
        st.form_submit_button(_("Search"), type="primary", on_click=_begin, args=(visit, on_begin))


def _begin(visit: Visit, on_begin: Callable[[], None]) -> None:
    """Record the search and begin it, or keep what is missing to be said in the form."""
    typed, reason = st.session_state[_TYPED] or "", (st.session_state[_REASON] or "").strip()
    plate = fragment(typed)
    missing = _missing(typed, plate, reason, visit)
    if missing:
        st.session_state[_REFUSED] = missing
        return
    with visit.database.as_viewer(visit.scope) as tx:
        audit.record(tx, visit.viewer, "plate.search", f"plate {plate}", {"reason": reason})
    st.session_state[_KEY] = PlateSearch(plate, reason)
    st.session_state[_OPEN] = False
    on_begin()


def _missing(typed: str, plate: str, reason: str, visit: Visit) -> str:
    """What has to be typed before a search; empty where nothing is missing."""
    _ = visit.text
    if len(plate) < SHORTEST_PLATE:
        return _("“{words}” has no part of a plate: type two or more letters or digits.").format(
            words=escaped(typed)
        )
    if len(reason) < SHORTEST_REASON:
        return _("Write why this plate is searched, in a few words.")
    return ""
