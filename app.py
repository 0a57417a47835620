"""Who is looking, which pages they have, the navigation between them, and the page itself."""

from pathlib import Path

import streamlit as st

from components.header import show_header
from components.screens import PAGES
from components.visit import Visit, signed_in

__all__ = ["PAGES"]

ICON = Path(__file__).resolve().parent / "static" / "qala.png"
"""A file of ours: a Material icon in the browser's tab would be fetched from outside."""


def page_list(visit: Visit) -> list[st.Page]:
    """All screens by role; one that is not the viewer's is hidden, and refuses by itself."""
    return [
        st.Page(
            f"pages/{screen.file}",
            title=visit.text(screen.title),
            icon=screen.icon,
            url_path=page_id,
            visibility="visible" if visit.viewer.role in screen.roles else "hidden",
        )
        for page_id, screen in PAGES.items()
    ]


def main() -> None:
    """Run the screen that the address names."""
    st.set_page_config("Qala", ICON, "wide")
    visit = signed_in()
    page = st.navigation(page_list(visit))
    st.set_page_config(f"{page.title} · Qala")
    show_header(visit)
    page.run()


main()
