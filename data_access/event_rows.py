"""Records of the worker as rows: merged by id, and as one JSON document a statement.

A statement takes all its rows in one parameter and unfolds them with ``jsonb_to_recordset``:
a batch costs as many round trips as one event does.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from data_access.domain.events import FIRST_STATE, EventRecord, EvidenceRecord


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event without a camera was: a press of a button, a call."""

    district_id: int
    site_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event whose row was not there before."""

    id: UUID
    started_at: datetime
    district_id: int
    site_id: int | None
    kind: str
    response: str


def merged(records: Sequence[EventRecord]) -> dict[UUID, EventRecord]:
    """One record an id: the last one, with the start of the first and the evidence of all."""
    found: dict[UUID, EventRecord] = {}
    for record in records:
        earlier = found.get(record.id)
        found[record.id] = _over(earlier, record) if earlier else record
    return found


def _over(earlier: EventRecord, later: EventRecord) -> EventRecord:
    files: dict[UUID, EvidenceRecord] = {
        file.id: file for file in (*earlier.evidence, *later.evidence)
    }
    return replace(
        later,
        started_at=earlier.started_at,
        ended_at=later.ended_at or earlier.ended_at,
        plate=later.plate or earlier.plate,
        evidence=tuple(files.values()),
    )


def event_rows(records: Iterable[EventRecord], places: Mapping[UUID, Place]) -> str:
    """The events as a JSON array; those in ``places`` have no camera."""
    return as_json(_event_row(record, places.get(record.id)) for record in records)


def _event_row(record: EventRecord, place: Place | None) -> dict[str, Any]:
    return {
        "id": str(record.id),
        "started_at": record.started_at.isoformat(),
        "ended_at": record.ended_at.isoformat() if record.ended_at else None,
        "camera_id": None if place else record.camera_id,
        "site_id": place.site_id if place else None,
        "district_id": place.district_id if place else None,
        "kind": record.kind,
        "response": record.response,
        "state": FIRST_STATE[record.response],
        "confidence": record.confidence,
        "plate": record.plate,
        "facts": record.facts,
        "track_ids": list(record.track_ids),
    }


def evidence_rows(records: Iterable[EventRecord]) -> str:
    """The evidence of the events as a JSON array."""
    return as_json(
        {
            "event_id": str(record.id),
            "event_started_at": record.started_at.isoformat(),
            "id": str(file.id),
            "kind": file.kind,
            "path": file.path,
            "sha256": file.sha256,
            "size_bytes": file.size_bytes,
            "mime": file.mime,
            "captured_at": file.captured_at.isoformat(),
        }
        for record in records
        for file in record.evidence
    )


def new_event_rows(events: Iterable[NewEvent]) -> str:
    """The keys of new events as a JSON array."""
    return as_json(
        {
            "id": str(event.id),
            "started_at": event.started_at.isoformat(),
            "district_id": event.district_id,
            "site_id": event.site_id,
            "kind": event.kind,
            "response": event.response,
            "state": FIRST_STATE[event.response],  # type: ignore[index]
        }
        for event in events
    )


def as_json(rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as one JSON array, for ``jsonb_to_recordset``."""
    return json.dumps(list(rows), ensure_ascii=False, default=str)
