"""``./qala worker`` as a process of its own."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from benchmarks.free_ports import free_port
from cli import worker
from cli.failure import CommandFailure
from data_access.database import Database
from data_access.settings import read_settings
from tests.cli.commands import run
from tests.detection_worker.watching import wait_until

pytestmark = pytest.mark.usefixtures("small_city")

PATIENCE_S = 90.0
"""A process that imports a detector takes seconds, and more where others work beside it."""


class Process:
    """A worker process and what it says."""

    def __init__(self, home: Path, worker_url: str, port: int) -> None:
        self.port = port
        kept = {key: value for key, value in os.environ.items() if not key.startswith("QALA_")}
        mine = {
            "QALA_HOME": str(home), "QALA_WORKER_DATABASE_URL": worker_url,
            "QALA_DETECTOR": "motion", "QALA_WORKER_KEY": "key",
        }  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cli", "worker", "--port", str(port)],
            env=kept | mine, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def answers(self, path: str = "/healthz") -> httpx.Response | None:
        assert self.process.poll() is None, self.process.communicate()[0]
        try:
            return httpx.get(
                f"http://127.0.0.1:{self.port}{path}",
                headers={"X-Qala-Key": "key"}, trust_env=False, timeout=PATIENCE_S,
            )  # fmt: skip
        except httpx.TransportError:
            return None

    def wait_until_ready(self) -> None:
        wait_until(self._is_ready, PATIENCE_S)

    def _is_ready(self) -> bool:
        answer = self.answers()
        return answer is not None and bool(answer.json()["ready"])

    def end(self, number: int) -> tuple[int, str]:
        """Its exit code and what it said."""
        self.process.send_signal(number)
        said = self.process.communicate(timeout=PATIENCE_S)[0]
        return self.process.returncode, said


Start = Callable[..., Process]


@pytest.fixture
def start(tmp_path: Path, worker_url: str, owner: Database) -> Iterator[Start]:
    started: list[Process] = []

    def start_process(port: int | None = None) -> Process:
        started.append(Process(tmp_path / "home", worker_url, port or free_port()))
        return started[-1]

    with owner.as_owner() as tx:
        tx.execute(text("DELETE FROM camera_feeds WHERE camera_id > 1"))
        tx.execute(text("UPDATE camera_feeds SET feed_url = 'rtsp://qala:secret@127.0.0.1:9/x'"))
    yield start_process
    for process in started:
        process.process.kill()
        process.process.communicate()


def test_a_worker_stops_when_it_is_asked_and_never_says_a_password(
    start: Start, owner: Database
) -> None:
    def offline() -> list[Any]:
        with owner.as_owner() as tx:
            return list(tx.execute(text("SELECT 1 FROM feed_status WHERE state = 'offline'")))

    worker = start()
    worker.wait_until_ready()
    wait_until(offline, PATIENCE_S)
    code, said = worker.end(signal.SIGTERM)
    assert code == 0, said
    assert "C-0001" in said and "secret" not in said
    assert "Traceback" not in said


def test_a_port_that_is_taken_is_one_sentence_and_failed_work(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        worker = start(taken.getsockname()[1])
        said = worker.process.communicate(timeout=PATIENCE_S)[0]
    assert worker.process.returncode == 1
    assert "is taken by another program" in said.splitlines()[-1]
    assert "Traceback" not in said


def test_a_second_worker_of_the_same_home_is_told_so(start: Start) -> None:
    first = start()
    first.wait_until_ready()
    second = start()
    said = second.process.communicate(timeout=PATIENCE_S)[0]
    assert (second.process.returncode, "Another worker uses the outbox" in said) == (1, True)
    assert first.end(signal.SIGINT)[0] == 0


def test_a_press_that_was_answered_survives_kill_9(
    start: Start, owner: Database, tmp_path: Path
) -> None:
    with owner.as_owner() as tx:
        tx.execute(
            text(
                "INSERT INTO sos_buttons (code, name_ru, name_kk, name_en, latitude, longitude,"
                " district_id) VALUES ('SOS-1', 'п', 'т', 'b', 50.97, 71.38, 2)"
            )
        )
        tx.execute(text("REVOKE INSERT ON events FROM qala_worker"))
    worker = start()
    worker.wait_until_ready()
    key = (tmp_path / "home" / "keys" / "intake-sos.key").read_text().strip()
    answer = httpx.post(
        f"http://127.0.0.1:{worker.port}/intake/sos",
        json={"id": "1", "button": "SOS-1"}, headers={"X-Qala-Key": key}, trust_env=False,
        timeout=PATIENCE_S,
    )  # fmt: skip
    assert (answer.status_code, answer.json()["written"]) == (202, False)
    assert worker.end(signal.SIGKILL)[0] == -9
    with owner.as_owner() as tx:
        tx.execute(text("GRANT INSERT ON events TO qala_worker"))
    start()

    def events() -> list[Any]:
        with owner.as_owner() as tx:
            return list(tx.execute(text("SELECT id::text FROM events")).scalars())

    wait_until(events, PATIENCE_S)
    assert events() == [answer.json()["event"]]


def test_without_any_database_one_sentence_says_how_to_begin(tmp_path: Path) -> None:
    home = tmp_path / "home"
    settings = read_settings({"QALA_HOME": str(home)})
    with pytest.raises(CommandFailure, match=r"no database in .*/home yet\. Begin with \./qala up"):
        run(worker, settings)
    assert not home.exists(), "no server was made, and none is left running"
