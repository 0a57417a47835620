"""Choices that stand in a page's address, so that a view can be sent to a colleague.

Codes stand there, never words of a language: the colleague may read another one.
"""

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

Option = TypeVar("Option")


def begin_with(key: str, options: Sequence[Option], otherwise: Option) -> None:
    """Before the widget ``key``: its first value is the address's, where that is an option."""
    if key in st.session_state:
        return
    asked = st.query_params.get(key)
    found = next((option for option in options if str(option) == asked), otherwise)
    st.session_state[key] = found


def begin_with_text(key: str, longest: int = 80) -> None:
    """As ``begin_with``, for a text field."""
    if key not in st.session_state:
        st.session_state[key] = st.query_params.get(key, "")[:longest]


def keep_in_address(key: str, value: object, otherwise: object) -> None:
    """After the widget: put its value into the address, or take it out where it says nothing."""
    if value is None or value == otherwise:
        st.query_params.pop(key, None)
    elif st.query_params.get(key) != str(value):
        st.query_params[key] = str(value)
