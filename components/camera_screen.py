"""The Camera screen: which camera it is about, and where its parts stand."""

from datetime import datetime
from html import escape

import streamlit as st

from components.camera_picker import (
    PARAMETER,
    asked_camera,
    first_camera,
    go_to_camera,
    show_picker,
)
from components.camera_reading import CameraGlance, read_day, read_glance
from components.camera_sections import (
    build_events,
    build_facts,
    build_health,
    build_neighbours,
    show_day,
    show_plates,
)
from components.camera_video import show_trouble, show_video
from components.camera_words import camera_tile, zones_address
from components.live_tiles import build_tiles, show_tiles
from components.plain_trouble import said_plainly
from components.visit import Visit
from data_access.zone_editing import DRAWERS

STATE, EVENTS, COUNTS = "camera_state", "camera_events", "camera_counts"
RENEWED = (STATE, EVENTS, COUNTS)
STATE_S = 5.0
"""The worker writes how feeds do without announcing it."""

PICTURE_KINDS = ("video", "pictures")


def chosen_camera(visit: Visit) -> CameraGlance:
    """The camera of the address, or the first one; stops with a sentence where there is none."""
    _ = visit.text
    number = asked_camera()
    if number is None:
        number = first_camera(visit)
        if number is None:
            st.info(_("There are no cameras yet. Import them with “./qala cameras import FILE”."))
            st.stop()
        st.query_params[PARAMETER] = str(number)
    glance = read_glance(visit, number)
    if glance is None:
        st.info(_("There is no such camera in your districts. Find one by its number or name."))
        show_picker(visit, "camera_words", go_to_camera)
        st.stop()
    return glance


def show_heading(visit: Visit, glance: CameraGlance) -> bool:
    """The camera's name and the tools; True where video is wanted rather than pictures."""
    _, language = visit.text, visit.language
    camera = glance.facts.camera
    with st.container(key="camera_heading", horizontal=True, vertical_alignment="center"):
        st.html(
            f'<h1 class="q-title">{escape(camera.code)} · '
            f"{escape(camera.name.in_language(language))}</h1>"
        )
        names = {"video": _("Video with boxes"), "pictures": _("Pictures")}
        kind = st.segmented_control(
            _("Picture"), PICTURE_KINDS, default="video", required=True, key="picture_kind",
            format_func=lambda one: names[one], label_visibility="collapsed",
            help=_("Pictures need no WebRTC: choose them where video does not start."),
        )  # fmt: skip
        if visit.viewer.role in DRAWERS:
            way, words = escape(zones_address(camera.id)), escape(_("Draw zones"))
            st.html(f'<a class="q-way" href="{way}" target="_self">{words}</a>')
        with st.popover(_("Another camera"), icon=":material/search:"):
            show_picker(visit, "camera_words", go_to_camera)
    return kind != "pictures"


def show_picture(visit: Visit, glance: CameraGlance, begun_at: datetime, *, video: bool) -> None:
    """The live picture; it belongs last on the page: its parts take longest to come."""
    camera_id = glance.facts.camera.id
    if video:
        show_trouble(visit, camera_id)
        show_video(visit, camera_id)
        return
    tile = camera_tile(glance.facts, glance.health, visit.now(), visit.language, visit.text)
    data = build_tiles([tile], 1, begun_at, visit.text, keys=True)
    show_tiles(data, f"pictures_{camera_id}", lambda _camera_id: None)


@st.fragment(key=STATE, run_every=STATE_S)
def show_state(visit: Visit, camera_id: int) -> None:
    """Health of the feed and facts of the camera."""
    with said_plainly(visit):
        glance = read_glance(visit, camera_id)
        if glance is not None:
            enabled = glance.facts.camera.enabled
            st.html(build_health(glance.health, visit, enabled=enabled))
            st.html(build_facts(glance, visit))


@st.fragment(key=EVENTS)
def show_events(visit: Visit, glance: CameraGlance) -> None:
    """The camera's events, newest first, with their evidence."""
    with said_plainly(visit):
        day = read_day(visit, glance.facts)
        st.html(build_events(day.events, visit.now(), visit))


@st.fragment(key=COUNTS)
def show_counts(visit: Visit, glance: CameraGlance) -> None:
    """Today's counts and their hours."""
    with said_plainly(visit):
        show_day(read_day(visit, glance.facts), visit)


def show_around(visit: Visit, glance: CameraGlance) -> None:
    """Neighbours and plates."""
    with said_plainly(visit):
        day = read_day(visit, glance.facts)
        st.html(build_neighbours(day.neighbours, visit))
        show_plates(visit, glance.facts.camera.id)
