"""Days of evidence: what is set, what there is, what goes soon and what an open matter holds."""

import pandas as pd
import streamlit as st

from components.figures import KeyFigure, show_figures
from components.formats import local, number
from components.health_frames import Titles, show_frame
from components.health_words import size_words
from components.saying import do, say
from components.section_title import show_title
from components.side_by_side import side_by_side
from components.visit import Visit
from data_access import retention as keeping
from data_access.domain.events import EVENT_KINDS, RESPONSE_NAMES, Response
from data_access.domain.evidence import LONGEST_DAYS, Retention
from data_access.evidence_deletion import retention
from data_access.retention import KeptKind

DAYS, TABLE, OUTCOME = "days_all", "days_kinds", "days_outcome"


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
        say(OUTCOME)
        _show_form(visit, wanted)


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


def _show_form(visit: Visit, wanted: Retention) -> None:
    _ = visit.text
    with st.form("days_form"):
        st.number_input(
            _("All evidence, days"), 1, LONGEST_DAYS, wanted.days, key=DAYS,
            help=_("The archive of video is kept for 90 days or more."),
        )  # fmt: skip
        for response in Response:
            st.number_input(
                _("{kind}, days").format(kind=_(RESPONSE_NAMES[response])), 1, LONGEST_DAYS,
                wanted.responses.get(response), key=f"days_{response}", placeholder=_("as all"),
            )  # fmt: skip
        edited = st.data_editor(
            pd.DataFrame(
                {
                    "name": [_(kind.name) for kind in EVENT_KINDS.values()],
                    "days": pd.array([wanted.kinds.get(kind) for kind in EVENT_KINDS], "Int64"),
                },
                index=list(EVENT_KINDS),
            ),
            key=TABLE, hide_index=True, disabled=["name"], height=240, placeholder="—",
            column_config={
                "name": _("Kind"),
                "days": st.column_config.NumberColumn(
                    _("Days"), min_value=1, max_value=LONGEST_DAYS, step=1
                ),
            },
        )  # fmt: skip
        st.caption(_("An empty field takes the days above it. Open matters keep their evidence."))
        if st.form_submit_button(_("Keep these days"), type="primary"):
            _keep(visit, edited)
            st.rerun()


def _keep(visit: Visit, edited: pd.DataFrame) -> None:
    state = st.session_state
    responses = {str(one): state[f"days_{one}"] for one in Response}
    wanted = Retention(
        int(state[DAYS]),
        {name: int(days) for name, days in responses.items() if days},
        {str(kind): int(days) for kind, days in edited["days"].items() if pd.notna(days)},
    )
    _ = visit.text

    def act() -> str:
        with visit.database.as_viewer(visit.scope) as tx:
            keeping.keep_for(tx, visit.viewer, wanted)
        return _("Kept. What is over its days is deleted from now on.")

    do(visit, OUTCOME, act)
