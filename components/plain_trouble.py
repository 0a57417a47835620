"""A live part of a screen says in a sentence what it cannot show, and tries again."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from components.visit import Visit
from data_access.errors import DatabaseError


@contextmanager
def said_plainly(visit: Visit) -> Iterator[None]:
    """Show the sentence of a ``DatabaseError`` in place of what the ``with`` would show."""
    try:
        yield
    except DatabaseError as error:
        st.warning(error.in_words(visit.text))
