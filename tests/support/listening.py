"""For tests of live screens: the listeners that they start end with the test."""

from collections.abc import Iterator

import pytest
import streamlit as st

from components import news


@pytest.fixture(autouse=True)
def quiet_afterwards() -> Iterator[None]:
    """Nothing that was read or heard stays for the next test."""
    yield
    news.listener.clear()
    st.cache_data.clear()
