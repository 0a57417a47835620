"""What is sent to the port in front of many processes, and whom it reaches."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from benchmarks.free_ports import free_port
from detection_worker.processes.front import MOST_BYTES, Front
from tests.detection_worker.items import NOON
from tests.detection_worker.test_port import KEYS, Served
from tests.detection_worker.watching import PATIENCE_S
from tests.support.serving import served

RED = {"signal": "abai-12", "state": "red", "at": "2026-05-04T12:00:00+05:00"}


@dataclass
class OneProcess:
    number: int
    port: int
    runs: bool = True
    restarts: int = 0
    pid: int | None = None

    @property
    def name(self) -> str:
        return f"worker-{self.number + 1}"


@dataclass
class Processes:
    processes: Sequence[OneProcess]
    watches: dict[int, int] = field(default_factory=dict)
    troubles: Sequence[str] = ()


class InFront:
    """Two workers' ports, and the one in front of them."""

    def __init__(self, workers: Sequence[Served], address: str, fleet: Processes) -> None:
        self.workers, self.fleet = workers, fleet
        self._url = f"http://{address}/intake"

    def post(self, name: str, sent: Any, key: str | None = None) -> httpx.Response:
        headers = {"X-Qala-Key": key or getattr(KEYS, name)}
        return httpx.post(
            f"{self._url}/{name}", json=sent, headers=headers, trust_env=False, timeout=PATIENCE_S
        )

    def know_red(self) -> list[bool]:
        boards = [worker.signals for worker in self.workers]
        shown = [board.signal("abai-12", NOON + timedelta(seconds=3)) for board in boards]
        return [signal is not None and signal.state == "red" for signal in shown]


@pytest.fixture
def front(tmp_path: Path) -> Iterator[InFront]:
    with ExitStack() as open_ports:
        workers = [open_ports.enter_context(closing(Served(tmp_path / name))) for name in "ab"]
        fleet = Processes([OneProcess(n, one.port.port) for n, one in enumerate(workers)])
        address = open_ports.enter_context(served(Front(fleet, "key").app()))
        yield InFront(workers, address, fleet)


def test_a_signal_reaches_every_process_for_cameras_of_each_may_see_it(front: InFront) -> None:
    answer = front.post("signals", RED)
    assert (answer.status_code, answer.json()) == (201, {"written": True, "event": None})
    assert front.know_red() == [True, True]


def test_a_signal_reaches_the_others_where_one_process_is_being_started_again(
    front: InFront,
) -> None:
    front.fleet.processes[0].runs = False
    assert front.post("signals", RED).status_code == 201
    assert front.know_red() == [False, True]


def test_a_signal_that_reaches_nobody_is_to_be_sent_again(front: InFront) -> None:
    for process in front.fleet.processes:
        process.runs = False
    answer = front.post("signals", RED)
    assert (answer.status_code, "again" in answer.json()["error"]) == (503, True)


@pytest.mark.parametrize(
    ("sent", "key", "status"),
    [
        pytest.param(RED, "wrong", 401, id="a wrong key"),
        pytest.param(RED | {"state": "blue"}, None, 422, id="no colour of a signal"),
        pytest.param(RED | {"signal": "x" * MOST_BYTES}, None, 413, id="too long"),
    ],
)
def test_a_signal_that_no_process_takes_is_refused_as_one_would(
    front: InFront, sent: dict[str, Any], key: str | None, status: int
) -> None:
    assert front.post("signals", sent, key).status_code == status
    assert front.know_red() == [False, False]


def test_a_press_goes_whole_to_the_next_process_where_the_first_does_not_answer(
    front: InFront,
) -> None:
    front.fleet.processes[0].port = free_port()
    answer = front.post("sos", {"id": "press 1", "button": "SOS-1"})
    assert answer.status_code == 202, "kept until there is a database"
    assert [worker.outbox.waiting for worker in front.workers] == [0, 1]
