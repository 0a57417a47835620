"""The row of choices above the violations; what is chosen stands in the address."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import streamlit as st

from components.plate_search import end_search, show_plate_search
from components.review_desk import choose, chosen
from components.violation_filters import (
    KINDS,
    PERIOD_NAMES,
    SIZES,
    STATES,
    EventMark,
    ViolationFilters,
    filters_of,
    params_of,
)
from components.violation_table import kind_name, state_name
from components.visit import Visit
from data_access.domain.words import Names
from data_access.event_pages import ORDER_NAMES, Cursor, Order

_SEEN = "violations_address"
_CURSOR = "violations_cursor"


def _key(name: str) -> str:
    return f"violations_{name}"


def _address() -> dict[str, list[str]]:
    return {word: st.query_params.get_all(word) for word in st.query_params}


def _fill_widgets(filters: ViolationFilters, today: date) -> None:
    """Put the filters of an address into the widgets, before they are made."""
    period = filters.period(today)
    values = {
        "days": filters.days,
        "dates": (period.first, period.last),
        "states": list(filters.states),
        "kinds": list(filters.kinds),
        "districts": list(filters.district_ids),
        "place": filters.place,
        "sure": filters.sure_percent,
        "order": filters.order,
        "size": filters.size,
        "cursor": filters.cursor,
        "camera": filters.camera_id,
    }
    for name, value in values.items():
        st.session_state[_key(name)] = value


def show_filters(visit: Visit, districts: Mapping[int, Names], today: date) -> ViolationFilters:
    """Show the choices and give what is chosen; another choice begins at the first page."""
    address = _address()
    if st.session_state.get(_SEEN) != address or _key("days") not in st.session_state:
        filters = filters_of(address)
        known = tuple(number for number in filters.district_ids if number in districts)
        _fill_widgets(replace(filters, district_ids=known), today)
        event = EventMark.parse((address.get("event") or [""])[0])
        choose(event)
    now = _show_widgets(visit, districts, today)
    before = filters_of(st.session_state.get(_SEEN) or address)
    if not now.narrowed_like(before) and _SEEN in st.session_state:
        now = replace(now, cursor=None)
        st.session_state[_CURSOR] = None
        choose(None)
    return now


def put_address(filters: ViolationFilters) -> None:
    """Let the address say what is shown, so that it can be sent to a colleague."""
    params = params_of(filters, chosen())
    if params != _address():
        st.query_params.from_dict(params)
    st.session_state[_SEEN] = params


def turn_page(cursor: Cursor | None) -> None:
    """Go to another page; its first row is chosen there."""
    st.session_state[_CURSOR] = cursor
    choose(None)


def first_page() -> None:
    """Begin again: what is looked for has changed."""
    turn_page(None)


def clear_camera() -> None:
    """Look at all cameras again."""
    st.session_state[_key("camera")] = None
    first_page()


def clear_plate() -> None:
    """Look at all plates again."""
    end_search()
    first_page()


def _show_widgets(visit: Visit, districts: Mapping[int, Names], today: date) -> ViolationFilters:
    with st.container(horizontal=True, vertical_alignment="center", key="violations_choices"):
        days, first, last = _show_period(visit, today)
        states, kinds = _show_states(visit), _show_kinds(visit)
        district_ids, place = _show_districts(visit, districts), _show_place(visit)
        sure_percent, order, size = _show_more(visit)
        show_plate_search(visit, first_page)
    return ViolationFilters(
        days=days, first=first, last=last, states=states, kinds=kinds,
        district_ids=district_ids, place=place, camera_id=st.session_state.get(_key("camera")),
        sure_percent=sure_percent, order=order, size=size, cursor=st.session_state.get(_CURSOR),
    )  # fmt: skip


def _show_period(visit: Visit, today: date) -> tuple[str, date | None, date | None]:
    _ = visit.text
    days = st.segmented_control(
        _("Period"), list(PERIOD_NAMES), required=True, key=_key("days"),
        label_visibility="collapsed", format_func=lambda one: _(PERIOD_NAMES[one]),
    )  # fmt: skip
    first, last = _show_dates(visit, today) if days == "own" else (None, None)
    return days or "7", first, last


def _show_states(visit: Visit) -> tuple[str, ...]:
    _ = visit.text
    words = _("State"), _("All states")
    return _show_several("states", STATES, words, lambda state: state_name(state, _))


def _show_kinds(visit: Visit) -> tuple[str, ...]:
    _ = visit.text
    words = _("Kind"), _("All kinds")
    return _show_several("kinds", KINDS, words, lambda kind: kind_name(kind, _))


def _show_several(
    name: str, options: Sequence[str], words: tuple[str, str], named: Callable[[str], str]
) -> tuple[str, ...]:
    """Several of ``options`` in their own order; ``words`` are the title and what none means."""
    title, everything = words
    chosen = st.multiselect(
        title, options, key=_key(name), placeholder=everything, width=215,
        label_visibility="collapsed", format_func=named,
    )  # fmt: skip
    return tuple(option for option in options if option in chosen)


def _show_place(visit: Visit) -> str:
    _ = visit.text
    place = st.text_input(
        _("Site or camera"), key=_key("place"), placeholder=_("Site or camera"), max_chars=100,
        width=190, label_visibility="collapsed",
    )  # fmt: skip
    return (place or "").strip()


def _show_more(visit: Visit) -> tuple[int, Order, int]:
    """The least confidence in percent, the order, and how many rows a page has."""
    _ = visit.text
    with st.popover(_("More"), icon=":material/tune:"):
        sure_percent = st.slider(_("Confidence from, %"), 0, 100, key=_key("sure"), step=5)
        order = st.selectbox(
            _("Order"), list(Order), key=_key("order"), format_func=lambda one: _(ORDER_NAMES[one])
        )
        size = st.selectbox(_("Rows on a page"), SIZES, key=_key("size"))
    return sure_percent, order or Order.NEWEST, size or SIZES[0]


def _show_dates(visit: Visit, today: date) -> tuple[date | None, date | None]:
    _ = visit.text
    chosen_dates = st.date_input(
        _("Dates"),
        key=_key("dates"),
        max_value=today,
        min_value=today - timedelta(days=3653),
        format="DD.MM.YYYY",
        width=230,
        label_visibility="collapsed",
    )
    days = chosen_dates if isinstance(chosen_dates, tuple) else (chosen_dates,)
    # Streamlit runs the page between the two clicks of a range, with one day chosen.
    return (days[0], days[-1]) if days else (None, None)


def _show_districts(visit: Visit, districts: Mapping[int, Names]) -> tuple[int, ...]:
    _ = visit.text
    if len(districts) < 2:
        return ()
    numbers = st.multiselect(
        _("District"),
        list(districts),
        key=_key("districts"),
        placeholder=_("All districts"),
        width=200,
        label_visibility="collapsed",
        format_func=lambda number: districts[number].in_language(visit.language),
    )
    return tuple(sorted(numbers))
