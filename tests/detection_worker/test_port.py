"""The worker's port over real HTTP and WebSockets on the loopback."""

import json
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import cv2
import httpx
import numpy as np
import pytest
from sqlalchemy import text
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from benchmarks.free_ports import free_port
from data_access.database import Database
from data_access.domain.feeds import FeedState, FeedStatus
from detection_worker.event_writer import EventWriter
from detection_worker.evidence.kept_frames import compressed
from detection_worker.feeds.multipart import Parts
from detection_worker.health.report import HealthReport
from detection_worker.intake.desk import IntakeDesk
from detection_worker.intake.routes import MOST_BYTES, IntakeKeys
from detection_worker.live_pictures import LivePictures
from detection_worker.outbox import Outbox
from detection_worker.pipeline import SeenPicture
from detection_worker.port import Port, PortTaken, make_app
from detection_worker.rules.signals.board import SignalBoard
from tests.data_access.test_intake_rows import BUTTON, UNIT
from tests.detection_worker.items import NOON
from tests.detection_worker.pictures import a_frame
from tests.detection_worker.watching import PATIENCE_S

KEY = "the-app's-key"
KEYS = IntakeKeys(
    sos="sos-key", calls="calls-key", telemetry="telemetry-key", signals="signals-key"
)
LIVE = FeedStatus(1, FeedState.LIVE, "", NOON, NOON, "motion", fps=10.0, dropped=3)
REPORT = HealthReport(
    name="worker", detector="motion", model="MOG2", started_at=NOON, at=NOON, ready=True,
    feeds=(LIVE, replace(LIVE, camera_id=2, state=FeedState.OFFLINE)), inference_ms=4.5,
    outbox_waiting=7, set_aside=0, written=12, pre_roll_bytes=1_000, writer_stuck=False,
    troubles=(),
)  # fmt: skip
NOBODY = Database("postgresql://qala_worker:x@127.0.0.1:1/qala")


class Served:
    """A running port, and what stands behind it."""

    def __init__(self, folder: Path, as_worker: Any = NOBODY.as_worker, port: int = 0) -> None:
        self.live = LivePictures()
        self.outbox = Outbox(folder / "outbox")
        self.health = REPORT
        self.port = Port("127.0.0.1", port)
        self.signals = SignalBoard()
        desk = IntakeDesk(as_worker, self.outbox, self.signals)
        self.port.start(make_app(self.live, lambda: self.health, desk, KEY, KEYS))
        self.url = f"http://127.0.0.1:{self.port.port}"
        self.http = httpx.Client(base_url=self.url, trust_env=False, timeout=PATIENCE_S)

    def show(self, number: int, camera_id: int = 1) -> None:
        kept = compressed(a_frame(number, camera_id=camera_id, size=(640, 480)))
        self.live.keep(camera_id, kept)
        self.live.see(camera_id, kept, SeenPicture())

    def get(self, path: str, key: str = KEY) -> httpx.Response:
        return self.http.get(path, headers={"X-Qala-Key": key})

    def post(self, name: str, sent: Any, key: str | None = None) -> httpx.Response:
        headers = {"X-Qala-Key": key or getattr(KEYS, name)}
        return self.http.post(f"/intake/{name}", json=sent, headers=headers)

    def wall(self, key: str = KEY) -> ClientConnection:
        address = self.url.replace("http", "ws") + "/live/wall"
        headers = {"X-Qala-Key": key}
        return connect(address, additional_headers=headers, proxy=None, open_timeout=PATIENCE_S)

    def close(self) -> None:
        self.http.close()
        self.port.stop()
        self.outbox.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with closing(Served(tmp_path)) as served:
        yield served


@pytest.fixture
def city(
    tmp_path: Path, owner: Database, worker_database: Database, small_city: object
) -> Iterator[Served]:
    """A port that writes to a small city with a button and a unit."""
    with owner.as_owner() as tx:
        tx.execute(text(BUTTON))
        tx.execute(text(UNIT))
    with closing(Served(tmp_path, worker_database.as_worker)) as served:
        yield served


def width_of(jpeg: bytes) -> int:
    image = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert image is not None
    return int(image.shape[1])


def test_a_still_is_the_newest_picture_in_the_width_that_is_asked(served: Served) -> None:
    served.show(5)
    answer = served.get("/live/1.jpg?width=320")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    assert width_of(answer.content) == 320
    assert answer.headers["x-captured-at"] == (NOON + timedelta(seconds=0.5)).isoformat()
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("query", ["?width=x&boxes=?", "?width=-5", "?width=999999", "?fps=0"])
def test_a_strange_wish_is_taken_for_the_nearest_that_can_be(served: Served, query: str) -> None:
    served.show(5)
    assert 80 <= width_of(served.get("/live/1.jpg" + query).content) <= 640


def test_a_camera_without_a_picture_is_not_found(served: Served) -> None:
    for path in ("/live/9.jpg", "/live/9.mjpeg"):
        answer = served.get(path)
        assert answer.status_code == 404
        assert "Camera 9" in answer.json()["error"]


