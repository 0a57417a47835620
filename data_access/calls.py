"""Calls to the 102 line, as the operators' own system reports them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import text

from data_access import events
from data_access.database import Transaction
from data_access.domain.events import EventRecord
from data_access.domain.intake import Call
from data_access.domain.words import N_
from data_access.errors import RowRefused
from data_access.event_rows import Place

_DISTRICTS = text("SELECT id, code, boundary FROM districts ORDER BY id")

_CALL = text("""
    INSERT INTO calls (id, district_id, called_at, kind, text, latitude, longitude, event_id)
    VALUES (:id, :district_id, :called_at, :kind, :text, :latitude, :longitude, :event_id)
    ON CONFLICT (id) DO NOTHING RETURNING id
""")


def add(tx: Transaction, call: Call, now: datetime) -> UUID | None:
    """Write a call, and the incident it opens where it asks for one; that one's event id.

    Repeated with the same id it changes nothing. Raises ``RowRefused`` where no district is
    named and the place lies in none.
    """
    district_id = _district(tx, call)
    event_id = uuid5(call.id, "call_102") if call.opens_incident else None
    row = {
        "id": call.id,
        "district_id": district_id,
        "called_at": call.called_at,
        "kind": call.kind,
        "text": call.text,
        "latitude": call.latitude,
        "longitude": call.longitude,
        "event_id": event_id,
    }
    is_new = tx.execute(_CALL, row).one_or_none() is not None
    if is_new and event_id is not None:
        events.write(tx, [_incident(event_id, call)], now, {event_id: Place(district_id)})
    return event_id


def _incident(event_id: UUID, call: Call) -> EventRecord:
    return EventRecord(
        id=event_id,
        kind="call_102",
        camera_id=0,
        started_at=call.called_at,
        ended_at=call.called_at,
        confidence=1.0,
        facts={"call_kind": call.kind, "latitude": call.latitude, "longitude": call.longitude},
    )


def _district(tx: Transaction, call: Call) -> int:
    for district in tx.execute(_DISTRICTS):
        if _is_of(call, district.code, district.boundary):
            return int(district.id)
    raise RowRefused(
        N_(
            "The call's district is not known: {district}. Give the code of a district, or a "
            "latitude and longitude inside one."
        ),
        district=call.district or f"{call.latitude}, {call.longitude}",
    )


def _is_of(call: Call, code: str, boundary: Sequence[Sequence[float]]) -> bool:
    if call.district is not None:
        return call.district == code
    if call.latitude is None or call.longitude is None:
        return False
    return _encloses(boundary, call.longitude, call.latitude)


def _encloses(ring: Sequence[Sequence[float]], x: float, y: float) -> bool:
    """Whether the point lies inside the ring, by the even-odd rule."""
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside
