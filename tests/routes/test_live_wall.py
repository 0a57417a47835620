"""The wall: one socket, many cameras, each of them in the viewer's scope."""

import json
from collections.abc import Callable, Iterator

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from data_access.domain.people import LIVE_ROLES, SESSION_COOKIE, Role
from data_access.viewers import sign_out
from routes import live_wall
from routes.live_wall import BadWish, read_wish
from routes.worker import WorkerPort
from tests.small_city import SmallCity
from tests.support.door import Door, access_to, routes_behind_guard
from tests.support.fake_worker import FakeWorker, picture_of
from tests.support.serving import served

WISH = {"width": 320, "fps": 5}
OpenWall = Callable[[Role | str], ClientConnection]


@pytest.fixture(scope="module")
def wall_address(
    shared_city: tuple[SmallCity, str],
    worker: FakeWorker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, Door]]:
    """The routes on a real port: a socket that closes half-way needs a real server."""
    city, app_url = shared_city
    access = access_to(app_url, tmp_path_factory.mktemp("home"), worker.url)
    app = routes_behind_guard(access)
    with served(app) as address:
        yield f"ws://{address}/live/wall", Door(city, access, app, None)  # type: ignore[arg-type]


@pytest.fixture
def open_wall(wall_address: tuple[str, Door]) -> OpenWall:
    address, door = wall_address

    def opened(who: Role | str) -> ClientConnection:
        token = door.token(who) if isinstance(who, Role) else who
        cookie = {"Cookie": f"{SESSION_COOKIE}={token}"}
        return connect(address, additional_headers=cookie, proxy=None, open_timeout=60)

    return opened


def want(wall: ClientConnection, *cameras: int) -> None:
    wall.send(json.dumps({"cameras": cameras, **WISH}))


def next_cameras(wall: ClientConnection, count: int) -> list[int]:
    pictures = [wall.recv(60) for _ in range(count)]
    return [int.from_bytes(picture[:4], "big") for picture in pictures]  # type: ignore[arg-type]


def close_code(wall: ClientConnection) -> int | None:
    with pytest.raises(ConnectionClosed):
        while True:
            wall.recv(60)
    return wall.close_code


def test_the_cameras_that_were_asked_for_arrive(open_wall: OpenWall, worker: FakeWorker) -> None:
    with open_wall(Role.OPERATOR) as wall:
        want(wall, 1, 4)
        assert [wall.recv(60), wall.recv(60)] == [picture_of(1), picture_of(4)]
    assert worker.wishes[-1] == {"cameras": [1, 4], **WISH}


def test_a_change_of_layout_needs_no_new_connection(open_wall: OpenWall) -> None:
    with open_wall(Role.OPERATOR) as wall:
        want(wall, 1)
        assert next_cameras(wall, 1) == [1]
        want(wall, 2, 3)
        assert next_cameras(wall, 2) == [2, 3]


def test_a_camera_outside_the_scope_is_never_asked_for(
    open_wall: OpenWall, worker: FakeWorker
) -> None:
    with open_wall(Role.CHIEF) as wall:
        want(wall, 1, 4, 5, 999, 2)
        assert next_cameras(wall, 2) == [1, 2]
    assert worker.wishes[-1]["cameras"] == [1, 2]


@pytest.mark.parametrize("role", sorted(set(Role) - LIVE_ROLES))
def test_a_role_without_live_pictures_has_no_wall(open_wall: OpenWall, role: Role) -> None:
    with pytest.raises(InvalidStatus):
        open_wall(role)


def test_a_stranger_has_no_wall(open_wall: OpenWall) -> None:
    with pytest.raises(InvalidStatus):
        open_wall("a" * 43)


def test_a_wall_closes_when_its_session_ends(
    open_wall: OpenWall, wall_address: tuple[str, Door], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_wall, "HONEST_EVERY_S", 0.05)
    door = wall_address[1]
    token = door.token(Role.OPERATOR)
    with open_wall(token) as wall:
        want(wall, 1)
        assert next_cameras(wall, 1) == [1]
        sign_out(door.access.database, token)
        door.access.forget(token)
        assert close_code(wall) == live_wall.POLICY_VIOLATION


def test_without_the_worker_the_wall_says_try_again_later(
    open_wall: OpenWall, wall_address: tuple[str, Door], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wall_address[1].access, "worker", WorkerPort("http://127.0.0.1:9", "key"))
    with open_wall(Role.OPERATOR) as wall:
        assert close_code(wall) == live_wall.TRY_AGAIN_LATER


def test_nonsense_from_the_browser_closes_its_own_wall_only(open_wall: OpenWall) -> None:
    with open_wall(Role.OPERATOR) as wall, open_wall(Role.OPERATOR) as other:
        wall.send("give me everything")
        assert close_code(wall) == live_wall.UNSUPPORTED
        want(other, 1)
        assert next_cameras(other, 1) == [1]


@pytest.mark.parametrize(
    "message",
    ["", "[]", "{}", '{"cameras": 5}', '{"cameras": ["x"], "width": 1, "fps": 1}', "null", "{" * 9],
)
def test_a_wish_that_cannot_be_read_is_refused(message: str) -> None:
    with pytest.raises(BadWish):
        read_wish(message)


def test_a_wish_is_held_to_what_a_wall_can_show() -> None:
    wish = read_wish(f'{{"cameras": {list(range(1000))}, "width": 99999, "fps": 0}}')
    assert len(wish.cameras) == live_wall.CAMERAS_MAX
    assert (wish.width_px, wish.fps) == (1920, 1)
