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
