"""What keeps a session alive: the viewer's hand, and nothing else."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from data_access.domain.people import Role
from data_access.viewers import viewer_of
from tests.support.door import ADDRESS, Door


def set_back(door: Door, minutes: int) -> None:
    at = datetime.now(UTC) - timedelta(minutes=minutes)
    with door.access.database.as_sign_in() as tx:
        tx.execute(text("UPDATE sessions SET seen_at = :at"), {"at": at})


def is_alive_in(door: Door, token: str, minutes: int) -> bool:
    then = datetime.now(UTC) + timedelta(minutes=minutes)
    return viewer_of(door.access.database, token, then, active=False) is not None


def test_a_touch_prolongs_the_session(door: Door) -> None:
    token = door.token(Role.OPERATOR)
    set_back(door, 20)
    answer = door.with_token(token).post("/session/active", headers={"origin": ADDRESS})
    assert answer.status_code == 204
    assert is_alive_in(door, token, 25)


def test_pictures_pages_and_sockets_do_not(door: Door) -> None:
    token = door.token(Role.OPERATOR)
    set_back(door, 20)
    client = door.with_token(token)
    assert client.get("/live/1.jpg").status_code == 200
    assert client.get("/").status_code == 200
    assert is_alive_in(door, token, 5)
    assert not is_alive_in(door, token, 15)


def test_a_touch_after_the_end_says_so(door: Door) -> None:
    token = door.token(Role.OPERATOR)
    client = door.with_token(token)
    assert client.get("/").status_code == 200
    set_back(door, 31)
    assert client.post("/session/active", headers={"origin": ADDRESS}).status_code == 401
    assert client.get("/").status_code == 303, "what was believed for seconds is forgotten"


def test_another_site_cannot_touch(door: Door) -> None:
    client = door.as_role(Role.OPERATOR)
    answer = client.post("/session/active", headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
