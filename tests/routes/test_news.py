"""The word that something happened: who hears it, when, and when it ends."""

import time
from collections.abc import Callable, Iterator

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from data_access import incidents
from data_access.database import Database
from data_access.domain.people import SESSION_COOKIE, Role
from data_access.shared_listener import listener_of, stop_listeners
from data_access.viewers import sign_out
from routes import news
from tests.small_city import SmallCity
from tests.support.door import Door, access_to, routes_behind_guard
from tests.support.fake_worker import FakeWorker
from tests.support.incident_rows import EVENING, put_incident
from tests.support.serving import served

PATIENCE_S = 60.0
OpenScreen = Callable[[Role | str], ClientConnection]


@pytest.fixture(scope="module")
def news_address(
    shared_city: tuple[SmallCity, str],
    worker: FakeWorker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, Door]]:
    """The routes on a real port: a socket that closes half-way needs a real server."""
    city, app_url = shared_city
    access = access_to(app_url, tmp_path_factory.mktemp("home"), worker.url)
    app = routes_behind_guard(access)
    _until(lambda: listener_of(access.database.url).connected)
    with served(app) as address:
        yield f"ws://{address}/map/news", Door(city, access, app, None)  # type: ignore[arg-type]
    stop_listeners()


@pytest.fixture
def open_screen(news_address: tuple[str, Door]) -> OpenScreen:
    address, door = news_address

    def opened(who: Role | str) -> ClientConnection:
        token = door.token(who) if isinstance(who, Role) else who
        cookie = {"Cookie": f"{SESSION_COOKIE}={token}"}
        return connect(address, additional_headers=cookie, proxy=None, open_timeout=PATIENCE_S)

    return opened


def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.01)


def acknowledge_something(owner: Database, door: Door) -> None:
    """Something that is announced: an operator takes an incident on."""
    with owner.as_owner() as tx:
        number = put_incident(tx)
    operator = door.city.viewers[Role.OPERATOR]
    with door.access.database.as_viewer(operator.scope) as tx:
        incidents.acknowledge(tx, operator, number, EVENING, EVENING)


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.AKIM, Role.PATROL])
def test_each_screen_hears_that_something_happened(
    open_screen: OpenScreen, news_address: tuple[str, Door], owner_of_city: Database, role: Role
) -> None:
    with open_screen(role) as screen, open_screen(role) as another:
        acknowledge_something(owner_of_city, news_address[1])
        assert (screen.recv(PATIENCE_S), another.recv(PATIENCE_S)) == ("news", "news")


def test_nothing_is_said_while_nothing_happens(open_screen: OpenScreen) -> None:
    with open_screen(Role.OPERATOR) as screen, pytest.raises(TimeoutError):
        for _ in range(20):  # late words of what happened before
            screen.recv(1.0)


def test_nobody_hears_it_without_signing_in(open_screen: OpenScreen) -> None:
    with pytest.raises(InvalidStatus):
        open_screen("a" * 43)


def test_a_screen_whose_session_ends_hears_no_more(
    open_screen: OpenScreen, news_address: tuple[str, Door], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "HONEST_EVERY_S", 0.05)
    door = news_address[1]
    token = door.token(Role.OPERATOR)
    with open_screen(token) as screen:
        sign_out(door.access.database, token)
        door.access.forget(token)
        with pytest.raises(ConnectionClosed):
            while screen.recv(PATIENCE_S) == "news":
                pass  # said before the session ended
        assert screen.close_code == news.POLICY_VIOLATION


def test_the_thread_that_waits_ends_with_the_last_screen(
    open_screen: OpenScreen, news_address: tuple[str, Door], owner_of_city: Database
) -> None:
    with open_screen(Role.OPERATOR):
        pass
    time.sleep(news.LISTENING_S * 1.5)
    with open_screen(Role.OPERATOR) as screen:
        acknowledge_something(owner_of_city, news_address[1])
        assert screen.recv(PATIENCE_S) == "news"
