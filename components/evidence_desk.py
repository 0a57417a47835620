"""What can be done with an event's evidence: check its signature, ask for it to be masked.

A check reads every file, so it is made when somebody asks for it and never while drawing.
"""

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from components.visit import Visit
from data_access import audit, mask_requests
from data_access.domain.events import EvidenceRecord
from data_access.domain.evidence import VERDICT_SENTENCES, Verdict
from data_access.domain.people import EVIDENCE_ROLES
from data_access.errors import DataAccessError
from data_access.evidence_check import check_event
from data_access.evidence_deletion import retention
from data_access.evidence_files import evidence_of
from data_access.evidence_keys import public_key
from data_access.mask_requests import MaskState
from data_access.media import MediaFolder

CHECKED = "evidence_checked"
REFUSED = "evidence_refused"

MARKS: dict[Verdict, str] = {
    Verdict.VALID: ":material/verified:",
    Verdict.INCOMPLETE: ":material/verified:",
    Verdict.CHANGED: ":material/gpp_bad:",
    Verdict.UNSIGNED: ":material/hourglass_empty:",
    Verdict.OTHER_KEY: ":material/key_off:",
}


def read_kept_days(visit: Visit, kind: str) -> int:
    """For how many days evidence of a kind is kept."""
    with visit.database.as_viewer(visit.scope) as tx:
        return retention(tx).days_of(kind)


def show_evidence_desk(visit: Visit, event_id: UUID, files: Sequence[EvidenceRecord]) -> None:
    """The two buttons, and what came of them."""
    _ = visit.text
    if not files or visit.viewer.role not in EVIDENCE_ROLES:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="evidence_desk"):
        st.button(
            _("Check the signature"),
            icon=":material/verified_user:",
            key="evidence_check",
            on_click=check,
            args=(visit, event_id),
        )
        _show_masking(visit, event_id, files)
    _show_verdict(visit, event_id)


def check(visit: Visit, event_id: UUID) -> None:
    """Check an event's evidence and keep the verdict for the screen; the look is recorded."""
    try:
        key = public_key(visit.settings.home)
        with visit.database.as_viewer(visit.scope) as tx:
            files = evidence_of(tx, event_id)
            verdict = check_event(files, MediaFolder(visit.settings.media_dir), key).verdict
            detail = {"verdict": verdict}
            audit.record(tx, visit.viewer, "evidence.check", f"event {event_id}", detail)
    except DataAccessError as error:
        st.session_state[REFUSED] = error.in_words(visit.text)
        return
    st.session_state[CHECKED] = (event_id, verdict)


def ask_to_mask(visit: Visit, event_id: UUID) -> None:
    """Ask the worker for masked files; a refusal is kept to be shown."""
    try:
        with visit.database.as_viewer(visit.scope) as tx:
            mask_requests.ask(tx, visit.viewer, event_id, visit.now())
    except DataAccessError as error:
        st.session_state[REFUSED] = error.in_words(visit.text)


def _show_verdict(visit: Visit, event_id: UUID) -> None:
    _ = visit.text
    if refused := st.session_state.pop(REFUSED, None):
        st.warning(refused)
    number, verdict = st.session_state.get(CHECKED, (None, Verdict.UNSIGNED))
    if number != event_id:
        return
    words, mark = _(VERDICT_SENTENCES[verdict]), MARKS[verdict]
    if verdict is Verdict.CHANGED:
        st.error(words, icon=mark)
    elif verdict in (Verdict.VALID, Verdict.INCOMPLETE):
        st.success(words, icon=mark)
    else:
        st.info(words, icon=mark)


def _show_masking(visit: Visit, event_id: UUID, files: Sequence[EvidenceRecord]) -> None:
    _ = visit.text
    if any(file.kind.startswith("masked_") for file in files):
        return
    with visit.database.as_viewer(visit.scope) as tx:
        state = mask_requests.state(tx, event_id)
    if state is not None and state.done_at is None:
        st.caption(_("Faces and plates are being masked; this takes some minutes."))
        return
    st.button(
        _("Mask faces and plates"),
        icon=":material/visibility_off:",
        key="evidence_mask",
        on_click=ask_to_mask,
        args=(visit, event_id),
    )
    _show_trouble(visit, state)


def _show_trouble(visit: Visit, state: MaskState | None) -> None:
    if state is not None and state.trouble:
        st.caption(visit.text(state.trouble))
