"""A whole worker on a real database, from a moving picture to the row and the evidence."""

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from data_access import events
from data_access.database import Database
from data_access.domain.watch import WatchedCamera
from data_access.errors import DatabaseUnreachable
from data_access.media import MediaFolder
from data_access.zones import save
from detection_worker.errors import DetectorError
from detection_worker.event_writer import DATABASE_AWAY
from detection_worker.intake.routes import IntakeKeys
from detection_worker.outbox import Outbox
from detection_worker.port import PortTaken
from detection_worker.worker import Worker
from detection_worker.worker_plan import WorkerPlan
from tests.detection_worker.evidence.test_clips import played
from tests.detection_worker.items import an_event
from tests.detection_worker.watching import (
    PATIENCE_S,
    WhiteSquares,
    a_closed_zone,
    open_test_feed,
    wait_until,
)

pytestmark = pytest.mark.usefixtures("small_city")
KEY = "key"


class Running:
    """A worker in a thread, and the database it writes to."""

    def __init__(self, home: Path, worker_url: str, owner: Database, **changes: Any) -> None:
        self.owner = owner
        self.url = worker_url
        plan: dict[str, Any] = {
            "name": "worker", "host": "127.0.0.1", "port": 0, "home": home,
            "media_dir": home / "media", "connect": lambda: Database(worker_url),
            "open_detector": WhiteSquares, "detector": "squares", "open_feed": open_test_feed,
            "key": KEY, "intake_keys": IntakeKeys("s", "c", "t", "l"),
        }  # fmt: skip
        self.worker = Worker(WorkerPlan(**{**plan, **changes}))
        self.stopping = threading.Event()
        self.failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        try:
            self.worker.run(self.stopping)
        except Exception as error:  # noqa: BLE001 - the tests look at it
            self.failure = error

    def stop(self) -> None:
        """Stop it, which it does within seconds."""
        self.stopping.set()
        self._thread.join(PATIENCE_S)
        assert not self._thread.is_alive()

    def get(self, path: str) -> httpx.Response:
        url = f"http://127.0.0.1:{self.worker.port}{path}"
        return httpx.get(url, headers={"X-Qala-Key": KEY}, trust_env=False, timeout=PATIENCE_S)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with self.owner.as_owner() as tx:
            return [tuple(row) for row in tx.execute(text(query))]


Run = Callable[..., Running]


@pytest.fixture
def run(
    tmp_path: Path, worker_url: str, owner: Database, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Run]:
    started: list[Running] = []
    for part in ("WATCH", "CLIPS", "UPKEEP", "WRITER"):  # what a busy machine may take to finish
        monkeypatch.setattr(f"detection_worker.worker.STOP_{part}_S", PATIENCE_S)

    def run_worker(**changes: Any) -> Running:
        started.append(Running(tmp_path / "home", worker_url, owner, **changes))
        return started[-1]

    with owner.as_owner() as tx:
        tx.execute(text("DELETE FROM camera_feeds WHERE camera_id > 2"))
        tx.execute(text("UPDATE camera_feeds SET feed_url = 'test://moving'"))
        save(tx, 1, a_closed_zone(0))
    yield run_worker
    for running in started:
        running.stop()


def test_what_a_camera_sees_is_in_the_database_with_its_evidence(run: Run, tmp_path: Path) -> None:
    running = run()
    wait_until(lambda: running.rows("SELECT 1 FROM events"))
    assert running.rows("SELECT kind, camera_id, district_id, state FROM events") == [
        ("intrusion", 1, 1, "new")
    ]
    running.stop()
    assert running.failure is None
    assert running.rows("SELECT ended_at > started_at FROM events") == [(True,)]
    kinds = running.rows("SELECT kind FROM evidence ORDER BY kind")
    assert [kind for (kind,) in kinds] == ["clip", "drawing", "manifest", "readings", "snapshot"]
    (clip,) = running.rows("SELECT path, sha256 FROM evidence WHERE kind = 'clip'")
    media = MediaFolder(tmp_path / "home" / "media")
    assert media.sha256(clip[0]) == clip[1]
    assert len(played(media.absolute(clip[0])).pictures) > 1
    message = running.rows("SELECT outbox_waiting, message FROM workers")
    assert message == [(0, "The worker was stopped.")]


