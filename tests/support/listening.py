"""For tests of live screens: the listeners that they start end with the test."""

from collections.abc import Iterator

import pytest
import streamlit as st

from data_access.shared_listener import stop_listeners


@pytest.fixture(autouse=True)
def quiet_afterwards() -> Iterator[None]:
    """Nothing that was read or heard stays for the next test."""
    yield
    stop_listeners()
    st.cache_data.clear()
