"""Plain screens in place of a page: signed out, not allowed, the database is away."""

import streamlit as st

from components.language_choice import language_of_browser
from data_access.domain.people import ROLE_NAMES, Viewer
from data_access.language import Translate, translator


def show_signed_out() -> None:
    """Say that the session has ended and where to sign in again."""
    _ = translator(language_of_browser(st.context.locale))
    st.header(_("You are signed out"), anchor=False)
    st.write(_("After thirty minutes without a touch Qala closes the session."))
    st.link_button(_("Sign in"), "/login", type="primary")


def show_refusal(viewer: Viewer, _: Translate) -> None:
    """Say that this role does not have the screen."""
    st.header(_("This screen is not yours"), anchor=False)
    role = _(ROLE_NAMES[viewer.role])
    st.write(_("Your role, {role}, does not include it. An administrator can change that.").format(role=role))
    st.page_link("pages/situation.py", label=_("To the situation"), icon=":material/map:")


def show_database_away() -> None:
    """Say that the database does not answer."""
    _ = translator(language_of_browser(st.context.locale))
    st.header(_("The database does not answer"), anchor=False)
    st.write(_("The screens come back by themselves when it does. If it lasts, tell the administrator."))
