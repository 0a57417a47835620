"""Whether there is something new: a key for what was read, and a pulse that renews screens.

The pulse is a widget without a picture. Its socket says when something happened in the city;
then, and every quarter of a minute for the ages of things, it runs the named fragments again.
Nothing is asked of the server in between, however many screens are open.
"""

from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import NoReturn

import streamlit as st
from streamlit.errors import StreamlitAPIException

from data_access.database import Database
from data_access.shared_listener import listener_of

BLIND_S = 2.0
"""While nothing can be heard the screens ask this often instead."""

EVERY_MS = 15_000
TICK_MS = 1_000
NEWS_PATH = "/map/news"
SCRIPT = Path(__file__).resolve().parent / "frontend" / "pulse.js"

_pulse = st.components.v2.component("qala_pulse", js=SCRIPT.read_text("utf-8"))


def heard(database: Database) -> tuple[int, int]:
    """Stays the same for as long as nothing was announced: a key for what was read."""
    hearing = listener_of(database.url)
    return hearing.version, 0 if hearing.connected else int(monotonic() / BLIND_S)


def note_own(database: Database) -> None:
    """What a viewer has just done is on their own screen before word of it comes round."""
    listener_of(database.url).note()


@st.fragment
def show_pulse(
    key: str, fragments: Sequence[str], ticking: Sequence[str] = (), *, ticks: bool = False
) -> None:
    """Renew ``fragments`` (by key) with the news; while ``ticks``, also ``ticking`` each second.

    A fragment of its own: news that comes while the page is being made waits until it is whole,
    where that of a widget of the page would end the page half-way.
    """
    data = {
        "path": NEWS_PATH,
        "every_ms": EVERY_MS,
        "blind_ms": int(BLIND_S * 1000),
        "tick_ms": TICK_MS if ticks else 0,
    }
    _pulse(
        key=key,
        data=data,
        on_news_change=lambda: renew(fragments),
        on_tick_change=lambda: renew(ticking),
    )


def renew(fragments: Sequence[str]) -> NoReturn:
    """Run these fragments again, from a callback; where the page lacks one, the whole page.

    A page lacks one whose run was cut off half-way: by a second run that the browser asked for,
    and that gave way to a word of news in its turn. Its news would never come otherwise.
    """
    try:
        st.rerun(list(fragments))
    except StreamlitAPIException:
        st.rerun()
