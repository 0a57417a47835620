"""The sections of the settings, one at a time; the address says which."""

from collections.abc import Callable

import streamlit as st

from components.address import begin_with, keep_in_address
from components.plain_trouble import said_plainly
from components.retention_view import show_retention
from components.rule_checks_view import show_rule_checks
from components.sections_view import show_sections
from components.visit import Visit

SECTION = "section"
SECTIONS: dict[str, Callable[[Visit], None]] = {
    "rules": show_rule_checks,
    "evidence": show_retention,
    "sections": show_sections,
}


def show_chosen(visit: Visit) -> None:
    """The choice of a section, and what it shows."""
    _ = visit.text
    names = {
        "rules": _("Trust in rules"),
        "evidence": _("Days of evidence"),
        "sections": _("Linear sections"),
    }
    begin_with(SECTION, tuple(SECTIONS), "rules")
    chosen = st.segmented_control(
        _("Settings"), tuple(SECTIONS), required=True, key=SECTION,
        format_func=lambda one: names[one], label_visibility="collapsed",
    )  # fmt: skip
    keep_in_address(SECTION, chosen, "rules")
    with said_plainly(visit):
        SECTIONS[chosen or "rules"](visit)
