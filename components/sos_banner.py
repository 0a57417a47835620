"""An SOS press takes over: who waits, where, since when, and the nearest cameras at once."""

from datetime import datetime
from html import escape
from pathlib import Path

import streamlit as st

from components import newest, queue, situation_map, today
from components.camera_beside import open_camera
from components.camera_reading import read_glance
from components.camera_words import camera_tile
from components.event_words import waits
from components.live_tiles import build_tiles, show_tiles
from components.map_look import sign_image
from components.news import show_pulse
from components.plain_trouble import said_plainly
from components.situation_reading import SOS_ROLES, Picture, read_nearest, read_picture
from components.visit import Visit
from data_access.domain.people import LIVE_ROLES
from data_access.incidents import RESPONDERS
from data_access.situation import SOS_KIND, Button, Happening

FRAGMENT = "situation_sos"
RENEWED = (
    newest.FRAGMENT, queue.FRAGMENT, FRAGMENT, today.FRAGMENT, situation_map.FRAGMENT
)  # fmt: skip
"""Everything on the screen that the news may change, in the order it is renewed."""
SOUND = Path(__file__).resolve().parent / "frontend" / "sos_sound.js"

_sound = st.components.v2.component("qala_sos_sound", js=SOUND.read_text("utf-8"))


def build_banner(button: Button, events: list[Happening], now: datetime, visit: Visit) -> str:
    """The banner as HTML."""
    _, language = visit.text, visit.language
    pressed_at = button.pressed_at or now
    words, waiting = _("SOS button pressed"), _("waiting for an answer")
    more = len(events) - 1
    rest = _("and more presses: {count}").format(count=more) if more > 0 else ""
    return (
        f'<div class="q-sos" role="alert">{sign_image(visit.theme, "sos_pressed", 34)}'
        f"<div><b>{escape(words)} · {escape(button.name.in_language(language))}</b>"
        f"<p>{escape(waiting)} {waits(pressed_at, now, language)} "
        f"{escape(rest)}</p></div></div>"
    )


@st.fragment(key=FRAGMENT)
def show_sos(visit: Visit, begun_at: datetime) -> None:
    """Nothing but the pulse of the page, until somebody presses a button in sight."""
    with said_plainly(visit):
        picture = read_picture(visit) if visit.viewer.role in SOS_ROLES else None
        button = picture.longest_press() if picture else None
        show_pulse("situation_pulse", RENEWED, (FRAGMENT, queue.FRAGMENT), ticks=button is not None)
        if picture is None or button is None:
            return
        with st.container(key="sos_banner"):
            words, cameras = st.columns([4, 5], gap="small", vertical_alignment="center")
            with words:
                _show_words(visit, button, _presses(picture))
            if visit.viewer.role in LIVE_ROLES:
                with cameras:
                    _show_cameras(visit, button, begun_at)


def _presses(picture: Picture) -> list[Happening]:
    return [event for event in picture.queue if event.kind == SOS_KIND and event.untouched]


def _show_words(visit: Visit, button: Button, presses: list[Happening]) -> None:
    _ = visit.text
    st.html(build_banner(button, presses, visit.now(), visit))
    _sound(key="sos_sound", data={"pressed": True})
    if presses and visit.viewer.role in RESPONDERS:
        st.button(
            _("Acknowledge"), key="sos_take", type="primary", icon=":material/check:",
            on_click=queue.take_on, args=(visit, presses[0]),
        )  # fmt: skip


def _show_cameras(visit: Visit, button: Button, begun_at: datetime) -> None:
    near = read_nearest(visit.database, visit.scope, button.longitude, button.latitude)
    glances = [read_glance(visit, camera.id) for camera in near]
    tiles = [
        camera_tile(glance.facts, glance.health, visit.now(), visit.language, visit.text)
        for glance in glances
        if glance is not None
    ]
    if tiles:
        show_tiles(build_tiles(tiles, 3, begun_at, visit.text), "sos_tiles", open_camera)
