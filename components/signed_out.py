"""Plain screens in place of a page: signed out, not allowed, the database is away."""

import streamlit as st

from components.language_choice import language_of_browser
from data_access.database import Database
from data_access.domain.people import ROLE_NAMES, Viewer
from data_access.errors import DatabaseError
from data_access.language import Translate, translator

RETRY_S = 5
"""How often a screen without a database looks whether it is back."""

LEAVE = """
export default function () {
  const here = location.pathname + location.search;
  location.assign(here === "/" ? "/login" : `/login?next=${encodeURIComponent(here)}`);
}
"""


def browser_words() -> Translate:
    """The function ``_`` for somebody whose choice is not known: by the browser's language."""
    return translator(language_of_browser(st.context.locale))


def show_signed_out() -> None:
    """Say that the session has ended, and lead to the sign-in and back to this screen."""
    _ = browser_words()
    st.header(_("You are signed out"), anchor=False)
    st.write(_("After thirty minutes without a touch Qala closes the session."))
    st.link_button(_("Sign in"), "/login", type="primary")
    st.components.v2.component("qala_leave", js=LEAVE)(key="leave")


def show_refusal(viewer: Viewer, _: Translate) -> None:
    """Say that this role does not have the screen."""
    st.header(_("This screen is not yours"), anchor=False)
    sentence = _("Your role, {role}, does not include it. An administrator can change that.")
    st.write(sentence.format(role=_(ROLE_NAMES[viewer.role])))
    st.page_link("pages/situation.py", label=_("To the situation"), icon=":material/map:")


@st.fragment(run_every=RETRY_S)
def show_database_away(database: Database) -> None:
    """Say that the database does not answer, and run the screen again when it does."""
    _ = browser_words()
    st.header(_("The database does not answer"), anchor=False)
    st.write(_("This screen comes back by itself. If it lasts, tell the administrator."))
    try:
        with database.as_sign_in():
            st.rerun()
    except DatabaseError as error:
        st.caption(error.in_words(_))
