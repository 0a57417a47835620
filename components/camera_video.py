"""The camera's video on the screen: WebRTC from the app itself, no outside server asked."""

from html import escape

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException, get_script_run_ctx
from streamlit_webrtc import WebRtcMode, create_video_source_track, webrtc_streamer
from streamlit_webrtc.webrtc import SignallingTimeoutError

from components.live_video import FPS, WIDTH_PX, LiveVideo
from components.visit import Visit
from data_access.keys import installation_key
from data_access.language import Translate

FRAGMENT = "camera_video"
TROUBLE_S = 2.0
KEPT = 64
"""Videos kept ready in this process; one that nobody looks at pulls nothing."""

NO_SERVERS: dict[str, list[str]] = {"iceServers": []}
"""Nobody outside is asked how to connect: browser and app stand in one network."""


@st.cache_resource(show_spinner=False, max_entries=KEPT, on_release=LiveVideo.stop)
def video_of(worker_url: str, _key: str, camera_id: int) -> LiveVideo:
    """The video of one camera, shared by all who look at it."""
    wishes = f"boxes=1&fps={FPS}&width={WIDTH_PX}"
    address = f"{worker_url.rstrip('/')}/live/{camera_id}.mjpeg?{wishes}"
    return LiveVideo(address, {"X-Qala-Key": _key})


def camera_video(visit: Visit, camera_id: int) -> LiveVideo:
    """The video of a camera that the viewer may see."""
    settings = visit.settings
    key = settings.worker_key or installation_key(settings.home, "worker")
    return video_of(settings.worker_url, key, camera_id)


@st.fragment(key=FRAGMENT)
def show_video(visit: Visit, camera_id: int) -> None:
    """The player; while it connects it is run again by itself, not the page around it."""
    video = camera_video(visit, camera_id)
    video.begin()
    try:
        _show_player(video, camera_id, visit.text)
    except RerunException:
        # It asks for the whole page to hand its answer to the browser; a second or two of work.
        if in_fragment_run():
            st.rerun(scope="fragment")
        raise
    except SignallingTimeoutError:
        # The library gives a busy machine ten seconds for its answer; the browser's offer stands
        # for as long as the screen is open, and would wait for ever.
        st.rerun(scope="fragment" if in_fragment_run() else "app")


def in_fragment_run() -> bool:
    """Whether a fragment alone is run now, rather than the page with its fragments."""
    context = get_script_run_ctx()
    return context is not None and bool(context.fragment_ids_this_run)


def _show_player(video: LiveVideo, camera_id: int, _: Translate) -> None:
    name = f"video_{camera_id}"
    track = create_video_source_track(video.frame, key=f"{name}_track", fps=FPS)
    webrtc_streamer(
        key=name,
        mode=WebRtcMode.RECVONLY,
        source_video_track=track,
        rtc_configuration=NO_SERVERS,
        media_stream_constraints={"video": True, "audio": False},
        desired_playing_state=True,
        media_toggle_controls=False,
        sendback_audio=False,
        video_html_attrs={
            "autoPlay": True,
            "muted": True,
            "controls": False,
            "style": {"width": "100%", "background": "#05080a"},
        },
        translations={"start": _("Play"), "stop": _("Pause")},
    )


@st.fragment(run_every=TROUBLE_S)
def show_trouble(visit: Visit, camera_id: int) -> None:
    """Why there is no picture, in a sentence, for as long as there is none."""
    trouble = camera_video(visit, camera_id).trouble
    if trouble:
        st.html(build_trouble(trouble, visit.text))


def build_trouble(trouble: str, _: Translate) -> str:
    """The sentence as HTML."""
    return f'<p class="q-trouble" role="status">{escape(_(trouble))}</p>'
