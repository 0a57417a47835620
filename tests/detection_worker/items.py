"""Items as the journey finds them, for the tests of the outbox and of its writer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from data_access.domain.events import EventRecord, EvidenceRecord, TrafficCount

NOON = datetime(2026, 5, 4, 7, 0, tzinfo=UTC)  # noon in the city


def an_event(**changes: Any) -> EventRecord:
    event = EventRecord(
        id=uuid4(),
        kind="wrong_way",
        camera_id=1,
        started_at=NOON,
        ended_at=None,
        confidence=0.8,
        facts={"distance_m": 12.5},
        track_ids=(7,),
    )
    return replace(event, **changes)


def a_file(kind: str = "snapshot", **changes: Any) -> EvidenceRecord:
    name = uuid4().hex
    file = EvidenceRecord(
        id=uuid4(),
        kind=kind,
        path=f"{name[:2]}/{name}.jpg",
        sha256="0" * 64,
        size_bytes=10,
        mime="image/jpeg",
        captured_at=NOON,
    )
    return replace(file, **changes)


def a_count(count: int = 1, minute: int = 0, **changes: Any) -> TrafficCount:
    counted = TrafficCount(
        minute_at=NOON + timedelta(minutes=minute),
        camera_id=1,
        zone_id=1,
        label="car",
        direction="forward",
        count=count,
    )
    return replace(counted, **changes)