@pytest.mark.parametrize("key", ["", "wrong", KEY + "x"])
def test_nobody_sees_a_picture_without_the_key(served: Served, key: str) -> None:
    served.show(5)
    for path in ("/live/1.jpg", "/live/1.mjpeg"):
        assert served.get(path, key).status_code == 401
    with pytest.raises(InvalidStatus), served.wall(key):
        raise AssertionError("the wall was opened")


def test_a_key_in_other_letters_is_wrong_and_no_error(served: Served) -> None:
    answer = served.http.get("/live/1.jpg", headers={b"X-Qala-Key": "ключ".encode()})
    assert answer.status_code == 401


def test_a_stream_sends_each_new_picture_once(served: Served) -> None:
    served.show(0)
    request = served.http.stream("GET", "/live/1.mjpeg?fps=25", headers={"X-Qala-Key": KEY})
    with request as answer:
        assert answer.headers["content-type"].startswith("multipart/x-mixed-replace")
        parts = Parts(b"--qala-picture")
        pictures = (one for piece in answer.iter_raw() for one in parts.feed(piece))
        first = next(pictures)
        served.show(1)
        second = next(pictures)
        served.live.forget(1)
        rest = list(pictures)
    assert first.count(b"\xff\xd8\xff") == second.count(b"\xff\xd8\xff") == 1
    assert (first != second, rest) == (True, [])


def picture_of(message: bytes | str) -> tuple[int, datetime, bytes]:
    assert isinstance(message, bytes)
    camera_id, milliseconds = struct.unpack(">IQ", message[:12])
    return camera_id, datetime.fromtimestamp(milliseconds / 1000, UTC), message[12:]


def test_the_wall_sends_many_cameras_on_one_connection(served: Served) -> None:
    for camera_id in (1, 2, 3):
        served.show(3, camera_id)
    with served.wall() as wall:
        wall.send(json.dumps({"cameras": [1, 3], "width": 320, "fps": 25}))
        pictures = [picture_of(wall.recv(timeout=PATIENCE_S)) for _ in range(2)]
        assert [camera_id for camera_id, _, _ in pictures] == [1, 3]
        assert pictures[0][1] == NOON + timedelta(seconds=0.3)
        assert {width_of(jpeg) for _, _, jpeg in pictures} == {320}


def test_the_wall_sends_only_what_is_new_and_follows_changed_wishes(served: Served) -> None:
    served.show(0, 1)
    served.show(0, 2)
    with served.wall() as wall:
        wall.send(json.dumps({"cameras": [1], "width": 320, "fps": 25}))
        assert picture_of(wall.recv(timeout=PATIENCE_S))[0] == 1
        with pytest.raises(TimeoutError):
            wall.recv(timeout=0.3)
        served.show(1, 1)
        assert picture_of(wall.recv(timeout=PATIENCE_S))[0] == 1
        wall.send(json.dumps({"cameras": [2], "width": 160, "fps": 25}))
        camera_id, _, jpeg = picture_of(wall.recv(timeout=PATIENCE_S))
        assert (camera_id, width_of(jpeg)) == (2, 160)


@pytest.mark.parametrize("wish", ["", "[]", "nonsense", '{"cameras": "x"}', b"\x00"])
def test_the_wall_closes_on_what_is_no_wish(served: Served, wish: str | bytes) -> None:
    with served.wall() as wall:
        wall.send(wish)
        with pytest.raises(ConnectionClosed) as closed:
            wall.recv(timeout=PATIENCE_S)
    assert closed.value.rcvd is not None
    assert (closed.value.rcvd.code, "cameras" in closed.value.rcvd.reason) == (1003, True)


def test_a_client_that_reads_slowly_gets_newer_pictures_not_older_ones(served: Served) -> None:
    stop = threading.Event()

    def film() -> None:
        number = 0
        while not stop.wait(0.01):
            number += 1
            served.show(number)

    camera = threading.Thread(target=film)
    camera.start()
    try:
        with served.wall() as wall:
            wall.send(json.dumps({"cameras": [1], "width": 640, "fps": 25}))
            times = [picture_of(wall.recv(timeout=PATIENCE_S))[1] for _ in range(10)]
    finally:
        stop.set()
        camera.join()
    assert times == sorted(set(times))


def test_health_is_told_to_everyone(served: Served) -> None:
    answer = served.http.get("/healthz")
    assert answer.status_code == 200
    told = answer.json()
    assert (told["well"], told["cameras"], told["live"], told["outbox_waiting"]) == (True, 2, 1, 7)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"writer_stuck": True}, 503),
        ({"feeds": (replace(LIVE, state=FeedState.OFFLINE),)}, 503),
        ({"ready": False}, 503),
        ({"feeds": ()}, 200),
    ],
)
def test_a_worker_that_does_not_do_its_work_says_so(
    served: Served, change: dict[str, Any], status: int
) -> None:
    served.health = replace(REPORT, **change)
    assert served.http.get("/healthz").status_code == status


