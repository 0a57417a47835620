"""The newest events, each with its explanation: the list that lives while one looks."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

import streamlit as st

from components.event_words import kind_name, place_words, since, why
from components.html_parts import heading, quiet
from components.plain_trouble import said_plainly
from components.situation_reading import read_picture
from components.visit import Visit
from data_access.domain.people import LIVE_ROLES, Role
from data_access.situation import Happening

FRAGMENT = "situation_newest"
SHOWN = 12

PLATE_ROLES = LIVE_ROLES | {Role.PATROL}
"""Who reads plates in passing: those who act on them."""


def build_newest(events: Sequence[Happening], now: datetime, visit: Visit) -> str:
    """The list as HTML."""
    _ = visit.text
    head = heading(_("Newest events"))
    if not events:
        words = _("No events in the last seven days. The first one appears here by itself.")
        return head + quiet(words)
    rows = "".join(build_row(event, now, visit) for event in events[:SHOWN])
    return f'{head}<ol class="q-newest">{rows}</ol>'


def build_row(event: Happening, now: datetime, visit: Visit) -> str:
    """One event as a list item; the id lets a test know it from the others."""
    _, language = visit.text, visit.language
    name = f"<b>{escape(kind_name(event.kind, _))}</b>"
    if event.plate and visit.viewer.role in PLATE_ROLES:
        name += f' <span class="plate">{escape(event.plate)}</span>'
    return (
        f'<li data-event="{event.id}" class="{event.response}">'
        f"<span>{since(event.started_at, now, language, _)}</span>"
        f"<div>{name} · {escape(place_words(event, language))}"
        f"<p>{escape(why(event, _))}</p></div></li>"
    )


@st.fragment(key=FRAGMENT)
def show_newest(visit: Visit) -> None:
    """The list; the pulse of the page renews it."""
    with said_plainly(visit):
        st.html(build_newest(read_picture(visit).newest, visit.now(), visit))
