"""The pulse that renews screens."""

import pytest
from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState
from streamlit.testing.v1 import AppTest

from components import news


def a_page() -> None:
    from components.news import show_pulse

    show_pulse("pulse", ["queue"])


def test_news_that_comes_while_a_page_is_made_does_not_end_it_half_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What a widget of a fragment asks for waits for the run of the page; else it replaces it."""
    fragments: list[str | None] = []
    monkeypatch.setattr(news, "_pulse", lambda **_: fragments.append(ThreadState.get().fragment_id))
    AppTest.from_function(a_page).run()
    assert len(fragments) == 1
    assert fragments[0]


def half_made_page() -> None:
    import streamlit as st

    from components.news import renew

    st.session_state["runs"] = st.session_state.get("runs", 0) + 1

    @st.fragment(key="queue")
    def show_queue() -> None:
        st.write("queue")

    if st.session_state["runs"] > 1:  # its first run was cut off before this
        show_queue()
    st.button("news", on_click=lambda: renew(["queue"]))


def test_news_makes_a_page_whole_that_was_cut_off_half_way() -> None:
    page = AppTest.from_function(half_made_page).run()
    assert [found.value for found in page.markdown] == []
    page.button[0].click().run()
    assert not page.exception
    assert [found.value for found in page.markdown] == ["queue"]


def test_news_runs_the_fragments_of_a_whole_page_alone() -> None:
    page = AppTest.from_function(half_made_page).run()
    page.button[0].click().run()
    runs = page.session_state["runs"]
    page.button[0].click().run()
    assert page.session_state["runs"] == runs
