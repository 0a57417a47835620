"""What needs you, ranked: one card each, the first thing to do at the top."""

from datetime import datetime, timedelta
from html import escape

import streamlit as st

from components.event_words import kind_name, place_words, since, waits, why
from components.formats import ago, number
from components.html_parts import heading, quiet
from components.keyboard import show_keyboard
from components.map_look import sign_image
from components.news import note_own
from components.plain_trouble import said_plainly
from components.situation_reading import Picture, read_picture
from components.situation_state import show_on_map
from components.visit import Visit
from data_access import incidents
from data_access.domain.events import STATE_NAMES, Response
from data_access.domain.people import Role
from data_access.domain.words import N_
from data_access.incidents import RESPONDERS, IncidentRefused
from data_access.situation import SOS_KIND, Happening

FRAGMENT = "situation_queue"
CHOSEN = "queue_chosen"
STEPS = {"next": 1, "previous": -1}
SHOWN = 6

ACTING = RESPONDERS | {Role.PATROL}
"""Those whom an open incident waits for."""

OVERDUE = timedelta(minutes=15)
"""An incident that nobody has taken on for so long needs someone now, whatever its kind.
A starting value of this program, from no regulation."""

OTHERS_ACT = N_("Open incidents")
"""The heading for a role that looks and does not act."""

HEADINGS = {
    Response.INCIDENT: N_("What needs you"),
    Response.WORK_ORDER: N_("Work orders by deadline"),
}
NOTHING = {
    Response.INCIDENT: N_("No open incidents. New ones appear here by themselves."),
    Response.WORK_ORDER: N_("No open work orders. New ones appear here by themselves."),
}


def urgency(event: Happening, now: datetime) -> str:
    """The sign of an event: urgent, waiting, handled, or order for municipal services."""
    if event.response is Response.WORK_ORDER:
        late = event.deadline_at is not None and event.deadline_at < now
        return "waiting" if late else "order"
    if not event.untouched:
        return "handled"
    return "urgent" if event.urgent or now - event.started_at > OVERDUE else "waiting"


def build_card(event: Happening, now: datetime, visit: Visit, *, chosen: bool = False) -> str:
    """One card of the queue as HTML; ``chosen`` is where the keyboard stands."""
    _, language = visit.text, visit.language
    sign = "sos_pressed" if event.kind == SOS_KIND and event.untouched else urgency(event, now)
    parts = [_since(event, now, visit)]
    if event.camera_code:
        parts.append(escape(_("camera {code}").format(code=event.camera_code)))
    parts.append(escape(event.district.in_language(language)))
    if not event.untouched:
        parts.append(escape(_(STATE_NAMES[event.state])))
    marks = f"q-card {sign} chosen" if chosen else f"q-card {sign}"
    return (
        f'<div class="{marks}">{sign_image(visit.theme, sign, 22)}<div>'
        f"<b>{escape(kind_name(event.kind, _))} · {escape(place_words(event, language))}</b>"
        f'<p>{" · ".join(parts)}</p><p class="why">{escape(why(event, _))}</p></div></div>'
    )


def _since(event: Happening, now: datetime, visit: Visit) -> str:
    _ = visit.text
    if event.deadline_at is not None:
        late = event.deadline_at < now
        words = ago(event.deadline_at, now, _) if late else _left(event.deadline_at, now, visit)
        return escape((_("deadline passed {ago}") if late else "{ago}").format(ago=words))
    if event.kind == SOS_KIND and event.untouched:
        return waits(event.started_at, now, visit.language)
    return since(event.started_at, now, visit.language, _)


def _left(deadline_at: datetime, now: datetime, visit: Visit) -> str:
    _ = visit.text
    hours = int((deadline_at - now) / timedelta(hours=1))
    if hours < 48:
        return _("{hours} h left").format(hours=hours)
    return _("{days} d left").format(days=hours // 24)


@st.fragment(key=FRAGMENT)
def show_queue(visit: Visit) -> None:
    """The queue; the pulse of the page renews it."""
    with said_plainly(visit):
        picture = read_picture(visit)
        _show_heading(picture, visit)
        refusal = st.session_state.pop("queue_refusal", None)
        if refusal:
            st.warning(refusal)
        now = visit.now()
        acts = visit.viewer.role in RESPONDERS and picture.response is Response.INCIDENT
        shown = picture.queue[:SHOWN]
        chosen = chosen_place(shown) if acts else None
        for place, event in enumerate(shown):
            _show_card(event, now, visit, acts=acts, chosen=place == chosen)
        _show_rest(picture, visit)
        if chosen is not None:
            _listen(visit, shown, chosen)


def chosen_place(shown: list[Happening]) -> int | None:
    """Where the keyboard stands: at the first card until somebody moves on; None without any."""
    ids = [event.id for event in shown]
    wanted = st.session_state.get(CHOSEN)
    return (ids.index(wanted) if wanted in ids else 0) if ids else None


def _listen(visit: Visit, shown: list[Happening], chosen: int) -> None:
    def act(word: str) -> None:
        if word == "take":
            if shown[chosen].untouched:
                take_on(visit, shown[chosen])
            return
        place = min(max(chosen + STEPS[word], 0), len(shown) - 1)
        st.session_state[CHOSEN] = shown[place].id

    show_keyboard("situation_keys", {"KeyJ": "next", "KeyK": "previous", "KeyA": "take"}, act)


def _show_heading(picture: Picture, visit: Visit) -> None:
    _ = visit.text
    looks_on = picture.response is Response.INCIDENT and visit.viewer.role not in ACTING
    words = OTHERS_ACT if looks_on else HEADINGS[picture.response]
    st.html(heading(_(words), number(picture.waiting.count)))
    if not picture.queue:
        st.html(quiet(_(NOTHING[picture.response])))


def _show_card(event: Happening, now: datetime, visit: Visit, *, acts: bool, chosen: bool) -> None:
    _ = visit.text
    with st.container(key=f"queue_{event.id}", horizontal=True, vertical_alignment="center"):
        st.html(build_card(event, now, visit, chosen=chosen))
        with st.container(width="content", horizontal_alignment="right", gap="xxsmall"):
            if acts and event.untouched:
                st.button(
                    _("Acknowledge"), key=f"take_{event.id}", on_click=take_on, args=(visit, event),
                    type="primary" if chosen else "secondary", shortcut="a" if chosen else None,
                )  # fmt: skip
            if event.longitude is not None:
                st.button(
                    _("To the map"), key=f"place_{event.id}", type="tertiary",
                    on_click=show_on_map, args=(event,),
                )  # fmt: skip


def take_on(visit: Visit, event: Happening) -> None:
    """Acknowledge an incident; a refusal is shown above the queue."""
    try:
        with visit.database.as_viewer(visit.scope) as tx:
            incidents.acknowledge(tx, visit.viewer, event.id, event.started_at, visit.now())
        note_own(visit.database)
    except IncidentRefused as refusal:
        st.session_state["queue_refusal"] = refusal.in_words(visit.text)


def _show_rest(picture: Picture, visit: Visit) -> None:
    _ = visit.text
    lines = []
    more = picture.waiting.count - SHOWN
    if more > 0:
        lines.append(_("And more: {count}").format(count=number(more)))
    violations = picture.violations
    if picture.response is Response.INCIDENT and violations.count:
        words = _("Violations awaiting review: {count}").format(count=number(violations.count))
        lines.append(words)
    if lines:
        st.html(quiet(" · ".join(lines)))
