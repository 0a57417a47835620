"""Incidents, presses and units, written as the worker writes them."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from data_access import events, sos
from data_access.database import Transaction
from data_access.domain.events import EventRecord
from data_access.domain.intake import SosPress
from data_access.tables.places import SosButton, Unit

EVENING = datetime(2026, 11, 20, 15, tzinfo=UTC)
"""Eight in the evening in the city, on the day that these tests play on."""


def put_incident(
    tx: Transaction,
    *,
    at: datetime = EVENING,
    camera_id: int = 1,
    kind: str = "crowd",
    facts: dict[str, Any] | None = None,
) -> UUID:
    record = EventRecord(uuid4(), kind, camera_id, at, None, 0.8, facts or {})
    events.write(tx, [record], at)
    return record.id


def put_button(tx: Transaction, *, code: str = "SOS-1", district: int = 1) -> None:
    names = {"name_ru": "Школа № 4", "name_kk": "№ 4 мектеп", "name_en": "School 4"}
    place = {"latitude": 50.966, "longitude": 71.331}
    tx.execute(insert(SosButton), {"code": code, "district_id": district, **names, **place})


def press_button(tx: Transaction, *, code: str = "SOS-1", at: datetime = EVENING) -> UUID:
    return sos.press(tx, SosPress(uuid4(), code, at), at)


def put_unit(tx: Transaction, code: str, **columns: Any) -> None:
    unit = {
        "code": code,
        "name": f"Unit {code}",
        "kind": "patrol",
        "state": "free",
        "district_id": 1,
        "latitude": 50.97,
        "longitude": 71.33,
        "seen_at": EVENING,
    }
    tx.execute(insert(Unit), unit | columns)
