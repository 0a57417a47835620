"""The camera beside the map: its live picture, its last events, the way to its screen."""

from datetime import datetime
from html import escape

import streamlit as st

from components.camera_reading import CameraGlance, read_glance
from components.camera_words import camera_tile, state_name
from components.formats import number
from components.html_parts import quiet
from components.live_tiles import build_tiles, show_tiles
from components.newest import build_row
from components.situation_state import situation_state
from components.visit import Visit
from data_access.domain.people import LIVE_ROLES
from data_access.domain.places import CAMERA_KIND_NAMES

CAMERA_PAGE = "pages/camera.py"


def show_camera_beside(visit: Visit, camera_id: int, begun_at: datetime) -> None:
    """The chosen camera below the map; ``begun_at`` is when the page was run as a whole."""
    glance = read_glance(visit, camera_id)
    with st.container(key="camera_beside"):
        if glance is None:
            _show_none(visit)
            return
        picture, words = st.columns([5, 4], gap="medium")
        with picture:
            _show_picture(visit, glance, begun_at)
        with words:
            st.html(build_facts(glance, visit))
            _show_ways(visit, camera_id)
            _show_events(visit, glance)


def _show_none(visit: Visit) -> None:
    _ = visit.text
    st.info(_("There is no such camera in your districts. Choose one on the map."))
    st.button(_("Close"), key="beside_close", on_click=situation_state().choose, args=(None,))


def _show_picture(visit: Visit, glance: CameraGlance, begun_at: datetime) -> None:
    _ = visit.text
    if visit.viewer.role not in LIVE_ROLES:
        words = _("Live pictures are for those on duty: people can be recognised in them.")
        st.html(quiet(words))
        return
    tile = camera_tile(glance.facts, glance.health, visit.now(), visit.language, _)
    data = build_tiles([tile], 1, begun_at, _)
    show_tiles(data, "beside_tile", open_camera)


def open_camera(camera_id: int) -> None:
    """Go to the camera's own screen."""
    st.switch_page(CAMERA_PAGE, query_params={"camera": str(camera_id)})


def _show_events(visit: Visit, glance: CameraGlance) -> None:
    _, now = visit.text, visit.now()
    rows = "".join(build_row(event, now, visit) for event in glance.events[:3])
    nothing = quiet(_("No events of this camera in the last seven days."))
    listed = f'<ol class="q-newest">{rows}</ol>' if rows else nothing
    st.html(listed)


def build_facts(glance: CameraGlance, visit: Visit) -> str:
    """Name, place and state of the camera as HTML."""
    _ = visit.text
    facts, health, language = glance.facts, glance.health, visit.language
    camera = facts.camera
    parts = [
        facts.site.in_language(language),
        facts.district.in_language(language),
        _(CAMERA_KIND_NAMES[camera.kind]),
    ]
    state = state_name(health, enabled=camera.enabled, _=_)
    if health is not None and health.fps:
        state += " · " + _("{fps} pictures a second").format(fps=number(health.fps, 0))
    return (
        f'<h2 class="q-head">{escape(camera.code)} · {escape(camera.name.in_language(language))}'
        f'</h2><p class="q-rest">{escape(" · ".join(parts))}<br>{escape(state)}</p>'
    )


def _show_ways(visit: Visit, camera_id: int) -> None:
    _ = visit.text
    with st.container(horizontal=True, gap="small"):
        if visit.viewer.role in LIVE_ROLES:
            opened = st.button(_("Open the camera"), key="beside_open", icon=":material/videocam:")
            if opened:
                open_camera(camera_id)
        st.button(_("Close"), key="beside_close", on_click=situation_state().choose, args=(None,))
