"""Titles of a screen's sections: smaller than Streamlit's, and no anchor to click."""

from html import escape

import streamlit as st

STYLE = """<style>
h3.qala-title{font-size:1.1875rem;line-height:1.3;font-weight:600;margin:.35rem 0 0;padding:0;
color:var(--q-text)}
</style>"""


def show_title(words: str) -> None:
    """A section begins."""
    st.html(f'{STYLE}<h3 class="qala-title">{escape(words)}</h3>')
