"""Everything about one camera: its picture with boxes and zones, its day, events and health."""

from pathlib import Path

import streamlit as st

from components.camera_screen import (
    RENEWED,
    chosen_camera,
    show_around,
    show_counts,
    show_events,
    show_heading,
    show_picture,
    show_state,
)
from components.camera_turning import show_turning
from components.news import show_pulse
from components.side_by_side import side_by_side
from components.visit import enter

STYLE = Path(__file__).resolve().parent.parent / "components" / "camera.css"

visit = enter("camera")
now = visit.now()
glance = chosen_camera(visit)

st.html(STYLE)
video = show_heading(visit, glance)
left, right = side_by_side("camera", (2, 1))
with left:
    picture = st.container(key="camera_picture")
    show_turning(visit, glance)
    show_counts(visit, glance)
    show_events(visit, glance)
with right:
    show_state(visit, glance.facts.camera.id)
    show_around(visit, glance)
show_pulse("camera_pulse", RENEWED)
with picture:
    show_picture(visit, glance, now, video=video)
