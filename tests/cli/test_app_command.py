"""``app`` as a process of its own: Streamlit and our routes on one port."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket

import httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from cli.app import listen
from cli.failure import CommandFailure
from components.screens import PAGES
from data_access.database import Database
from data_access.domain.people import SESSION_COOKIE, Role
from tests.small_city import SmallCity
from tests.support.app import shared_city, shared_city_owner
from tests.support.door import session_of

__all__ = ["shared_city", "shared_city_owner"]

ROOT = Path(__file__).resolve().parents[2]
NOBODY = "a" * 43
PATIENCE_S = 90.0


@dataclass(frozen=True)
class Running:
    """The app, up; ``address`` has no scheme."""

    process: subprocess.Popen[str]
    address: str
    token: str

    def get(self, path: str, token: str | None = None) -> httpx.Response:
        cookies = {SESSION_COOKIE: token or self.token}
        return httpx.get(
            f"http://{self.address}{path}", cookies=cookies, trust_env=False, timeout=PATIENCE_S
        )

    def socket(self, token: str | None = None, **headers: str) -> ClientConnection:
        cookie = {"Cookie": f"{SESSION_COOKIE}={token or self.token}"}
        address = f"ws://{self.address}/_stcore/stream"
        return connect(
            address, additional_headers=cookie | headers, proxy=None, open_timeout=PATIENCE_S
        )

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE_S)


@contextmanager
def app_running(shared: tuple[SmallCity, str], home: Path) -> Iterator[Running]:
    city, app_url = shared
    database = Database(app_url)
    environment = {"QALA_HOME": str(home), "QALA_APP_DATABASE_URL": app_url}
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "cli", "app", "--port", "0"],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        found = re.search(r"http://(\S+)", said)
        assert found, said + process.stdout.read()
        yield Running(process, found[1], session_of(database, city, Role.OPERATOR))
    finally:
        database.close()
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def running(
    shared_city: tuple[SmallCity, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    with app_running(shared_city, tmp_path_factory.mktemp("home")) as app:
        yield app


def test_the_screens_and_the_routes_share_one_port(running: Running) -> None:
    page = running.get("/")
    assert page.status_code == 200
    assert 'data-theme="dark"' in page.text
    assert running.get("/healthz").json()["app"] == "ok"
    assert running.get("/_stcore/health").status_code == 200


def test_the_first_visit_at_a_screens_own_address_has_the_whole_app(
    shared_city: tuple[SmallCity, str], tmp_path: Path
) -> None:
    """A page's file alone has no navigation; Streamlit would run it so after each start."""
    with app_running(shared_city, tmp_path) as app, app.socket() as stream:
        stream.send(BackMsg(rerun_script=ClientState(page_name="health")).SerializeToString())
        while (said := ForwardMsg.FromString(stream.recv(PATIENCE_S))).WhichOneof(
            "type"
        ) != "navigation":
            assert said.WhichOneof("type") != "script_finished"
        _start, *others = PAGES
        assert [page.url_pathname for page in said.navigation.app_pages] == ["", *others]


def test_streamlits_socket_opens_for_a_session_and_for_nobody_else(running: Running) -> None:
    with running.socket() as stream:
        assert stream.protocol is not None
    for refused in (NOBODY, "' OR 1=1"):
        with pytest.raises(InvalidStatus):
            running.socket(refused)


def test_streamlits_socket_stays_closed_to_pages_of_another_site(running: Running) -> None:
    with pytest.raises(InvalidStatus):
        running.socket(Origin="https://evil.example")


@pytest.mark.parametrize("path", ["/_stcore/health", "/_stcore/host-config", "/media/x"])
def test_what_streamlit_answers_asks_for_a_session_too(running: Running, path: str) -> None:
    assert running.get(path, NOBODY).status_code == 401


@pytest.mark.parametrize("path", ["/_stcore/agent/openapi.json", "/nowhere", "/app/static/x"])
def test_streamlit_never_answers_an_address_of_nobody_with_its_page(
    running: Running, path: str
) -> None:
    assert running.get(path).status_code == 404


def test_a_stop_ends_it_even_with_open_screens(
    shared_city: tuple[SmallCity, str], tmp_path: Path
) -> None:
    with app_running(shared_city, tmp_path) as app, app.socket():
        assert app.stop() == 0


def test_a_port_that_is_taken_is_one_sentence() -> None:
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandFailure, match=rf"127\.0\.0\.1:{port}.*--port"):
            listen("127.0.0.1", port)


@pytest.mark.parametrize(("host", "port"), [("203.0.113.1", 0), ("127.0.0.1", 99_999)])
def test_an_address_that_is_not_ours_is_one_sentence(host: str, port: int) -> None:
    with pytest.raises(CommandFailure, match="cannot listen"):
        listen(host, port)
