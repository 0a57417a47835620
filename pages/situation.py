"""Where is it happening now: the map, what needs you, today's figures, the newest events."""

from pathlib import Path

import streamlit as st

from components.newest import show_newest
from components.queue import show_queue
from components.situation_map import show_map
from components.situation_state import follow_address
from components.sos_banner import show_sos
from components.today import show_today
from components.visit import enter

STYLE = Path(__file__).resolve().parent.parent / "components" / "situation.css"

visit = enter("situation")
now = visit.now()
follow_address()

st.html(STYLE)
show_sos(visit, now)
left, right = st.columns([2, 1], gap="small")
with left:
    show_map(visit, now)
with right, st.container(key="situation_side"):
    show_queue(visit)
    show_today(visit)
    show_newest(visit)
