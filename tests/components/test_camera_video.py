"""The player of the Camera screen: what it runs again while it connects."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit_webrtc.webrtc import SignallingTimeoutError

from components import camera_video


class Video:
    def __init__(self) -> None:
        self.begun = 0

    def begin(self) -> None:
        self.begun += 1


def a_page() -> None:
    import streamlit as st

    from components.camera_video import FRAGMENT, show_video
    from components.news import renew
    from tests.support.visits import a_visit

    st.session_state["pages"] = st.session_state.get("pages", 0) + 1
    show_video(a_visit(), 1)
    st.button("offer", on_click=lambda: renew([FRAGMENT]))


def player(*_: object) -> None:
    """As the library's: where the answer to an offer is there, everything is asked to run again."""
    runs = st.session_state["players"] = st.session_state.get("players", 0) + 1
    if runs == 2:
        st.rerun()


def late_player(*_: object) -> None:
    """As the library's on a machine that is too busy to answer the first two times."""
    runs = st.session_state["players"] = st.session_state.get("players", 0) + 1
    if runs in (2, 3):
        raise SignallingTimeoutError


def test_an_offer_that_a_busy_machine_did_not_answer_in_time_is_answered_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(camera_video, "_show_player", late_player)
    monkeypatch.setattr(camera_video, "camera_video", lambda *_: Video())
    page = AppTest.from_function(a_page).run()
    page.button[0].click().run()
    assert not page.exception
    assert (page.session_state["players"], page.session_state["pages"]) == (4, 1)


def test_the_answer_to_the_browser_runs_the_player_again_and_not_the_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    video = Video()
    monkeypatch.setattr(camera_video, "_show_player", player)
    monkeypatch.setattr(camera_video, "camera_video", lambda *_: video)
    page = AppTest.from_function(a_page).run()
    page.button[0].click().run()
    assert not page.exception
    assert page.session_state["players"] == 3, "with the page, with the offer, with the answer"
    assert page.session_state["pages"] == 1
    assert video.begun == 3, "pictures are asked for before the browser has connected"