def test_prometheus_reads_the_measures(served: Served) -> None:
    words = served.http.get("/metrics").text
    for line in (
        "qala_cameras_live 1.0",
        "qala_outbox_waiting 7.0",
        "qala_written_total 12.0",
        'qala_feed_fps{camera="1"} 10.0',
        'qala_feed_dropped_total{camera="1"} 3.0',
    ):
        assert line in words


def test_a_press_is_an_incident_before_the_answer(city: Served, owner: Database) -> None:
    sent = {"id": "press 1", "button": "SOS-1"}
    answers = [city.post("sos", sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    with owner.as_owner() as tx:
        found = tx.execute(text("SELECT id::text, kind, district_id FROM events")).one()
    assert tuple(found) == (answers[0].json()["event"], "sos_press", 2)


def test_calls_and_positions_are_written(city: Served, owner: Database) -> None:
    assert city.post("calls", {"kind": "fight", "district": "west"}).status_code == 201
    position = {"unit": "P-1", "latitude": 50.97, "longitude": 71.32}
    assert city.post("telemetry", position).status_code == 201
    with owner.as_owner() as tx:
        assert tx.scalar(text("SELECT kind FROM calls")) == "fight"
        assert tx.scalar(text("SELECT latitude FROM units")) == 50.97


def test_a_press_while_the_database_is_away_is_kept_and_written_later(
    served: Served, owner: Database, worker_database: Database, small_city: object
) -> None:
    with owner.as_owner() as tx:
        tx.execute(text(BUTTON))
    answer = served.post("sos", {"id": "press 1", "button": "SOS-1"})
    assert (answer.status_code, answer.json()["written"], served.outbox.waiting) == (202, False, 1)
    writer = EventWriter(served.outbox, worker_database.as_worker)
    writer.start()
    writer.stop(within_s=PATIENCE_S)
    with owner.as_owner() as tx:
        assert tx.scalar(text("SELECT id::text FROM events")) == answer.json()["event"]
        assert tx.scalar(text("SELECT count(*) FROM sos_presses")) == 1


def test_each_sender_has_a_key_of_its_own(served: Served) -> None:
    for name in ("sos", "calls", "telemetry"):
        for key in ("wrong", KEY, *{KEYS.sos, KEYS.calls, KEYS.telemetry} - {getattr(KEYS, name)}):
            answer = served.post(name, {}, key)
            assert answer.status_code == 401
            assert f"intake-{name}" in answer.json()["errors"][0]


def test_what_cannot_be_understood_is_answered_with_sentences(city: Served) -> None:
    assert "no SOS button" in city.post("sos", {"button": "nowhere"}).json()["errors"][0]
    answer = city.post("calls", {"kind": "x", "latitude": 99})
    assert (answer.status_code, len(answer.json()["errors"])) == (422, 2)
    half_a_sign = b'{"button": "\\ud800"}'
    for body in (b"", b"{", b"\xff\xfe", b"[" * 5_000, half_a_sign):
        headers = {"X-Qala-Key": KEYS.sos}
        answer = city.http.post("/intake/sos", content=body, headers=headers)
        assert (answer.status_code, "JSON" in answer.text) == (422, True)
    assert city.outbox.waiting == 0


def test_what_is_too_large_is_refused(served: Served) -> None:
    answer = served.post("calls", {"text": "x" * MOST_BYTES})
    assert answer.status_code == 413


def test_a_port_that_is_taken_is_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=f"Port {port} of 127.0.0.1 is taken .* --port"):
            Port("127.0.0.1", port)


def test_a_port_stops_while_somebody_looks(tmp_path: Path) -> None:
    served = Served(tmp_path, port=free_port())
    served.show(0)
    with served.wall() as wall:
        wall.send(json.dumps({"cameras": [1]}))
        wall.recv(timeout=PATIENCE_S)
        served.close()
        with pytest.raises(ConnectionClosed):
            wall.recv(timeout=PATIENCE_S)
    with socket.create_server(("127.0.0.1", served.port.port)):
        pass


def test_a_controller_s_signal_reaches_the_rules_at_once_without_a_database(served: Served) -> None:
    sent = {"signal": "abai-12", "state": "red", "at": "2026-05-04T12:00:00+05:00"}
    assert served.post("signals", sent).status_code == 201
    signal = served.signals.signal("abai-12", NOON + timedelta(seconds=3))
    assert signal is not None
    assert (signal.state, signal.since_at) == ("red", NOON)
    assert served.post("signals", sent, key=KEYS.sos).status_code == 401


def test_a_signal_of_no_colour_is_refused_with_the_colours_there_are(served: Served) -> None:
    answer = served.post("signals", {"signal": "abai-12", "state": "blue"})
    assert answer.status_code == 422
    assert answer.json()["errors"] == ["“state” must be one of red, yellow, green, unknown."]
