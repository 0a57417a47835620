"""The line at the top of every screen, as LOOK.md draws it.

The left part is a fragment that renews itself; the right part, with its menus, stands still,
so that a menu that is open stays open. Both are plain HTML: choosing a language, a theme or
to leave is a form that posts to routes/preferences.py and routes/sign_in.py.
"""

from datetime import UTC, datetime
from html import escape

import streamlit as st

from components import installation
from components.formats import clock, day, number
from components.language_choice import LANGUAGE_NAMES, LANGUAGE_SHORT
from components.visit import Visit, current_visit
from data_access.domain.people import ROLE_NAMES, Scope
from data_access.errors import DatabaseError
from data_access.headline import Headline, headline
from data_access.language import Translate

REFRESH_S = 15
"""How old the clock and the numbers of the header may become."""


def show_header(visit: Visit) -> None:
    """Show the line; where the session has ended meanwhile, the whole screen is run again."""
    with st.container(key="qala_header", horizontal=True, wrap=False, gap=None):
        _show_state(visit)
        st.html(build_choices(visit), width="content")


@st.fragment(run_every=REFRESH_S)
def _show_state(visit: Visit) -> None:
    try:
        if current_visit() is None:
            st.rerun()
        state = _read_headline(visit.database.url, visit.scope.districts)
    except DatabaseError as error:
        st.html(_line([("urgent", error.in_words(visit.text))]))
        return
    st.html(build_state(state, visit.now(), visit))


@st.cache_data(ttl=REFRESH_S / 2, max_entries=500, show_spinner=False)
def _read_headline(database_url: str, districts: frozenset[int] | None) -> Headline:
    """The numbers of the header, counted once for all who see the same districts."""
    database = installation.database_of(installation.settings())
    with database.as_viewer(Scope(viewer_id=None, districts=districts)) as tx:
        return headline(tx, datetime.now(UTC))


def build_state(state: Headline, now: datetime, visit: Visit) -> str:
    """The city, the clock, cameras, detector and the mark of demonstration data, as HTML."""
    _ = visit.text
    city = state.city.in_language(visit.language) if state.city else ""
    time = f'<time title="{escape(day(now, visit.language))}">{clock(now)}</time>'
    parts = [("city", escape(city)), ("clock", time), _cameras(state, _), _detector(state, _)]
    if state.demonstration:
        parts.append(("demonstration", escape(_("demonstration data"))))
    return _line([(kind, words) for kind, words in parts if words])


def _cameras(state: Headline, _: Translate) -> tuple[str, str]:
    counted = _("{live} of {all} cameras connected").format(
        live=f"<b>{number(state.live)}</b>", all=number(state.cameras)
    )
    return ("cameras", counted if state.cameras else escape(_("no cameras yet")))


def _detector(state: Headline, _: Translate) -> tuple[str, str]:
    if not state.detector:
        return ("waiting", escape(_("the worker does not report")))
    if state.detector == "motion":
        return ("detector", escape(_("detector: movement only, no model")))
    name = escape(state.model or state.detector)
    return ("detector", _("detector: {name}").format(name=name))


def _line(parts: list[tuple[str, str]]) -> str:
    spans = "".join(f'<span class="q-{kind}">{words}</span>' for kind, words in parts)
    return f'<div class="q-line"><a class="q-name" href="/" target="_self">Qala</a>{spans}</div>'


def build_choices(visit: Visit) -> str:
    """Language, theme, and who is signed in, as HTML."""
    return f'<div class="q-choices">{_languages(visit)}{_themes(visit)}{_person(visit)}</div>'


def _languages(visit: Visit) -> str:
    _ = visit.text
    buttons = "".join(
        f'<button name="language" value="{language}" lang="{language}"'
        f"{_current(language is visit.language)}>{own_name}</button>"
        for language, own_name in LANGUAGE_NAMES.items()
    )
    form = f'<form method="post" action="/preferences">{buttons}</form>'
    return _menu("language", LANGUAGE_SHORT[visit.language], _("Language"), form)


def _themes(visit: Visit) -> str:
    _ = visit.text
    other, sign = ("light", "☾") if visit.theme == "dark" else ("dark", "☀")
    words = _("Light theme") if other == "light" else _("Dark theme")
    return (
        '<form method="post" action="/preferences">'
        f'<button class="q-choice" name="theme" value="{other}" title="{escape(words)}"'
        f' aria-label="{escape(words)}">{sign}</button></form>'
    )


def _person(visit: Visit) -> str:
    _ = visit.text
    leave = escape(_("Sign out"))
    inside = (
        f"<p><b>{escape(visit.viewer.name)}</b><br>{escape(_reach(visit))}</p>"
        f'<form method="post" action="/logout"><button>{leave}</button></form>'
    )
    return _menu("person", _(ROLE_NAMES[visit.viewer.role]), _("Who is signed in"), inside)


def _reach(visit: Visit) -> str:
    """How much of the city the viewer sees, in words."""
    _ = visit.text
    districts = visit.scope.districts
    if districts is None:
        return _("The whole city")
    return _("Districts: {count}").format(count=number(len(districts)))


def _menu(name: str, label: str, title: str, inside: str) -> str:
    return (
        f'<button class="q-choice" type="button" popovertarget="q-menu-{name}"'
        f' title="{escape(title)}" aria-label="{escape(f"{title}: {label}")}">'
        f"{escape(label)}</button>"
        f'<div class="q-menu" id="q-menu-{name}" popover>{inside}</div>'
    )


def _current(is_it: bool) -> str:
    return ' aria-current="true"' if is_it else ""
