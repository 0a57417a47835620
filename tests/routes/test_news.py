"""The word that something happened: who hears it, when, and when it ends."""

import time

import pytest
from starlette.websockets import WebSocketDisconnect

from data_access import incidents
from data_access.database import Database
from data_access.domain.people import Role
from data_access.shared_listener import listener_of, stop_listeners
from data_access.viewers import sign_out
from routes import news
from tests.support.door import Door
from tests.support.incident_rows import EVENING, put_incident


@pytest.fixture(autouse=True)
def listening(door: Door) -> object:
    """The listener is there before a screen is, and ends with the test."""
    listener = listener_of(door.access.database.url)
    end = time.monotonic() + 10
    while not listener.connected:
        assert time.monotonic() < end
        time.sleep(0.01)
    yield
    stop_listeners()


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.AKIM, Role.PATROL])
def test_each_screen_hears_that_something_happened(
    door: Door, owner_of_city: Database, role: Role
) -> None:
    with door.as_role(role).websocket_connect("/map/news") as screen:
        with owner_of_city.as_owner() as tx:
            number = put_incident(tx)
        operator = door.city.viewers[Role.OPERATOR]
        with door.access.database.as_viewer(operator.scope) as tx:
            incidents.acknowledge(tx, operator, number, EVENING, EVENING)
        assert screen.receive_text() == "news"


def test_nobody_hears_it_without_signing_in(door: Door) -> None:
    with (
        pytest.raises(WebSocketDisconnect) as refusal,
        door.as_role(None).websocket_connect("/map/news"),
    ):
        pass
    assert refusal.value.code == news.POLICY_VIOLATION


def test_a_screen_whose_session_ends_hears_no_more(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "TRUSTED_S", 0.05)
    token = door.token(Role.OPERATOR)
    with door.with_token(token).websocket_connect("/map/news") as screen:
        sign_out(door.access.database, token)
        door.access.forget(token)
        with pytest.raises(WebSocketDisconnect) as end:
            screen.receive_text()
    assert end.value.code == news.POLICY_VIOLATION
