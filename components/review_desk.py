"""Deciding violations: the chosen one, the next one, confirm and reject with its reason.

What is chosen lives in the session, so that the table, the keyboard and the buttons move the
same mark.
"""

from collections.abc import Sequence

import streamlit as st

from components.keyboard import show_keyboard
from components.violation_filters import EventMark
from components.visit import Visit
from data_access.domain.words import N_
from data_access.errors import DataAccessError
from data_access.violation_reviews import REVIEWERS, Decision, possible, review
from data_access.violations import ViolationRow

CHOSEN = "violations_chosen"
SHOWN = "violations_shown"
REJECTING = "violations_rejecting"
REFUSED = "violations_refused"

REASONS: tuple[str, ...] = (
    N_("No violation on the picture"),
    N_("Plate not readable"),
    N_("Another vehicle"),
    N_("Emergency or service vehicle"),
    N_("Camera or calibration fault"),
    N_("Recorded twice"),
)
"""Usual reasons of a rejection; each is also a digit on the keyboard."""


def choose(mark: EventMark | None) -> None:
    """Move the mark; what was begun about another violation is dropped."""
    if st.session_state.get(CHOSEN) != mark:
        st.session_state.pop(REJECTING, None)
        st.session_state.pop(REFUSED, None)
    st.session_state[CHOSEN] = mark


def chosen() -> EventMark | None:
    """The violation that is marked."""
    found = st.session_state.get(CHOSEN)
    return found if isinstance(found, EventMark) else None


def put_shown(rows: Sequence[ViolationRow]) -> list[EventMark]:
    """Remember the page for the keys; where nothing is marked, its first row is."""
    marks = [EventMark(row.id, row.started_at) for row in rows]
    st.session_state[SHOWN] = marks
    if chosen() is None and marks:
        choose(marks[0])
    return marks


def step(by: int) -> None:
    """Move the mark along the page, and stop at its ends."""
    marks: list[EventMark] = st.session_state.get(SHOWN, [])
    mark = chosen()
    if not marks:
        return
    place = marks.index(mark) + by if mark in marks else 0
    choose(marks[max(0, min(len(marks) - 1, place))])


def decide(visit: Visit, row: ViolationRow, new_state: str, reason: str = "") -> None:
    """Write a decision and go on to the next violation; a refusal is kept to be shown."""
    decision = Decision(row.id, row.started_at, row.state, new_state, reason)
    try:
        with visit.database.as_viewer(visit.scope) as tx:
            review(tx, visit.viewer, decision, visit.now())
    except DataAccessError as refusal:
        st.session_state[REFUSED] = refusal.in_words(visit.text)
        return
    step(1)
    st.session_state.pop(REJECTING, None)


def begin_rejecting(row: ViolationRow) -> None:
    """Ask for the reason of a rejection."""
    st.session_state[REJECTING] = row.id


def rejecting(row: ViolationRow) -> bool:
    """Whether the reason of this rejection is being asked for."""
    return bool(st.session_state.get(REJECTING) == row.id)


def show_decision(visit: Visit, row: ViolationRow) -> None:
    """The two buttons, or the reasons of a rejection, for those who decide."""
    _ = visit.text
    refused = st.session_state.pop(REFUSED, None)
    if refused:
        st.warning(refused)
    if visit.viewer.role not in REVIEWERS:
        return
    ways = possible(row.state)
    if not ways:
        return
    if rejecting(row):
        _show_reasons(visit, row)
        return
    with st.container(horizontal=True, key="violations_decision"):
        if "confirmed" in ways:
            st.button(
                _("Confirm · C"),
                key="violations_confirm",
                type="primary",
                on_click=decide,
                args=(visit, row, "confirmed"),
            )
        st.button(_("Reject · R"), key="violations_reject", on_click=begin_rejecting, args=(row,))


def _show_reasons(visit: Visit, row: ViolationRow) -> None:
    _ = visit.text
    st.markdown(_("Why is it rejected?"))
    with st.container(horizontal=True, key="violations_reasons"):
        for number, reason in enumerate(REASONS, start=1):
            st.button(
                f"{number} · {_(reason)}",
                key=f"violations_reason_{number}",
                on_click=decide,
                args=(visit, row, "rejected", reason),
            )
    with st.form("violations_other_reason", border=False), st.container(horizontal=True):
        words = st.text_input(
            _("Another reason"),
            max_chars=300,
            label_visibility="collapsed",
            placeholder=_("Another reason"),
        )
        if st.form_submit_button(_("Reject")):
            decide(visit, row, "rejected", words or "")
            st.rerun()
    st.button(
        _("Back · Esc"), key="violations_back", type="tertiary", on_click=choose_again, args=(row,)
    )


def choose_again(row: ViolationRow) -> None:
    """Stop asking for a reason."""
    if rejecting(row):
        st.session_state.pop(REJECTING)


def show_review_keys(visit: Visit, row: ViolationRow | None) -> None:
    """J and K move the mark; C, R and the digits of the reasons decide."""
    words = {"KeyJ": "next", "KeyK": "previous"}
    ways = possible(row.state) if row and visit.viewer.role in REVIEWERS else frozenset()
    if row is not None and rejecting(row):
        words |= {f"Digit{n}": f"reason {n}" for n in range(1, len(REASONS) + 1)}
        words["Escape"] = "back"
    else:
        words |= {"KeyC": "confirm"} if "confirmed" in ways else {}
        words |= {"KeyR": "reject"} if "rejected" in ways else {}

    def act(word: str) -> None:
        if word in ("next", "previous"):
            step(1 if word == "next" else -1)
        elif row is not None:
            _act_on(visit, row, word)

    show_keyboard("violations_keys", words, act)


def _act_on(visit: Visit, row: ViolationRow, word: str) -> None:
    if word == "confirm":
        decide(visit, row, "confirmed")
    elif word == "reject":
        begin_rejecting(row)
    elif word == "back":
        choose_again(row)
    elif word.startswith("reason "):
        decide(visit, row, "rejected", REASONS[int(word.removeprefix("reason ")) - 1])
