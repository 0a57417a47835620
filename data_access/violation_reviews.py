"""An officer's decision about a violation: checked, written once, and recorded.

::

    DataAccessError
    └── ReviewRefused           nothing was written
        ├── NotAReviewer        the viewer's role does not decide
        ├── ReasonMissing       a rejection has to say why
        ├── NotPossible         no such decision follows the state
        ├── NotInSight          it is in another district, or gone
        └── StateHasChanged     someone else decided meanwhile
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, update

from data_access import audit
from data_access.database import Transaction
from data_access.domain.events import TRANSITIONS, Response
from data_access.domain.people import Role, Viewer
from data_access.domain.words import N_
from data_access.errors import DataAccessError
from data_access.tables.happenings import Event, EventState
from data_access.tables.responses import Violation

REVIEWERS = frozenset({Role.OPERATOR, Role.CHIEF})
"""Who may decide: the operator reviews, the chief answers for the district (LOOK.md)."""

REVIEW_STATES = frozenset({"confirmed", "rejected"})


class ReviewRefused(DataAccessError):
    """A decision that was not written."""


class NotAReviewer(ReviewRefused):
    """The viewer's role looks, and does not decide."""


class ReasonMissing(ReviewRefused):
    """A rejection has to say why."""


class NotPossible(ReviewRefused):
    """The decision does not follow the state that the violation was seen in."""


class NotInSight(ReviewRefused):
    """The viewer's scope does not hold the violation."""


class StateHasChanged(ReviewRefused):
    """The violation is no longer in the state that it was seen in; ``state`` is the new one."""

    def __init__(self, text: str, state: str) -> None:
        super().__init__(text)
        self.state = state


@dataclass(frozen=True, slots=True)
class Decision:
    """What an officer decided about one violation, and the state they saw it in."""

    event_id: UUID
    started_at: datetime
    seen_state: str
    new_state: str
    reason: str = ""


def possible(state: str) -> frozenset[str]:
    """What a reviewer can decide about a violation in ``state``."""
    return TRANSITIONS[Response.VIOLATION].get(state, frozenset()) & REVIEW_STATES


def review(tx: Transaction, viewer: Viewer, decision: Decision, now: datetime) -> None:
    """Write ``decision`` with its history and audit record, or raise ``ReviewRefused``."""
    _check(viewer, decision)
    _move(tx, decision)
    tx.execute(
        update(Violation)
        .where(Violation.event_id == decision.event_id)
        .values(reviewed_at=now, reviewer_id=viewer.id)
    )
    _remember(tx, viewer, decision, now)


def _check(viewer: Viewer, decision: Decision) -> None:
    if viewer.role not in REVIEWERS:
        raise NotAReviewer(N_("Violations are decided by operators and chiefs. Ask one of them."))
    if decision.new_state not in possible(decision.seen_state):
        raise NotPossible(N_("This violation can no longer be decided here. Open it again."))
    if decision.new_state == "rejected" and not decision.reason.strip():
        raise ReasonMissing(N_("A rejection needs a reason. Choose one or write it."))


def _move(tx: Transaction, decision: Decision) -> None:
    """Change the state only if it still is the one that was seen."""
    here = (Event.id == decision.event_id, Event.started_at == decision.started_at)
    moved = tx.execute(
        update(Event)
        .where(*here, Event.state == decision.seen_state)
        .values(state=decision.new_state)
        .returning(Event.id)
    ).first()
    if moved is None:
        state = tx.execute(select(Event.state).where(*here)).scalar_one_or_none()
        if state is None:
            raise NotInSight(N_("This violation is not in your districts, or is gone."))
        raise StateHasChanged(
            N_("Someone else has decided it meanwhile; your decision was not written."), state
        )


def _remember(tx: Transaction, viewer: Viewer, decision: Decision, now: datetime) -> None:
    district = select(Event.district_id).where(
        Event.id == decision.event_id, Event.started_at == decision.started_at
    )
    tx.execute(
        insert(EventState).values(
            event_id=decision.event_id,
            event_started_at=decision.started_at,
            district_id=district.scalar_subquery(),
            at=now,
            state=decision.new_state,
            viewer_id=viewer.id,
            reason=decision.reason.strip(),
        )
    )
    audit.record(
        tx,
        viewer,
        f"violation.{decision.new_state}",
        f"event {decision.event_id}",
        {"from": decision.seen_state, "reason": decision.reason.strip()},
    )
