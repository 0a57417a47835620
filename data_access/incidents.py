"""Acting on an incident: checked, written once, remembered and announced.

::

    DataAccessError
    └── IncidentRefused          nothing was written
        ├── NotAResponder        the viewer's role looks, and does not act
        ├── IncidentNotInSight   it is in another district, or gone
        └── IncidentMovedOn      someone else acted meanwhile
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, text, update

from data_access import audit
from data_access.database import Transaction
from data_access.domain.events import TRANSITIONS, Response
from data_access.domain.people import Role, Viewer
from data_access.domain.words import N_
from data_access.errors import DataAccessError
from data_access.tables.happenings import Event, EventState
from data_access.tables.responses import Incident

RESPONDERS = frozenset({Role.OPERATOR, Role.CHIEF})
"""Who may take an incident on: those who sit in the operations centre and who lead it."""

ACKNOWLEDGED = "acknowledged"

_ANNOUNCE = text("SELECT pg_notify('qala_events', '')")


class IncidentRefused(DataAccessError):
    """An act that was not written."""


class NotAResponder(IncidentRefused):
    """The viewer's role does not act on incidents here."""


class IncidentNotInSight(IncidentRefused):
    """The viewer's scope does not hold the incident."""


class IncidentMovedOn(IncidentRefused):
    """The incident's state no longer allows it; ``state`` is the one it is in."""

    def __init__(self, words: str, state: str) -> None:
        super().__init__(words)
        self.state = state


def acknowledge(
    tx: Transaction, viewer: Viewer, event_id: UUID, started_at: datetime, now: datetime
) -> None:
    """Take an incident on, with its history and an audit record; raises ``IncidentRefused``.

    Of two who press at once one gets it: the row is locked, and the other finds it moved on.
    """
    if viewer.role not in RESPONDERS:
        raise NotAResponder(N_("Incidents are taken on by operators and chiefs. Ask one of them."))
    district_id, state = _locked(tx, event_id, started_at)
    if ACKNOWLEDGED not in TRANSITIONS[Response.INCIDENT].get(state, frozenset()):
        raise IncidentMovedOn(N_("Someone else has taken this incident on already."), state)
    _move(tx, viewer, event_id, started_at, now)
    _remember(tx, viewer, event_id, started_at, district_id, now)
    audit.record(tx, viewer, "incident_acknowledged", str(event_id), {"from": state})
    tx.execute(_ANNOUNCE)


def _locked(tx: Transaction, event_id: UUID, started_at: datetime) -> tuple[int, str]:
    row = tx.execute(
        select(Event.district_id, Event.state)
        .where(
            Event.id == event_id,
            Event.started_at == started_at,
            Event.response == str(Response.INCIDENT),
        )
        .with_for_update()
    ).one_or_none()
    if row is None:
        raise IncidentNotInSight(N_("This incident is not in your districts, or is gone."))
    return row.district_id, row.state


def _move(
    tx: Transaction, viewer: Viewer, event_id: UUID, started_at: datetime, now: datetime
) -> None:
    tx.execute(
        update(Event)
        .where(Event.id == event_id, Event.started_at == started_at)
        .values(state=ACKNOWLEDGED)
    )
    tx.execute(
        update(Incident)
        .where(Incident.event_id == event_id)
        .values(acknowledged_at=now, acknowledged_by=viewer.id)
    )


def _remember(
    tx: Transaction,
    viewer: Viewer,
    event_id: UUID,
    started_at: datetime,
    district_id: int,
    now: datetime,
) -> None:
    tx.execute(
        insert(EventState).values(
            event_id=event_id,
            event_started_at=started_at,
            district_id=district_id,
            at=now,
            state=ACKNOWLEDGED,
            viewer_id=viewer.id,
        )
    )
