"""The cameras on the screen of health: down first, searched, taken away as a file."""

import streamlit as st

from components.formats import number
from components.health_frames import Titles, show_frame
from components.health_reading import CAMERAS_SHOWN, FILE_ROWS, read_cameras
from components.health_table import build_cameras, camera_file_row, camera_titles
from components.health_words import STATES, state_name
from components.plain_trouble import said_plainly
from components.section_title import show_title
from components.table_files import CSV_MIME, build_csv
from components.visit import Visit
from data_access.camera_health import CameraSelection, CameraState

REFRESH_S = 10


@st.fragment(run_every=REFRESH_S)
def show_cameras(visit: Visit) -> None:
    """The cameras, those that are down first; searched, and taken away as a file."""
    _ = visit.text
    show_title(_("Cameras"))
    selection = _show_search(visit)
    with said_plainly(visit):
        _show_found(visit, read_cameras(visit, selection, CAMERAS_SHOWN + 1))


def _show_found(visit: Visit, found: list[CameraState]) -> None:
    _ = visit.text
    if not found:
        st.caption(_("No camera is like this. Take a word or a state away."))
        return
    frame = build_cameras(found[:CAMERAS_SHOWN], visit.now(), visit.language, _)
    titles: Titles = dict(camera_titles(_))
    titles["code"] = st.column_config.LinkColumn(titles["code"], display_text="#(.+)$")
    for name, step in (("fps", 0.1), ("analysed_fps", 0.1), ("latency_ms", 1)):
        titles[name] = st.column_config.NumberColumn(titles[name], format="localized", step=step)
    show_frame(frame, "health_cameras", titles, 400)
    if len(found) > CAMERAS_SHOWN:
        st.caption(
            _("The first {count}, the longest down leading. Search, or take the file.").format(
                count=number(CAMERAS_SHOWN)
            )
        )


def _show_search(visit: Visit) -> CameraSelection:
    _ = visit.text
    with st.container(horizontal=True, vertical_alignment="center", key="health_search"):
        words = st.text_input(
            _("Search"),
            key="health_words",
            placeholder=_("Name, number, place or reason"),
            label_visibility="collapsed",
            width=320,
        )
        states = st.multiselect(
            _("State"),
            STATES,
            key="health_states",
            placeholder=_("All states"),
            label_visibility="collapsed",
            format_func=lambda state: state_name(state, _),
            width=320,
        )
        selection = CameraSelection(states=tuple(states), text=words or "")
        st.download_button(
            "CSV",
            lambda: camera_file(visit, selection),
            f"cameras_{visit.now():%Y-%m-%d_%H%M}.csv",
            CSV_MIME,
            icon=":material/download:",
            on_click="ignore",
            key="health_csv",
        )
    return selection


def camera_file(visit: Visit, selection: CameraSelection) -> bytes:
    """All cameras of a selection as CSV."""
    _ = visit.text
    rows = read_cameras(visit, selection, FILE_ROWS)
    titles = list(camera_titles(_).values())
    titles[3], titles[-1] = _("Since"), _("Reported at")
    return build_csv(
        titles, (camera_file_row(row, visit.language, _) for row in rows), visit.language
    )
