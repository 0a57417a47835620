"""The sections of the screen of health; each says what it means when it is empty."""

import pandas as pd
import streamlit as st

from components.figures import KeyFigure, show_figures
from components.formats import number, percent
from components.health_reading import (
    CAMERAS_SHOWN,
    FILE_ROWS,
    HealthPicture,
    read_cameras,
    read_health,
)
from components.health_table import (
    build_cameras,
    build_districts,
    build_freshness,
    build_outages,
    build_sites,
    build_storage,
    build_workers,
    camera_file_row,
    camera_titles,
)
from components.health_words import (
    STATES,
    detector_words,
    sentences,
    size_words,
    state_name,
    without_model,
)
from components.table_files import CSV_MIME, build_csv
from components.visit import Visit
from data_access.camera_health import NEVER, CameraSelection
from data_access.feed_status import DOWN

REFRESH_S = 10
LOW_DISK_SHARE = 0.1
"""Below a tenth free, clips are about to stop."""


def health_figures(picture: HealthPicture, visit: Visit) -> list[KeyFigure]:
    """Cameras live, down, unheard; what waits in the outboxes; room for evidence."""
    _ = visit.text
    states = picture.states
    on = sum(states.values()) - states.get("off", 0)
    live, down = states.get("live", 0), sum(states.get(str(state), 0) for state in DOWN)
    waiting = sum(worker.outbox_waiting for worker in picture.working)
    return [
        KeyFigure(
            _("Cameras live"),
            number(live),
            note=_("{share} of {all} switched on").format(
                share=percent(live / on if on else 0, 1, visit.language), all=number(on)
            ),
        ),
        KeyFigure(
            _("Cameras down"),
            number(down),
            note=_("Switched off: {off}. Not heard of: {never}").format(
                off=number(states.get("off", 0)), never=number(states.get(NEVER, 0))
            ),
            mark="waiting" if down else "",
        ),
        KeyFigure(
            _("Waiting in the outbox"),
            number(waiting),
            note=_("Found and not yet in the database"),
            mark="waiting" if waiting > 1000 else "",
        ),
        _disk_figure(picture, visit),
    ]


def _disk_figure(picture: HealthPicture, visit: Visit) -> KeyFigure:
    _ = visit.text
    label = _("Free for evidence")
    if picture.disk is None:
        return KeyFigure(label, "—", note=_("The media folder is not on this machine"))
    share = picture.disk.free_bytes / picture.disk.total_bytes
    return KeyFigure(
        label,
        size_words(picture.disk.free_bytes, visit.language, _),
        note=_("{share} of the disk. Database: {size}").format(
            share=percent(share, 0, visit.language),
            size=size_words(picture.database_bytes, visit.language, _),
        ),
        mark="urgent" if share < LOW_DISK_SHARE else "",
    )


def show_detector(picture: HealthPicture, visit: Visit) -> None:
    """Who looks at the pictures, and a plain warning where it is nobody or only movement."""
    _ = visit.text
    if not picture.working:
        st.error(
            _(
                "No worker reports: nothing is detected and nothing is recorded. Start it with "
                "“./qala worker” and look into its log if it does not stay."
            )
        )
        return
    names = sorted({detector_words(worker, _) for worker in picture.working})
    st.caption(_("At work: {detectors}").format(detectors=", ".join(names)))
    if without_model(picture.working):
        st.warning(
            _(
                "The detector works without a model: it sees that something moves and tells "
                "person-like from vehicle-like by its shape, no more. Classes, plates and "
                "crowds need a model: add one with “./qala models add FILE”."
            )
        )
    for worker in picture.working:
        for sentence in sentences(worker.message, _):
            st.warning(f"{worker.name}: {sentence}")


@st.fragment(run_every=REFRESH_S)
def show_health(visit: Visit) -> None:
    """Everything but the list of cameras, renewed by itself."""
    _ = visit.text
    picture = read_health(visit)
    show_figures(health_figures(picture, visit))
    show_detector(picture, visit)
    left, right = st.columns(2, gap="medium")
    with left:
        _show_districts(picture, visit)
        _show_outages(picture, visit)
    with right:
        _show_sites(picture, visit)
        _show_machine(picture, visit)


def _show(frame: pd.DataFrame, key: str, titles: dict[str, object], height: int | None) -> None:
    st.dataframe(
        frame,
        key=key,
        hide_index=True,
        column_config=titles,
        height="content" if height is None else height,
    )


def _height(rows: int, most: int) -> int | None:
    """A fixed height for a long table, so that nothing below it moves when it grows."""
    return 38 + 35 * most if rows > most else None


