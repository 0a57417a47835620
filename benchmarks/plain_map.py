"""The map as it is drawn without tiles: a row a camera, sent with the page.

``streamlit run`` serves it for ``bench map``; QALA_BENCH_CAMERAS names a CSV of the rows.
"""

import os

import pandas as pd
import pydeck as pdk
import streamlit as st

cameras = pd.read_csv(os.environ["QALA_BENCH_CAMERAS"])
layer = pdk.Layer(
    "ScatterplotLayer",
    data=cameras,
    id="cameras",
    get_position=["longitude", "latitude"],
    get_fill_color=[76, 184, 212],
    get_radius=4,
    radius_units="'pixels'",
    pickable=True,
)
view = pdk.ViewState(
    longitude=float(cameras.longitude.mean()), latitude=float(cameras.latitude.mean()), zoom=12
)
st.set_page_config(layout="wide")
st.pydeck_chart(
    pdk.Deck([layer], initial_view_state=view, map_provider=None, tooltip={"text": "{name}"}),
    height=640,
)
