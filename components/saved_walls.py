"""The walls that a viewer has saved: one press shows them again, on any screen."""

from collections.abc import Mapping, Sequence

import streamlit as st

from components.plain_trouble import said_plainly
from components.visit import Visit
from data_access import saved_walls
from data_access.errors import RowRefused
from data_access.saved_walls import Address

NAME, REFUSED = "wall_name", "wall_refused"


def show_saved_walls(
    visit: Visit, now_shown: Address, options: Mapping[str, Sequence[object]]
) -> None:
    """The list, and a field to save ``now_shown`` under a name."""
    _ = visit.text
    with (
        st.popover(_("Saved walls"), icon=":material/bookmark:", key="saved_walls"),
        said_plainly(visit),
    ):
        with visit.database.as_viewer(visit.scope) as tx:
            kept = saved_walls.saved_walls(tx)
        if not kept:
            st.caption(_("No saved walls yet. Choose tiles, order and district, and save them."))
        for number, (name, address) in enumerate(kept.items()):
            _show_one(visit, number, name, address, options)
        st.text_input(_("Name of the wall"), key=NAME, max_chars=saved_walls.LONGEST)
        st.button(_("Save this wall"), key="wall_save", on_click=_save, args=(visit, now_shown))
        refusal = st.session_state.pop(REFUSED, None)
        if refusal:
            st.warning(refusal)


def _show_one(
    visit: Visit,
    number: int,
    name: str,
    address: Address,
    options: Mapping[str, Sequence[object]],
) -> None:
    _ = visit.text
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            name, key=f"wall_{number}", width="stretch", on_click=_show, args=(address, options)
        )
        st.button(
            "", key=f"wall_forget_{number}", icon=":material/delete:", type="tertiary",
            help=_("Delete this wall"), on_click=_forget, args=(visit, name),
        )  # fmt: skip


def _show(address: Address, options: Mapping[str, Sequence[object]]) -> None:
    """Set the tools as they were; what is no longer there to choose stays as it is."""
    for key, value in address.items():
        known = options.get(key)
        found = value if known is None else next((one for one in known if one == value), None)
        if found is not None:
            st.session_state[key] = found


def _save(visit: Visit, address: Address) -> None:
    try:
        with visit.database.as_viewer(visit.scope) as tx:
            saved_walls.save(tx, visit.viewer.id, st.session_state.get(NAME, ""), address)
        st.session_state[NAME] = ""
    except RowRefused as refusal:
        st.session_state[REFUSED] = refusal.in_words(visit.text)


def _forget(visit: Visit, name: str) -> None:
    with visit.database.as_viewer(visit.scope) as tx:
        saved_walls.forget(tx, name)
