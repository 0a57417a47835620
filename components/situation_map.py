"""The map of the Situation screen: what is drawn, what is chosen, what a press does."""

from datetime import datetime

import streamlit as st

from components.camera_beside import show_camera_beside
from components.camera_reading import read_glance
from components.city_map import MapContent, Place, Press, Sign, View, build_map, fitted
from components.map_picks import CameraPick, ClusterPick, PlacePick, picked
from components.map_signs import button_signs, incident_signs, over_signs, unit_signs
from components.map_size import Size, measured_size
from components.map_tools import MapChoice, build_legend, show_tools
from components.plain_trouble import said_plainly
from components.situation_reading import (
    SOS_ROLES,
    CityView,
    Picture,
    read_city,
    read_nearest,
    read_over,
    read_picture,
)
from components.situation_state import CLOSE_ZOOM, SituationState, situation_state
from components.visit import Visit

KEY = "city_map"
FRAGMENT = "situation_map"
HEIGHT_PX = 560
"""Until the style sheet has stretched the map to the height of the window."""


@st.fragment(key=FRAGMENT)
def show_map(visit: Visit, begun_at: datetime) -> None:
    """The map with its tools, and the chosen camera below it."""
    with said_plainly(visit):
        city, state = read_city(visit.database, visit.scope), situation_state()
        choice = show_tools(visit, city)
        picture = read_picture(visit)
        if visit.viewer.role in SOS_ROLES:
            _notice_press(picture, state)
        content = _content(visit, picture, state, choice)
        _show_deck(visit, content, _where(state, city), with_over=choice.period_days > 0)
        if state.camera_id is not None:
            show_camera_beside(visit, state.camera_id, begun_at)


def _show_deck(visit: Visit, content: MapContent, view: View, *, with_over: bool) -> None:
    _ = visit.text
    deck = build_map(content, view, visit.theme, visit.settings.map_style)
    with st.container(key="map_frame"):
        st.pydeck_chart(deck, height=HEIGHT_PX, key=KEY, on_select=_press, alt=_("Map of the city"))
        st.html(build_legend(visit, with_over=with_over))


def _where(state: SituationState, city: CityView) -> View:
    size_px: Size = measured_size(with_camera=state.camera_id is not None)
    home = fitted(city.extent, city.centre, city.zoom, size_px)
    return state.view or View(home.longitude, home.latitude, home.zoom, state.serial)


def _content(
    visit: Visit, picture: Picture, state: SituationState, choice: MapChoice
) -> MapContent:
    """A button that is pressed stays on the map, whatever is chosen."""
    now, layers = visit.now(), choice.layers
    buttons = [button for button in picture.buttons if "sos" in layers or button.pressed_at]
    return MapContent(
        version=picture.map_version,
        language=visit.language,
        cameras="cameras" in layers,
        programme=choice.programme,
        incidents=_incidents(visit, picture, choice, now) if "incidents" in layers else (),
        sos_buttons=button_signs(buttons, now, visit),
        units=unit_signs(picture.units, now, visit.text) if "units" in layers else (),
        chosen=_chosen_place(visit, state),
        press=_press_of(visit, picture),
        picks=state.picks,
    )


def _incidents(visit: Visit, picture: Picture, choice: MapChoice, now: datetime) -> list[Sign]:
    """What is open above what is over."""
    over = over_signs(read_over(visit, choice.period_days), now, visit)
    return [*over, *incident_signs(picture.queue, now, visit)]


def _chosen_place(visit: Visit, state: SituationState) -> Place | None:
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


def _notice_press(picture: Picture, state: SituationState) -> None:
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
