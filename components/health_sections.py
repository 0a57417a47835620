"""The sections of the screen of health; each says what it means when it is empty."""

import streamlit as st

from components.figures import KeyFigure, show_figures
from components.formats import number, percent
from components.health_frames import Titles, long_height, show_frame
from components.health_reading import (
    HealthPicture,
    read_health,
)
from components.health_table import (
    build_districts,
    build_freshness,
    build_outages,
    build_sites,
    build_storage,
    build_workers,
)
from components.health_words import (
    detector_words,
    sentences,
    size_words,
    without_model,
)
from components.plain_trouble import said_plainly
from components.section_title import show_title
from components.side_by_side import side_by_side
from components.visit import Visit
from data_access.camera_health import NEVER
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
    alone = len(picture.working) == 1
    for worker in picture.working:
        for sentence in sentences(worker.message, _):
            st.warning(sentence if alone else f"{worker.name}: {sentence}")


@st.fragment(run_every=REFRESH_S)
def show_summary(visit: Visit) -> None:
    """The figures and the detector, renewed by themselves."""
    with said_plainly(visit):
        picture = read_health(visit.database, visit.scope, visit.settings.media_dir)
        show_figures(health_figures(picture, visit))
        show_detector(picture, visit)


@st.fragment(run_every=REFRESH_S)
def show_rest(visit: Visit) -> None:
    """Districts, sites, outages, workers and storage, renewed by themselves."""
    with said_plainly(visit):
        picture = read_health(visit.database, visit.scope, visit.settings.media_dir)
        left, right = side_by_side("health_places")
        with left:
            _show_districts(picture, visit)
            _show_outages(picture, visit)
        with right:
            _show_sites(picture, visit)
            _show_machine(picture, visit)


def _show_districts(picture: HealthPicture, visit: Visit) -> None:
    _ = visit.text
    show_title(_("By district"))
    frame = build_districts(picture.districts, visit.language)
    if frame.empty:
        st.caption(
            _("There are no districts yet. Import cameras with “./qala cameras import FILE”.")
        )
        return
    titles: Titles = {
        "district": _("District"),
        "share": st.column_config.ProgressColumn(
            _("Live, %"), format="localized", step=0.1, min_value=0, max_value=100, width=96
        ),
        "down": _("Down"),
        "never": _("Not heard of"),
        "switched_off": _("Switched off"),
        "cameras": _("Cameras"),
    }
    show_frame(frame, "health_districts", titles, long_height(len(frame), 8))


def _show_sites(picture: HealthPicture, visit: Visit) -> None:
    _ = visit.text
    show_title(_("Places with most cameras down"))
    frame = build_sites(picture.sites, visit.language, _)
    if frame.empty:
        st.caption(_("Nowhere: every camera that is switched on gives a picture."))
        return
    titles: Titles = {
        "site": _("Place"),
        "district": _("District"),
        "down": _("Down"),
    }
    show_frame(frame, "health_sites", titles, long_height(len(frame), 8))


def _show_outages(picture: HealthPicture, visit: Visit) -> None:
    _ = visit.text
    show_title(_("Outages of the last 24 hours"))
    frame = build_outages(picture.outages, picture.at, visit.language, _)
    if frame.empty:
        st.caption(_("There were none."))
        return
    titles: Titles = {
        "started": _("Began"),
        "ended": _("Ended"),
        "lasted": _("Lasted"),
        "state": _("State"),
        "camera": _("Number"),
        "name": _("Camera"),
        "district": _("District"),
        "reason": _("Reason"),
    }
    show_frame(frame, "health_outages", titles, long_height(len(frame), 8))


def _show_machine(picture: HealthPicture, visit: Visit) -> None:
    _ = visit.text
    show_title(_("Workers"))
    workers = build_workers(picture, _)
    if workers.empty:
        st.caption(_("No worker has ever reported."))
    else:
        titles: Titles = {
            "worker": _("Worker"),
            "state": _("State"),
            "detector": _("Detector"),
            "cameras": _("Cameras"),
            "inference_ms": st.column_config.NumberColumn(
                _("Inference, ms"), format="localized", step=0.1
            ),
            "outbox": _("Waiting"),
            "reported": _("Reported"),
            "runs": _("Runs for"),
        }
        show_frame(workers, "health_workers", titles, None)
    left, right = side_by_side("health_machine")
    with left:
        show_title(_("Storage"))
        storage = build_storage(picture, visit.language, _)
        names: Titles = {
            "table": _("Table"),
            "size": _("Size"),
            "months": _("Months"),
            "ahead": _("Made ahead"),
        }
        show_frame(storage, "health_storage", names, None)
    with right:
        show_title(_("Freshness"))
        fresh = build_freshness(picture, visit.language, _)
        show_frame(fresh, "health_fresh", {"figure": _("Figure"), "newest": _("Newest")}, None)
