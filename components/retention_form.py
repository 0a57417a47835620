"""For how many days evidence is kept, to be typed; what deletes earlier is asked about first."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from components import retention_days
from components.plain_text import escaped
from components.saying import do, refuse_each, say
from components.visit import Visit
from data_access import retention as keeping
from data_access.domain.events import EVENT_KINDS, RESPONSE_NAMES, Response
from data_access.domain.evidence import Retention
from data_access.evidence_deletion import retention
from data_access.retention import ALL, Shortening

OUTCOME, ASKED, TURN = "days_outcome", "days_asked", "days_turn"


@dataclass(frozen=True, slots=True)
class Asked:
    """Days that would delete earlier than those before, and what they would do."""

    before: Retention
    wanted: Retention
    shorter: list[Shortening]

    def covers(self, other: "Asked") -> bool:
        """The same days: events that went over them meanwhile ask nothing anew."""
        return (self.before, self.wanted) == (other.before, other.wanted)


def show_form(visit: Visit, kept: Retention) -> None:
    """All, each response, each kind; above the button what became of the press."""
    _ = visit.text
    if _field(ALL) not in st.session_state:  # these fields are new: nothing was asked about them
        st.session_state.pop(ASKED, None)
    with st.form("days_form"):
        typed = _show_fields(visit, retention_days.written(kept))
        # Where the button was: who pressed it looks there, and a second click meets words.
        say(OUTCOME)
        _say_asked(visit)
        pressed = st.form_submit_button(_("Keep these days"), type="primary")
        agreed = ASKED in st.session_state and _is_agreed(visit)
    if pressed or agreed:
        _keep(visit, typed, agreed)
        st.rerun()


def _show_fields(visit: Visit, shown: dict[str, str]) -> dict[str, str]:
    """What is typed now, by what it is for."""
    _ = visit.text
    typed = {
        ALL: st.text_input(
            _("All evidence, days"), shown[ALL], key=_field(ALL),
            help=_("The archive of video is kept for 90 days or more."),
        )
    }  # fmt: skip
    for response in Response:
        typed[response] = st.text_input(
            _("{kind}, days").format(kind=_(RESPONSE_NAMES[response])), shown[response],
            key=_field(response), placeholder=_("as all"),
        )  # fmt: skip
    edited = st.data_editor(
        build_kinds(shown, visit), key=_field("kinds"), hide_index=True, disabled=["name"],
        height=240, placeholder="—",
        column_config={
            "name": _("Kind"), "days": st.column_config.TextColumn(_("Days"), alignment="right"),
        },
    )  # fmt: skip
    st.caption(_("An empty field takes the days above it. Open matters keep their evidence."))
    return {**typed, **{str(kind): str(one) for kind, one in edited["days"].fillna("").items()}}


def _field(name: str) -> str:
    """The key of a field; another one after what was typed was kept or left."""
    return f"days_{name}_{st.session_state.get(TURN, 0)}"


def build_kinds(shown: dict[str, str], visit: Visit) -> pd.DataFrame:
    """One row a kind of event, by its name; days as they are written."""
    _ = visit.text
    return pd.DataFrame(
        {
            "name": [_(kind.name) for kind in EVENT_KINDS.values()],
            "days": pd.array([shown[kind] or None for kind in EVENT_KINDS], "string"),
        },
        index=list(EVENT_KINDS),
    )


def _say_asked(visit: Visit) -> None:
    """What the days that were pressed would delete."""
    asked: Asked | None = st.session_state.get(ASKED)
    if asked is not None:
        st.warning(escaped(retention_days.warning(asked.shorter, visit.text)))


def _is_agreed(visit: Visit) -> bool:
    """A second press, which agrees to what was said; or the fields go back to what is kept."""
    _ = visit.text
    with st.container(horizontal=True):
        agreed = st.form_submit_button(_("Delete earlier"), icon=":material/auto_delete:")
        st.form_submit_button(_("Leave the days as they were"), on_click=_begin_anew)
    return agreed


def _begin_anew() -> None:
    """New fields, which show what is kept."""
    st.session_state.pop(ASKED, None)
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1


def _keep(visit: Visit, typed: dict[str, str], agreed: bool) -> None:
    """Keep days that can be; those that delete earlier only once that was said and agreed to."""
    told: Asked | None = st.session_state.pop(ASKED, None)
    _ = visit.text
    wanted, refused = retention_days.read(typed, visit.language, _)
    if wanted is None:
        refuse_each(OUTCOME, refused)
        return
    asked = _asked(visit, wanted)
    if asked.shorter and not (agreed and told and told.covers(asked)):
        st.session_state[ASKED] = asked
        return

    def act() -> str:
        with visit.database.as_viewer(visit.scope) as tx:
            keeping.keep_for(tx, visit.viewer, wanted)
        return _("Kept. What is over its days is deleted from now on.")

    if do(visit, OUTCOME, act):
        _begin_anew()


def _asked(visit: Visit, wanted: Retention) -> Asked:
    with visit.database.as_viewer(visit.scope) as tx:
        return Asked(retention(tx), wanted, keeping.shortenings(tx, visit.now(), wanted))
