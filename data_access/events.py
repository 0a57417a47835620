"""Events as the worker writes them: once each, with all that hangs on them, in batches.

``write`` may be repeated with the same records: an event is known by its id. What is new gets
its response row, the first row of its history, and is counted in the hourly and daily sums;
what is known already is brought up to date, and its state, which belongs to people, is left
alone.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from data_access.database import Transaction
from data_access.domain.events import EVENT_KINDS, EventRecord
from data_access.domain.words import N_
from data_access.errors import RowRefused
from data_access.event_responses import write_responses
from data_access.event_rows import (
    NewEvent,
    Place,
    event_rows,
    evidence_rows,
    merged,
    new_event_rows,
)

EVENTS_CHANNEL = "qala_events"
"""The channel on which screens hear that there is something new."""

_GIVEN = """
    jsonb_to_recordset(CAST(:rows AS jsonb)) AS given(
        id uuid, started_at timestamptz, ended_at timestamptz, camera_id bigint, site_id bigint,
        district_id bigint, kind text, response text, state text, confidence float8, plate text,
        facts jsonb, track_ids bigint[])
"""

_INSERT = text(f"""
    INSERT INTO events (id, started_at, ended_at, camera_id, site_id, district_id, kind, response,
                        state, confidence, plate, facts, track_ids, written_at)
    SELECT given.id, given.started_at, given.ended_at, camera.id,
           coalesce(camera.site_id, given.site_id),
           coalesce(camera.district_id, given.district_id),
           given.kind, given.response, given.state, given.confidence, given.plate, given.facts,
           given.track_ids, :now
    FROM {_GIVEN} LEFT JOIN cameras camera ON camera.id = given.camera_id
    WHERE camera.id IS NOT NULL OR given.district_id IS NOT NULL
    ON CONFLICT (id, started_at) DO NOTHING
    RETURNING id, started_at, district_id, site_id, kind, response
""")  # noqa: S608 - constants of this module

_UPDATE = text(f"""
    UPDATE events event
    SET ended_at = coalesce(given.ended_at, event.ended_at),
        confidence = given.confidence,
        plate = coalesce(given.plate, event.plate),
        facts = given.facts,
        track_ids = given.track_ids
    FROM {_GIVEN}
    WHERE event.id = given.id AND event.started_at = given.started_at
    RETURNING event.id
""")  # noqa: S608 - constants of this module

_NEW = """
    jsonb_to_recordset(CAST(:rows AS jsonb)) AS new(
        id uuid, started_at timestamptz, district_id bigint, site_id bigint, kind text,
        response text, state text)
"""

_STATES = text(f"""
    INSERT INTO event_states (event_id, event_started_at, district_id, at, state)
    SELECT id, started_at, district_id, started_at, state FROM {_NEW}
""")  # noqa: S608 - constants of this module

_HOURLY = text(f"""
    INSERT INTO events_hourly (hour_at, district_id, kind, response, events)
    SELECT date_trunc('hour', started_at, 'UTC'), district_id, kind, response, count(*)
    FROM {_NEW} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3
    ON CONFLICT (hour_at, district_id, kind)
    DO UPDATE SET events = events_hourly.events + excluded.events
""")  # noqa: S608 - constants of this module

_DAILY = text(f"""
    INSERT INTO events_daily (day, site_id, kind, district_id, response, events)
    SELECT CAST(started_at AT TIME ZONE 'Asia/Almaty' AS date), coalesce(site_id, 0), kind,
           district_id, response, count(*)
    FROM {_NEW} GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3
    ON CONFLICT (day, site_id, kind)
    DO UPDATE SET events = events_daily.events + excluded.events
""")  # noqa: S608 - constants of this module

_EVIDENCE = text("""
    INSERT INTO evidence (id, event_id, event_started_at, district_id, camera_id, kind, path,
                          sha256, size_bytes, mime, captured_at)
    SELECT file.id, event.id, event.started_at, event.district_id, event.camera_id, file.kind,
           file.path, file.sha256, file.size_bytes, file.mime, file.captured_at
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS file(
        id uuid, event_id uuid, event_started_at timestamptz, kind text, path text, sha256 text,
        size_bytes bigint, mime text, captured_at timestamptz)
    JOIN events event ON event.id = file.event_id AND event.started_at = file.event_started_at
    ON CONFLICT (id) DO NOTHING
