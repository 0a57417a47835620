"""Violations put straight into the tables, as the worker would have written them."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from data_access.database import Transaction
from data_access.tables.happenings import Event, EventState, Evidence
from data_access.tables.responses import Violation
from tests.small_city import CAMERAS

NOON = datetime(2026, 11, 20, 7, tzinfo=UTC)
"""Noon in the city, on the day that these tests play on."""

_CAMERA_SITES = {1: 1, 2: 1, 3: 2, 4: 3, 5: 3, 6: 4}
FINE = {"article": "599", "mci_count": 10, "mci_tenge": 4325, "fine_tenge": 43250}


def put_violation(
    tx: Transaction,
    *,
    at: datetime = NOON,
    camera_id: int = 1,
    kind: str = "red_light",
    state: str = "detected",
    confidence: float = 0.9,
    plate: str | None = "123 ABC 02",
    facts: dict[str, Any] | None = None,
    event_id: UUID | None = None,
    **course: Any,
) -> UUID:
    """One violation with its first line of history; ``course`` are columns of its response."""
    number = event_id or uuid4()
    district = CAMERAS[camera_id]
    event = {
        "id": number,
        "started_at": at,
        "ended_at": at,
        "camera_id": camera_id,
        "site_id": _CAMERA_SITES[camera_id],
        "district_id": district,
        "kind": kind,
        "response": "violation",
        "state": state,
        "confidence": confidence,
        "plate": plate,
        "facts": facts or {},
        "written_at": at,
    }
    tx.execute(insert(Event), event)
    beside = {"event_id": number, "event_started_at": at, "district_id": district}
    tx.execute(insert(Violation), {**beside, "plate": plate, **FINE, **course})
    tx.execute(insert(EventState), {**beside, "at": at, "state": "detected"})
    return number


def put_evidence(
    tx: Transaction, event_id: UUID, kind: str, mime: str, at: datetime = NOON
) -> UUID:
    """One file of evidence of camera 1 (the file itself is not made)."""
    number = uuid4()
    tx.execute(
        insert(Evidence),
        {
            "id": number,
            "event_id": event_id,
            "event_started_at": at,
            "district_id": CAMERAS[1],
            "camera_id": 1,
            "kind": kind,
            "path": f"{number}.{mime.split('/')[1]}",
            "sha256": "0" * 64,
            "size_bytes": 1000,
            "mime": mime,
            "captured_at": at,
        },
    )
    return number
