"""What became of a press, said once after the screen has run again."""

from collections.abc import Callable, Iterable

import streamlit as st

from components.plain_text import escaped
from components.visit import Visit
from data_access.errors import DataAccessError


def do(visit: Visit, key: str, act: Callable[[], str]) -> bool:
    """Do what was pressed; its word of success, or the refusal, waits under ``key``."""
    try:
        st.session_state[key] = ("done", act())
    except DataAccessError as error:
        refuse(key, error.in_words(visit.text))
        return False
    return True


def refuse(key: str, words: str) -> None:
    """Let these words of refusal wait under ``key``."""
    st.session_state[key] = ("refused", words)


def refuse_each(key: str, sentences: Iterable[str]) -> None:
    """As ``refuse``, for plain sentences, each on a line of its own."""
    refuse(key, "  \n".join(escaped(sentence) for sentence in sentences))


def say(key: str) -> None:
    """Say it, once."""
    outcome, words = st.session_state.pop(key, ("", ""))
    if outcome == "done":
        st.success(words, icon=":material/check:")
    elif outcome == "refused":
        st.warning(words)
