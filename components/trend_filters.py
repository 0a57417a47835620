"""The row of choices above the trends; what is chosen stands in the address."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

import streamlit as st

from components.trend_view import (
    COMPARED_NAMES,
    PERIOD_NAMES,
    RESPONSE_PLURALS,
    Compared,
    TrendView,
    kinds_of,
    params_of,
    view_of,
)
from components.visit import Visit
from data_access.domain.events import EVENT_KINDS, Response
from data_access.domain.words import Names

_SEEN = "trends_address"
_KEYS = ("days", "dates", "against", "what", "kind", "district", "per")


def _key(name: str) -> str:
    return f"trends_{name}"


def _fill_widgets(view: TrendView, yesterday: date) -> None:
    """Put the view of an address into the widgets, before they are made."""
    period = view.period(yesterday)
    st.session_state[_key("days")] = view.days
    st.session_state[_key("dates")] = (period.first, period.last)
    st.session_state[_key("against")] = view.compared
    st.session_state[_key("what")] = view.response
    st.session_state[_key("kind")] = view.kind
    st.session_state[_key("district")] = view.district_id or 0
    st.session_state[_key("per")] = view.rate


def show_trend_filters(visit: Visit, districts: Mapping[int, Names], yesterday: date) -> TrendView:
    """Show the choices and give what is chosen; the address follows."""
    address = {key: st.query_params[key] for key in st.query_params}
    if st.session_state.get(_SEEN) != address or _key("days") not in st.session_state:
        view = view_of(address, visit.viewer.role)
        if view.district_id not in districts:
            view = replace(view, district_id=None)
        _fill_widgets(view, yesterday)
    chosen = _show_widgets(visit, districts, yesterday)
    params = params_of(chosen, visit.viewer.role)
    if params != address:
        st.query_params.from_dict(params)
    st.session_state[_SEEN] = params
    return chosen


Choice = TypeVar("Choice")


def _one_of(
    label: str, options: Sequence[Choice], name: str, words: Callable[[Choice], str]
) -> Choice:
    """Buttons of which one is always pressed."""
    chosen = st.segmented_control(
        label,
        options,
        required=True,
        key=_key(name),
        format_func=words,
        label_visibility="collapsed",
    )
    return options[0] if chosen is None else chosen


def _show_widgets(visit: Visit, districts: Mapping[int, Names], yesterday: date) -> TrendView:
    _ = visit.text
    with st.container(horizontal=True, vertical_alignment="center", key="trends_choices"):
        what = _one_of(_("What"), list(Response), "what", lambda one: _(RESPONSE_PLURALS[one]))
        days = _one_of(_("Period"), list(PERIOD_NAMES), "days", lambda one: _(PERIOD_NAMES[one]))
        first, last = _show_dates(visit, yesterday) if days == "own" else (None, None)
        with st.popover(_("More"), icon=":material/tune:"):
            compared = st.selectbox(
                _("Compared with"),
                list(Compared),
                key=_key("against"),
                format_func=lambda one: _(COMPARED_NAMES[one]),
            )
            kind = _show_kind(visit, what)
            district = _show_district(visit, districts)
            rate = st.toggle(
                _("Per 1,000 camera-hours"),
                key=_key("per"),
                help=_("More cameras see more: a rate can be compared where the cameras differ."),
            )
    return TrendView(
        days, first, last, compared or Compared.BEFORE, what, kind or "", district, rate
    )


def _show_dates(visit: Visit, yesterday: date) -> tuple[date | None, date | None]:
    _ = visit.text
    chosen = st.date_input(
        _("Dates"),
        key=_key("dates"),
        max_value=yesterday,
        min_value=yesterday - timedelta(days=3653),
        format="DD.MM.YYYY",
        width=230,
        label_visibility="collapsed",
    )
    days = chosen if isinstance(chosen, tuple) else (chosen,)
    # Streamlit runs the page between the two clicks of a range, with one day chosen.
    return (days[0], days[-1]) if days else (None, None)


def _show_kind(visit: Visit, what: Response) -> str:
    _ = visit.text
    kinds = ["", *kinds_of(what)]
    if st.session_state.get(_key("kind")) not in kinds:
        st.session_state[_key("kind")] = ""
    return st.selectbox(
        _("Kind"),
        kinds,
        key=_key("kind"),
        format_func=lambda kind: _(EVENT_KINDS[kind].name) if kind else _("All kinds"),
    )


def _show_district(visit: Visit, districts: Mapping[int, Names]) -> int | None:
    _ = visit.text
    if len(districts) < 2:
        return None

    def name(number: int) -> str:
        return districts[number].in_language(visit.language) if number else _("All districts")

    chosen = st.selectbox(_("District"), [0, *districts], key=_key("district"), format_func=name)
    return chosen or None


def narrowed_words(visit: Visit, view: TrendView, districts: Mapping[int, Names]) -> list[str]:
    """What the choices behind "More" leave out, to be said where the figures stand."""
    if view.district_id is None:
        return []
    return [districts[view.district_id].in_language(visit.language)]
