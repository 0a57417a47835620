"""Finding a camera: by a part of its name or number, or by the address."""

from collections.abc import Callable

import streamlit as st

from components.visit import Visit
from data_access import cameras, wall
from data_access.domain.places import Camera
from data_access.wall import WallSelection

PARAMETER = "camera"
LONGEST_NUMBER = 15
FOUND = 12


def asked_camera() -> int | None:
    """The number of the camera in the address; None where there is none, or no number."""
    asked = st.query_params.get(PARAMETER, "")
    return int(asked) if asked.isdecimal() and len(asked) <= LONGEST_NUMBER else None


def show_picker(visit: Visit, key: str, on_choose: Callable[[Camera], None]) -> None:
    """A field for a part of a name or number, and the cameras that have it."""
    _ = visit.text
    words = st.text_input(
        _("Find a camera"), key=key, placeholder=_("Number or name"), max_chars=80,
        label_visibility="collapsed",
    )  # fmt: skip
    if not words.strip():
        return
    with visit.database.as_viewer(visit.scope) as tx:
        found = cameras.search(tx, words, FOUND)
    if not found:
        st.caption(_("No camera in your districts has this in its number or name."))
    for camera in found:
        st.button(
            f"{camera.code} · {camera.name.in_language(visit.language)}",
            key=f"{key}_{camera.id}", type="tertiary", on_click=_choose,
            args=(key, camera, on_choose),
        )  # fmt: skip


def _choose(key: str, camera: Camera, on_choose: Callable[[Camera], None]) -> None:
    st.session_state[key] = ""
    on_choose(camera)


def go_to_camera(camera: Camera) -> None:
    """Put this camera into the address of the Camera screen."""
    st.query_params[PARAMETER] = str(camera.id)


def first_camera(visit: Visit) -> int | None:
    """The camera to begin with where the address names none: the one with activity."""
    with visit.database.as_viewer(visit.scope) as tx:
        ids = wall.page(tx, WallSelection(), visit.now(), 1).ids
    return ids[0] if ids else None
