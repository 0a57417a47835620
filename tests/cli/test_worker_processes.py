"""``./qala worker --processes 2``: real processes, one port, one of them killed."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from websockets.sync.client import connect

from benchmarks.free_ports import free_port
from data_access.database import Database
from tests.detection_worker.feeds.footage import record
from tests.detection_worker.watching import wait_until

pytestmark = [pytest.mark.usefixtures("small_city"), pytest.mark.timeout(900)]
PATIENCE_S = 120.0
KEY = {"X-Qala-Key": "key"}


class Fleet:
    """A worker of two processes."""

    def __init__(self, home: Path, worker_url: str) -> None:
        self.port = free_port()
        kept = {key: value for key, value in os.environ.items() if not key.startswith("QALA_")}
        mine = {
            "QALA_HOME": str(home), "QALA_WORKER_DATABASE_URL": worker_url,
            "QALA_DETECTOR": "motion", "QALA_WORKER_KEY": "key",
        }  # fmt: skip
        words = ["-m", "cli", "worker", "--processes", "2", "--port", str(self.port)]
        self.process = subprocess.Popen(
            [sys.executable, *words], env=kept | mine,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def get(self, path: str) -> httpx.Response | None:
        assert self.process.poll() is None, self.process.communicate()[0]
        url = f"http://127.0.0.1:{self.port}{path}"
        try:
            return httpx.get(url, headers=KEY, trust_env=False, timeout=PATIENCE_S)
        except httpx.TransportError:
            return None

    def health(self) -> dict[str, Any]:
        answer = self.get("/healthz")
        return answer.json() if answer is not None else {}

    def processes(self) -> list[dict[str, Any]]:
        """What health tells of each, as soon as it answers."""
        told: dict[str, Any] = {}
        wait_until(lambda: told.update(self.health()) or told, PATIENCE_S)
        return list(told["processes"])

    def shows(self, camera_id: int) -> bool:
        answer = self.get(f"/live/{camera_id}.jpg")
        return answer is not None and answer.status_code == 200

    def end(self) -> tuple[int, str]:
        self.process.send_signal(signal.SIGTERM)
        said = self.process.communicate(timeout=PATIENCE_S)[0]
        return self.process.returncode, said


@pytest.fixture
def fleet(tmp_path: Path, worker_url: str, owner: Database) -> Iterator[Fleet]:
    film = record(tmp_path / "film.mp4")
    with owner.as_owner() as tx:
        tx.execute(text("DELETE FROM camera_feeds WHERE camera_id > 3"))
        tx.execute(
            text("UPDATE camera_feeds SET loops = true, feed_url = :film"), {"film": str(film)}
        )
    running = Fleet(tmp_path / "home", worker_url)
    yield running
    running.process.kill()
    running.process.communicate()


def exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_cameras_are_spread_over_processes_that_are_one_worker(
    fleet: Fleet, owner: Database, tmp_path: Path
) -> None:
    wait_until(lambda: fleet.health().get("live") == 3, PATIENCE_S)
    each = fleet.processes()
    assert [one["name"] for one in each] == ["worker-1", "worker-2"]
    assert sorted(one["cameras"] for one in each) == [1, 2]
    wait_until(lambda: all(fleet.shows(camera) for camera in (1, 2, 3)), PATIENCE_S)
    assert 'qala_cameras_live{process="worker-2"} 1.0' in fleet.get("/metrics").text  # type: ignore[union-attr]
    _sees_all_on_one_wall(fleet)
    _follows_a_new_camera(fleet, owner, tmp_path / "film.mp4")
    _starts_a_killed_process_again(fleet)
    _names_each_in_health(owner)
    pids = [one["pid"] for one in fleet.processes()]
    code, said = fleet.end()
    assert (code, "Traceback" in said) == (0, False), said
    assert not any(exists(pid) for pid in pids)
    assert {path.name for path in (tmp_path / "home").glob("outbox*")} == {"outbox", "outbox-2"}


def _sees_all_on_one_wall(fleet: Fleet) -> None:
    with connect(
        f"ws://127.0.0.1:{fleet.port}/live/wall",
        additional_headers=KEY, proxy=None, open_timeout=PATIENCE_S,
    ) as wall:  # fmt: skip
        wall.send(json.dumps({"cameras": [1, 2, 3], "width": 160, "fps": 5}))
        seen: set[int] = set()
        while seen != {1, 2, 3}:
            picture = wall.recv(timeout=PATIENCE_S)
            assert isinstance(picture, bytes)
            seen.add(int.from_bytes(picture[:4], "big"))


def _follows_a_new_camera(fleet: Fleet, owner: Database, film: Path) -> None:
    with owner.as_owner() as tx:
        tx.execute(
            text("INSERT INTO camera_feeds (camera_id, feed_url, loops) VALUES (4, :film, true)"),
            {"film": str(film)},
        )
    wait_until(lambda: fleet.shows(4), PATIENCE_S)


def _starts_a_killed_process_again(fleet: Fleet) -> None:
    second = fleet.processes()[1]
    os.kill(second["pid"], signal.SIGKILL)

    def is_back() -> bool:
        now = fleet.processes()[1]
        return now["pid"] != second["pid"] and now.get("live", 0) == 2

    wait_until(lambda: fleet.shows(1), PATIENCE_S)  # the other process goes on
    wait_until(is_back, PATIENCE_S)
    assert fleet.processes()[1]["restarts"] == 1
    wait_until(lambda: all(fleet.shows(camera) for camera in (1, 2, 3, 4)), PATIENCE_S)


def _names_each_in_health(owner: Database) -> None:
    def names() -> list[str]:
        with owner.as_owner() as tx:
            return list(tx.execute(text("SELECT name FROM workers ORDER BY name")).scalars())

    wait_until(lambda: names() == ["worker", "worker-1", "worker-2"], PATIENCE_S)
