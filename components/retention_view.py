"""Days of evidence: what is set, what there is, what goes soon and what an open matter holds."""

import pandas as pd
import streamlit as st

from components.figures import KeyFigure, show_figures
from components.formats import local, number
from components.health_frames import Titles, show_frame
from components.health_words import size_words
from components.retention_form import show_form
from components.section_title import show_title
from components.side_by_side import side_by_side
from components.visit import Visit
from data_access import retention as keeping
from data_access.domain.events import EVENT_KINDS
from data_access.evidence_deletion import retention
from data_access.retention import KeptKind


def show_retention(visit: Visit) -> None:
    """The figures, then what is kept beside what is set."""
    _ = visit.text
    with visit.database.as_viewer(visit.scope) as tx:
        kept, wanted = keeping.kept(tx, visit.now()), retention(tx)
    show_figures(_figures(kept, visit))
    left, right = side_by_side("retention", (2, 1))
    with left:
        show_title(_("What is kept"))
        _show_kept(visit, kept)
    with right:
        show_title(_("For how many days"))
        show_form(visit, wanted)


def _figures(kept: list[KeptKind], visit: Visit) -> list[KeyFigure]:
    _ = visit.text
    size = size_words(sum(one.size_bytes for one in kept), visit.language, _)
    files = number(sum(one.files for one in kept))
    return [
        KeyFigure(
            _("Events with evidence"), number(sum(one.events for one in kept)),
            note=_("{files} files, {size}").format(files=files, size=size),
        ),
        KeyFigure(
            _("Deleted within 7 days"), number(sum(one.soon for one in kept)),
            note=_("Each deletion stands in the audit log"),
        ),
        KeyFigure(
            _("Held beyond their days"), number(sum(one.held for one in kept)),
            note=_("Their matters are open: nothing of them is deleted"),
        ),
    ]  # fmt: skip


def _show_kept(visit: Visit, kept: list[KeptKind]) -> None:
    _ = visit.text
    if not kept:
        st.info(_("No evidence is kept yet. It is written with the first event."))
        return
    titles: Titles = {
        "kind": _("Kind"), "days": _("Days"), "events": _("Events"), "size": _("Size"),
        "oldest": st.column_config.DateColumn(_("Oldest"), format="DD.MM.YY"),
        "soon": _("Going soon"), "held": _("Held"),
    }  # fmt: skip
    show_frame(build_kept(kept, visit), "evidence_kept", titles, None)


def build_kept(kept: list[KeptKind], visit: Visit) -> pd.DataFrame:
    """One row a kind of event, those with most evidence first."""
    _, language = visit.text, visit.language
    return pd.DataFrame(
        [
            {
                "kind": _(EVENT_KINDS[one.kind].name), "days": one.days, "events": one.events,
                "size": size_words(one.size_bytes, language, _),
                "oldest": local(one.oldest_at).date(), "soon": one.soon, "held": one.held,
            }
            for one in sorted(kept, key=lambda one: -one.size_bytes)
        ]
    )  # fmt: skip
