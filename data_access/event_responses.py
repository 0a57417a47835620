"""The response rows of events as the worker writes them.

A violation's article and fine follow from its kind, its facts and the day it happened; while no
officer has reviewed it they follow its facts, afterwards they are the officer's.
"""

from collections.abc import Collection, Mapping
from datetime import timedelta
from uuid import UUID

from sqlalchemy import text

from data_access.database import Transaction
from data_access.domain.events import EventRecord, Response
from data_access.event_rows import as_json
from data_access.fines import MOST_MCI

DEADLINES: dict[str, timedelta] = {
    "overflowing_container": timedelta(days=1),
    "illegal_dump": timedelta(days=3),
    "road_defect": timedelta(days=10),
}
"""How long municipal services have by kind: starting values of this program, from no regulation;
whoever assigns a work order sets its deadline."""

ANY_DEADLINE = timedelta(days=3)

_EVENTS = """
    events event JOIN jsonb_to_recordset(CAST(:rows AS jsonb)) AS given(
        id uuid, started_at timestamptz, deadline_at timestamptz)
    ON event.id = given.id AND event.started_at = given.started_at
"""

_VIOLATIONS = text(f"""
    INSERT INTO violations (event_id, event_started_at, district_id, plate, article, mci_count,
                            mci_tenge, fine_tenge)
    SELECT event.id, event.started_at, event.district_id, event.plate, fine.article,
           fine.mci_count, month.tenge, round(fine.mci_count * month.tenge)
    FROM {_EVENTS}
    CROSS JOIN LATERAL (
        SELECT CAST(event.started_at AT TIME ZONE 'Asia/Almaty' AS date) AS day,
               CAST(event.facts ->> 'speed_kmh' AS float8)
                   - CAST(event.facts ->> 'limit_kmh' AS float8) AS over_kmh) AS matter
    LEFT JOIN LATERAL (
        SELECT article, mci_count FROM fines_schedule
        WHERE kind = event.kind AND mci_count <= {MOST_MCI} AND valid_from <= matter.day
          AND (valid_to IS NULL OR matter.day < valid_to)
          AND (over_from_kmh IS NULL OR over_from_kmh <= matter.over_kmh)
          AND (over_to_kmh IS NULL OR matter.over_kmh < over_to_kmh)
        LIMIT 1) AS fine ON true
    LEFT JOIN LATERAL (
        SELECT tenge FROM monthly_index WHERE valid_from <= matter.day
        ORDER BY valid_from DESC LIMIT 1) AS month ON fine.article IS NOT NULL
    ON CONFLICT (event_id) DO UPDATE
    SET plate = coalesce(excluded.plate, violations.plate), article = excluded.article,
        mci_count = excluded.mci_count, mci_tenge = excluded.mci_tenge,
        fine_tenge = excluded.fine_tenge
    WHERE violations.reviewed_at IS NULL
""")  # noqa: S608 - constants of this module

_INCIDENTS = text(f"""
    INSERT INTO incidents (event_id, event_started_at, district_id)
    SELECT event.id, event.started_at, event.district_id FROM {_EVENTS}
    ON CONFLICT (event_id) DO NOTHING
""")  # noqa: S608 - constants of this module

_WORK_ORDERS = text(f"""
    INSERT INTO work_orders (event_id, event_started_at, district_id, deadline_at)
    SELECT event.id, event.started_at, event.district_id, given.deadline_at FROM {_EVENTS}
    ON CONFLICT (event_id) DO NOTHING
""")  # noqa: S608 - constants of this module

_STATEMENTS = {
    Response.VIOLATION: _VIOLATIONS,
    Response.INCIDENT: _INCIDENTS,
    Response.WORK_ORDER: _WORK_ORDERS,
}


def write_responses(
    tx: Transaction, records: Mapping[UUID, EventRecord], new: Collection[UUID]
) -> None:
    """Write the responses of new events, and bring unreviewed violations up to date."""
    for response, statement in _STATEMENTS.items():
        follows = response is Response.VIOLATION
        chosen = [
            record
            for key, record in records.items()
            if record.response is response and (follows or key in new)
        ]
        if chosen:
            tx.execute(statement, {"rows": as_json(map(_row, chosen))})


def _row(record: EventRecord) -> dict[str, str]:
    deadline_at = record.started_at + DEADLINES.get(record.kind, ANY_DEADLINE)
    return {
        "id": str(record.id),
        "started_at": record.started_at.isoformat(),
        "deadline_at": deadline_at.isoformat(),
    }
