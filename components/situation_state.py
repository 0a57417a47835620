"""What one session has chosen on the map: where it looks, and at which camera."""

from dataclasses import dataclass, field

import streamlit as st

from components.city_map import View
from data_access.domain.places import Camera
from data_access.situation import Happening

KEY = "situation"
CAMERA_PARAMETER = "camera"
CLOSE_ZOOM, NEAR_ZOOM = 16.2, 17.2
LONGEST_NUMBER = 15


@dataclass(slots=True)
class SituationState:
    """Kept in the session; ``picks`` counts presses on the map, ``presses`` are SOS seen."""

    picks: int = 0
    serial: int = 0
    view: View | None = None
    camera_id: int | None = None
    presses: set[str] = field(default_factory=set)

    def fly(self, longitude: float, latitude: float, zoom: float) -> None:
        """Move the map there at its next drawing, also when it was sent there before."""
        self.serial += 1
        self.view = View(longitude, latitude, zoom, self.serial)

    def fly_home(self) -> None:
        """Show the whole of the viewer's city again."""
        self.serial += 1
        self.view = None

    def choose(self, camera_id: int | None) -> None:
        """Show this camera beside the map, and put it into the address."""
        self.camera_id = camera_id
        if camera_id is None:
            st.query_params.pop(CAMERA_PARAMETER, None)
        else:
            st.query_params[CAMERA_PARAMETER] = str(camera_id)


def situation_state() -> SituationState:
    """This session's choices."""
    state: SituationState = st.session_state.setdefault(KEY, SituationState())
    return state


def follow_address() -> None:
    """Take the camera that the address names, or name in it the one that was chosen."""
    state = situation_state()
    asked = st.query_params.get(CAMERA_PARAMETER, "")
    if asked.isdecimal() and len(asked) <= LONGEST_NUMBER:
        state.camera_id = int(asked)
    else:
        state.choose(state.camera_id)


def show_camera(camera: Camera) -> None:
    """Fly to a camera and open it beside the map."""
    state = situation_state()
    state.fly(camera.longitude, camera.latitude, NEAR_ZOOM)
    state.choose(camera.id)


def show_on_map(event: Happening) -> None:
    """Fly to an event and open its camera beside the map."""
    state = situation_state()
    if event.longitude is not None and event.latitude is not None:
        state.fly(event.longitude, event.latitude, CLOSE_ZOOM)
    if event.camera_id is not None:
        state.choose(event.camera_id)
