"""The tools above a wall of live tiles; what they choose stands in the address."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from components.address import begin_with, begin_with_text, keep_in_address
from components.formats import number
from components.saved_walls import show_saved_walls
from components.shared_reads import SHARED
from components.visit import Visit
from data_access import cameras, wall
from data_access.database import Database
from data_access.domain.people import Scope
from data_access.domain.places import District
from data_access.saved_walls import Address
from data_access.wall import WALL_ORDER_NAMES, WallOrder, WallPage, WallSelection

LAYOUTS = (4, 9, 16)
USUAL_LAYOUT = 9
DISTRICTS_FRESH_S = 60
STATE = "wall_shown"
EVERYWHERE = 0


@dataclass(frozen=True, slots=True)
class WallView:
    """The wall that is shown: its layout, its cameras, and its place among all of them."""

    layout: int
    page: int
    chosen: WallPage


@dataclass(frozen=True, slots=True)
class _Shown:
    """The choice that a wall was made for: while it stays, the tiles stay in their places."""

    selection: WallSelection
    layout: int
    page: int
    chosen: WallPage


def show_wall_tools(visit: Visit) -> WallView:
    """Show the tools; gives the wall that is chosen."""
    with st.container(key="wall_tools", horizontal=True, vertical_alignment="center"):
        layout = _show_layouts(visit)
        selection = WallSelection(_show_orders(visit), _show_districts(visit), _show_filter(visit))
        shown = _shown(visit, selection, layout)
        _show_pages(visit, shown)
        show_saved_walls(visit, _address(selection, layout), _options(visit))
    return WallView(layout, shown.page, shown.chosen)


def _address(selection: WallSelection, layout: int) -> Address:
    """A wall by the keys of the tools that choose it."""
    return {
        "tiles": layout,
        "order": str(selection.order),
        "district": selection.district_id or EVERYWHERE,
        "filter": selection.text,
    }


def _options(visit: Visit) -> dict[str, Sequence[object]]:
    """What each tool can be set to; a saved wall may be older than a district's end."""
    districts = read_districts(visit.database, visit.scope)
    numbers = [district.id for district in districts]
    return {"tiles": LAYOUTS, "order": tuple(WallOrder), "district": (EVERYWHERE, *numbers)}


def _show_layouts(visit: Visit) -> int:
    _ = visit.text
    begin_with("tiles", LAYOUTS, USUAL_LAYOUT)
    layout = st.segmented_control(
        _("Tiles"), LAYOUTS, required=True, key="tiles", label_visibility="collapsed"
    )
    keep_in_address("tiles", layout, USUAL_LAYOUT)
    return layout or USUAL_LAYOUT


def _show_orders(visit: Visit) -> WallOrder:
    _ = visit.text
    begin_with("order", tuple(WallOrder), WallOrder.ACTIVITY)
    order = st.segmented_control(
        _("Order"), list(WallOrder), required=True, key="order",
        format_func=lambda one: _(WALL_ORDER_NAMES[one]), label_visibility="collapsed",
    )  # fmt: skip
    keep_in_address("order", order, WallOrder.ACTIVITY)
    return order or WallOrder.ACTIVITY


def _show_districts(visit: Visit) -> int | None:
    _ = visit.text
    names = {
        district.id: district.names.in_language(visit.language)
        for district in read_districts(visit.database, visit.scope)
    }
    if len(names) < 2:
        return None
    options = (EVERYWHERE, *names)
    begin_with("district", options, EVERYWHERE)
    district_id = st.selectbox(
        _("District"), options, key="district", label_visibility="collapsed", width=190,
        format_func=lambda one: names.get(one, _("All districts")),
    )  # fmt: skip
    keep_in_address("district", district_id, EVERYWHERE)
    return district_id or None


def _show_filter(visit: Visit) -> str:
    _ = visit.text
    begin_with_text("filter")
    text = st.text_input(
        _("Filter"), key="filter", placeholder=_("Camera or site"), max_chars=80,
        label_visibility="collapsed", width=180,
    )  # fmt: skip
    keep_in_address("filter", text, "")
    return text


def _shown(visit: Visit, selection: WallSelection, layout: int) -> _Shown:
    """The wall as it was, while nothing else is chosen: tiles do not change places by themselves.

    Another selection begins at its first wall.
    """
    shown: _Shown | None = st.session_state.get(STATE)
    same = shown is not None and (shown.selection, shown.layout) == (selection, layout)
    page = shown.page if shown is not None and same else 0
    wanted = st.session_state.pop("wall_turned_to", page)
    if shown is None or not same or wanted != page:
        with visit.database.as_viewer(visit.scope) as tx:
            chosen = wall.page(tx, selection, visit.now(), layout, wanted)
        shown = _Shown(selection, layout, wanted, chosen)
        st.session_state[STATE] = shown
    return shown


def _show_pages(visit: Visit, shown: _Shown) -> None:
    _ = visit.text
    page, total, layout = shown.page, shown.chosen.total, shown.layout
    end = min((page + 1) * layout, total)
    _page_button("wall_back", "chevron_left", _("Previous cameras"), page - 1, page == 0)
    _page_button("wall_on", "chevron_right", _("Next cameras"), page + 1, end >= total)
    words = _("{first} to {last} of {total}. Full screen: F").format(
        first=number(min(page * layout + 1, total)), last=number(end), total=number(total)
    )
    st.html(f'<span class="q-rest">{words}</span>', width="content")


def _page_button(key: str, icon: str, words: str, page: int, disabled: bool) -> None:
    st.button(
        "", key=key, icon=f":material/{icon}:", help=words, disabled=disabled,
        on_click=_turn_to, args=(page,),
    )  # fmt: skip


def _turn_to(page: int) -> None:
    st.session_state["wall_turned_to"] = max(0, page)


@st.cache_data(ttl=DISTRICTS_FRESH_S, max_entries=64, show_spinner=False, hash_funcs=SHARED)
def read_districts(database: Database, scope: Scope) -> list[District]:
    """The viewer's districts."""
    with database.as_viewer(scope) as tx:
        return cameras.districts(tx)
