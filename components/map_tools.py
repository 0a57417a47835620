"""The tools above the map and the legend on it: what a role can have on its map."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from components.camera_picker import show_picker
from components.map_look import sign_image
from components.situation_reading import CityView
from components.situation_state import show_camera, situation_state
from components.visit import Visit
from data_access.domain.people import Role
from data_access.domain.words import N_

LAYERS = {
    "cameras": N_("Cameras"),
    "incidents": N_("Incidents"),
    "sos": N_("SOS buttons"),
    "units": N_("Patrols"),
}
MUNICIPAL_LAYERS = {
    "cameras": N_("Cameras"),
    "incidents": N_("Work orders"),
    "units": N_("Crews"),
}
MEANINGS = (
    ("live", N_("camera")),
    ("down", N_("no picture")),
    ("urgent", N_("needs someone now")),
    ("waiting", N_("waits")),
    ("handled", N_("someone is on it")),
    ("sos", N_("SOS button")),
    ("patrol", N_("patrol")),
)
MUNICIPAL_MEANINGS = (
    ("live", N_("camera")),
    ("down", N_("no picture")),
    ("waiting", N_("deadline passed")),
    ("order", N_("work order")),
    ("patrol", N_("crew")),
)


PERIODS = {0: N_("Open now"), 1: N_("And over today"), 7: N_("And over in 7 days")}
"""How far back the map shows what is over, in days; what is open stands on it always."""

OVER = ("over", N_("over"))


@dataclass(frozen=True, slots=True)
class MapChoice:
    """What somebody wants on the map; an empty ``programme`` is all of them."""

    layers: Sequence[str]
    programme: str
    period_days: int


def layers_of(role: Role) -> dict[str, str]:
    """What a role can have on its map, with the names of it."""
    return MUNICIPAL_LAYERS if role is Role.MUNICIPAL else LAYERS


def show_tools(visit: Visit, city: CityView) -> MapChoice:
    """The tools; gives what is chosen."""
    _, names = visit.text, layers_of(visit.viewer.role)
    with st.container(key="map_tools", horizontal=True, vertical_alignment="center"):
        layers = st.pills(
            _("On the map"), list(names), selection_mode="multi", default=list(names),
            format_func=lambda name: _(names[name]), key="map_layers",
            label_visibility="collapsed",
        )  # fmt: skip
        with st.popover(_narrowed_words(visit, city), icon=":material/tune:"):
            days = _show_periods(visit)
            programme = _show_programmes(visit, city)
        with st.popover("", icon=":material/search:", help=_("Find a camera")):
            show_picker(visit, "map_words", show_camera)
        st.button(
            "", key="map_home", icon=":material/zoom_out_map:", help=_("Whole city"),
            on_click=_fly_home,
        )  # fmt: skip
    return MapChoice(layers, programme, days)


def _narrowed_words(visit: Visit, city: CityView) -> str:
    """What the tools behind the popover are set to, so that nobody has to open it to know."""
    _, chosen = visit.text, st.session_state
    names = _programme_names(visit, city)
    words = [_(PERIODS[chosen.get("map_period", 0)]), names.get(chosen.get("map_programme", ""))]
    return " · ".join(word for word in words if word)


def _programme_names(visit: Visit, city: CityView) -> dict[str, str]:
    return {one.code: one.name.in_language(visit.language) for one in city.programmes}


def _show_periods(visit: Visit) -> int:
    _ = visit.text
    return st.selectbox(
        _("Incidents of the period"), list(PERIODS), key="map_period",
        format_func=lambda days: _(PERIODS[days]),
    )  # fmt: skip


def _show_programmes(visit: Visit, city: CityView) -> str:
    _ = visit.text
    if not city.programmes:
        return ""
    names = _programme_names(visit, city)
    return st.selectbox(
        _("Programme"), ["", *names], format_func=lambda code: names.get(code, _("All programmes")),
        key="map_programme",
    )  # fmt: skip


def _fly_home() -> None:
    situation_state().fly_home()


def build_legend(visit: Visit, *, with_over: bool = False) -> str:
    """The signs of the map with their meaning, as HTML."""
    _ = visit.text
    meanings = MUNICIPAL_MEANINGS if visit.viewer.role is Role.MUNICIPAL else MEANINGS
    items = "".join(
        f"<span>{sign_image(visit.theme, sign, 15)}{escape(_(words))}</span>"
        for sign, words in (*meanings, *([OVER] if with_over else []))
    )
    return f'<div class="q-legend">{items}</div>'