def test_health_and_pictures_are_served_while_it_runs(run: Run) -> None:
    running = run()
    wait_until(lambda: running.get("/healthz").status_code == 200)
    told = running.get("/healthz").json()
    assert (told["detector"], told["cameras"], told["troubles"]) == ("squares", 2, [])
    assert running.get("/live/1.jpg").headers["content-type"] == "image/jpeg"
    wait_until(lambda: running.rows("SELECT 1 FROM feed_status WHERE state = 'live'"))
    wait_until(lambda: running.rows("SELECT 1 FROM workers WHERE cameras = 2"))


def test_a_camera_that_is_added_or_removed_in_the_database_is_followed(run: Run) -> None:
    running = run()
    wait_until(lambda: running.get("/live/1.jpg").status_code == 200)
    with running.owner.as_owner() as tx:
        tx.execute(
            text("INSERT INTO camera_feeds (camera_id, feed_url) VALUES (3, 'test://moving')")
        )
        tx.execute(text("UPDATE cameras SET enabled = false WHERE id = 2"))
    wait_until(lambda: running.get("/live/3.jpg").status_code == 200)
    wait_until(lambda: running.get("/live/2.jpg").status_code == 404)


def test_without_a_database_it_waits_and_says_so(run: Run, worker_url: str) -> None:
    away = threading.Event()

    def connect() -> Database:
        if not away.is_set():
            raise DatabaseUnreachable("Nobody answers.")
        return Database(worker_url)

    running = run(connect=connect)
    wait_until(lambda: DATABASE_AWAY in running.worker.report().troubles)
    assert running.get("/healthz").status_code == 503
    away.set()
    wait_until(lambda: running.rows("SELECT 1 FROM events"))
    wait_until(lambda: not running.worker.report().troubles)


def test_a_database_that_goes_away_for_a_while_loses_nothing(run: Run) -> None:
    running = run()
    wait_until(lambda: running.rows("SELECT 1 FROM events"))
    with running.owner.as_owner() as tx:
        tx.execute(text("REVOKE INSERT, UPDATE ON events FROM qala_worker"))
    running.worker._outbox.put(an_event(camera_id=2))
    wait_until(lambda: running.worker.report().troubles)
    with running.owner.as_owner() as tx:
        tx.execute(text("GRANT INSERT, UPDATE ON events TO qala_worker"))
    wait_until(lambda: running.rows("SELECT 1 FROM events WHERE camera_id = 2"))


def test_events_that_a_crash_left_open_are_closed_also_those_in_the_outbox(
    run: Run, tmp_path: Path, worker_database: Database
) -> None:
    written, waiting = an_event(camera_id=2), an_event(camera_id=2)
    with worker_database.as_worker() as tx:
        events.write(tx, [written], written.started_at)
    outbox = Outbox(tmp_path / "home" / "outbox")
    outbox.put(waiting)
    outbox.close()
    running = run()
    closed = "SELECT count(*) FROM events WHERE camera_id = 2 AND ended_at IS NOT NULL"
    wait_until(lambda: running.rows(closed) == [(2,)])


def test_a_detector_that_cannot_work_ends_the_worker_with_its_sentence(run: Run) -> None:
    def refuse(name: str) -> WhiteSquares:
        raise DetectorError("No model can be used.")

    running = run(open_detector=refuse)
    wait_until(lambda: running.failure)
    assert str(running.failure) == "No model can be used."


def test_a_journey_that_breaks_ends_the_worker(run: Run) -> None:
    broken = WhiteSquares()
    broken.fails = True
    running = run(open_detector=lambda name: broken)
    wait_until(lambda: running.failure)
    assert str(running.failure) == "the detector broke"


def test_a_taken_port_ends_it_before_anything_is_opened(run: Run, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(PortTaken):
        run(port=taken.getsockname()[1])
    assert not (tmp_path / "home").exists()


def test_one_camera_s_picture_never_waits_for_another_s(run: Run) -> None:
    """A feed that hangs while it opens holds up neither its neighbour nor the stop."""
    hangs = threading.Event()

    def open_feed(camera: WatchedCamera) -> Any:
        if camera.id == 2:
            hangs.wait(2 * PATIENCE_S)
        return open_test_feed(camera)

    running = run(open_feed=open_feed)
    wait_until(lambda: running.get("/live/1.jpg").status_code == 200)
    assert running.get("/live/2.jpg").status_code == 404
    running.stop()
    hangs.set()
