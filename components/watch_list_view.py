"""The watch list and its hits; to look at it is recorded, as is each change.

The list is the city's: those who see some districts only see where wanted vehicles were met in
theirs, and not whom the city looks for.
"""

from datetime import datetime, time, timedelta

import pandas as pd
import streamlit as st

from components.camera_words import camera_address
from components.formats import ago, day, local, number, percent
from components.health_frames import Titles, long_height, show_frame
from components.plain_text import escaped
from components.plain_trouble import said_plainly
from components.saying import do, say
from components.section_title import show_title
from components.visit import Visit
from data_access import audit, watch_hits, watch_list
from data_access.domain.events import STATE_NAMES
from data_access.domain.local_time import LOCAL_ZONE
from data_access.watch_hits import WatchHit
from data_access.watch_list import Entry

OPEN, PLATE, REASON, UNTIL = "watch_open", "watch_plate", "watch_reason", "watch_until"
OUTCOME, TABLE, LOOKED = "watch_outcome", "watch_table", "watch_looked"

USUAL_DAYS, LONGEST_DAYS = 30, 365
"""A search ends by itself: who still looks after that says so again."""

HITS_FOR = timedelta(days=30)


def show_list(visit: Visit) -> None:
    """Who is looked for, with the ways to add and to remove."""
    _ = visit.text
    if visit.scope.districts is not None:
        st.caption(
            _("The watch list is the city's. Here is where wanted vehicles were seen in yours.")
        )
        return
    with said_plainly(visit):
        entries = _read(visit)
        with st.container(horizontal=True, vertical_alignment="center"):
            show_title(_("Looked for now: {count}").format(count=number(len(entries))))
            _show_form(visit)
        say(OUTCOME)
        if not entries:
            st.info(_("No vehicle is looked for. Add a plate with the reason and the last day."))
            return
        _show_entries(visit, entries)


def _read(visit: Visit) -> list[Entry]:
    with visit.database.as_viewer(visit.scope) as tx:
        if not st.session_state.get(LOOKED):
            audit.record(tx, visit.viewer, "watch_list.look", "watch list")
            st.session_state[LOOKED] = True
        return watch_list.entries(tx, visit.now())


def _show_form(visit: Visit) -> None:
    _, today = visit.text, local(visit.now()).date()
    with (
        st.popover(_("Add a plate"), icon=":material/add:", key=OPEN, on_change="rerun"),
        st.form("watch_form", border=False),
    ):
        st.text_input(_("Plate"), max_chars=20, placeholder="123 ABC 02", key=PLATE)
        st.text_input(
            _("Why is it looked for?"), max_chars=300, key=REASON,
            help=_("The reason is recorded with your name, and operators see it with each hit."),
        )  # fmt: skip
        st.date_input(
            _("Last day"), value=today + timedelta(days=USUAL_DAYS), min_value=today,
            max_value=today + timedelta(days=LONGEST_DAYS), format="DD.MM.YYYY", key=UNTIL,
        )  # fmt: skip
        st.form_submit_button(_("Look for it"), type="primary", on_click=_add, args=(visit,))


def _add(visit: Visit) -> None:
    _, state = visit.text, st.session_state
    last = state[UNTIL]
    until_at = datetime.combine(last + timedelta(days=1), time(), LOCAL_ZONE)

    def act() -> str:
        with visit.database.as_viewer(visit.scope) as tx:
            typed = state[PLATE] or ""
            watch_list.add(tx, visit.viewer, typed, state[REASON] or "", until_at, visit.now())
        return _("The plate is looked for; cameras know it within seconds.")

    if do(visit, OUTCOME, act):
        state[OPEN] = False


def _show_entries(visit: Visit, entries: list[Entry]) -> None:
    _, now = visit.text, visit.now()
    frame = pd.DataFrame(
        [
            {
                "plate": one.plate, "reason": _(one.reason), "by": one.added_by,
                "since": ago(one.added_at, now, _),
                "until": day(one.until_at - timedelta(seconds=1), visit.language),
            }
            for one in entries
        ]
    )  # fmt: skip
    titles: Titles = {
        "plate": _("Plate"), "reason": _("Reason"), "by": _("Added by"), "since": _("Added"),
        "until": _("Last day"),
    }  # fmt: skip
    chosen = st.dataframe(
        frame, key=TABLE, hide_index=True, column_config=titles, on_select="rerun",
        selection_mode="single-row", height=long_height(len(frame), 12) or "content",
    )  # fmt: skip
    rows = chosen["selection"]["rows"]
    if rows and rows[0] < len(entries):
        entry = entries[rows[0]]
        st.button(
            _("Look for {plate} no more").format(plate=escaped(entry.plate)),
            icon=":material/person_search:", key="watch_remove", on_click=_remove,
            args=(visit, entry),
        )  # fmt: skip
    else:
        st.caption(_("Choose a row to end its search."))


def _remove(visit: Visit, entry: Entry) -> None:
    _ = visit.text

    def act() -> str:
        with visit.database.as_viewer(visit.scope) as tx:
            watch_list.remove(tx, visit.viewer, entry.id, visit.now())
        return _("{plate} is looked for no more.").format(plate=escaped(entry.plate))

    do(visit, OUTCOME, act)


def show_hits(visit: Visit) -> None:
    """Where wanted vehicles were seen in the last weeks."""
    _ = visit.text
    show_title(_("Seen in the last 30 days"))
    with said_plainly(visit):
        with visit.database.as_viewer(visit.scope) as tx:
            found = watch_hits.hits(tx, visit.now() - HITS_FOR)
        if not found:
            st.caption(_("No wanted vehicle was seen. A hit appears here and in the queue."))
            return
        frame = build_hits(found, visit)
        titles: Titles = {
            "picture": st.column_config.LinkColumn(_("Picture"), display_text=_("Open")),
            "at": _("Seen"), "plate": _("Plate"), "reason": _("Reason"),
            "camera": st.column_config.LinkColumn(_("Camera"), display_text="#(.*)$"),
            "place": _("Place"), "state": _("State"), "sure": _("Confidence"),
        }  # fmt: skip
        show_frame(frame, "watch_hits", titles, long_height(len(frame), 12))


def build_hits(found: list[WatchHit], visit: Visit) -> pd.DataFrame:
    """One row a hit, the newest first."""
    _, now = visit.text, visit.now()
    return pd.DataFrame(
        [
            {
                "at": ago(hit.at, now, _), "plate": hit.plate, "reason": _(hit.reason),
                "camera": f"{camera_address(hit.camera_id)}#{hit.camera_code}",
                "place": hit.place.in_language(visit.language),
                "state": _(STATE_NAMES[hit.state]),
                "sure": percent(hit.confidence, 0, visit.language),
                "picture": f"/evidence/{hit.picture_id}" if hit.picture_id else None,
            }
            for hit in found
        ]
    )  # fmt: skip
