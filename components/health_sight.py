"""Cameras that give pictures which are no good: what is wrong, since when, and the proof."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

import pandas as pd
import streamlit as st

from components.camera_words import camera_address
from components.health_frames import Titles, long_height, show_frame
from components.health_reading import read_poor_sights
from components.health_words import span_words
from components.plain_trouble import said_plainly
from components.section_title import show_title
from components.visit import Visit
from data_access.camera_sights import PoorSight
from data_access.domain.sight import SIGHT_NAMES, Sight, sight_reason
from data_access.domain.words import Language
from data_access.language import Translate

REFRESH_S = 10

SIGHT_MARKS: dict[Sight, str] = {
    Sight.FROZEN: "❄",
    Sight.DARK: "◼",
    Sight.GLARE: "☀",
    Sight.OUT_OF_FOCUS: "◌",
    Sight.FOG: "≋",
    Sight.COVERED: "▣",
    Sight.SHIFTED: "↗",
}
"""A shape for each: it is told apart without colour."""

COLUMNS = ("sight", "code", "name", "since", "measured", "proof", "district")


def build_sights(
    sights: Sequence[PoorSight], now: datetime, language: Language, _: Translate
) -> pd.DataFrame:
    """One row a camera, the latest first."""
    rows = [
        {
            "sight": f"{SIGHT_MARKS[one.sight]} {_(SIGHT_NAMES[one.sight])}",
            "code": f"{camera_address(one.camera_id)}#{quote(one.code)}",
            "name": one.names.in_language(language),
            "since": span_words(one.since_at, now, _),
            "measured": sight_reason(one.sight, one.measured, _),
            "proof": f"/proof/{one.camera_id}" if one.has_proof else None,
            "district": one.district.in_language(language),
        }
        for one in sights
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


@st.fragment(run_every=REFRESH_S)
def show_sights(visit: Visit) -> None:
    """What the pictures themselves say: covered, shifted, blurred, frozen, dark, dazzled."""
    _ = visit.text
    show_title(_("Pictures that are no good"))
    with said_plainly(visit):
        sights = read_poor_sights(visit)
        if not sights:
            st.caption(
                _("None: every camera that gives a picture sees as it usually does. Night is none.")
            )
            return
        frame = build_sights(sights, visit.now(), visit.language, _)
        show_frame(frame, "health_sights", _titles(_), long_height(len(frame), 8))


def _titles(_: Translate) -> Titles:
    return {
        "sight": _("What is wrong"),
        "code": st.column_config.LinkColumn(_("Number"), display_text="#(.+)$"),
        "name": _("Camera"),
        "since": _("For"),
        "measured": _("Measured"),
        "proof": st.column_config.LinkColumn(_("Picture"), display_text=_("Look")),
        "district": _("District"),
    }
