"""How long evidence is kept: set by the administrator, and what that means for what is there.

DataAccessError
├── InvalidRetention  days that cannot be
└── NotAKeeper        the viewer's role does not decide how long evidence is kept
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text

from data_access import audit, city
from data_access.database import Transaction
from data_access.domain.events import EVENT_KINDS, Response
from data_access.domain.evidence import LONGEST_DAYS, OPEN_STATES, Retention, retention_of
from data_access.domain.people import Role, Viewer
from data_access.domain.words import N_
from data_access.errors import DataAccessError
from data_access.evidence_deletion import SETTING, retention

SOON = timedelta(days=7)
"""What is deleted within it is shown as going: time to look at it once more."""

LEAST_DAYS = 1

ALL = "all"
"""What is kept for so long unless its response or its kind has days of its own."""

RECORDED = "evidence.retention"
"""The action of the audit log."""

_KEPT = text("""
    SELECT event.kind, count(DISTINCT event.id) AS events, count(*) AS files,
           coalesce(sum(file.size_bytes), 0) AS size_bytes, min(event.started_at) AS oldest_at,
           count(DISTINCT event.id) FILTER (WHERE over.now AND NOT over.is_open) AS over,
           count(DISTINCT event.id) FILTER (WHERE over.soon AND NOT over.is_open) AS soon,
           count(DISTINCT event.id) FILTER (WHERE over.now AND over.is_open) AS held
    FROM evidence file
    JOIN events event ON event.id = file.event_id AND event.started_at = file.event_started_at
    JOIN jsonb_to_recordset(CAST(:limits AS jsonb))
         AS kept(kind text, before timestamptz, soon_before timestamptz) ON kept.kind = event.kind
    CROSS JOIN LATERAL (
        SELECT coalesce(event.ended_at, event.started_at) < kept.before AS now,
               coalesce(event.ended_at, event.started_at) < kept.soon_before AS soon,
               (event.response || '.' || event.state) = ANY (:open) AS is_open) AS over
    GROUP BY event.kind
    ORDER BY event.kind
""")


class InvalidRetention(DataAccessError):
    """Days that cannot be."""


class NotAKeeper(DataAccessError):
    """The viewer's role does not decide how long evidence is kept."""


@dataclass(frozen=True, slots=True)
class KeptKind:
    """The evidence of one kind of event: of how many events, and what becomes of it.

    ``over`` events are over their days and lose theirs with the worker's next round, ``soon`` ones
    within ``SOON``; ``held`` ones are over their days and kept, because their matter is open.
    """

    kind: str
    days: int
    events: int
    files: int
    size_bytes: int
    oldest_at: datetime
    over: int
    soon: int
    held: int


@dataclass(frozen=True, slots=True)
class Shortening:
    """A kind of event whose evidence would be kept for fewer days than it is now.

    ``events`` of it would lose theirs at once.
    """

    kind: str
    before_days: int
    after_days: int
    events: int


def kept(tx: Transaction, now: datetime, by: Retention | None = None) -> list[KeptKind]:
    """What evidence there is within the scope, by kind of event.

    With ``by``, what becomes of it by those days, else by the days that are set.
    """
    by = by or retention(tx)
    days = {kind: by.days_of(kind) for kind in EVENT_KINDS}
    limits = [
        {
            "kind": kind,
            "before": (now - timedelta(days=of)).isoformat(),
            "soon_before": (now + SOON - timedelta(days=of)).isoformat(),
        }
        for kind, of in days.items()
    ]
    still_open = [f"{r}.{state}" for r, states in OPEN_STATES.items() for state in states]
    rows = tx.execute(_KEPT, {"limits": json.dumps(limits), "open": still_open})
    return [
        KeptKind(
            row.kind, days[row.kind], row.events, row.files, int(row.size_bytes), row.oldest_at,
            row.over, row.soon, row.held,
        )
        for row in rows
    ]  # fmt: skip


def shortenings(tx: Transaction, now: datetime, wanted: Retention) -> list[Shortening]:
    """What would be deleted earlier than it is now, that which loses most first."""
    before = retention(tx)
    over, would = ({one.kind: one.over for one in kept(tx, now, by)} for by in (before, wanted))
    shorter = [
        Shortening(
            kind, before.days_of(kind), wanted.days_of(kind),
            max(0, would.get(kind, 0) - over.get(kind, 0)),
        )
        for kind in EVENT_KINDS
        if wanted.days_of(kind) < before.days_of(kind)
    ]  # fmt: skip
    return sorted(shorter, key=lambda one: (-one.events, one.after_days - one.before_days))


def keep_for(tx: Transaction, viewer: Viewer, wanted: Retention) -> None:
    """Set for how long evidence is kept from now on; recorded with what it was before.

    Raises ``NotAKeeper``, ``InvalidRetention``.
    """
    if viewer.role is not Role.ADMINISTRATOR:
        raise NotAKeeper(N_("How long evidence is kept is set by the administrator. Ask them."))
    audit.record(tx, viewer, RECORDED, "city", _set(tx, wanted))


def keep_by_command(tx: Transaction, login: str, what: str, days: int) -> Retention:
    """Set the days of ``what``, of all or of one response or kind; recorded under ``login``.

    No days take the exception for ``what`` away. Raises ``InvalidRetention``.
    """
    wanted = changed(retention(tx), what, days)
    audit.record_login(tx, login, None, RECORDED, subject="city", detail=_set(tx, wanted))
    return wanted


def changed(before: Retention, what: str, days: int) -> Retention:
    """The same with other days for ``what``; without an exception for it where they are none."""
    if what == ALL:
        return replace(before, days=days)
    of_response = what in set(Response)
    own = {**(before.responses if of_response else before.kinds), what: days}
    kept = {name: one for name, one in own.items() if one}
    return replace(before, responses=kept) if of_response else replace(before, kinds=kept)


def _set(tx: Transaction, wanted: Retention) -> dict[str, Any]:
    """Write it if it can be; what was before and what is after, for the audit log."""
    check_days((wanted.days, *wanted.responses.values(), *wanted.kinds.values()))
    if retention_of(wanted.as_value()) != wanted:
        raise InvalidRetention(N_("Evidence is kept by the kinds of events that there are."))
    detail = {"before": retention(tx).as_value(), "after": wanted.as_value()}
    city.put(tx, SETTING, wanted.as_value())
    return detail


def check_days(days: Iterable[int]) -> None:
    """Raise ``InvalidRetention`` for days that cannot be."""
    if not all(LEAST_DAYS <= one <= LONGEST_DAYS for one in days):
        raise InvalidRetention(
            N_("Evidence is kept for {least} to {most} days; write a whole number."),
            least=LEAST_DAYS,
            most=LONGEST_DAYS,
        )