""")

_NOTIFY = text(
    "SELECT pg_notify(:channel, json_build_object("
    "'new', CAST(:new AS integer), 'changed', CAST(:changed AS integer))::text)"
)

_KNOWN = text("SELECT id FROM events WHERE id = ANY (:ids)")

_CLOSE_ORPHANS = text("""
    UPDATE events
    SET ended_at = greatest(started_at, written_at),
        facts = facts || '{"ended_unknown": true}'
    WHERE ended_at IS NULL AND camera_id = ANY (:cameras) AND written_at < :before
      AND id <> ALL (:but)
    RETURNING id
""")


def write(
    tx: Transaction,
    records: Sequence[EventRecord],
    now: datetime,
    places: Mapping[UUID, Place] | None = None,
) -> list[UUID]:
    """Write events and what hangs on them; returns the ids of those that are new.

    ``places`` says where the events are that no camera saw. Listeners are notified once.
    Raises ``RowRefused`` for a kind or a camera that is not known; nothing is written then.
    """
    known = merged(records)
    if not known:
        return []
    _require_kinds(known.values())
    new = _insert(tx, known, now, places or {})
    changed = _update(tx, [record for key, record in known.items() if key not in new])
    _require_places(known, {*new, *changed})
    _history_and_sums(tx, new.values())
    write_responses(tx, known, set(new))
    add_evidence(tx, known.values())
    notify(tx, len(new), len(changed))
    return list(new)


def known(tx: Transaction, ids: Collection[UUID]) -> set[UUID]:
    """Which of these events are in the database already."""
    return set(tx.scalars(_KNOWN, {"ids": list(ids)}))


def add_evidence(tx: Transaction, records: Collection[EventRecord]) -> None:
    """Write the evidence of events that are there already; what is known stays as it is."""
    if any(record.evidence for record in records):
        tx.execute(_EVIDENCE, {"rows": evidence_rows(records)})


def close_orphans(
    tx: Transaction, cameras: Collection[int], before: datetime, but: Collection[UUID] = ()
) -> list[UUID]:
    """End the events of ``cameras`` that were written before ``before`` and left open; their ids.

    Those in ``but`` go on. When the others ended is not known: they end when they were written,
    and say so in their facts.
    """
    chosen = {"cameras": list(cameras), "before": before, "but": list(but)}
    rows = tx.execute(_CLOSE_ORPHANS, chosen).all()
    if rows:
        notify(tx, 0, len(rows))
    return [row.id for row in rows]


def notify(tx: Transaction, new: int, changed: int) -> None:
    """Tell the screens how many events are new and how many changed; heard at commit."""
    tx.execute(_NOTIFY, {"channel": EVENTS_CHANNEL, "new": new, "changed": changed})


def _require_kinds(records: Iterable[EventRecord]) -> None:
    for record in records:
        if record.kind not in EVENT_KINDS:
            raise RowRefused(
                N_("Event {event} is of the kind {kind}, which this program does not know."),
                event=record.id,
                kind=record.kind,
            )


def _insert(
    tx: Transaction,
    records: Mapping[UUID, EventRecord],
    now: datetime,
    places: Mapping[UUID, Place],
) -> dict[UUID, NewEvent]:
    rows = tx.execute(_INSERT, {"rows": event_rows(records.values(), places), "now": now})
    return {row.id: NewEvent(*row) for row in rows}


def _update(tx: Transaction, records: Sequence[EventRecord]) -> list[UUID]:
    if not records:
        return []
    return [row.id for row in tx.execute(_UPDATE, {"rows": event_rows(records, {})})]


def _require_places(records: Mapping[UUID, EventRecord], written: set[UUID]) -> None:
    for key, record in records.items():
        if key not in written:
            raise RowRefused(
                N_("Event {event} was seen by camera {camera}, which is not in the database."),
                event=key,
                camera=record.camera_id,
            )


def _history_and_sums(tx: Transaction, new: Collection[NewEvent]) -> None:
    if new:
        rows = {"rows": new_event_rows(new)}
        for statement in (_STATES, _HOURLY, _DAILY):
            tx.execute(statement, rows)
