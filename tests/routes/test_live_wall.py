"""The wall: one socket, many cameras, each of them in the viewer's scope."""

import pytest
from starlette.websockets import WebSocketDisconnect

from data_access.domain.people import LIVE_ROLES, Role
from data_access.viewers import sign_out
from routes import live_wall
from routes.live_wall import BadWish, read_wish
from routes.worker import WorkerPort
from tests.support.door import Door
from tests.support.fake_worker import FakeWorker, picture_of

WISH = {"width": 320, "fps": 5}


def cameras_of(pictures: list[bytes]) -> list[int]:
    return [int.from_bytes(picture[:4], "big") for picture in pictures]


def test_the_cameras_that_were_asked_for_arrive(door: Door, worker: FakeWorker) -> None:
    with door.as_role(Role.OPERATOR).websocket_connect("/live/wall") as wall:
        wall.send_json({"cameras": [1, 4], **WISH})
        assert [wall.receive_bytes(), wall.receive_bytes()] == [picture_of(1), picture_of(4)]
    assert worker.wishes[-1] == {"cameras": [1, 4], **WISH}


def test_a_change_of_layout_needs_no_new_connection(door: Door) -> None:
    with door.as_role(Role.OPERATOR).websocket_connect("/live/wall") as wall:
        wall.send_json({"cameras": [1], **WISH})
        assert cameras_of([wall.receive_bytes()]) == [1]
        wall.send_json({"cameras": [2, 3], **WISH})
        assert cameras_of([wall.receive_bytes(), wall.receive_bytes()]) == [2, 3]


def test_a_camera_outside_the_scope_is_never_asked_for(door: Door, worker: FakeWorker) -> None:
    with door.as_role(Role.CHIEF).websocket_connect("/live/wall") as wall:
        wall.send_json({"cameras": [1, 4, 5, 999, 2], **WISH})
        assert cameras_of([wall.receive_bytes(), wall.receive_bytes()]) == [1, 2]
    assert worker.wishes[-1]["cameras"] == [1, 2]


@pytest.mark.parametrize("role", sorted(set(Role) - LIVE_ROLES))
def test_a_role_without_live_pictures_has_no_wall(door: Door, role: Role) -> None:
    client = door.as_role(role)
    with pytest.raises(WebSocketDisconnect) as refused, client.websocket_connect("/live/wall"):
        pass
    assert refused.value.code == live_wall.POLICY_VIOLATION


def test_a_wall_closes_when_its_session_ends(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_wall, "HONEST_EVERY_S", 0.05)
    token = door.token(Role.OPERATOR)
    with door.with_token(token).websocket_connect("/live/wall") as wall:
        wall.send_json({"cameras": [1], **WISH})
        wall.receive_bytes()
        sign_out(door.access.database, token)
        door.access.forget(token)
        with pytest.raises(WebSocketDisconnect) as closed:
            wall.receive_bytes()
    assert closed.value.code == live_wall.POLICY_VIOLATION


def test_without_the_worker_the_wall_says_try_again_later(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door.access, "worker", WorkerPort("http://127.0.0.1:9", "key"))
    with door.as_role(Role.OPERATOR).websocket_connect("/live/wall") as wall:
        with pytest.raises(WebSocketDisconnect) as closed:
            wall.receive_bytes()
    assert closed.value.code == live_wall.TRY_AGAIN_LATER


def test_nonsense_from_the_browser_closes_its_own_wall_only(door: Door) -> None:
    with door.as_role(Role.OPERATOR).websocket_connect("/live/wall") as wall:
        wall.send_text("give me everything")
        with pytest.raises(WebSocketDisconnect) as closed:
            wall.receive_bytes()
    assert closed.value.code == live_wall.UNSUPPORTED


@pytest.mark.parametrize(
    "message",
    ["", "[]", "{}", '{"cameras": 5}', '{"cameras": ["x"], "width": 1, "fps": 1}', "null", "{" * 9],
)
def test_a_wish_that_cannot_be_read_is_refused(message: str) -> None:
    with pytest.raises(BadWish):
        read_wish(message)


def test_a_wish_is_held_to_what_a_wall_can_show() -> None:
    wish = read_wish('{"cameras": %s, "width": 99999, "fps": 0}' % list(range(1000)))
    assert len(wish.cameras) == live_wall.CAMERAS_MAX
    assert (wish.width_px, wish.fps) == (1920, 1)
