"""What do these cameras show: 4, 9 or 16 live tiles, those with activity first."""

from pathlib import Path

import streamlit as st

from components.news import show_pulse
from components.visit import enter
from components.wall import FRAGMENT, show_wall
from components.wall_tools import show_wall_tools

STYLE = Path(__file__).resolve().parent.parent / "components" / "situation.css"

visit = enter("live_wall")

st.html(STYLE)
view = show_wall_tools(visit)
show_wall(visit, view, visit.now())
show_pulse("wall_pulse", [FRAGMENT])
