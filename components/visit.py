"""Who is looking: the first statement of every screen is ``visit = enter("page id")``."""

from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from components import installation
from components.screens import PAGES
from components.signed_out import show_database_away, show_refusal, show_signed_out
from data_access.database import Database
from data_access.domain.people import SESSION_COOKIE, Scope, Viewer
from data_access.domain.words import Language
from data_access.errors import DatabaseError
from data_access.language import Translate, translator
from data_access.settings import Settings
from data_access.viewers import viewer_of


@dataclass(frozen=True, slots=True)
class Visit:
    """One person looking at one screen: what a page needs to know about them."""

    viewer: Viewer
    database: Database
    settings: Settings

    @property
    def scope(self) -> Scope:
        """What the database shows this viewer."""
        return self.viewer.scope

    @property
    def language(self) -> Language:
        """The language the viewer has chosen."""
        return Language(self.viewer.language)

    @property
    def theme(self) -> str:
        """``dark`` or ``light``, as the viewer has chosen."""
        return self.viewer.theme

    @property
    def text(self) -> Translate:
        """The function ``_`` that gives a text in the viewer's language."""
        return translator(self.language)

    def now(self) -> datetime:
        """The time, aware UTC; every "ago" of one picture should come from one call."""
        return datetime.now(UTC)


def session_token() -> str | None:
    """The token in the browser's session cookie, as Streamlit saw it when it connected."""
    return st.context.cookies.get(SESSION_COOKIE)


def current_visit() -> Visit | None:
    """The visit of whoever is signed in; ``None`` when nobody is, or no longer."""
    settings = installation.settings()
    database = installation.database_of(settings)
    token = session_token()
    viewer = _viewer(database, token) if token else None
    return Visit(viewer, database, settings) if viewer else None


def _viewer(database: Database, token: str) -> Viewer | None:
    """Not a sign of life: that is what static/qala.js reports when the viewer's hand moves."""
    return viewer_of(database, token, datetime.now(UTC), active=False)


def signed_in() -> Visit:
    """The visit of whoever is signed in; otherwise says so in place of the screen and stops."""
    try:
        visit = current_visit()
    except DatabaseError:
        show_database_away(installation.database_of(installation.settings()))
        st.stop()
    if visit is None:
        show_signed_out()
        st.stop()
    return visit


def enter(page_id: str) -> Visit:
    """Let the viewer into a screen, or show a plain sentence and stop.

    It is called by the page itself, not only by app.py, because Streamlit runs a page's
    file at its direct address even before any session has announced the navigation.
    """
    visit = signed_in()
    if visit.viewer.role not in PAGES[page_id].roles:
        show_refusal(visit.viewer, visit.text)
        st.stop()
    return visit
