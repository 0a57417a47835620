"""The map of the Situation screen: what is drawn, what is chosen, what a press does."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

import streamlit as st

from components.camera_beside import show_camera_beside
from components.camera_reading import read_glance
from components.city_map import MapContent, Press, View, build_map, fitted
from components.map_look import sign_image
from components.map_picks import CameraPick, ClusterPick, PlacePick, picked
from components.map_signs import button_signs, incident_signs, unit_signs
from components.map_size import Size, measured_size
from components.plain_trouble import said_plainly
from components.situation_reading import CityView, Picture, read_city, read_nearest, read_picture
from components.situation_state import CLOSE_ZOOM, SituationState, situation_state
from components.visit import Visit
from data_access.domain.words import N_

KEY = "city_map"
REFRESH_S = 2.0
HEIGHT_PX = 560
"""Until the style sheet has stretched the map to the height of the window."""

LAYERS = {
    "cameras": N_("Cameras"),
    "incidents": N_("Incidents"),
    "sos": N_("SOS buttons"),
    "units": N_("Patrols"),
}


@st.fragment(run_every=REFRESH_S)
def show_map(visit: Visit, begun_at: datetime) -> None:
    """The map with its tools, and the chosen camera below it."""
    with said_plainly(visit):
        view = read_city(visit.database, visit.scope)
        layers, programme = _show_tools(visit, view)
        picture = read_picture(visit)
        state = situation_state()
        _notice_presses(picture, state)
        content = _content(visit, picture, state, layers, programme)
        size_px = measured_size(with_camera=state.camera_id is not None)
        deck = build_map(
            content, _where(state, view, size_px), visit.theme, visit.settings.map_style
        )
        with st.container(key="map_frame"):
            st.pydeck_chart(
                deck, height=HEIGHT_PX, key=KEY, on_select=_press, alt=visit.text("Map of the city")
            )
            st.html(build_legend(visit))
        if state.camera_id is not None:
            show_camera_beside(visit, state.camera_id, begun_at)


def _where(state: SituationState, city: CityView, size_px: Size) -> View:
    home = fitted(city.extent, city.centre, city.zoom, size_px)
    return state.view or View(home.longitude, home.latitude, home.zoom, state.serial)


def _show_tools(visit: Visit, city: CityView) -> tuple[Sequence[str], str]:
    _ = visit.text
    with st.container(key="map_tools", horizontal=True, vertical_alignment="center"):
        layers = st.pills(
            _("On the map"), list(LAYERS), selection_mode="multi", default=list(LAYERS),
            format_func=lambda name: _(LAYERS[name]), key="map_layers",
            label_visibility="collapsed",
        )  # fmt: skip
        programme = _show_programmes(visit, city)
        st.button(
            _("Whole city"), key="map_home", icon=":material/zoom_out_map:", on_click=_fly_home
        )
    return layers, programme


def _show_programmes(visit: Visit, city: CityView) -> str:
    _ = visit.text
    if not city.programmes:
        return ""
    names = {p.code: p.name.in_language(visit.language) for p in city.programmes}
    return st.selectbox(
        _("Programme"), ["", *names], format_func=lambda code: names.get(code, _("All programmes")),
        key="map_programme", label_visibility="collapsed", width=150,
    )  # fmt: skip


def _fly_home() -> None:
    situation_state().fly_home()


def _content(
    visit: Visit, picture: Picture, state: SituationState, layers: Sequence[str], programme: str
) -> MapContent:
    now = visit.now()
    pressed = [button for button in picture.buttons if button.pressed_at]
    return MapContent(
        version=picture.map_version,
        language=visit.language,
        cameras="cameras" in layers,
        programme=programme,
        incidents=incident_signs(picture.queue, now, visit) if "incidents" in layers else (),
        sos_buttons=button_signs(picture.buttons, now, visit)
        if "sos" in layers
        else button_signs(pressed, now, visit),
        units=unit_signs(picture.units, now, visit.text) if "units" in layers else (),
        chosen=_chosen_place(visit, state),
        press=_press_of(visit, picture),
        picks=state.picks,
    )


def _chosen_place(visit: Visit, state: SituationState) -> tuple[float, float] | None:
    if state.camera_id is None:
        return None
    glance = read_glance(visit, state.camera_id)
    return (glance.facts.camera.longitude, glance.facts.camera.latitude) if glance else None


def _press_of(visit: Visit, picture: Picture) -> Press | None:
    """The press that waits longest, with the cameras nearest to its button."""
    pressed = picture.longest_press()
    if pressed is None:
        return None
    near = read_nearest(visit.database, visit.scope, pressed.longitude, pressed.latitude)
    return Press(
        (pressed.longitude, pressed.latitude),
        [(camera.longitude, camera.latitude) for camera in near],
    )


def _notice_presses(picture: Picture, state: SituationState) -> None:
    """A press that this session has not seen yet moves the map to its button, once."""
    pressed = picture.longest_press()
    if pressed is None or pressed.pressed_at is None:
        return
    name = f"{pressed.id} {pressed.pressed_at.isoformat()}"
    if name not in state.presses:
        state.presses.add(name)
        state.fly(pressed.longitude, pressed.latitude, CLOSE_ZOOM)


def _press() -> None:
    """Something was pressed on the map; an empty selection is the chart forgetting the last."""
    pick = picked(st.session_state[KEY].selection.objects)
    state = situation_state()
    if pick is None:
        return
    state.picks += 1
    match pick:
        case CameraPick(camera_id):
            state.choose(camera_id)
        case ClusterPick(longitude, latitude, zoom):
            state.fly(longitude, latitude, zoom)
        case PlacePick(longitude, latitude):
            state.fly(longitude, latitude, CLOSE_ZOOM)


def build_legend(visit: Visit) -> str:
    """The signs of the map with their meaning, as HTML."""
    _ = visit.text
    meanings = (
        ("live", _("camera")),
        ("down", _("no picture")),
        ("urgent", _("needs someone now")),
        ("waiting", _("waits")),
        ("handled", _("someone is on it")),
        ("sos", _("SOS button")),
        ("patrol", _("patrol")),
    )
    items = "".join(
        f"<span>{sign_image(visit.theme, sign, 15)}{escape(words)}</span>"
        for sign, words in meanings
    )
    return f'<div class="q-legend">{items}</div>'