def _show_districts(picture: HealthPicture, visit: Visit) -> None:
    _ = visit.text
    st.subheader(_("By district"), anchor=False)
    frame = build_districts(picture.districts, visit.language)
    if frame.empty:
        st.caption(
            _("There are no districts yet. Import cameras with “./qala cameras import FILE”.")
        )
        return
    titles: dict[str, object] = {
        "district": _("District"),
        "share": st.column_config.ProgressColumn(
            _("Live"), format="%.1f%%", min_value=0, max_value=100
        ),
        "down": _("Down"),
        "never": _("Not heard of"),
        "switched_off": _("Switched off"),
        "cameras": _("Cameras"),
    }
    _show(frame, "health_districts", titles, _height(len(frame), 8))


def _show_sites(picture: HealthPicture, visit: Visit) -> None:
    _ = visit.text
    st.subheader(_("Places with most cameras down"), anchor=False)
    frame = build_sites(picture.sites, visit.language, _)
    if frame.empty:
        st.caption(_("Nowhere: every camera that is switched on gives a picture."))
        return
    titles: dict[str, object] = {
        "site": _("Place"),
        "district": _("District"),
        "down": _("Down"),
    }
    _show(frame, "health_sites", titles, _height(len(frame), 8))


def _show_outages(picture: HealthPicture, visit: Visit) -> None:
    _ = visit.text
    st.subheader(_("Outages of the last 24 hours"), anchor=False)
    frame = build_outages(picture.outages, picture.at, visit.language, _)
    if frame.empty:
        st.caption(_("There were none."))
        return
    titles: dict[str, object] = {
        "started": _("Began"),
        "ended": _("Ended"),
        "lasted": _("Lasted"),
        "state": _("State"),
        "camera": _("Number"),
        "name": _("Camera"),
        "district": _("District"),
        "reason": _("Reason"),
    }
    _show(frame, "health_outages", titles, _height(len(frame), 8))


def _show_machine(picture: HealthPicture, visit: Visit) -> None:
    _ = visit.text
    st.subheader(_("Workers"), anchor=False)
    workers = build_workers(picture, _)
    if workers.empty:
        st.caption(_("No worker has ever reported."))
    else:
        titles: dict[str, object] = {
            "worker": _("Worker"),
            "state": _("State"),
            "detector": _("Detector"),
            "cameras": _("Cameras"),
            "inference_ms": st.column_config.NumberColumn(_("Inference, ms"), format="%.1f"),
            "outbox": _("Waiting"),
            "reported": _("Reported"),
            "runs": _("Runs for"),
        }
        _show(workers, "health_workers", titles, None)
    left, right = st.columns(2, gap="medium")
    with left:
        st.subheader(_("Storage"), anchor=False)
        storage = build_storage(picture, visit.language, _)
        names: dict[str, object] = {
            "table": _("Table"),
            "size": _("Size"),
            "months": _("Months"),
            "ahead": _("Made ahead"),
        }
        _show(storage, "health_storage", names, None)
    with right:
        st.subheader(_("Freshness"), anchor=False)
        fresh = build_freshness(picture, visit.language, _)
        _show(fresh, "health_fresh", {"figure": _("Figure"), "newest": _("Newest")}, None)


@st.fragment(run_every=REFRESH_S)
def show_cameras(visit: Visit) -> None:
    """The cameras, those that are down first; searched, and taken away as a file."""
    _ = visit.text
    st.subheader(_("Cameras"), anchor=False)
    selection = _show_search(visit)
    found = read_cameras(visit, selection, CAMERAS_SHOWN + 1)
    if not found:
        st.caption(_("No camera is like this. Take a word or a state away."))
        return
    shown = found[:CAMERAS_SHOWN]
    frame = build_cameras(shown, visit.now(), visit.language, _)
    titles: dict[str, object] = dict(camera_titles(_))
    for name, form in (("fps", "%.1f"), ("analysed_fps", "%.1f"), ("latency_ms", "%.0f")):
        titles[name] = st.column_config.NumberColumn(str(titles[name]), format=form)
    _show(frame, "health_cameras", titles, 480)
    if len(found) > CAMERAS_SHOWN:
        st.caption(
            _("The first {count}, the longest down leading. Search, or take the file.").format(
                count=number(CAMERAS_SHOWN)
            )
        )


def _show_search(visit: Visit) -> CameraSelection:
    _ = visit.text
    with st.container(horizontal=True, vertical_alignment="bottom", key="health_search"):
        words = st.text_input(
            _("Search"),
            key="health_words",
            placeholder=_("Name, number, place or reason"),
            width=320,
        )
        states = st.multiselect(
            _("State"),
            STATES,
            key="health_states",
            placeholder=_("All states"),
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
