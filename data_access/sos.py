"""Presses of SOS buttons: each opens an incident at once."""

from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import text

from data_access import events
from data_access.database import Transaction
from data_access.domain.events import EventRecord
from data_access.domain.intake import SosPress
from data_access.domain.words import N_
from data_access.errors import RowRefused
from data_access.event_rows import Place

_BUTTON = text("SELECT id, district_id, site_id FROM sos_buttons WHERE code = :code")

_PRESS = text("""
    INSERT INTO sos_presses (id, button_id, district_id, pressed_at, event_id)
    VALUES (:id, :button_id, :district_id, :pressed_at, :event_id)
    ON CONFLICT (id) DO NOTHING RETURNING id
""")


def press(tx: Transaction, pressed: SosPress, now: datetime) -> UUID:
    """Write a press and the incident it opens; returns the incident's event id.

    Repeated with the same id it changes nothing. Raises ``RowRefused`` for an unknown button.
    """
    button = tx.execute(_BUTTON, {"code": pressed.button}).one_or_none()
    if button is None:
        raise RowRefused(
            N_("There is no SOS button {button} in the database. Check the button's code."),
            button=pressed.button,
        )
    event_id = event_of(pressed)
    row = {
        "id": pressed.id,
        "button_id": button.id,
        "district_id": button.district_id,
        "pressed_at": pressed.pressed_at,
        "event_id": event_id,
    }
    if tx.execute(_PRESS, row).one_or_none() is not None:
        place = Place(button.district_id, button.site_id)
        events.write(tx, [_incident(event_id, pressed, button.id)], now, {event_id: place})
    return event_id


def _incident(event_id: UUID, pressed: SosPress, button_id: int) -> EventRecord:
    return EventRecord(
        id=event_id,
        kind="sos_press",
        camera_id=0,
        started_at=pressed.pressed_at,
        ended_at=pressed.pressed_at,
        confidence=1.0,
        facts={"button": pressed.button, "button_id": button_id},
    )


def event_of(pressed: SosPress) -> UUID:
    """The id of the incident that a press opens: the same whenever it is asked."""
    return uuid5(pressed.id, "sos_press")
