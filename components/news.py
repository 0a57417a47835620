"""Whether there is something new: one listener for each database and process."""

from time import monotonic

import streamlit as st

from data_access.database import Database
from data_access.listen import Listener

BLIND_S = 2.0
"""While nothing can be heard the screens ask this often instead."""


@st.cache_resource(show_spinner=False, on_release=Listener.stop)
def listener(url: str) -> Listener:
    """The listener of the database at ``url``, started at its first use."""
    hearing = Listener(url)
    hearing.start()
    return hearing


def heard(database: Database) -> tuple[int, int]:
    """Stays the same for as long as nothing was announced: a key for what was read."""
    hearing = listener(database.url)
    return hearing.version, 0 if hearing.connected else int(monotonic() / BLIND_S)
