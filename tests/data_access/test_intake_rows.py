"""Presses of SOS buttons, calls to 102 and positions of units."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from data_access import calls, sos, units
from data_access.database import Database, Transaction
from data_access.domain.intake import Call, CallKind, SosPress, UnitPosition, UnitState
from data_access.errors import RowRefused
from tests.detection_worker.items import NOON

pytestmark = pytest.mark.usefixtures("small_city")

BUTTON = """
    INSERT INTO sos_buttons (code, name_ru, name_kk, name_en, latitude, longitude, district_id,
                             site_id)
    VALUES ('SOS-1', 'п', 'т', 'b', 50.97, 71.38, 2, 3)
"""
UNIT = "INSERT INTO units (code, name, kind, district_id) VALUES ('P-1', 'Патруль 1', 'patrol', 1)"


@pytest.fixture
def tx(owner: Database, worker_database: Database) -> Iterator[Transaction]:
    with owner.as_owner() as tx:
        tx.execute(text(BUTTON))
        tx.execute(text(UNIT))
    with worker_database.as_worker() as tx:
        yield tx


def one(tx: Transaction, query: str) -> tuple[Any, ...]:
    return tuple(tx.execute(text(query)).one())


def test_a_press_opens_an_incident_once(tx: Transaction) -> None:
    pressed = SosPress(uuid4(), "SOS-1", NOON)
    event_id = sos.press(tx, pressed, NOON)
    again = replace(pressed, pressed_at=NOON + timedelta(seconds=3))
    assert sos.press(tx, pressed, NOON) == sos.press(tx, again, NOON) == event_id
    assert one(tx, "SELECT id, kind, state, camera_id, site_id, district_id FROM events") == (
        event_id, "sos_press", "new", None, 3, 2,
    )  # fmt: skip
    assert one(tx, "SELECT id, button_id, pressed_at, event_id FROM sos_presses") == (
        pressed.id, 1, NOON, event_id,
    )  # fmt: skip
    assert one(tx, "SELECT event_id FROM incidents") == (event_id,)


def test_a_call_goes_to_the_district_it_names_or_lies_in(tx: Transaction) -> None:
    named = Call(uuid4(), NOON, CallKind.PARKING, "Двор закрыт", district="west")
    inside = Call(uuid4(), NOON, CallKind.FIGHT, latitude=50.97, longitude=71.37)
    for call in (named, inside, inside):
        assert calls.add(tx, call, NOON) is None
    found = tx.execute(text("SELECT kind, district_id, text FROM calls ORDER BY district_id"))
    assert [tuple(row) for row in found] == [("parking", 1, "Двор закрыт"), ("fight", 2, "")]
    assert one(tx, "SELECT count(*) FROM events") == (0,)


def test_a_call_that_asks_for_it_opens_an_incident(tx: Transaction) -> None:
    call = Call(uuid4(), NOON, CallKind.FIGHT, district="east", opens_incident=True)
    event_id = calls.add(tx, call, NOON)
    again = replace(call, called_at=NOON + timedelta(seconds=3))
    assert calls.add(tx, call, NOON) == calls.add(tx, again, NOON) == event_id
    assert one(tx, "SELECT id, kind, district_id FROM events") == (event_id, "call_102", 2)
    assert one(tx, "SELECT event_id FROM calls") == (event_id,)


@pytest.mark.parametrize("place", [{}, {"district": "nowhere"}, {"latitude": 1, "longitude": 1}])
def test_a_call_from_nowhere_is_refused(tx: Transaction, place: dict[str, Any]) -> None:
    with pytest.raises(RowRefused, match="code of a district, or a latitude and longitude"):
        calls.add(tx, Call(uuid4(), NOON, CallKind.OTHER, **place), NOON)


def test_a_unit_moves_forward_in_time_only(tx: Transaction) -> None:
    units.move(tx, UnitPosition("P-1", NOON, 50.96, 71.31, UnitState.ON_WAY))
    units.move(tx, UnitPosition("P-1", NOON - timedelta(seconds=5), 1.0, 2.0, UnitState.OFF))
    units.move(tx, UnitPosition("P-1", NOON + timedelta(seconds=5), 50.97, 71.32))
    assert one(tx, "SELECT latitude, longitude, state, seen_at FROM units") == (
        50.97, 71.32, "on_way", NOON + timedelta(seconds=5),
    )  # fmt: skip
